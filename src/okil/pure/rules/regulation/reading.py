"""A regulation from its JSON object and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from okil.pure.refusal import Refused
from okil.pure.rules.regulation.questions import (
    LANGUAGES,
    MOST_LETTERS,
    MOST_ROWS,
    QUESTIONS,
    Kind,
    Question,
    Regulation,
)

REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
MOST_REGIONS = 200


def regulation_from(data: Mapping[str, Any]) -> Regulation:
    """The regulation a JSON object states; a missing key or null is "not regulated".

    Raises Refused("regulation-unreadable", field=…) for an unknown key, a wrong type or an answer
    outside the list.
    """
    regulation, wrong = read(data)
    if wrong:
        raise Refused("regulation-unreadable", field=wrong[0])
    return regulation


def read(data: Mapping[str, Any]) -> tuple[Regulation, tuple[str, ...]]:
    """What can be read of it, and the keys that cannot: unknown ones, and answers that are none."""
    answers: dict[str, Any] = {}
    wrong = [key for key in data if key not in QUESTIONS]
    for name, question in QUESTIONS.items():
        given = data.get(name)
        if given is None:
            continue
        try:
            answers[name] = READERS[question.kind](given, question)
        except ValueError:
            wrong.append(name)
    return Regulation(**answers), tuple(wrong)


def as_data(regulation: Regulation) -> dict[str, Any]:
    """The JSON object that `regulation_from` reads back to an equal regulation."""
    return {each.name: _plain(getattr(regulation, each.name)) for each in fields(regulation)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return (
        {key: _plain(each) for key, each in value.items()} if isinstance(value, Mapping) else value
    )


# Each reads one answer or raises ValueError.


def _choice(given: Any, question: Question) -> Any:
    # 2.0 and True equal a number that is allowed, and are none.
    if type(given) is not type(question.options[0]) or given not in question.options:
        raise ValueError
    return given


def _choices(given: Any, question: Question) -> tuple[Any, ...]:
    chosen = [_choice(each, question) for each in _several(given, len(question.options))]
    return tuple(option for option in question.options if option in chosen)


def _number(given: Any, question: Question) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise ValueError
    if not question.least <= given <= question.most:
        raise ValueError
    return given


def _yes_no(given: Any, question: Question) -> bool:
    if not isinstance(given, bool):
        raise ValueError
    return given


def _text(given: Any, question: Question) -> dict[str, str] | None:
    """Nothing is left of a text that is empty in every language."""
    if not isinstance(given, Mapping) or any(key not in LANGUAGES for key in given):
        raise ValueError
    for each in given.values():
        if not isinstance(each, str) or len(each) > MOST_LETTERS:
            raise ValueError
    return {code: given[code] for code in LANGUAGES if given.get(code, "").strip()} or None


def _rows(given: Any, question: Question) -> tuple[dict[str, dict[str, str]], ...]:
    return tuple(row for row in _each_row(_several(given, MOST_ROWS), question) if row)


def _each_row(given: Sequence[Any], question: Question) -> Iterator[dict[str, dict[str, str]]]:
    for row in given:
        if not isinstance(row, Mapping) or any(key not in question.options for key in row):
            raise ValueError
        texts = {key: _text(row[key], question) for key in question.options if key in row}
        yield {key: text for key, text in texts.items() if text}


def _regions(given: Any, question: Question) -> tuple[str, ...]:
    codes = _several(given, MOST_REGIONS)
    if any(not isinstance(code, str) or not REGION.fullmatch(code) for code in codes):
        raise ValueError
    return tuple(sorted(set(codes)))


def _several(given: Any, most: int) -> Sequence[Any]:
    if not isinstance(given, list | tuple) or len(given) > most:
        raise ValueError
    return given


READERS: Mapping[Kind, Callable[[Any, Question], Any]] = {
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
    Kind.TEXT: _text,
    Kind.ROWS: _rows,
    Kind.REGIONS: _regions,
}
