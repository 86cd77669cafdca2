"""A group dates actions of the common plan for itself (1.06, 1.07)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.elections.actions.current import running
from okil.areas.elections.models import Cycle, DeadlineKind, Election, GroupDeadline, PlanAction
from okil.areas.elections.queries.plan_done import is_of_groups
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State


@transaction.atomic
def set_own_deadlines(
    election_id: int,
    *,
    days: Mapping[int, date],
    seen: Mapping[int, date],
    actor: User,
    at: datetime,
) -> None:
    """The group's whole schedule, by numbers of actions; what is not named keeps its common deadline, and so
    does what the body does once for all.

    It is not refused for leaving the common plan: that is found and shown beside it. `seen` is what
    the organiser saw before: of two people at once the second is told.

    Raises Refused: not-allowed, annulled, suspended, concluded, changed-meanwhile.
    """
    cycle = locked(Cycle, Election.objects.get(pk=election_id).cycle_id)  # always before elections
    election, row = running(election_id)
    acting = access.require(
        actor, "change", "election_dates", body=cycle.body, group=election.group
    )
    if row.state == State.CONCLUDED:
        raise Refused("concluded")
    own = GroupDeadline.objects.filter(election=election)
    before = dict(own.values_list("action__number", "deadline_on"))
    if before != seen:
        raise Refused("changed-meanwhile")
    actions = {row.number: row for row in cycle.plan.all() if is_of_groups(row)}
    days = {number: day for number, day in days.items() if number in actions}
    own.delete()
    GroupDeadline.objects.bulk_create(
        GroupDeadline(
            election=election,
            action=actions[number],
            deadline_kind=own_kind(actions[number]),
            deadline_on=day,
        )
        for number, day in sorted(days.items())
    )
    record(
        "own_plan.dated",
        actor=acting,
        subject=election,
        at=at,
        chapter=election.chapter,
        before={"deadlines": _told(before)},
        after={"count": len(days), "deadlines": _told(days)},
    )


def own_kind(action: PlanAction) -> str:
    """A group's deadline is of the kind the common one is; where that says nothing, it is an end."""
    if action.deadline_kind == DeadlineKind.OPEN:
        return DeadlineKind.BY
    return action.deadline_kind


def _told(days: Mapping[int, date]) -> dict[str, str]:
    return {str(number): day.isoformat() for number, day in sorted(days.items())}
