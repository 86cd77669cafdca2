"""Elected people who go before they sit, and those who take their places."""

from __future__ import annotations

from datetime import date, datetime

from okil.areas.elections.actions import seats, stages
from okil.areas.elections.models import Departure, Election, Seating
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import officers, packages, protocols
from okil.pure.rules.stages import State

TOLD_ON = date(2024, 9, 18)
GONE_AT = given.moment(9, 18, 11)
SEATED_AT = given.moment(9, 19, 10)


def published(election: Election | None = None) -> Election:
    """Signed, packed, checked, published."""
    election = packages.submitted(election)
    packages.package_checked(election)
    return given.moved_to(State.PUBLISHED, election)


def published_again(election: Election) -> Election:
    """The same of a later round, whose papers were counted at the end of September."""
    protocols.drawn_up(election, at=given.moment(9, 30, 5))
    protocols.signed(election, at=given.moment(9, 30, 6))
    moments = (
        (State.RESULTS, given.moment(9, 30, 7)),
        (State.SUBMITTED, given.moment(9, 30, 8)),
        (State.PUBLISHED, given.moment(9, 30, 9)),
    )
    for state, at in moments:
        given.all_fulfilled(election, at=at)
        stages.move_on(election.pk, to=state, actor=given.mover_of(election), at=at)
    return election


def departed(
    election: Election, number: int, *, why: str = "declined", at: datetime = GONE_AT
) -> Departure:
    """Recorded by the commission."""
    officers.all_signed(election, at=at)
    return seats.record_departure(
        election.pk,
        number=number,
        why=why,
        told_on=min(TOLD_ON, at.date()),
        actor=given.commissioner_of(election),
        at=at,
    )


def seated(election: Election, *, at: datetime = SEATED_AT) -> list[Seating]:
    """By the Secretariat."""
    return seats.seat_elected(election.pk, actor=given.secretariat(), at=at)
