"""Pages of meetings that chose delegates, and the form by which delegates register."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from okil.areas.elections.actions.delegates import withdraw_delegates_meeting
from okil.areas.elections.models import DelegatesMeeting, Election, Voter
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import delegates as given_delegates
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.tests.test_pages import MOST_QUERIES
from okil.areas.elections.tests.test_voters_pages import address, browser, day, typed
from okil.foundation.audit import entries_of
from okil.foundation.web.tests.pages import Page, read

pytestmark = pytest.mark.django_db
MOST_BYTES = 100_000


def told(**said: Any) -> dict[str, Any]:
    usual = {
        **day("held_on", "27 8 2024"),
        "region": "KZ-71",
        "organisation": "Фонд «Дала»",
        "present": "20",
        "chosen": "2",
        "paper": SimpleUploadedFile("Ромашкина.pdf", given.PDF),
    }
    return {**usual, **said}


def page_of(client: Client, url: str) -> Page:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200, url
    assert len(queries) <= MOST_QUERIES, url
    assert len(response.content) <= MOST_BYTES
    page = read(response)
    assert list(page.problems()) == [], url
    return page


def test_the_organiser_records_a_meeting_enters_its_delegates_and_names_others() -> None:
    election = given_delegates.election()
    given_voters.voters(election, 2)
    client = browser("organiser", election)

    assert client.post(address("delegates_record", election), told()).status_code == 302
    delegate = {**typed(), **day("consented_on", "27 8 2024")}
    here = address("delegates_meeting", election, 1)
    entered = client.post(address("delegate_enter", election, 1), delegate)
    assert (entered.status_code, entered["Location"]) == (302, here)
    assert client.post(here, {"numbers": "2"}).status_code == 302

    named = Voter.objects.filter(source="meeting").order_by("number")
    assert list(named.values_list("number", "meeting__number")) == [(2, 1), (3, 1)]
    full = client.post(here, {"numbers": "1"})
    assert full.status_code == 422
    assert list(read(full).problems()) == []
    page_of(client, here)
    page_of(client, address("voter", election, 2))
    assert "№" in page_of(client, address("voter", election, 2)).main.text


def test_every_page_is_light_however_many_meetings_and_delegates_there_are() -> None:
    election = given_delegates.election()
    for number in range(1, 41):
        given_delegates.meeting(election, organisation=f"Фонд {number}", present=300, chosen=number)
    given_voters.voters(election, 130)
    meeting = given_delegates.meeting(election, region="KZ-75", present=300, chosen=120)
    given_delegates.named(meeting, *range(1, 121))

    for role in ("organiser", "commissioner"):
        client = browser(role, election)
        page_of(client, address("delegates", election))
        page_of(client, address("delegates_meeting", election, 41))
        page_of(client, address("delegates_meeting", election, 41) + "?page=3")
    organiser = browser("organiser", election)
    for name, more in (
        ("delegates_record", ()),
        ("delegate_enter", (1,)),
        ("delegates_withdraw", (1,)),
    ):
        page_of(organiser, address(name, election, *more))


@pytest.mark.parametrize(
    "said",
    [
        {"held_on_0": "32"},
        {"held_on_2": "2025"},
        {"chosen": "21"},
        {"chosen": "999999999999"},
        {"present": "x"},
        {"region": "KZ-99"},
        {"organisation": "\0"},
        {"paper": ""},
        {"paper": SimpleUploadedFile("x.pdf", b"tea")},
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
    said: dict[str, Any],
) -> None:
    election = given_delegates.election()

    response = browser("organiser", election).post(
        address("delegates_record", election), told(**said)
    )

    assert response.status_code == 422
    page = read(response)
    assert list(page.problems()) == []
    assert page.main.classed("err")
    assert not DelegatesMeeting.objects.exists()


@pytest.mark.parametrize(
    "numbers", ["", "x", "1 2 3 99", "0", "9" * 30, " ".join(map(str, range(1, 700))), "²", "-1"]
)
def test_numbers_that_cannot_be_named_change_nothing(numbers: str) -> None:
    election = given_delegates.election()
    given_voters.voters(election, 3)
    given_delegates.meeting(election, chosen=20)

    response = browser("organiser", election).post(
        address("delegates_meeting", election, 1), {"numbers": numbers}
    )

    assert response.status_code == 422
    assert list(read(response).problems()) == []
    assert not Voter.objects.filter(source="meeting").exists()


def test_the_protocol_is_a_file_with_a_name_that_says_nothing() -> None:
    election = given_delegates.election()
    given_delegates.meeting(election)

    response = browser("commissioner", election).post(address("delegates_protocol", election, 1))

    assert response.content == given.PDF
    assert response["Content-Disposition"] == 'attachment; filename="meeting-1.pdf"'
    assert "no-store" in response["Cache-Control"]
    last = entries_of(election.chapter).last()
    assert last is not None
    assert last.event == "vault.opened"


def test_others_see_how_many_there_were_and_no_meeting() -> None:
    election = given_delegates.election()
    given_delegates.delegate(given_delegates.meeting(election))

    for role in ("secretariat", "observer"):
        client = browser(role, election)
        page = page_of(client, address("delegates", election))
        numbers = [cell.text for cell in page.main.all("td") if cell["class"] == "n"]
        assert numbers == ["1", "20", "2", "1"]
        assert "Дала" not in page.main.text
        for name in ("delegates_meeting", "delegates_protocol", "delegates_withdraw"):
            assert client.post(address(name, election, 1)).status_code == 404
    commissioner = browser("commissioner", election)
    for name, more in (
        ("delegates_record", ()),
        ("delegate_enter", (1,)),
        ("delegates_withdraw", (1,)),
    ):
        assert commissioner.get(address(name, election, *more)).status_code == 404
    assert commissioner.post(address("delegates_meeting", election, 1), {}).status_code == 404


def test_where_everybody_votes_nothing_of_it_is_shown() -> None:
    election = given_delegates.election(directness="direct")
    given_voters.voters(election, 1)
    client = browser("organiser", election)

    for name in ("delegates", "delegates_record"):
        assert client.get(address(name, election)).status_code == 404
    assert (
        address("delegates", election)
        not in page_of(client, address("voters", election)).links.values()
    )
    form = page_of(Client(), register(election))
    assert "meeting" not in {each["name"] for each in form.main.all("select")}


# The form of those who register themselves


def register(election: Election) -> str:
    return reverse("register", args=[2024, election.group.slug])


def sent(election: Election, **said: str) -> Any:
    data = {"name": "Мята", "region": "KZ-71", "consent": "on", "once": "once", **said}
    return Client().post(register(election), data)


def test_a_delegate_says_which_meeting_chose_them() -> None:
    election = given_delegates.election()
    given_delegates.meeting(election)
    given_delegates.meeting(election, region="KZ-75", held_on=given_voters.CONSENTED_ON)
    organiser = given.organiser_of(election)
    withdraw_delegates_meeting(
        given_delegates.meeting(election, region="KZ-10").pk, actor=organiser, at=given_delegates.AT
    )

    page = page_of(Client(), register(election))
    (field,) = (each for each in page.main.all("select") if each["name"] == "meeting")
    offered = [option["value"] for option in field.all("option")]
    assert offered == ["", "1", "2", "none"]
    assert "Дала" not in page.main.text

    assert sent(election, meeting="2").status_code == 200
    voter = Voter.objects.get()
    assert voter.meeting is not None
    assert (voter.meeting.number, voter.source) == (2, "own_word")
    shown = page_of(browser("commissioner", election), address("voter", election, 1))
    assert "сверьте" in shown.main.text or "compare the protocol" in shown.main.text


def test_a_delegate_of_a_meeting_that_is_not_listed_registers_too() -> None:
    election = given_delegates.election()

    assert sent(election, meeting="none").status_code == 200
    assert Voter.objects.get().meeting is None


@pytest.mark.parametrize("meeting", ["", "7", "x", "-1", "²"])
def test_a_meeting_that_was_not_offered_is_refused_beside_the_field(meeting: str) -> None:
    election = given_delegates.election()
    given_delegates.meeting(election)

    response = sent(election, meeting=meeting)

    assert response.status_code == 422
    assert list(read(response).problems()) == []
    assert not Voter.objects.exists()
