"""A file is taken over at the moment at which the lists are closed, or by two hands."""

from __future__ import annotations

import pytest

from okil.areas.elections.actions.voters import enter_voters
from okil.areas.elections.models import Closing, Election, Voter
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.tests.test_at_once import DONE, Act, meeting
from okil.areas.elections.tests.test_lists_at_once import closing, registering
from okil.foundation.audit import verify_chain

pytestmark = pytest.mark.django_db(transaction=True)
SIZE = 30


def taking_over(election: Election) -> Act:
    organiser = given.organiser_of(election)
    facts = [given_voters.facts(place=place) for place in range(SIZE)]
    return lambda: enter_voters(
        election.pk,
        facts=facts,
        way=Voter.Way.FILE,
        actor=organiser,
        at=given_voters.ENTERED_AT,
    )


def late_ones() -> list[bool]:
    return sorted(set(Voter.objects.values_list("is_late", flat=True)))


def test_a_file_that_meets_the_closing_comes_late_as_a_whole() -> None:
    election = registering()

    assert meeting(closing(election), taking_over(election)) == (DONE, DONE)

    assert (Closing.objects.get().voters, Voter.objects.count()) == (0, SIZE)
    assert late_ones() == [True]
    assert verify_chain() == []


def test_the_closing_that_meets_a_file_counts_all_of_it() -> None:
    election = registering()

    assert meeting(taking_over(election), closing(election)) == (DONE, DONE)

    assert (Closing.objects.get().voters, Voter.objects.count()) == (SIZE, SIZE)
    assert late_ones() == [False]


def test_a_file_is_taken_over_once_by_two_presses() -> None:
    election = registering()
    act = taking_over(election)

    assert meeting(act, act) == (DONE, "voter-twice")

    assert Voter.objects.count() == SIZE
    assert verify_chain() == []
