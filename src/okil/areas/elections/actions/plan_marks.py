"""Somebody says on which day an action of the plan was done, where nothing here shows it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.elections.models import ActionMark, Cycle, Election, PlanAction
from okil.areas.elections.queries.plan_done import is_of_groups, shows_itself
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused


@transaction.atomic
def mark_done(
    cycle_id: int,
    number: int,
    *,
    election: Election | None = None,
    done_on: date,
    actor: User,
    at: datetime,
) -> ActionMark:
    """For all groups by the Secretariat, for one election by its organiser.

    Raises Refused: not-allowed, not-of-groups, done-shows-itself, day-to-come, marked-already.
    """
    cycle, acting = _opened(cycle_id, election, actor)
    action = cycle.plan.get(number=number)
    if election is not None and not is_of_groups(action):
        raise Refused("not-of-groups")
    if shows_itself(number):
        raise Refused("done-shows-itself")
    if done_on > at.astimezone(ZoneInfo(cycle.body.time_zone)).date():
        raise Refused("day-to-come")
    if ActionMark.objects.filter(action=action, election=election).exists():
        raise Refused("marked-already")
    mark = ActionMark.objects.create(
        action=action, election=election, done_on=done_on, entered_at=at
    )
    record(
        "plan.marked_done",
        actor=acting,
        subject=action,
        at=at,
        chapter=_chapter(cycle, election),
        after={"number": number, "done_on": done_on.isoformat()},
    )
    return mark


@transaction.atomic
def take_mark_back(
    cycle_id: int, number: int, *, election: Election | None = None, actor: User, at: datetime
) -> None:
    """Raises Refused: not-allowed, not-marked."""
    cycle, acting = _opened(cycle_id, election, actor)
    action: PlanAction = cycle.plan.get(number=number)
    mark = ActionMark.objects.filter(action=action, election=election).first()
    if mark is None:
        raise Refused("not-marked")
    before = mark.done_on.isoformat()
    mark.delete()
    record(
        "plan.mark_taken_back",
        actor=acting,
        subject=action,
        at=at,
        chapter=_chapter(cycle, election),
        before={"done_on": before},
        after={"number": number},
    )


def _opened(cycle_id: int, election: Election | None, actor: User) -> tuple[Cycle, Actor]:
    cycle = locked(Cycle, cycle_id)
    if election is None:
        return cycle, access.require(actor, "change", "plan", body=cycle.body)
    acting = access.require(
        actor, "change", "election_dates", body=cycle.body, group=election.group
    )
    return cycle, acting


def _chapter(cycle: Cycle, election: Election | None) -> str:
    return cycle.chapter if election is None else election.chapter
