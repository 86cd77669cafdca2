"""The JSON Schema (draft 2020-12) of a regulation's file: the table of questions, printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from okil.pure.rules import regulation_words
from okil.pure.rules.regulation.findings import COMMON_QUESTIONS
from okil.pure.rules.regulation.questions import (
    APPROVAL,
    LANGUAGES,
    MOST_LETTERS,
    MOST_ROWS,
    QUESTIONS,
    Kind,
    Question,
)
from okil.pure.rules.regulation.reading import MOST_REGIONS, REGION

DRAFT = "https://json-schema.org/draft/2020-12/schema"
TITLE = "A group's Election Regulation, as `okil regulation check` reads it; null: it says nothing"
MOST_LETTERS_OF_APPROVAL = 200
TEXT: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {code: {"type": "string", "maxLength": MOST_LETTERS} for code in LANGUAGES},
}


def schema() -> dict[str, Any]:
    """What a regulation's file may hold: exactly what is read without a finding about a key."""
    return {
        "$schema": DRAFT,
        "title": TITLE,
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **{name: described(name) for name in QUESTIONS},
            "approval": _approval(),
            "common": _common(),
        },
    }


def described(name: str) -> dict[str, Any]:
    """The schema of one answer, with its question."""
    question = QUESTIONS[name]
    told = f"{question.rule}: {regulation_words.question(name, 'en')}"
    if question.asked_if:
        told += f" Read only where {_condition(*question.asked_if)}."
    return {"description": told, **ANSWERS[question.kind](question)}


def _condition(other: str, answers: tuple[Any, ...]) -> str:
    named = ["nothing" if each is None else str(each) for each in answers]
    return f"{other} says {' or '.join(named)}"


def _approval() -> dict[str, Any]:
    text = {"type": ["string", "null"], "maxLength": MOST_LETTERS_OF_APPROVAL}
    return {
        "description": "REG-18, REG-19: the decision by which the group approved it",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {
            "body": text,
            "kind": {"enum": [*APPROVAL, None]},
            "date": {"type": ["string", "null"], "format": "date"},
            "number": text,
        },
    }


def _common() -> dict[str, Any]:
    return {
        "description": "REG-16: what all groups decided together",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {name: described(name) for name in COMMON_QUESTIONS},
    }


def _choice(question: Question) -> dict[str, Any]:
    return {"enum": [*question.options, None]}


def _choices(question: Question) -> dict[str, Any]:
    options = list(question.options)
    return {"type": ["array", "null"], "maxItems": len(options), "items": {"enum": options}}


def _number(question: Question) -> dict[str, Any]:
    bounds = {"minimum": question.least, "maximum": question.most}
    return {"type": ["integer", "null"], **bounds}


def _yes_no(question: Question) -> dict[str, Any]:
    return {"type": ["boolean", "null"]}


def _text(question: Question) -> dict[str, Any]:
    return {**TEXT, "type": ["object", "null"]}


def _rows(question: Question) -> dict[str, Any]:
    columns = {name: dict(TEXT) for name in question.options}
    row = {"type": "object", "additionalProperties": False, "properties": columns}
    return {"type": ["array", "null"], "maxItems": MOST_ROWS, "items": row}


def _regions(question: Question) -> dict[str, Any]:
    code = {"type": "string", "pattern": f"^{REGION.pattern}$"}
    return {"type": ["array", "null"], "maxItems": MOST_REGIONS, "items": code}


ANSWERS: Mapping[Kind, Callable[[Question], dict[str, Any]]] = {
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
    Kind.TEXT: _text,
    Kind.ROWS: _rows,
    Kind.REGIONS: _regions,
}
