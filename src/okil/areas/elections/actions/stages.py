"""Moves, answers to gates, changed dates, suspension, annulment, a new round."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.bodies.actions.decisions import DecisionFacts, write_decision
from okil.areas.bodies.models import Decision
from okil.areas.elections import queries
from okil.areas.elections.actions.board import close_online_vote
from okil.areas.elections.actions.current import current, require_running
from okil.areas.elections.actions.cycles import (
    Dates,
    end_of_term,
    require_before_term_ends,
    require_order,
    write_dates,
)
from okil.areas.elections.actions.lists import publish_list
from okil.areas.elections.actions.packages import submitted
from okil.areas.elections.actions.rounds import (
    begin_round,
    end_round,
    require_dates,
    require_not_over,
)
from okil.areas.elections.models import (
    Election,
    Extension,
    Move,
    Round,
    StageDates,
    Suspension,
)
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.audit.journal import Actor
from okil.pure.refusal import Refused
from okil.pure.rules import stages
from okil.pure.rules.stages import RoundKind, Stage, State


@transaction.atomic
def move_on(election_id: int, *, to: str, actor: User, at: datetime) -> Move:
    """One state further, by whose turn it is, when nothing is missing.

    Raises Refused: not-the-mover, moved-already, suspended, annulled, gates-closed.
    """
    election, row = current(election_id)
    state = State(to)
    acting = access.require_role(actor, stages.MOVER.get(state, "nobody"), election.group)
    situation = queries.situation(election, row, at=at)
    if stages.next_state(situation.state) is not state:
        raise Refused("moved-already")
    require_running(situation)
    if closed := stages.missing(state, situation, at=at):
        raise Refused("gates-closed", count=len(closed))

    move = Move.objects.create(
        round=row,
        from_state=row.state,
        to_state=state,
        at=at,
        role=acting.role,
        person_number=person_number(acting),
    )
    row.state = state
    row.state_since = at
    row.save(update_fields=["state", "state_since"])
    if state is State.CANDIDATES_PUBLISHED:
        publish_list(row, at=at)
    if state is State.COUNTING:
        close_online_vote(row, at=at)
    record(
        "round.moved",
        actor=acting,
        subject=row,
        at=at,
        chapter=election.chapter,
        before={"state": move.from_state},
        after={"state": move.to_state},
    )
    if state is State.SUBMITTED:
        submitted(row, acting, at=at)
    return move


def person_number(acting: Actor) -> int:
    """A move and an answer are always somebody's: the scheduler and visitors have no number."""
    if acting.number is None:
        raise Refused("not-the-mover", role=acting.role)
    return acting.number


@transaction.atomic
def set_dates(election_id: int, *, dates: Dates, actor: User, at: datetime) -> Round:
    """The group's own dates, while it is still preparing (1.06); afterwards dates are extended.

    Raises Refused: not-allowed, suspended, annulled, announced-already, stages-out-of-order,
    after-the-term.
    """
    election, row = current(election_id)
    acting = access.require(
        actor, "change", "election_dates", body=election.cycle.body, group=election.group
    )
    require_running(queries.standing(election, row))
    if row.state != State.PREPARATION:
        raise Refused("announced-already")
    require_order(dates)
    require_before_term_ends(election.cycle, dates)
    write_dates(row, dates)
    row.has_own_dates = True
    row.save(update_fields=["has_own_dates"])
    record("round.dated", actor=acting, subject=row, at=at, chapter=election.chapter)
    return row


@transaction.atomic
def extend_stage(
    election_id: int,
    *,
    stage: Stage,
    to_at: datetime,
    reason: dict[str, str],
    actor: User,
    at: datetime,
) -> list[Extension]:
    """A stage ends later, with a published reason; the later stages move along by as much.

    Raises Refused: not-allowed, suspended, annulled, not-announced, concluded, stage-over,
    stage-without-dates, not-later, after-the-term.
    """
    election, row = current(election_id)
    acting = access.require(
        actor, "change", "election_dates", body=election.cycle.body, group=election.group
    )
    require_running(queries.standing(election, row))
    dated, *later = _dates_to_move(row, stage)
    _require_later(election, [dated, *later], to_at, at=at)

    before = dated.ends_at
    by = to_at - before
    extensions = [_extend(dated, by, reason, begins_too=False, at=at)]
    extensions += [_extend(each, by, reason, begins_too=True, at=at) for each in later]
    record(
        "stage.extended",
        actor=acting,
        subject=row,
        at=at,
        chapter=election.chapter,
        before={"ends_at": before.isoformat()},
        after={"stage": int(stage), "ends_at": to_at.isoformat()},
    )
    return extensions


def _dates_to_move(row: Round, stage: Stage) -> list[StageDates]:
    """The dates of the stage to be extended, and of those after it."""
    if row.state == State.PREPARATION:
        raise Refused("not-announced")
    if row.state == State.CONCLUDED:
        raise Refused("concluded")
    if not stages.may_extend(stage, State(row.state)):
        raise Refused("stage-over")
    found = list(row.dates.filter(stage__gte=stage))
    if not found or found[0].stage != stage:
        raise Refused("stage-without-dates")
    return found


