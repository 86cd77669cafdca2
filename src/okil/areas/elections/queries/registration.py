"""Who holds this ticket, and what the page of a group says about registering."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from okil.areas.elections.models import Voter
from okil.areas.elections.queries.stages import Whereabouts
from okil.areas.elections.queries.voters import SELDOM
from okil.pure.rules.stages import Stage, State
from okil.pure.rules.tickets import check_of


def voter_with_ticket(ticket: str) -> Voter | None:
    """One indexed question; nothing sealed is read."""
    found = Voter.objects.select_related("election__cycle__body", "election__group", "round")
    return found.defer("name", *SELDOM).filter(ticket_check=check_of(ticket)).first()


class Window(StrEnum):
    """Whether one can register now."""

    TO_COME = "to_come"
    OPEN = "open"
    OVER = "over"
    HELD_UP = "held_up"


def window_of(where: Whereabouts, *, at: datetime) -> Window:
    if where.state in (State.PREPARATION, State.ANNOUNCED):
        return Window.TO_COME
    if where.annulled or where.suspension is not None:
        return Window.HELD_UP
    ends_at = where.ends.get(Stage.REGISTRATION)
    is_open = where.state is State.REGISTRATION and (ends_at is None or at < ends_at)
    return Window.OPEN if is_open else Window.OVER
