"""Two hands at one meeting of delegates, or at one card."""

from __future__ import annotations

import pytest

from okil.areas.elections.actions import delegates as actions
from okil.areas.elections.actions import registration
from okil.areas.elections.models import DelegatesMeeting, Election, Voter
from okil.areas.elections.queries.cards import card_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import cards as given_cards
from okil.areas.elections.tests.given import delegates as given_delegates
from okil.areas.elections.tests.given import registration as given_registration
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.tests.test_at_once import DONE, Act, meeting
from okil.areas.elections.tests.test_lists_at_once import closing
from okil.foundation.audit import verify_chain

pytestmark = pytest.mark.django_db(transaction=True)
AT = given_delegates.AT


def entering(its: DelegatesMeeting) -> Act:
    organiser = given.organiser_of(its.election)
    facts = given_voters.facts(source="meeting")
    return lambda: actions.enter_delegate(its.pk, facts=facts, actor=organiser, at=AT)


def naming(its: DelegatesMeeting, *numbers: int) -> Act:
    organiser = given.organiser_of(its.election)
    return lambda: actions.name_delegates(its.pk, numbers=numbers, actor=organiser, at=AT)


def withdrawing(its: DelegatesMeeting) -> Act:
    organiser = given.organiser_of(its.election)
    return lambda: actions.withdraw_delegates_meeting(its.pk, actor=organiser, at=AT)


def named() -> int:
    return Voter.objects.filter(source="meeting").count()


def test_the_last_place_of_a_meeting_is_given_once() -> None:
    its = given_delegates.meeting(given_delegates.election(), chosen=1)

    assert meeting(entering(its), entering(its)) == (DONE, "delegates-all-named")

    assert named() == 1
    assert verify_chain() == []


def test_a_place_is_not_given_to_somebody_new_and_to_somebody_of_the_list_at_once() -> None:
    election = given_delegates.election()
    given_voters.voters(election, 1)
    its = given_delegates.meeting(election, chosen=1)

    assert meeting(naming(its, 1), entering(its)) == (DONE, "delegates-all-named")
    assert named() == 1


def test_nobody_is_a_delegate_of_two_meetings_at_once() -> None:
    election = given_delegates.election()
    given_voters.voters(election, 1)
    one = given_delegates.meeting(election)
    other = given_delegates.meeting(election, region="KZ-75")

    assert meeting(naming(one, 1), naming(other, 1)) == (DONE, "delegate-of-another")
    assert Voter.objects.get().meeting == one


def test_nobody_is_entered_for_a_meeting_that_is_withdrawn_meanwhile() -> None:
    its = given_delegates.meeting(given_delegates.election())

    assert meeting(withdrawing(its), entering(its)) == (DONE, "delegates-meeting-withdrawn")
    assert named() == 0


def test_a_meeting_whose_delegate_is_entered_meanwhile_is_not_withdrawn() -> None:
    its = given_delegates.meeting(given_delegates.election())

    assert meeting(entering(its), withdrawing(its)) == (DONE, "delegates-on-the-list")
    assert verify_chain() == []


def test_a_meeting_is_recorded_once_by_two_presses() -> None:
    election = given_delegates.election()
    organiser = given.organiser_of(election)

    def recording() -> object:
        return actions.record_delegates_meeting(
            election.pk, facts=given_delegates.facts(), actor=organiser, at=AT
        )

    assert meeting(recording, recording) == (DONE, "delegates-meeting-twice")


def test_no_delegate_is_named_while_the_lists_are_closed() -> None:
    election = given_delegates.election()
    given_voters.voters(election, 1)
    its = given_delegates.meeting(election)

    assert meeting(closing(election), naming(its, 1)) == (DONE, "registration-closed")
    assert named() == 0


# Cards


def using(election: Election, code: str, once: str) -> Act:
    """Somebody who holds this card sends the form."""
    card = card_of(election, code)

    def act() -> object:
        return registration.register_voter(
            election.pk,
            facts=given_registration.facts(name=f"Мята {once}"),
            once=once,
            ticket=given_registration.ticket(),
            invitation=card,
            at=AT,
        )

    return act


def test_a_card_that_two_use_at_once_registers_one() -> None:
    election = given_registration.of_persons()
    (code,) = given_cards.made(election, 1)

    found = meeting(using(election, code, "one"), using(election, code, "other"))

    assert found == (DONE, "card-used")
    assert Voter.objects.count() == 1
    assert verify_chain() == []


def test_a_card_that_is_withdrawn_meanwhile_registers_nobody() -> None:
    election = given_registration.of_persons()
    (code,) = given_cards.made(election, 1)

    found = meeting(lambda: given_cards.withdrawn(election), using(election, code, "one"))

    assert found == (DONE, "card-used")
    assert not Voter.objects.exists()


def test_a_card_with_which_somebody_registers_meanwhile_is_not_withdrawn() -> None:
    election = given_registration.of_persons()
    (code,) = given_cards.made(election, 1)

    found = meeting(using(election, code, "one"), lambda: given_cards.withdrawn(election))

    assert found == (DONE, "no-card-left")
    assert Voter.objects.count() == 1
