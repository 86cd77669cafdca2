"""The plan drawn on a line of time: a row for each action, as numbers for an SVG. The table beside it
says the same in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from okil.areas.elections import wording
from okil.areas.elections.models import PlanAction
from okil.areas.elections.queries.plan import as_rule
from okil.foundation.web.dates import MONTHS
from okil.pure.rules.plan import Action, DeadlineKind

WIDTH, LEFT, TOP = 1000, 352, 26
ROW, HEAD = 22, 30
LETTERS = 40  # of a title; the table has all of it
WEEKS_AT_MOST = 26  # with more, the axis counts months and leaves weekends out
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Scale:
    first: date
    days: int

    def x(self, day: date) -> float:
        return round(LEFT + (day - self.first).days * (WIDTH - LEFT) / self.days, 1)

    @property
    def last(self) -> date:
        return self.first + self.days * DAY


def line(
    actions: Sequence[PlanAction], *, on: date, language: str, wrong: Collection[int] = ()
) -> dict[str, Any] | None:
    """All that the drawing shows; nothing if no action has a day. `wrong`: actions to point at."""
    days = [action.deadline_on for action in actions if action.deadline_on]
    if not days:
        return None
    monday = min(days) - min(days).weekday() * DAY
    scale = Scale(monday, (max(days) - monday).days + 3)
    rules = {action.number: as_rule(action) for action in actions}
    parts, height = _parts(actions, rules, scale, wrong)
    return {
        "width": WIDTH,
        "height": height,
        "top": TOP,
        "parts": parts,
        "ticks": list(_ticks(scale, language)),
        "days_off": list(_weekends(scale)),
        "today": scale.x(on) if scale.first <= on <= scale.last else None,
        "right": WIDTH,
    }


def _parts(
    actions: Sequence[PlanAction],
    rules: Mapping[int, Action],
    scale: Scale,
    wrong: Collection[int],
) -> tuple[list[dict[str, Any]], int]:
    ordered = sorted(actions, key=lambda each: (each.stage, each.number))
    y, parts = TOP, []
    for stage, group in groupby(ordered, key=lambda each: each.stage):
        y += HEAD
        part: dict[str, Any] = {
            "name": f"{stage}. {wording.stage_name(stage)}",
            "y": y - 10,
            "line": y - 5,
            "rows": [],
        }
        here = list(group)
        begun = min((each.deadline_on for each in here if each.deadline_on), default=scale.first)
        for action in here:
            bar = _bar(rules[action.number], rules, begun, scale)
            part["rows"].append(
                {"number": action.number, "title": _short(str(action.title)), "y": y + 11}
                | bar
                | {"is_wrong": action.number in wrong, **_heights(y)}
            )
            y += ROW
        parts.append(part)
    return parts, y + 4


def _heights(y: int) -> dict[str, int]:
    return {"bar_y": y + 3, "mark_y": y, "middle": y + 7}


def _bar(rule: Action, rules: Mapping[int, Action], begun: date, scale: Scale) -> dict[str, Any]:
    """From the day on which all it waits for is over, or its stage has begun, to its own; backwards
    where it comes too early."""
    day = rule.deadline.day
    if day is None:
        return {"kind": "open"}
    ends = [rules[other].deadline.due for other in rule.depends_on if other in rules]
    since = max((end for end in ends if end is not None), default=None)
    at = scale.x(day)
    if rule.deadline.kind is DeadlineKind.FROM:
        return {"kind": "from", "at": at, "tip": min(at + 40, WIDTH - 4)}
    start = scale.x(since or begun)
    return {
        "kind": str(rule.deadline.kind),
        "at": at,
        "left": min(start, at),
        "length": round(abs(at - start), 1),
        "is_backwards": start > at,
    }


def _ticks(scale: Scale, language: str) -> Iterator[dict[str, Any]]:
    """Mondays, or in a long plan the first days of months; each month is named once."""
    names = MONTHS[language].split()
    by_weeks = scale.days <= WEEKS_AT_MOST * 7
    month = None
    for number in range(scale.days + 1):
        day = scale.first + number * DAY
        if day.weekday() != 0 if by_weeks else day.day != 1:
            continue
        name = names[day.month - 1][:3]
        yield {
            "x": scale.x(day),
            "text": (f"{day.day} {name}" if by_weeks else name) if day.month != month else day.day,
        }
        month = day.month


def _weekends(scale: Scale) -> Iterator[dict[str, float]]:
    if scale.days > WEEKS_AT_MOST * 7:
        return
    for number in range(5, scale.days, 7):
        left = scale.x(scale.first + number * DAY)
        right = scale.x(min(scale.first + (number + 2) * DAY, scale.last))
        yield {"x": left, "width": round(right - left, 1)}


def _short(title: str) -> str:
    return title if len(title) <= LETTERS else f"{title[: LETTERS - 1].rstrip()}…"
