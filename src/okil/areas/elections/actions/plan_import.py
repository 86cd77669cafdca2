"""A plan is taken over from a file, after somebody has seen what changes by it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from okil.areas.elections.actions.plan import count_change, opened_plan, require_order
from okil.areas.elections.models import ActionMark, Cycle, GroupDeadline, PlanAction
from okil.areas.elections.queries.plan_import import changes, if_taken_over
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.pure.refusal import Refused
from okil.pure.rules.plan_texts import Written

KEPT = (
    "stage",
    "title",
    "summary",
    "deadline_kind",
    "deadline_on",
    "responsible",
    "participants",
    "depends_on",
)


@transaction.atomic
def take_over_plan(
    cycle_id: int, *, written: Sequence[Written], seen_revision: int, actor: User, at: datetime
) -> Cycle:
    """The plan says what the file says, action by action; what the file does not have is removed, with
    what groups dated and marked of it.

    Raises Refused: not-allowed, changed-meanwhile, plan-same, dependency-unknown, plan-circle.
    """
    cycle, acting = opened_plan(cycle_id, seen_revision, actor)
    before = list(cycle.plan.all())
    after = if_taken_over(cycle, before, written)
    changed = {change.number for change in changes(before, after)}
    if not changed:
        raise Refused("plan-same")
    require_order(cycle, after)
    _remove(cycle, {row.number for row in before} - {row.number for row in after})
    PlanAction.objects.bulk_create(row for row in after if row.pk is None)
    PlanAction.objects.bulk_update(
        [row for row in after if row.number in changed and row.pk is not None], KEPT
    )
    count_change(cycle)
    record(
        "plan.taken_over",
        actor=acting,
        subject=cycle,
        at=at,
        chapter=cycle.chapter,
        before=_told(before, changed),
        after={"count": len(changed), **_told(after, changed)},
    )
    return cycle


def _remove(cycle: Cycle, numbers: Collection[int]) -> None:
    gone = cycle.plan.filter(number__in=numbers)
    GroupDeadline.objects.filter(action__in=gone).delete()
    ActionMark.objects.filter(action__in=gone).delete()
    gone.delete()


def _told(rows: Sequence[PlanAction], numbers: Collection[int]) -> dict[str, Any]:
    """For the journal: numbers and days, never a text."""
    deadlines = {
        str(row.number): f"{row.deadline_kind} {row.deadline_on or ''}".strip()
        for row in rows
        if row.number in numbers
    }
    return {"deadlines": deadlines}
