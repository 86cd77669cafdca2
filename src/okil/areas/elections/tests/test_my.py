"""The own page: opened by a ticket and by nothing else; seen, corrected, withdrawn, taken along."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from okil.areas.elections.models import Voter
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import registration as given_registration
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.tests.test_pages import MOST_QUERIES
from okil.areas.elections.tests.test_registration_pages import (
    FILLED,
    PLANTS,
    errors,
    my,
    post,
    ticket_on,
)
from okil.foundation.audit import entries_of
from okil.foundation.web.tests.pages import read
from okil.pure.rules.tests.test_identity_numbers import PERSON
from okil.pure.rules.tickets import shown_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_came_before() -> None:
    cache.clear()


def test_the_page_asks_for_the_ticket_and_sets_no_cookie() -> None:
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(reverse("my"))

    assert list(read(response).problems()) == []
    assert response.cookies == {}
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert len(queries) <= 3
    assert "web/my.js" in response.content.decode()


def test_a_ticket_opens_number_and_state_and_nothing_sealed() -> None:
    election = given_registration.of_persons()
    mine = given_registration.registered(election)
    rows = entries_of(election.chapter).count()

    with CaptureQueriesContext(connection) as queries:
        response = my(shown_ticket(mine.ticket).lower())
    page = read(response)

    assert response.status_code == 200
    assert list(page.problems()) == []
    assert len(queries) <= MOST_QUERIES
    assert not any(plant in page.html for plant in PLANTS)
    assert response.cookies == {}
    assert response["Referrer-Policy"] == "no-referrer"
    assert entries_of(election.chapter).count() == rows
    hidden = {each["value"] for each in page.root.all("input") if each["name"] == "ticket"}
    assert hidden == {shown_ticket(mine.ticket)}


def test_what_is_stored_is_shown_when_asked_for_and_recorded() -> None:
    election = given_registration.of_persons()
    mine = given_registration.registered(election)

    with CaptureQueriesContext(connection) as queries:
        page = read(my(mine.ticket, act="open"))

    assert [plant in page.text for plant in PLANTS] == [True, True, True]
    assert list(page.problems()) == []
    assert len(queries) <= MOST_QUERIES + 8  # a journal row is written too
    last = entries_of(election.chapter).order_by("-number")[0]
    assert (last.event, last.role) == ("vault.opened", "voter")


@pytest.mark.parametrize("act", ["", "open", "correct", "save", "withdraw", "copy", "mail", "tea"])
def test_a_ticket_that_there_is_not_is_told_in_one_sentence(act: str) -> None:
    given_registration.registered(given_registration.of_persons())

    response = my(given_registration.ticket(), act=act)

    assert response.status_code == 422
    assert len(errors(read(response))) == 1
    assert list(read(response).problems()) == []


def test_what_cannot_be_a_ticket_is_not_looked_for() -> None:
    given.body()

    with CaptureQueriesContext(connection) as queries:
        response = my("ABCD-ABCD-ABCD-ABCD-ABCD")

    assert response.status_code == 422
    assert not any("voter" in query["sql"] for query in queries)
    assert not any("okil_cache" in query["sql"] for query in queries)


def test_who_tries_very_many_tickets_waits_and_a_right_one_opens_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from okil.areas.elections.views import my as views

    monkeypatch.setitem(views.UNKNOWN, "ticket", "2/10m/ip")
    mine = given_registration.registered(given_registration.of_persons())

    found = [my(given_registration.ticket()).status_code for _each in range(3)]

    assert found == [422, 422, 429]
    assert my(mine.ticket).status_code == 200


def test_what_is_corrected_is_saved_and_waits_again() -> None:
    election = given_registration.of_persons()
    mine = given_registration.registered(election)

    form = read(my(mine.ticket, act="correct"))
    assert list(form.problems()) == []
    assert f'value="{given_registration.NAME}"' in form.html
    said = {**FILLED, "region": "KZ-35", "basis": "Иначе."}
    wrong = my(mine.ticket, act="save", **{**said, "region": "KZ-00"})
    saved = my(mine.ticket, act="save", **said)

    assert (wrong.status_code, saved.status_code) == (422, 200)
    assert "Иначе." in wrong.content.decode()
    assert Voter.objects.get().region == "KZ-35"


def test_an_identity_number_does_not_come_in_by_a_correction() -> None:
    mine = given_registration.registered(given_registration.of_persons())

    response = my(mine.ticket, act="save", **{**FILLED, "basis": PERSON})

    assert response.status_code == 422


def test_who_withdraws_reads_so_and_finds_no_button_any_more() -> None:
    mine = given_registration.registered(given_registration.of_persons())

    page = read(my(mine.ticket, act="withdraw"))

    assert Voter.objects.get().status == "withdrawn"
    assert "withdraw" not in {each["value"] for each in page.root.all("button")}
    assert read(my(mine.ticket)).main.classed("gap")


def test_after_the_closing_the_page_says_why_nothing_changes() -> None:
    election = given_registration.of_persons()
    mine = given_registration.registered(election)
    given_voters.closed(election)
    given.it_is(given_voters.CLOSED_AT)

    page = read(my(mine.ticket))
    refused = my(mine.ticket, act="withdraw")

    assert not {"correct", "withdraw"} & {each["value"] for each in page.root.all("button")}
    assert refused.status_code == 422
    assert read(refused).main.classed("is-bad")
    assert Voter.objects.get().status == "waiting"


def test_a_copy_holds_all_that_is_stored_and_its_name_nothing() -> None:
    election = given_registration.of_organisations()
    said = given_registration.facts_of_an_organisation()
    mine = given_registration.registered(election, said=said)

    response = my(mine.ticket, act="copy")
    told = json.loads(response.content)

    assert (told["name"], told["organisation_number"], told["number"]) == (
        given_registration.NAME,
        given_registration.REGISTERED_NUMBER,
        1,
    )
    assert told["paper"]
    assert response["Content-Disposition"] == 'attachment; filename="copy.json"'
    assert "no-store" in response["Cache-Control"]


def test_a_refused_one_reads_the_reason_and_until_when_to_complain() -> None:
    election = given_registration.of_persons()
    mine = given_registration.registered(election)
    given_voters.refused(election, [1])
    given.it_is(given_voters.VERIFIED_AT)
    complain = reverse("complain", args=[2024, election.group.slug])

    in_time = read(my(mine.ticket))
    given.it_is(given_voters.VERIFIED_AT + timedelta(days=9))
    later = read(my(mine.ticket))

    assert complain in in_time.links.values()
    assert complain not in later.links.values()
    assert list(in_time.problems()) == []


# The letter


def test_the_link_is_mailed_at_once_and_the_letter_says_nothing() -> None:
    election = given_registration.of_persons()
    ticket = ticket_on(read(post(election)))

    response = my(ticket, act="mail")

    assert response.status_code == 200
    assert [letter.to for letter in mail.outbox] == [[given_registration.CONTACT]]
    text = mail.outbox[0].subject + str(mail.outbox[0].body)
    assert shown_ticket(ticket) in text
    assert str(election.group.public_name) not in text
    assert not re.search(r"выбор|голос|избират|group|elect|vote", text, re.IGNORECASE)


def test_who_left_no_address_is_mailed_nothing() -> None:
    election = given_registration.of_persons()
    said = given_registration.facts(contact="+7 701 555 43 21")
    mine = given_registration.registered(election, said=said)

    assert "mail" not in {
        each["value"]
        for each in read(post(election, contact="+7 701 555 43 21")).root.all("button")
    }
    assert my(mine.ticket, act="mail").status_code == 422
    assert mail.outbox == []


def test_a_letter_is_sent_three_times_at_most() -> None:
    mine = given_registration.registered(given_registration.of_persons())

    found = [my(mine.ticket, act="mail").status_code for _each in range(4)]

    assert found == [200, 200, 200, 422]
    assert len(mail.outbox) == 3
