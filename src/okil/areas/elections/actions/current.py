"""Parts of actions: an election and its newest round are held, and asked whether they run."""

from __future__ import annotations

from okil.areas.elections import queries
from okil.areas.elections.models import Election, Round
from okil.foundation.locking import locked
from okil.pure.refusal import Refused
from okil.pure.rules.stages import Situation


def current(election_id: int) -> tuple[Election, Round]:
    """The election and its current round, both held."""
    election = locked(Election, election_id)
    return election, locked(Round, queries.current_round(election).pk)


def running(election_id: int) -> tuple[Election, Round]:
    """The same; nothing is changed in one that stands still. Raises Refused: annulled, suspended."""
    election, row = current(election_id)
    require_running(queries.standing(election, row))
    return election, row


def require_running(situation: Situation) -> Situation:
    """Raises Refused: annulled, suspended."""
    if situation.annulled:
        raise Refused("annulled")
    if situation.suspended:
        raise Refused("suspended")
    return situation
