"""What is found in a plan, what its repair moves and why a file is no plan: in three languages.

The sentences stand in the file beside this one. How a day is written is handed in, so a command and a
page say the same in the same words.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from importlib.resources import files
from typing import Any, Literal, Protocol

from okil.pure.rules.days_off import holiday
from okil.pure.rules.plan import Code, Finding, Level, NotAPlan, Plan
from okil.pure.rules.repair import Move

Forms = str | dict[str, str]  # one sentence, or one for each form that its number asks for


class DayPhrase(Protocol):
    def __call__(
        self,
        each: date,
        language: str,
        style: Literal["", "plain"] = ...,
        *,
        unsaid_year: int | None = ...,
    ) -> str: ...


@dataclass(frozen=True, slots=True)
class Days:
    """How days are said: "12 August" ("plain") or "Mon, 12 August"; "Monday"."""

    day: DayPhrase
    weekday: Callable[[date, str], str]


@cache
def _words() -> dict[str, Any]:
    path = files("okil.pure.rules") / "plan_words.json"
    words: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return words


def _word(code: str, language: str, **facts: Any) -> str:
    sentence: str = _words()["words"][code][language]
    return sentence.format(**facts)


def level(each: Level, language: str) -> str:
    """The level's name: contradiction, warning, note."""
    return str(_words()["levels"][each]["label"][language])


def meaning(each: Level, number: int, language: str) -> str:
    """What so many of a level are for: they stand in the way of approval, are for you to decide, to know."""
    return _counted(_words()["levels"][each]["meaning"][language], number, language)


def count(each: Level, number: int, language: str) -> str:
    """11 contradictions"""
    forms = _words()["levels"][each]["count"][language]
    return _counted(forms, number, language).format(count=number)


def counts(findings: Sequence[Finding], language: str) -> str:
    """11 contradictions, 24 warnings, 12 notes; levels without a finding are left out."""
    of = Counter(finding.level for finding in findings)
    return ", ".join(count(each, of[each], language) for each in Level if of[each])


def mark(code: Code, language: str) -> str:
    """One or two words that name this kind of finding: Order, No slack, Day off."""
    return str(_words()["marks"][code][language])


def unsaid_year(plan: Plan) -> int | None:
    """The year of the plan, if it has one only: it then goes without saying."""
    years = {action.deadline.day.year for action in plan.actions if action.deadline.day}
    return years.pop() if len(years) == 1 else None


def message(finding: Finding, language: str, days: Days, unsaid_year: int | None) -> str:
    """The finding as a sentence that stands alone."""
    facts = dict(finding.facts)
    on = facts.get("date")
    if finding.code is Code.DEADLINE_OPEN_END and on is None:
        return _word("no-deadline", language, action=finding.actions[0])
    if len(finding.actions) == 2:
        facts |= dict(zip(("earlier", "later"), finding.actions, strict=True))
        facts["actions"] = _listed(finding.actions, language)
    elif finding.actions:
        facts["action"] = finding.actions[0]
    if isinstance(on, date):
        style: Literal["", "plain"] = "" if finding.code is Code.ZERO_SLACK else "plain"
        facts["date"] = days.day(on, language, style, unsaid_year=unsaid_year)
        facts["weekday"] = holiday(on, language, partial(days.day, style="plain"))
        facts["weekday"] = facts["weekday"] or days.weekday(on, language)
    forms = _words()["findings"][finding.code][language]
    return _counted(forms, finding.days or 0, language).format(**facts, days=finding.days)


def move(each: Move, language: str, days: Days, unsaid_year: int | None) -> str:
    """What moves from where to where, and which other action is the reason."""
    told = {
        name: days.day(one, language, "plain", unsaid_year=unsaid_year)
        for name, one in (
            ("before", each.before), ("after", each.after), ("other_day", each.other_day)
        )
    }  # fmt: skip
    code = "moved-after" if each.is_later else "moved-before"
    sentence = _word(code, language, action=each.action, other=each.other, **told)
    if each.after != each.other_day:
        sentence = _word("nearest", language, sentence=sentence)
    return _word("point", language, sentence=sentence) if each.is_point else sentence


def failure(error: NotAPlan, language: str, days: Days) -> str:
    """Why the data are no plan, or cannot be repaired, and in which place."""
    facts, code = dict(error.facts), error.code
    if code == "circle":
        code = "circle" if len(facts["actions"]) > 1 else "circle-of-one"
        facts["actions"] = _listed(facts["actions"], language)
    if "day" in facts:
        facts["day"] = days.day(facts["day"], language, "plain", unsaid_year=None)
    return _word(code, language, **facts)


def _counted(forms: Forms, number: int, language: str) -> str:
    """The form that goes with the number; Kazakh has one for all."""
    if isinstance(forms, str):
        return forms
    if language == "en":
        return forms["one" if number == 1 else "other"]
    if number % 10 == 1 and number % 100 != 11:
        return forms["one"]
    if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14):
        return forms["few"]
    return forms["many"]


def _listed(numbers: Sequence[int], language: str) -> str:
    *most, last = map(str, numbers)
    return _word("and", language, most=", ".join(most), last=last) if most else last
