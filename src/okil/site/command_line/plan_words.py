"""The words of `okil plan`, read from the file beside this one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from okil.foundation.web.dates import day as day_in_words
from okil.foundation.web.dates import weekday
from okil.pure.rules.plan import Code, Finding, Level, NotAPlan, Plan
from okil.pure.rules.repair import Move
from okil.site.command_line import days_off

_FILE = Path(__file__).with_suffix(".json")


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return words


def word(code: str, language: str, **facts: Any) -> str:
    sentence: str = _words()["words"][code][language]
    return sentence.format(**facts)


def level(each: Level, language: str) -> str:
    label: str = _words()["levels"][each]["label"][language]
    return label


def counts(findings: Sequence[Finding], language: str) -> str:
    """11 errors, 24 warnings, 12 notes; levels without a finding are left out."""
    of = Counter(finding.level for finding in findings)
    return ", ".join(
        _counted(_words()["levels"][each]["count"][language], of[each], language).format(
            count=of[each]
        )
        for each in Level
        if of[each]
    )


def _counted(forms: str | dict[str, str], count: int, language: str) -> str:
    """The form that goes with the number; Kazakh has one for all."""
    if isinstance(forms, str):
        return forms
    if language == "en":
        return forms["one" if count == 1 else "other"]
    if count % 10 == 1 and count % 100 != 11:
        return forms["one"]
    if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14):
        return forms["few"]
    return forms["many"]


def unsaid_year(plan: Plan) -> int | None:
    """The year of the plan, if it has one only: it then goes without saying."""
    years = {action.deadline.day.year for action in plan.actions if action.deadline.day}
    return years.pop() if len(years) == 1 else None


def message(finding: Finding, language: str, year: int | None) -> str:
    facts = dict(finding.facts)
    on = facts.get("date")
    if finding.code is Code.DEADLINE_OPEN_END and on is None:
        return word("no-deadline", language, action=finding.actions[0])
    if len(finding.actions) == 2:
        facts |= dict(zip(("earlier", "later"), finding.actions, strict=True))
        facts["actions"] = _listed(finding.actions, language)
    elif finding.actions:
        facts["action"] = finding.actions[0]
    if isinstance(on, date):
        with_weekday = finding.code is Code.ZERO_SLACK
        facts["date"] = day_in_words(
            on, language, "" if with_weekday else "plain", unsaid_year=year
        )
        facts["weekday"] = days_off.holiday(on, language) or weekday(on, language)
    forms = _words()["findings"][finding.code][language]
    return _counted(forms, finding.days or 0, language).format(**facts, days=finding.days)


def move(each: Move, language: str, year: int | None, *, is_point: bool) -> str:
    days = {
        name: day_in_words(one, language, "plain", unsaid_year=year)
        for name, one in (
            ("before", each.before), ("after", each.after), ("other_day", each.other_day)
        )
    }  # fmt: skip
    code = "moved-after" if each.is_later else "moved-before"
    sentence = word(code, language, action=each.action, other=each.other, **days)
    if each.after != each.other_day:
        sentence = word("nearest", language, sentence=sentence)
    return word("point", language, sentence=sentence) if is_point else sentence


def failure(error: NotAPlan, language: str) -> str:
    facts, code = dict(error.facts), error.code
    if code == "circle":
        code = "circle" if len(facts["actions"]) > 1 else "circle-of-one"
        facts["actions"] = _listed(facts["actions"], language)
    return word(code, language, **facts)


def _listed(numbers: Sequence[int], language: str) -> str:
    *most, last = map(str, numbers)
    return word("and", language, most=", ".join(most), last=last) if most else last
