"""Pages on complaints: what a stranger, those concerned and those who decide see of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import complaints
from okil.areas.elections.models import Complaint, Election
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import complaints as complained
from okil.areas.elections.tests.test_forms import DECIDED, in_all_languages, on
from okil.areas.elections.tests.test_pages import look, signed_in
from okil.foundation.accounts.models import User
from okil.foundation.audit import length_and_last_hash
from okil.foundation.web.tests.pages import Page, read
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db

AT = given.moment(9, 16, 10)
PLANTS = (complained.NAME, complained.WORDS, complained.CONTACT, *bodies.SURNAMES)
FILLED: dict[str, Any] = {
    "by": "voter",
    "by_number": "",
    "name": complained.NAME,
    "act": "1-vote",
    "text": complained.WORDS,
    "contact": complained.CONTACT,
    "once": "typed-once",
}


@pytest.fixture(autouse=True)
def _it_is_monday() -> None:
    cache.clear()
    given.it_is(AT)


def url(name: str, election: Election, *arguments: Any) -> str:
    return reverse(name, args=[2024, election.group.slug, *arguments])


def page_for(user: User | None, address: str) -> Page:
    client = given.browser_of(user) if user else Client()
    return read(client.get(address))


def names_nobody(page: Page) -> bool:
    return not any(plant in page.html for plant in PLANTS)


# Anybody


def test_anybody_files_without_signing_in_and_is_shown_a_number() -> None:
    election = complained.election()
    client = Client()

    response = client.post(url("complain", election), FILLED)

    assert response.status_code == 302
    assert response["Location"] == url("public_complaint", election, 1)
    page = read(client.get(response["Location"]))
    assert "1" in page.title
    assert page.problems() == []
    assert names_nobody(page)
    assert Complaint.objects.get().filed_at == AT


def test_a_stranger_who_files_is_given_no_session() -> None:
    client = Client()

    client.post(url("complain", complained.election()), FILLED)

    assert "session" not in client.cookies


def test_sent_twice_it_is_shown_again_and_not_filed_again() -> None:
    election = complained.election()
    client = Client()

    places = [client.post(url("complain", election), FILLED)["Location"] for _ in range(2)]

    assert places == [url("public_complaint", election, 1)] * 2
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": ""},
        {"by": "organiser"},
        {"name": ""},
        {"by_number": "many"},
        {"act": ""},
        {"act": "1-result"},
        {"text": ""},
        {"text": "x" * 5001},
        {"once": ""},
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(wrong: dict[str, str]) -> None:
    election = complained.election()

    response = Client().post(url("complain", election), {**FILLED, **wrong})

    page = read(response)
    assert response.status_code == 422
    assert page.problems() == []
    assert not Complaint.objects.exists()
    if "text" not in wrong:
        assert complained.WORDS in page.html


def test_too_late_it_is_refused_with_the_last_day() -> None:
    election = complained.election()
    given.it_is(given.moment(9, 19, 6))

    response = Client().post(url("complain", election), FILLED)

    assert response.status_code == 422
    assert "18" in read(response).main.classed("err")[0].text
    assert not Complaint.objects.exists()


def test_sent_after_the_election_was_concluded_it_is_refused_and_what_was_typed_stays() -> None:
    election = complained.election(State.CONCLUDED)

    response = Client().post(url("complain", election), FILLED)

    page = read(response)
    assert response.status_code == 422
    assert complained.WORDS in page.html
    assert page.problems() == []


def test_each_act_stands_with_its_last_day() -> None:
    election = complained.election()

    page = page_for(None, url("complain", election))

    shown = {
        pick.all("input")[0]["value"]: pick.text
        for pick in page.main.classed("pick")
        if pick.all("input")[0]["name"] == "act"
    }
    assert {"1-vote", "1-candidate_list", "1-notice"} <= set(shown)
    assert "18" in shown["1-vote"]
    assert "12" in shown["1-candidate_list"]


def test_the_form_asks_no_more_of_somebody_who_is_signed_in() -> None:
    election = complained.election(State.PUBLISHED)
    given.it_is(given.moment(9, 20, 12))

    seen = look(signed_in(given.organiser_of(election)), url("complain", election), "organiser")

    assert seen.problems == ()


@pytest.mark.parametrize("state", list(State))
def test_the_form_is_sound_and_light_in_every_state(
    state: State, django_assert_max_num_queries: Any
) -> None:
    election = complained.election(state)
    given.it_is(given.moment(9, 20, 12))
    client = Client()

    with django_assert_max_num_queries(12):
        response = client.get(url("complain", election))

    page = read(response)
    assert response.status_code == 200
    assert page.problems() == []
    assert bool(page.main.all("form")) == (state not in (State.PREPARATION, State.CONCLUDED))


def test_who_types_all_day_is_slowed_down_and_keeps_what_was_typed() -> None:
    election = complained.election()
    client = Client()
    for number in range(20):
        assert (
            client.post(url("complain", election), {**FILLED, "once": f"{number}"}).status_code
            == 302
        )

    response = client.post(url("complain", election), {**FILLED, "once": "one more"})

    assert response.status_code == 422
    assert complained.WORDS in read(response).html
    assert Complaint.objects.count() == 20


@pytest.mark.parametrize(("effect", "said"), [("suspends", True), ("does_not_suspend", False)])
def test_whoever_files_reads_whether_it_stops_the_election(effect: str, said: bool) -> None:
    election = complained.election(complaint_effect=effect)

    with override("en"):
        page = page_for(None, url("complain", election))

    assert ("stops the election" in page.text) == said


def test_a_number_that_was_never_given_is_not_there() -> None:
    election = complained.election()

    assert Client().get(url("public_complaint", election, 7)).status_code == 404


def test_the_published_form_says_what_and_why_and_not_who() -> None:
    election = complained.election()
    complaint = complained.complaint(election, at=AT, by_number=4321)
    complained.decided(complaint, at=AT, effect="repeat_act")

    page = page_for(None, url("public_complaint", election, 1))

    assert complained.REASONS["ru"] in page.text
    assert "4321" not in page.html
    assert names_nobody(page)
    listed = page_for(None, url("public_complaints", election))
    assert url("public_complaint", election, 1) in listed.html
    assert names_nobody(listed)


# Officers


def in_every_state_of_a_complaint(election: Election) -> list[Complaint]:
    """Waiting, stopping, decided, withdrawn."""
    four = [complained.complaint(election, at=AT, by_number=7) for _ in range(4)]
    actor = complained.decider_of(four[0])
    complaints.take_up(four[1].pk, actor=actor, at=AT)
    complained.decided(four[2], at=AT)
    complaints.withdraw_complaint(four[3].pk, actor=actor, at=AT)
    return four


ROLES = (RoleName.SECRETARIAT, RoleName.ORGANISER, RoleName.COMMISSIONER, RoleName.OBSERVER)


@pytest.mark.parametrize("role", ROLES)
def test_officers_see_that_complaints_exist_and_nothing_of_what_they_say(
    role: str, django_assert_max_num_queries: Any
) -> None:
    election = complained.election(complaint_effect="suspends")
    in_every_state_of_a_complaint(election)
    client = given.browser_of(given.officer_of(role, election))
    client.get(reverse("journal_heads"))

    for address in (
        url("complaints", election),
        *(url("complaint", election, number) for number in (1, 2, 3, 4)),
    ):
        with django_assert_max_num_queries(12):
            response = client.get(address)
        page = read(response)
        assert page.problems() == [], address
        assert names_nobody(page), address


def test_what_it_says_is_shown_to_who_decides_when_they_ask_and_not_to_the_others() -> None:
    election = complained.election()
    complained.complaint(election, at=AT)
    one, other = complained.commissioners_of(election)
    address = url("complaint", election, 1)

    before = length_and_last_hash()[0]
    shown = read(given.browser_of(other).post(address))
    assert complained.WORDS in shown.text
    assert complained.NAME in shown.text
    assert complained.NAME not in shown.title
    assert shown.problems() == []
    assert length_and_last_hash()[0] == before + 1

    for user in (
        one,
        *(given.officer_of(role, election) for role in ROLES if role != "commissioner"),
    ):
        client = given.browser_of(user)
        response = client.post(address)
        assert response.status_code == 302
        assert names_nobody(read(client.get(address)))
    assert length_and_last_hash()[0] == before + 1


OWN = ("complaint_concerned", "complaint_decide")
POSTED = ("complaint_take_up", "complaint_withdraw")


def test_pages_of_those_who_decide_are_not_there_for_the_others() -> None:
    election = complained.election()
    complained.complaint(election, at=AT)
    one, other = complained.commissioners_of(election)
    observer = given.officer_of(RoleName.OBSERVER, election)

    for user in (one, observer, given.secretariat()):
        client = given.browser_of(user)
        assert [client.get(url(name, election, 1)).status_code for name in OWN] == [404, 404]
        assert [client.post(url(name, election, 1)).status_code for name in POSTED] == [404, 404]
    client = given.browser_of(other)
    for name in OWN:
        assert read(client.get(url(name, election, 1))).problems() == []
    assert [client.get(url(name, election, 1)).status_code for name in POSTED] == [405, 405]


def test_strangers_and_neighbours_find_nothing_inside() -> None:
    election = complained.election()
    complained.complaint(election, at=AT)
    neighbour = bodies.officer(RoleName.COMMISSIONER, bodies.group(given.body()))

    for name, arguments in (("complaints", ()), ("complaint", (1,)), ("complaint_enter", ())):
        address = url(name, election, *arguments)
        assert Client().get(address).status_code == 302  # to sign in
        assert given.browser_of(neighbour).get(address).status_code == 404


def decision(**others: Any) -> dict[str, Any]:
    return {
        "effect": "none",
        **in_all_languages("reasons", "Нарушения не было."),
        **DECIDED,
        "paper": SimpleUploadedFile("paper.pdf", given.PDF, "application/pdf"),
        **others,
    }


def test_a_decision_is_entered_on_its_page_once() -> None:
    election = complained.election()
    complaint = complained.complaint(election, at=AT)
    client = given.browser_of(complained.decider_of(complaint))
    address = url("complaint_decide", election, 1)

    first = client.post(address, decision(effect="repeat_vote"))
    again = client.post(address, decision())

    complaint.refresh_from_db()
    assert (first.status_code, again.status_code) == (302, 422)
    assert complaint.effect == "repeat_vote"
    assert "Нарушения не было." in page_for(None, url("public_complaint", election, 1)).text


@pytest.mark.parametrize(
    "wrong", [{"effect": "all_of_it"}, {"paper": ""}, {"made_by": ""}, {"reasons_ru": "x" * 2001}]
)
def test_a_decision_that_is_not_whole_is_told_so(wrong: dict[str, str]) -> None:
    election = complained.election()
    complaint = complained.complaint(election, at=AT)
    client = given.browser_of(complained.decider_of(complaint))

    response = client.post(url("complaint_decide", election, 1), decision(**wrong))

    assert response.status_code == 422
    assert read(response).problems() == []
    complaint.refresh_from_db()
    assert complaint.decided_at is None


def test_buttons_stop_the_election_and_take_a_complaint_back() -> None:
    election = complained.election(complaint_effect="suspends")
    complaint = complained.complaint(election, at=AT)
    client = given.browser_of(complained.decider_of(complaint))

    for _twice in range(2):
        assert client.post(url("complaint_take_up", election, 1)).status_code == 302
    assert election.suspensions.filter(lifted_at=None).count() == 1
    for _twice in range(2):
        assert client.post(url("complaint_withdraw", election, 1)).status_code == 302
    complaint.refresh_from_db()
    assert complaint.withdrawn_at == AT
    assert not election.suspensions.filter(lifted_at=None).exists()


def test_more_officers_are_named_on_a_page() -> None:
    election = complained.election()
    complaint = complained.complaint(election, at=AT)
    client = given.browser_of(complained.decider_of(complaint))
    organiser = bodies.role_of(given.organiser_of(election)).person.number

    response = client.post(url("complaint_concerned", election, 1), {"numbers": [str(organiser)]})

    assert response.status_code == 302
    complaint.refresh_from_db()
    assert organiser in complaint.concerned


def on_paper(day: datetime) -> dict[str, Any]:
    typed = {name: value for name, value in FILLED.items() if name != "once"}
    return {**typed, **on("received_on", str(day.day), str(day.month))}


def test_one_on_paper_is_entered_on_a_page_by_who_took_no_part() -> None:
    election = complained.election()
    one, other = complained.commissioners_of(election)
    address = url("complaint_enter", election)
    assert page_for(other, address).problems() == []

    refused = given.browser_of(one).post(address, on_paper(AT))
    assert refused.status_code == 422
    assert read(refused).problems() == []

    assert given.browser_of(other).post(address, on_paper(AT)).status_code == 302
    assert Complaint.objects.get().received_by == bodies.role_of(other).person.number
