"""Somebody registers while the lists are closed, a ticket is made anew, a button is pressed twice."""

from __future__ import annotations

import pytest

from okil.areas.elections.actions import registration as actions
from okil.areas.elections.models import Closing, Election, Voter
from okil.areas.elections.queries.registration import voter_with_ticket
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import registration as given_registration
from okil.areas.elections.tests.test_at_once import DONE, Act, meeting
from okil.areas.elections.tests.test_lists_at_once import closing
from okil.foundation.audit import verify_chain

pytestmark = pytest.mark.django_db(transaction=True)
AT = given_registration.REGISTERED_AT


def registering(election: Election, once: str) -> Act:
    return lambda: given_registration.registered(election, once=once)


def test_who_was_registering_when_the_lists_were_closed_is_on_them() -> None:
    election = given_registration.of_persons()

    assert meeting(registering(election, "one"), closing(election)) == (DONE, DONE)

    assert Closing.objects.get().voters == 1
    assert not Voter.objects.get().is_late


def test_who_registers_while_the_lists_are_closed_is_kept_and_marked_late() -> None:
    election = given_registration.of_persons()

    assert meeting(closing(election), registering(election, "one")) == (DONE, DONE)

    assert Closing.objects.get().voters == 0
    assert Voter.objects.get().is_late
    assert verify_chain() == []


def test_a_button_pressed_twice_registers_once() -> None:
    election = given_registration.of_persons()

    found = meeting(registering(election, "one form"), registering(election, "one form"))

    assert found == (DONE, DONE)
    assert Voter.objects.count() == 1


def test_two_who_register_at_once_have_two_numbers() -> None:
    election = given_registration.of_persons()

    assert meeting(registering(election, "one"), registering(election, "two")) == (DONE, DONE)
    assert list(Voter.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_who_corrects_with_a_ticket_that_is_made_anew_meanwhile_changes_nothing() -> None:
    election = given_registration.of_persons()
    mine = given_registration.registered(election)
    organiser = given.organiser_of(election)
    new = given_registration.ticket()
    said = given_registration.facts(region="KZ-35")

    found = meeting(
        lambda: actions.renew_ticket(
            mine.voter.pk, reason="seen", ticket=new, actor=organiser, at=AT
        ),
        lambda: actions.correct_registration(mine.ticket, facts=said, asked=["region"], at=AT),
    )

    assert found == (DONE, "ticket-unknown")
    assert Voter.objects.get().region == "KZ-71"
    assert voter_with_ticket(new) is not None
