"""Cards of a trusted organisation, made by the organiser."""

from __future__ import annotations

import hashlib
from datetime import datetime
from itertools import count

from okil.areas.elections.actions import cards as actions
from okil.areas.elections.models import Election
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import voters
from okil.pure.rules.cards import make_card

ORGANISATION = "Фонд «Дала»"
_numbers = count(1)


def codes(number: int) -> list[str]:
    chances = (hashlib.sha256(f"card {next(_numbers)}".encode()).digest() for _n in range(number))
    return [make_card(chance) for chance in chances]


def made(
    election: Election,
    number: int = 3,
    *,
    organisation: str = ORGANISATION,
    at: datetime = voters.ENTERED_AT,
) -> list[str]:
    """The codes, which stand on the cards and nowhere else."""
    written = codes(number)
    actions.make_cards(
        election.pk,
        organisation=organisation,
        codes=written,
        actor=given.organiser_of(election),
        at=at,
    )
    return written


def withdrawn(election: Election, batch: int = 1, *, at: datetime = voters.ENTERED_AT) -> int:
    """What is left of a batch; answers how many."""
    organiser = given.organiser_of(election)
    return actions.withdraw_cards(election.pk, batch, actor=organiser, at=at)
