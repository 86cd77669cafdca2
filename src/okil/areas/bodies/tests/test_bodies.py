from __future__ import annotations

import pytest

from okil.areas.bodies import queries
from okil.areas.bodies.actions import bodies as actions
from okil.areas.bodies.models import Body, Invitation
from okil.areas.bodies.tests import given
from okil.areas.bodies.tests.seen import Journal, refused
from okil.foundation.accounts.links import read_link_token
from okil.foundation.notifications.models import Notification

pytestmark = pytest.mark.django_db


def begun() -> str:
    return actions.begin_installation(
        name={"en": "Country Coordinating Mechanism"},
        languages=["en", "kk"],
        time_zone="Asia/Almaty",
        secretariat_email="First@example.org",
        at=given.AT,
    )


def test_an_installation_begins_with_a_body_and_one_invitation() -> None:
    journal = Journal()

    address = begun()

    body = Body.objects.get()
    assert queries.the_body() == body
    assert (body.languages, body.term_years, body.terms_in_a_row) == (["en", "kk"], 3, 2)
    sent = Invitation.objects.get()
    assert (sent.role, sent.group, sent.user.email) == ("secretariat", None, "first@example.org")
    assert sent.user.language == "en"
    token = address.rstrip("/").rpartition("/")[2]
    assert read_link_token("invitation", token) == (sent.pk, sent.nonce)
    assert journal.rows == [
        ("body.founded", "operator", None),
        ("invitation.sent", "operator", None),
    ]
    assert Notification.objects.get().about == sent.pk


def test_it_begins_once() -> None:
    begun()

    with refused("already-begun"):
        begun()


def test_before_it_begins_there_is_no_body() -> None:
    assert queries.the_body() is None
