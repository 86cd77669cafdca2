"""The holidays' names, for findings about a plan."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib.resources import files

from okil.pure.rules.days_off import HOLIDAYS, holiday_on, is_working_day

__all__ = ["HOLIDAYS", "holiday", "is_working_day"]


def holiday(day: date, language: str) -> str | None:
    """The name of the holiday that falls on this day."""
    key = holiday_on(day)
    return None if key is None else _names()[key]["name"][language]


@cache
def _names() -> dict[str, dict[str, dict[str, str]]]:
    path = files("okil.areas.elections") / "words" / "holidays.json"
    names: dict[str, dict[str, dict[str, str]]] = json.loads(path.read_text("utf-8"))["holidays"]
    return names
