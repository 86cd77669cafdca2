"""Somebody applies while the lists are closed; a code is written twice; two accept one nomination."""

from __future__ import annotations

import pytest

from okil.areas.elections.actions import applications as actions
from okil.areas.elections.actions import nominations
from okil.areas.elections.models import Candidate, Closing, Election
from okil.areas.elections.tests.given import applications as given_applications
from okil.areas.elections.tests.test_at_once import DONE, Act, meeting
from okil.areas.elections.tests.test_lists_at_once import closing
from okil.foundation.audit import verify_chain

pytestmark = pytest.mark.django_db(transaction=True)
AT = given_applications.APPLIED_AT


def applying(election: Election, once: str, nomination: str = "") -> Act:
    return lambda: given_applications.applied(election, once=once, nomination=nomination)


def test_who_was_applying_when_the_lists_were_closed_is_on_them() -> None:
    election = given_applications.election()

    assert meeting(applying(election, "one"), closing(election)) == (DONE, DONE)

    assert Closing.objects.get().candidates == 1
    assert not Candidate.objects.get().is_late


def test_who_applies_while_the_lists_are_closed_is_kept_and_marked_late() -> None:
    election = given_applications.election()

    assert meeting(closing(election), applying(election, "one")) == (DONE, DONE)

    assert Closing.objects.get().candidates == 0
    assert Candidate.objects.get().is_late
    assert verify_chain() == []


def test_a_button_pressed_twice_applies_once() -> None:
    election = given_applications.election()

    assert meeting(applying(election, "one"), applying(election, "one")) == (DONE, DONE)
    assert Candidate.objects.count() == 1


def test_two_who_apply_at_once_have_two_numbers() -> None:
    election = given_applications.election()

    assert meeting(applying(election, "one"), applying(election, "two")) == (DONE, DONE)
    assert set(Candidate.objects.values_list("number", flat=True)) == {1, 2}


def test_two_do_not_accept_one_nomination() -> None:
    election = given_applications.election()
    _made, secret = given_applications.nominated(election)

    found = meeting(applying(election, "one", secret), applying(election, "two", secret))

    assert found == (DONE, "nomination-accepted")
    assert Candidate.objects.count() == 1


def test_a_nomination_declined_while_it_is_accepted_is_accepted() -> None:
    election = given_applications.election()
    _made, secret = given_applications.nominated(election)

    found = meeting(
        applying(election, "one", secret),
        lambda: nominations.decline_nomination(secret, at=AT),
    )

    assert found == (DONE, "nomination-accepted")


def test_a_code_written_twice_at_once_confirms_once() -> None:
    election = given_applications.election()
    mine = given_applications.applied(election)
    code = given_applications.a_code()
    actions.ask_code(mine.ticket, act="withdraw", code=code, at=AT)

    def write() -> str:
        return actions.confirm(mine.ticket, code=code, at=AT)

    assert meeting(write, write) == (DONE, "code-expired")
    assert Candidate.objects.get().withdrawn_at == AT


def test_who_signs_while_the_lists_are_closed_signs_nothing() -> None:
    election = given_applications.election()
    mine = given_applications.applied(election)
    code = given_applications.a_code()
    actions.ask_code(mine.ticket, act="sign", code=code, at=AT)

    found = meeting(closing(election), lambda: actions.confirm(mine.ticket, code=code, at=AT))

    assert found == (DONE, "registration-closed")
    assert Candidate.objects.get().signed_on is None
