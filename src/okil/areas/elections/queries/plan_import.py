"""What a plan would be if a file were taken over, and what would change by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from okil.areas.elections.models import Cycle, PlanAction
from okil.foundation.web.languages import Texts
from okil.pure.rules.plan_texts import Written

ADDED, REMOVED = "added", "removed"
# What may change in an action, in the order in which it is told.
FIELDS = ("stage", "deadline", "depends_on", "title", "summary", "responsible", "participants")


@dataclass(frozen=True, slots=True)
class Change:
    """`what` is one of FIELDS, or the whole action was ADDED or REMOVED."""

    number: int
    what: str
    before: Any = None
    after: Any = None


def if_taken_over(
    cycle: Cycle, rows: Iterable[PlanAction], written: Iterable[Written]
) -> list[PlanAction]:
    """The actions as the file says, none of them saved; what it leaves unsaid stays."""
    known = {row.number: row for row in rows}
    return [
        _written_over(known.get(each.action.number) or _new(cycle, each), each) for each in written
    ]


def _new(cycle: Cycle, each: Written) -> PlanAction:
    return PlanAction(cycle=cycle, number=each.action.number, title=Texts(), summary=Texts())


def _written_over(row: PlanAction, each: Written) -> PlanAction:
    row, deadline = copy(row), each.action.deadline
    row.stage = each.action.stage
    row.deadline_kind, row.deadline_on = deadline.kind.value, deadline.day
    row.depends_on = list(each.action.depends_on)
    if each.title is not None:
        row.title = Texts(each.title)
    if each.summary is not None:
        row.summary = Texts(each.summary)
    if each.responsible is not None:
        row.responsible = list(each.responsible)
    if each.participants is not None:
        row.participants = list(each.participants)
    return row


def changes(before: Sequence[PlanAction], after: Sequence[PlanAction]) -> list[Change]:
    """By number of the action; nothing if both say the same."""
    old, new = ({row.number: row for row in rows} for rows in (before, after))
    return [
        change
        for number in sorted(old | new)
        for change in _changes(number, old.get(number), new.get(number))
    ]


def _changes(number: int, old: PlanAction | None, new: PlanAction | None) -> Iterator[Change]:
    if old is None:
        yield Change(number, ADDED, after=new)
    elif new is None:
        yield Change(number, REMOVED, before=old)
    else:
        for what in FIELDS:
            was, is_now = _said(old, what), _said(new, what)
            if was != is_now:
                yield Change(number, what, was, is_now)


def _said(row: PlanAction, what: str) -> Any:
    if what == "deadline":
        return row.deadline_kind, row.deadline_on
    return getattr(row, what)