def _require_later(
    election: Election, dates: list[StageDates], to_at: datetime, *, at: datetime
) -> None:
    ends_at = dates[0].ends_at
    if to_at <= ends_at or to_at <= at:
        raise Refused("not-later", ends_at=ends_at)
    # The stages after it move along: the last of them must fit in too.
    if dates[-1].ends_at - ends_at > end_of_term(election.cycle) - to_at:
        raise Refused("after-the-term")


def _extend(
    dated: StageDates, by: timedelta, reason: dict[str, str], *, begins_too: bool, at: datetime
) -> Extension:
    before = dated.ends_at
    dated.ends_at = before + by
    if begins_too and dated.begins_at is not None:
        dated.begins_at += by
    dated.is_extended = dated.is_extended or not begins_too  # the later stages only move along
    dated.save(update_fields=["begins_at", "ends_at", "is_extended"])
    return Extension.objects.create(
        dates=dated, from_at=before, to_at=dated.ends_at, reason=reason, published_at=at
    )


def _deciding(election: Election, actor: User) -> Actor:
    return access.require(actor, "decide", "round", body=election.cycle.body, group=election.group)


def decided(election: Election, facts: DecisionFacts, *, at: datetime) -> Decision:
    return write_decision(election.cycle.body, facts, at=at, group=election.group)


def _require_paper(decision: DecisionFacts) -> None:
    # REG-91: suspension, annulment and a new round rest on somebody else's decision; it is attached.
    if not decision.paper:
        raise Refused("paper-missing")


@transaction.atomic
def suspend(
    election_id: int,
    *,
    reason: dict[str, str],
    decision: DecisionFacts,
    actor: User,
    at: datetime,
) -> Suspension:
    """Nothing moves until it is lifted.

    Raises Refused: not-allowed, paper-missing, suspended, annulled, concluded.
    """
    election, row = current(election_id)
    acting = _deciding(election, actor)
    _require_paper(decision)
    require_running(queries.standing(election, row))
    if row.state == State.CONCLUDED:
        raise Refused("concluded")
    suspension = Suspension.objects.create(
        election=election,
        since=at,
        reason=reason,
        decision=decided(election, decision, at=at),
    )
    record("election.suspended", actor=acting, subject=election, at=at, chapter=election.chapter)
    return suspension


@transaction.atomic
def lift_suspension(
    election_id: int, *, decision: DecisionFacts, actor: User, at: datetime
) -> Suspension:
    """The election goes on. Raises Refused: not-allowed, paper-missing, not-suspended."""
    election, _ = current(election_id)
    acting = _deciding(election, actor)
    _require_paper(decision)
    suspension = election.suspensions.filter(lifted_at=None).first()
    if suspension is None:
        raise Refused("not-suspended")
    suspension.lifted_at = at
    suspension.lifted_by = decided(election, decision, at=at)
    suspension.save(update_fields=["lifted_at", "lifted_by"])
    record("election.resumed", actor=acting, subject=election, at=at, chapter=election.chapter)
    return suspension


@transaction.atomic
def annul_round(election_id: int, *, decision: DecisionFacts, actor: User, at: datetime) -> Round:
    """The round ends for good; a suspension ends with it, by the same decision.

    Raises Refused: not-allowed, paper-missing, annulled, concluded.
    """
    election, row = current(election_id)
    acting = _deciding(election, actor)
    _require_paper(decision)
    require_not_over(row)
    end_round(row, ground=decided(election, decision, at=at), at=at)
    record(
        "round.annulled",
        actor=acting,
        subject=row,
        at=at,
        chapter=election.chapter,
        after={"round": row.number},
    )
    return row


@transaction.atomic
def open_round(
    election_id: int,
    *,
    kind: str,
    dates: Dates,
    decision: DecisionFacts,
    actor: User,
    at: datetime,
) -> Round:
    """A repeat vote or a second round, which begins with its candidates published; or, after a round
    annulled before that, the same from the beginning.

    Raises Refused: not-allowed, paper-missing, suspended, round-still-open, stages-out-of-order,
    after-the-term.
    """
    election, row = current(election_id)
    acting = _deciding(election, actor)
    _require_paper(decision)
    situation = queries.standing(election, row)
    if situation.suspended:
        raise Refused("suspended")
    # What follows a concluded election is a by-election, which the Secretariat opens.
    is_over = situation.state is State.CONCLUDED and not situation.annulled
    if is_over or RoundKind(kind) not in stages.kinds_that_may_follow(situation):
        raise Refused("round-still-open")
    require_dates(election, dates)
    following = begin_round(
        row,
        kind=RoundKind(kind),
        dates=dates,
        opened_by=decided(election, decision, at=at),
        at=at,
    )
    record(
        "round.opened",
        actor=acting,
        subject=following,
        at=at,
        chapter=election.chapter,
        after={"round": following.number, "kind": kind},
    )
    return following
