"""Nominating somebody else: nothing of them is kept, and only they accept or decline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import nominations as actions
from okil.areas.elections.models import Nomination
from okil.areas.elections.queries.applications import candidate_with_ticket, open_nominations
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import applications as given_applications
from okil.areas.elections.tests.given import voters as given_voters
from okil.foundation.audit import entries_of
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
AT = given_applications.APPLIED_AT
nominated = given_applications.nominated


def refusal_of(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def test_who_nominates_is_kept_sealed_and_waits_for_an_answer() -> None:
    election = given_applications.election()

    made, secret = nominated(election, reason="Её знают во всех районах.")

    assert (made.number, made.place, made.made_at) == (1, "both", AT)
    assert list(open_nominations(made.round)) == [made]
    assert actions.open_nomination(secret, at=AT) == {
        "by": given_applications.BY,
        "reason": "Её знают во всех районах.",
    }
    assert secret not in str(vars(made))
    last = entries_of(election.chapter).order_by("-number")[0]
    assert (last.event, last.role) == ("vault.opened", "candidate")


def test_the_same_form_sent_twice_shows_the_same_link() -> None:
    election = given_applications.election()

    def send(by: str) -> Nomination:
        secret = actions.secret_of(election, "one form", "both", by, "")
        return actions.nominate(election.pk, place="both", by=by, reason="", secret=secret, at=AT)

    assert send("Алия") == send("Алия")
    assert send("Алия") != send("Дана")


def test_who_is_nominated_accepts_by_applying_and_nobody_accepts_twice() -> None:
    election = given_applications.election()
    made, secret = nominated(election)

    mine = given_applications.applied(election, nomination=secret)

    assert mine.candidate.nomination == made
    assert list(open_nominations(made.round)) == []
    again = refusal_of(lambda: given_applications.applied(election, nomination=secret))
    assert again == "nomination-accepted"
    assert refusal_of(lambda: actions.decline_nomination(secret, at=AT)) == "nomination-accepted"


def test_who_is_nominated_declines() -> None:
    election = given_applications.election()
    made, secret = nominated(election)

    actions.decline_nomination(secret, at=AT)

    assert list(open_nominations(made.round)) == []
    refused = refusal_of(lambda: given_applications.applied(election, nomination=secret))
    assert refused == "nomination-declined"
    assert refusal_of(lambda: actions.open_nomination(secret, at=AT)) == "nomination-declined"


def test_the_link_of_a_nomination_is_no_ticket_and_a_ticket_no_link() -> None:
    election = given_applications.election()
    _made, secret = nominated(election)
    mine = given_applications.applied(election)

    assert candidate_with_ticket(secret) is None
    assert refusal_of(lambda: actions.open_nomination(mine.ticket, at=AT)) == "nomination-unknown"


def test_a_nomination_of_another_group_is_not_accepted_here() -> None:
    groups = [bodies.group(given.body()), bodies.group(given.body())]
    for group in groups:
        given.prepared(group, rules=None, commission=2, is_public=True)
    elections = given.cycle(groups).elections.order_by("pk")
    one, other = [given.moved_to(State.REGISTRATION, each) for each in elections]
    _made, secret = nominated(one)

    refused = refusal_of(lambda: given_applications.applied(other, nomination=secret))

    assert refused == "nomination-unknown"


def test_nobody_nominates_after_the_end() -> None:
    election = given_applications.election()
    late = given_voters.LATE_AT + timedelta(minutes=1)

    assert refusal_of(lambda: nominated(election, at=late)) == "nominating-over"
    assert not Nomination.objects.exists()
