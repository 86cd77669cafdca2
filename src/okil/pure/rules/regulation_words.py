"""The rules of a regulation, its questions and what is found in it: in three languages.

The sentences stand in the file beside this one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from okil.pure.rules.regulation import QUESTIONS, Part
from okil.pure.rules.regulation.findings import Finding, Level, Outcome

# A fact that is worded as an answer to another question than the one of its name.
WORDED_AS = {"approved_by": "approval_kind"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """Where a rule comes from. `is_ours`: the source said it in another language, we translated it."""

    text: str
    source: str
    is_ours: bool


@cache
def _words() -> dict[str, Any]:
    path = files("okil.pure.rules") / "regulation_words.json"
    words: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return words


def _of_rule(rule: str, what: str, language: str) -> str:
    sentence: str = _words()["rules"][rule][what][language]
    return sentence


def part(each: Part, language: str) -> str:
    """The heading of a part of the regulation."""
    return str(_words()["parts"][each][language])


def title(rule: str, language: str) -> str:
    """What is so where the rule is kept."""
    return _of_rule(rule, "title", language)


def why(rule: str, language: str) -> str:
    """What goes wrong without the rule."""
    return _of_rule(rule, "why", language)


def remedy(rule: str, language: str) -> str:
    """Wording that settles the rule; what stands in square brackets is to be chosen or filled in."""
    return _of_rule(rule, "remedy", language)


def quotation(rule: str, language: str) -> Quotation | None:
    """What the reports and the plan say; None for a rule that no source has."""
    quoted = _words()["rules"][rule].get("quotation")
    if quoted is None:
        return None
    is_ours = quoted["original"] != language
    return Quotation(quoted["text"][language], quoted["source"][language], is_ours)


def level(each: Level, language: str) -> str:
    """obligatory, recommended"""
    return str(_words()["levels"][each][language])


def outcome(each: Outcome, language: str) -> str:
    """fulfilled, broken, not regulated"""
    return str(_words()["outcomes"][each][language])


def question(name: str, language: str) -> str:
    """The question in plain words."""
    return str(_words()["questions"][name]["question"][language])


def hint(name: str, language: str) -> str:
    """The legal term, or what to mind; may be empty."""
    return str(_words()["questions"][name]["hint"][language])


def option(name: str, code: Any, language: str) -> str:
    """An answer in words, or the heading of a column; a number and a region stand for themselves."""
    if isinstance(code, bool):
        code = "yes" if code else "no"
    own = _words()["options_of"].get(name, {}).get(code)
    said = own or _words()["options"].get(code)
    return str(said[language]) if said else str(code)


def message(finding: Finding, language: str) -> str:
    """What is found, as a sentence that stands alone."""
    if not finding.reason:
        return _of_rule(finding.rule, "missing", language)
    sentence: str = _words()["reasons"][finding.reason][language]
    facts = {name: _worded(name, fact, language) for name, fact in finding.facts.items()}
    named = " ".join(question(name, language) for name in finding.questions)
    return sentence.format(**facts, questions=named)


def _worded(name: str, fact: Any, language: str) -> str:
    name = WORDED_AS.get(name, name)
    if name not in QUESTIONS:
        return str(fact)
    chosen: Iterable[Any] = fact if isinstance(fact, tuple) else (fact,)
    return ", ".join(option(name, each, language) for each in chosen)
