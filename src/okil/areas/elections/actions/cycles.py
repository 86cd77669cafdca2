"""A cycle opens, its decision is recorded, its common dates are set."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.bodies.actions.decisions import DecisionFacts, write_decision
from okil.areas.bodies.models import Body, ElectoralGroup
from okil.areas.elections.actions.plan import begin_plan
from okil.areas.elections.actions.regulations import forget_answers_for_one_case
from okil.areas.elections.models import (
    CommonStage,
    Cycle,
    Election,
    Round,
    StageDates,
)
from okil.areas.elections.queries.plan import latest_plan
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused
from okil.pure.rules.stages import Stage, State

Dates = Mapping[Stage, tuple[datetime | None, datetime]]


@transaction.atomic
def open_cycle(
    *,
    body: Body,
    year: int,
    term_begins_on: date,
    term_ends_on: date,
    groups: Sequence[ElectoralGroup],
    like_latest: bool = False,
    first_on: date | None = None,
    actor: User,
    at: datetime,
) -> Cycle:
    """A new cycle with an election for each group, and a plan: the 25 actions of the model plan,
    undated, or those of the cycle before, moved so that the first is due on `first_on` or soon after.

    Raises Refused: not-allowed, cycle-exists, term-backwards, no-groups.
    """
    body = locked(Body, body.pk)
    acting = access.require(actor, "change", "cycle", body=body)
    if body.cycles.filter(year=year).exists():
        raise Refused("cycle-exists", year=year)
    if term_ends_on <= term_begins_on:
        raise Refused("term-backwards")
    if not groups:
        raise Refused("no-groups")
    cycle = Cycle.objects.create(
        body=body, year=year, term_begins_on=term_begins_on, term_ends_on=term_ends_on
    )
    begin_plan(cycle, like=latest_plan(body) if like_latest else None, first_on=first_on)
    for group in groups:
        forget_answers_for_one_case(group, at=at)
        election = Election.objects.create(cycle=cycle, group=group)
        Round.objects.create(election=election, number=1, state_since=at)
    record(
        "cycle.opened",
        actor=acting,
        subject=cycle,
        at=at,
        chapter=cycle.chapter,
        after={"year": year},
    )
    return cycle


@transaction.atomic
def record_cycle_decision(
    cycle_id: int,
    *,
    decision: DecisionFacts,
    quotas: dict[str, str],
    actor: User,
    at: datetime,
) -> Cycle:
    """The meeting of the body that fixed dates, quotas and responsibilities (1.02)."""
    cycle = locked(Cycle, cycle_id)
    acting = access.require(actor, "change", "cycle", body=cycle.body)
    cycle.decision = write_decision(cycle.body, decision, at=at)
    cycle.quotas = quotas
    cycle.save(update_fields=["decision", "quotas"])
    record("cycle.decided", actor=acting, subject=cycle, at=at, chapter=cycle.chapter)
    return cycle


@transaction.atomic
def set_common_dates(cycle_id: int, *, dates: Dates, actor: User, at: datetime) -> Cycle:
    """The common dates of the six stages; groups still preparing take them over, unless they have set
    their own (1.06, 1.07).

    Raises Refused: not-allowed, stages-out-of-order, after-the-term.
    """
    cycle = locked(Cycle, cycle_id)
    acting = access.require(actor, "change", "cycle", body=cycle.body)
    require_order(dates)
    require_before_term_ends(cycle, dates)
    cycle.common_stages.all().delete()
    CommonStage.objects.bulk_create(
        CommonStage(cycle=cycle, stage=stage, begins_at=begins, ends_at=ends)
        for stage, (begins, ends) in sorted(dates.items())
    )
    for row in _preparing(cycle):
        write_dates(row, dates)
    record(
        "cycle.dated",
        actor=acting,
        subject=cycle,
        at=at,
        chapter=cycle.chapter,
        after={str(int(stage)): ends.isoformat() for stage, (_, ends) in dates.items()},
    )
    return cycle


def _preparing(cycle: Cycle) -> Iterator[Round]:
    """The rounds that are not announced yet and have no dates of their own. Their elections are
    held, or one could be announced with the old dates while it is given new ones."""
    for election_id in cycle.elections.order_by("pk").values_list("pk", flat=True):
        row = locked(Election, election_id).rounds.order_by("-number")[0]
        if row.state == State.PREPARATION and row.annulled_at is None and not row.has_own_dates:
            yield row


def end_of_term(cycle: Cycle) -> datetime:
    """The last moment of the term that the cycle elects for."""
    return datetime.combine(cycle.term_ends_on, time.max, ZoneInfo(cycle.body.time_zone))


def require_before_term_ends(cycle: Cycle, dates: Dates) -> None:
    """Nobody is elected for a term that is over. Raises Refused("after-the-term")."""
    if any(ends > end_of_term(cycle) for _begins, ends in dates.values()):
        raise Refused("after-the-term")


def require_order(dates: Dates) -> None:
    """No stage ends before the one before it. Raises Refused("stages-out-of-order", stage=…)."""
    ordered = sorted(dates.items())
    for (_, (_, ended)), (stage, (begins, ends)) in itertools.pairwise(ordered):
        if ends < ended or (begins is not None and begins < ended and stage == Stage.VOTING):
            raise Refused("stages-out-of-order", stage=int(stage))
    for stage, (begins, ends) in ordered:
        if begins is not None and begins >= ends:
            raise Refused("stages-out-of-order", stage=int(stage))


def write_dates(row: Round, dates: Dates) -> None:
    """Part of an action: the dates of a round that nobody has extended yet, anew."""
    row.dates.all().delete()
    StageDates.objects.bulk_create(
        StageDates(round=row, stage=stage, begins_at=begins, ends_at=ends)
        for stage, (begins, ends) in sorted(dates.items())
    )
