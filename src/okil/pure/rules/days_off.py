"""Days on which nobody works in Kazakhstan: weekends, public holidays, and days off that were moved.

The table beside this file was written from a library of the world's holidays (`make holidays`) and is
kept here, so that a term ends on the same day for everybody who reckons it. A body may have days of its
own. What the table does not know yet (the Government moves days off each year anew) they can say too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

SATURDAY = 5
EVERY_DAY = range(1, date.max.toordinal() + 1)
NONE_OF_ITS_OWN: Mapping[date, bool] = MappingProxyType({})


def is_working_day(day: date, own: Mapping[date, bool] = NONE_OF_ITS_OWN) -> bool:
    """Does one work on this day? `own`: days for which a body says so itself, whatever others do.

    Of years that the table does not know (before 2006, after 2077) only weekends are known.
    """
    if day in own:
        return own[day]
    if day.weekday() >= SATURDAY:
        return day in _worked_instead()
    return day not in days_off()


def row_of_days_off(day: date, own: Mapping[date, bool] = NONE_OF_ITS_OWN) -> int:
    """How many days off follow each other around this one, itself among them; 0 on a working day."""
    if is_working_day(day, own):
        return 0
    count = 1
    for step in (-1, 1):
        near = day.toordinal() + step
        while near in EVERY_DAY and not is_working_day(date.fromordinal(near), own):
            near += step
            count += 1
    return count


@cache
def days_off() -> Mapping[date, tuple[str, ...]]:
    """Each day off of the table, also one that falls on a weekend, and what it is.

    "nauryz": the holiday itself · "nauryz moved": the working day that is off because the holiday was
    on a weekend · "kurban_ait estimated" · "instead 2024-05-04": that Saturday was worked instead.
    """
    by_year: dict[str, dict[str, str]] = json.loads(_file("days_off.json"))
    return {
        date.fromisoformat(f"{year}-{day}"): tuple(each.split("; "))
        for year, days in by_year.items()
        for day, each in days.items()
    }


@cache
def _worked_instead() -> frozenset[date]:
    reasons = [reason.partition(" ") for each in days_off().values() for reason in each]
    return frozenset(date.fromisoformat(day) for kind, _, day in reasons if kind == "instead")


def holiday(day: date, language: str, say: Callable[[date, str], str]) -> str | None:
    """How the holiday that falls on this day is called. `say` writes the day that was worked instead."""
    reasons = days_off().get(day)
    if reasons is None:
        return None
    return ", ".join(_called(*reason.split(), language=language, say=say) for reason in reasons)


def _called(key: str, form: str = "", *, language: str, say: Callable[[date, str], str]) -> str:
    forms = _words()["forms"]
    if key == "instead":
        told = say(date.fromisoformat(form), language)
        return str(forms["moved_day"][language]).format(date=told)
    name = str(_words()["holidays"][key]["name"][language])
    return str(forms[form][language]).format(name=name) if form else name


def names() -> list[Mapping[str, str]]:
    """The names of all holidays, each by language, in the order of the year."""
    return [each["name"] for each in _words()["holidays"].values()]


@cache
def _words() -> dict[str, dict[str, Any]]:
    words: dict[str, dict[str, Any]] = json.loads(_file("days_off_words.json"))
    return words


def _file(name: str) -> str:
    return (files("okil.pure.rules") / name).read_text("utf-8")
