"""A group's own deadlines inside the common plan: it may be earlier, never later, and keeps the order.

Points that all groups pass at one time stay where the common plan has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from okil.pure.rules.plan import (
    Action,
    Code,
    Deadline,
    DeadlineKind,
    Finding,
    IsWorkingDay,
    Plan,
    examine,
)
from okil.pure.rules.repair import SYNCHRONISED


class Outside(StrEnum):
    """How an own deadline leaves the common plan."""

    LATER = "OWN_LATER"  # than the common plan allows
    BEFORE_BEGINNING = "OWN_BEFORE_BEGINNING"  # it begins before the common beginning
    COMMON_POINT = "OWN_COMMON_POINT"  # all groups keep this day


@dataclass(frozen=True, slots=True)
class OwnFinding:
    """`common` is the day of the common plan that is left; `days` by how many."""

    code: Outside
    action: int
    common: date
    days: int


TOLD = frozenset({Code.ORDER_INVERTED, Code.ZERO_SLACK, Code.WEEKEND_DEADLINE})


def refined(common: Plan, own: Mapping[int, Deadline]) -> Plan:
    """The common plan with a group's own deadlines put in."""
    actions = tuple(
        replace(action, deadline=own[action.number]) if action.number in own else action
        for action in common.actions
    )
    return replace(common, actions=actions)


def outside(
    common: Plan,
    own: Mapping[int, Deadline],
    *,
    synchronised: frozenset[int] = SYNCHRONISED,
) -> tuple[OwnFinding, ...]:
    """Own deadlines that leave the common plan, in its order."""
    return tuple(_outside(common, own, synchronised))


def _outside(
    common: Plan, own: Mapping[int, Deadline], synchronised: frozenset[int]
) -> Iterator[OwnFinding]:
    for action in common.actions:
        day, ours = action.deadline.day, own.get(action.number)
        if day is None or ours is None or ours.day is None:
            continue
        days = (ours.day - day).days
        if code := _how(action, days, action.number in synchronised):
            yield OwnFinding(code, action.number, day, abs(days))


def _how(action: Action, days: int, is_point: bool) -> Outside | None:
    if not days:
        return None
    if is_point or action.deadline.kind is DeadlineKind.ON:
        return Outside.COMMON_POINT
    if action.deadline.kind is DeadlineKind.FROM:
        return Outside.BEFORE_BEGINNING if days < 0 else None
    return Outside.LATER if days > 0 else None


def own_findings(
    common: Plan, own: Mapping[int, Deadline], *, is_working_day: IsWorkingDay
) -> tuple[Finding, ...]:
    """What the own deadlines bring into the plan that was not there: an order broken, no day left, a
    day off. What the common plan has wrong already is not the group's."""
    known = {
        (finding.code, finding.actions, finding.days)
        for finding in examine(common, is_working_day=is_working_day)
    }
    found = examine(refined(common, own), is_working_day=is_working_day)
    return tuple(
        finding
        for finding in found
        if finding.code in TOLD
        and (finding.code, finding.actions, finding.days) not in known
        and set(finding.actions) & set(own)
    )
