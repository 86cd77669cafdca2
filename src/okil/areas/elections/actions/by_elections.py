"""A place falls vacant during the term: the chain begins again for one group (REG-93)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.bodies.actions.decisions import DecisionFacts, write_decision
from okil.areas.bodies.models import Position
from okil.areas.elections import queries
from okil.areas.elections.actions.cycles import Dates
from okil.areas.elections.actions.rounds import begin_round, require_dates
from okil.areas.elections.models import Election, Round
from okil.areas.elections.queries import by_elections as vacancies
from okil.areas.elections.queries.ballots import rules_of
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused
from okil.pure.rules.stages import RoundKind, kinds_that_may_follow


@transaction.atomic
def open_by_election(
    election_id: int,
    *,
    dates: Dates,
    decision: DecisionFacts,
    actor: User,
    at: datetime,
) -> Round:
    """A round from the beginning for the vacant places of one group, until the end of the term.

    Raises Refused: not-allowed, not-concluded-yet, newer-cycle, nothing-vacant, alternate-takes-over,
    stages-out-of-order, after-the-term.
    """
    election = locked(Election, election_id)
    row = locked(Round, queries.current_round(election).pk)
    body = election.cycle.body
    acting = access.require(actor, "change", "cycle", body=body)
    places = _require_vacant(election, row, at=at)
    require_dates(election, dates)

    following = begin_round(
        row,
        kind=RoundKind.BY_ELECTION,
        dates=dates,
        opened_by=write_decision(body, decision, at=at, group=election.group),
        at=at,
    )
    vault.begin_anew(f"election-{election.pk}")  # what was destroyed of the term stays destroyed
    record(
        "round.opened",
        actor=acting,
        subject=following,
        at=at,
        chapter=election.chapter,
        after={
            "round": following.number,
            "kind": RoundKind.BY_ELECTION.value,
            "member": places[Position.MEMBER],
            "alternate": places[Position.ALTERNATE],
        },
    )
    return following


def _require_vacant(election: Election, row: Round, *, at: datetime) -> Counter[str]:
    """How many places of each kind are to be filled."""
    situation = queries.standing(election, row)
    if situation.annulled or RoundKind.BY_ELECTION not in kinds_that_may_follow(situation):
        raise Refused("not-concluded-yet")
    if not vacancies.is_latest(election):
        raise Refused("newer-cycle")
    vacant = vacancies.vacancies_in(election.cycle, at=at).get(election.group_id, [])
    if not vacant:
        raise Refused("nothing-vacant")
    filled = vacancies.to_be_filled(vacant, rules_of(row))
    if not filled:
        # What the regulation says, no decision for one case can say otherwise.
        raise Refused("alternate-takes-over")
    return Counter(position for _seat, position in filled)
