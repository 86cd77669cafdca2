"""Parts of actions that begin a round or end it for good: it is done in one way, whoever does it."""

from __future__ import annotations

from datetime import datetime

from okil.areas.bodies.models import Decision
from okil.areas.elections.actions.cycles import (
    Dates,
    require_before_term_ends,
    require_order,
    write_dates,
)
from okil.areas.elections.models import Contestant, Election, Round
from okil.areas.elections.queries.count import contestants_for
from okil.pure.refusal import Refused
from okil.pure.rules import stages
from okil.pure.rules.stages import FROM_THE_BEGINNING, RoundKind, State


def require_dates(election: Election, dates: Dates) -> None:
    """Raises Refused: stages-out-of-order, after-the-term."""
    require_order(dates)
    require_before_term_ends(election.cycle, dates)


def begin_round(
    previous: Round, *, kind: RoundKind, dates: Dates, opened_by: Decision, at: datetime
) -> Round:
    """The round after this one, with its dates; where its candidates are known, with them."""
    following = Round.objects.create(
        election=previous.election,
        number=previous.number + 1,
        kind=kind,
        state=stages.begins_in(kind),
        has_own_dates=True,
        state_since=at,
        opened_by=opened_by,
    )
    write_dates(following, dates)
    if kind not in FROM_THE_BEGINNING:
        _write_contestants(following, previous)
    return following


def _write_contestants(following: Round, previous: Round) -> None:
    """Who stands again; the order on the paper is drawn anew."""
    Contestant.objects.bulk_create(
        Contestant(round=following, candidate=candidate, place=place)
        for candidate, place in contestants_for(previous)
    )


def require_not_over(row: Round) -> None:
    """Raises Refused: annulled, concluded."""
    if row.annulled_at is not None:
        raise Refused("annulled")
    if row.state == State.CONCLUDED:
        raise Refused("concluded")


def end_round(row: Round, *, ground: Decision, at: datetime) -> None:
    """The round is annulled; a suspension ends with it, by the same decision."""
    row.annulled_at = at
    row.annulled_by = ground
    row.save(update_fields=["annulled_at", "annulled_by"])
    row.election.suspensions.filter(lifted_at=None).update(lifted_at=at, lifted_by=ground)
