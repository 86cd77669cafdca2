"""An indirect election in registration, and meetings that chose delegates."""

from __future__ import annotations

from datetime import date
from typing import Any

from okil.areas.elections.actions import delegates as actions
from okil.areas.elections.models import DelegatesMeeting, Election, Voter
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import voters
from okil.pure.rules.stages import State

AT = voters.ENTERED_AT
NAMED_REGIONS = ("KZ-71", "KZ-75")
FIELDS = ("name_or_pseudonym", "region")


def election(state: State = State.REGISTRATION, *, directness: str = "indirect") -> Election:
    rules = {
        **given.RULES,
        "directness": directness,
        "regions": list(NAMED_REGIONS),
        "voter_fields": list(FIELDS),
    }
    found = given.election(state, rules=rules)
    given.it_is(AT)
    return voters.promised(found)


def facts(**said: Any) -> actions.MeetingFacts:
    usual = {
        "held_on": date(2024, 8, 27),
        "region": "KZ-71",
        "organisation": "Фонд «Дала»",
        "present": 20,
        "chosen": 2,
        "paper": given.PDF,
    }
    return actions.MeetingFacts(**{**usual, **said})


def meeting(election: Election, **said: Any) -> DelegatesMeeting:
    return actions.record_delegates_meeting(
        election.pk, facts=facts(**said), actor=given.organiser_of(election), at=AT
    )


def delegate(of: DelegatesMeeting, **said: Any) -> Voter:
    """Named by the protocol."""
    return actions.enter_delegate(
        of.pk,
        facts=voters.facts(source="meeting", **said),
        actor=given.organiser_of(of.election),
        at=AT,
    )


def named(of: DelegatesMeeting, *numbers: int) -> list[Voter]:
    """Who is on the list already."""
    organiser = given.organiser_of(of.election)
    return actions.name_delegates(of.pk, numbers=numbers, actor=organiser, at=AT)
