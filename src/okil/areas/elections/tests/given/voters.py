"""A roll: voters entered by the organiser, accepted by the commission, the lists closed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from okil.areas.bodies.tests import given as bodies
from okil.areas.elections import queries
from okil.areas.elections.actions import lists
from okil.areas.elections.actions import voters as actions
from okil.areas.elections.models import Closing, Election, Voter
from okil.areas.elections.queries.voters import closing_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import officers
from okil.pure.rules.stages import Stage

CONSENTED_ON = date(2024, 8, 26)
ENTERED_AT = given.moment(8, 28, 6)
LATE_AT = given.moment(9, 6, 14)  # an hour after the end
CLOSED_AT = given.moment(9, 6, 15)
VERIFIED_AT = given.moment(9, 7, 6)
REGIONS = ("KZ-71", "KZ-75", "KZ-35")
ORGANISATIONS = ("Ассоциация «Гүлдер»", "Фонд «Дала»", "")


def promised(election: Election) -> Election:
    """Every officer of the group has signed what is asked of them."""
    officers.all_signed(election, at=given.AT)
    return election


def unsworn(election: Election) -> Election:
    """As if nobody had promised confidence: an organiser who took over has not yet."""
    election.undertakings.filter(kind="confidentiality").delete()
    return election


def facts(number: int | None = None, **said: Any) -> actions.VoterFacts:
    """A person with a name that nobody has twice."""
    place = said.pop("place", 0)
    usual = {
        "kind": "person",
        "name": bodies.a_name(),
        "region": REGIONS[place % len(REGIONS)],
        "organisation": ORGANISATIONS[place % len(ORGANISATIONS)],
        "source": "own_word",
        "consented_on": CONSENTED_ON,
    }
    return actions.VoterFacts(**{**usual, **said}, number=number)


def voter(election: Election, *, at: datetime = ENTERED_AT, **said: Any) -> Voter:
    """One, entered by the organiser."""
    promised(election)
    return actions.enter_voter(
        election.pk, facts=facts(**said), actor=given.organiser_of(election), at=at
    )


def voters(election: Election, count: int = 12, *, at: datetime = ENTERED_AT) -> list[Voter]:
    """So many, entered as a list; of an election in registration."""
    promised(election)
    return actions.enter_voters(
        election.pk,
        facts=[facts(place=place) for place in range(count)],
        actor=given.organiser_of(election),
        at=at,
    )


def accepted(
    election: Election, numbers: Collection[int] | None = None, *, at: datetime = VERIFIED_AT
) -> list[Voter]:
    """These, or all who wait, are accepted by a commissioner."""
    promised(election)
    waiting = given.round_of(election).voters.filter(status=Voter.Status.WAITING, is_late=False)
    chosen = list(waiting.values_list("number", flat=True)) if numbers is None else numbers
    if not chosen:
        return []
    return actions.decide_voters(
        election.pk, numbers=chosen, actor=given.commissioner_of(election), at=at
    )


def refused(
    election: Election,
    numbers: Collection[int],
    *,
    why: str = "incomplete",
    at: datetime = VERIFIED_AT,
) -> list[Voter]:
    promised(election)
    return actions.decide_voters(
        election.pk, numbers=numbers, refusal=why, actor=given.commissioner_of(election), at=at
    )


def closed(election: Election, *, at: datetime | None = None) -> Closing:
    """The lists are closed by the organiser, two hours after the end if nothing else is said."""
    promised(election)
    row = given.round_of(election)
    known = closing_of(row)
    ends_at = row.dates.get(stage=Stage.REGISTRATION).ends_at
    return known or lists.close_registration(
        election.pk, actor=given.organiser_of(election), at=at or ends_at + timedelta(hours=2)
    )


def is_fulfilled(code: str, election: Election) -> bool:
    """Does the system know that this gate of the next move is fulfilled?"""
    return code in queries.progress_of(election, at=CLOSED_AT).situation.facts


def fulfil_lists_closed(election: Election, *, at: datetime) -> None:
    closed(election, at=at)


def fulfil_applications_verified(election: Election, *, at: datetime) -> None:
    accepted(election, at=at)
