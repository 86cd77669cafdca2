"""Pages of those who register themselves: what is asked, shown once, opened by a ticket and by no other."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import given as any_of
from hypothesis import strategies as st

from okil.areas.elections.models import Election, Voter
from okil.areas.elections.queries.registration import voter_with_ticket
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import registration as given_registration
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.tests.test_pages import MOST_QUERIES, signed_in
from okil.foundation.audit.models import JournalEntry
from okil.foundation.web.tests.pages import Page, read
from okil.pure.rules.stages import State
from okil.pure.rules.tests.test_identity_numbers import PERSON
from okil.pure.rules.tickets import read_ticket, shown_ticket

pytestmark = pytest.mark.django_db
AT = given_registration.REGISTERED_AT
PLANTS = (given_registration.NAME, given_registration.CONTACT, given_registration.BASIS)
FILLED = {
    "name": given_registration.NAME,
    "region": "KZ-71",
    "contact": given_registration.CONTACT,
    "basis": given_registration.BASIS,
    "consent": "on",
    "once": "typed once",
}
OF_AN_ORGANISATION = {
    "organisation": given_registration.ORGANISATION,
    "organisation_number": given_registration.REGISTERED_NUMBER,
    "services": "Помощь на дому",
    "name": given_registration.NAME,
    "region": "KZ-75",
    "contact": "+7 701 555 43 21",
    "consent": "on",
    "once": "typed once",
}


@pytest.fixture(autouse=True)
def _nobody_came_before() -> None:
    cache.clear()


def stranger() -> Client:
    """Without any cookie, and strict about forgery where a page is."""
    return Client(enforce_csrf_checks=True)


def url(election: Election) -> str:
    return reverse("register", args=[2024, election.group.slug])


def paper(content: bytes = given.PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("authorisation.pdf", content)


def post(election: Election, said: Mapping[str, Any] = FILLED, **changed: Any) -> Any:
    return Client().post(url(election), {**said, **changed})


def fields(page: Page) -> set[str]:
    names = {each["name"] for each in page.main.all("input", "select", "textarea")}
    return names - {"csrfmiddlewaretoken", "once", ""}


def errors(page: Page) -> list[str]:
    return [each.text for each in page.main.classed("err")]


def ticket_on(page: Page) -> str:
    return read_ticket(page.main.classed("tracker")[0].text)


def my(ticket: str, **said: Any) -> Any:
    return stranger().post(reverse("my"), {"ticket": ticket, **said})


# The form


@pytest.mark.parametrize(
    ("kind", "asked", "expected"),
    [
        ("natural_person", given_registration.OF_PERSONS, {"name", "region", "contact", "basis"}),
        ("natural_person", ("region",), {"region"}),
        ("natural_person", (), {"name", "region", "contact", "basis"}),
        ("natural_person", ("national_identity_number", "region"), {"region"}),
        (
            "legal_entity",
            given_registration.OF_ORGANISATIONS,
            {
                "organisation",
                "organisation_number",
                "services",
                "name",
                "region",
                "contact",
                "paper",
            },
        ),
    ],
)
def test_the_form_asks_what_the_regulation_asks(
    kind: str, asked: tuple[str, ...], expected: set[str]
) -> None:
    election = given_registration.election(*asked, kind=kind)

    with CaptureQueriesContext(connection) as queries:
        response = Client().get(url(election).replace("/ru/", "/en/"))
    page = read(response)

    assert fields(page) == expected | {"consent"}
    assert list(page.problems()) == []
    assert len(queries) <= MOST_QUERIES
    told = "IIN" in page.main.classed("note")[0].text if page.main.classed("note") else False
    assert told == ("national_identity_number" in asked)


@pytest.mark.parametrize(
    ("months", "words"),
    [(None, "does not say"), (0, "as soon as"), (1, "1 month "), (6, "6 months")],
)
def test_before_the_first_field_stands_when_it_is_destroyed(months: int | None, words: str) -> None:
    election = given.election(
        State.REGISTRATION, rules={**given.RULES, "personal_data_months": months}
    )
    given.it_is(AT)

    page = read(Client().get(url(election).replace("/ru/", "/en/")))

    assert words in page.main.classed("notice")[0].text
    assert "2 members" in page.main.classed("notice")[0].text


@pytest.mark.parametrize(
    ("state", "at", "heading"),
    [
        (State.ANNOUNCED, given.ENTERED[State.ANNOUNCED], "not open yet"),
        (State.REGISTRATION, given_voters.LATE_AT, "is over"),
        (State.VOTING, given.ENTERED[State.VOTING], "is over"),
    ],
)
def test_where_nobody_can_register_the_page_says_so(state: State, at: Any, heading: str) -> None:
    election = given.election(state)
    given.it_is(at)

    page = read(Client().get(url(election).replace("/ru/", "/en/")))

    assert heading in page.main.classed("notice")[0].text
    assert page.main.all("form") == []
    assert list(page.problems()) == []


def test_the_groups_page_leads_to_the_form_while_it_is_open() -> None:
    election = given_registration.of_persons()
    group = reverse("group", args=[2024, election.group.slug])

    assert url(election) in read(Client().get(group)).links.values()
    given.it_is(given_voters.LATE_AT)
    assert url(election) not in read(Client().get(group)).links.values()


# The answer


def test_the_ticket_is_shown_once_as_text_link_and_square() -> None:
    election = given_registration.of_persons()

    response = post(election)
    page = read(response)

    assert response.status_code == 200
    ticket = ticket_on(page)
    assert voter_with_ticket(ticket) == Voter.objects.get()
    links = [each for each in page.links.values() if "#" in each and each[0] != "#"]
    assert [each.partition("#")[2] for each in links] == [shown_ticket(ticket)]
    assert page.main.classed("qr")[0].all("svg")
    assert list(page.problems()) == []
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert 'name="referrer" content="no-referrer"' in page.html
    assert not any(plant in page.html for plant in PLANTS)
    assert ticket not in page.title
    assert "session" not in response.cookies


def test_the_square_on_the_page_leads_where_the_link_does() -> None:
    """Two tickets have two squares: none is kept from the one before."""
    election = given_registration.of_persons()
    squares = [
        re.findall(r"<svg.*?</svg>", post(election, once=once).content.decode(), re.DOTALL)[-1]
        for once in ("one", "two")
    ]

    assert squares[0] != squares[1]


def test_the_ticket_stands_in_no_log_no_journal_and_no_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    election = given_registration.of_persons()

    ticket = ticket_on(read(post(election)))
    my(ticket, act="open")

    written = caplog.text + str(list(JournalEntry.objects.values_list("before", "after")))
    assert ticket not in written
    assert shown_ticket(ticket) not in written


def test_what_is_typed_wrong_stays_beside_its_reason() -> None:
    election = given_registration.of_persons()

    response = post(election, region="KZ-00", consent="", name="Шиповник")
    page = read(response)

    assert response.status_code == 422
    assert len(errors(page)) == 2
    assert 'value="Шиповник"' in page.html
    assert list(page.problems()) == []
    assert not Voter.objects.exists()


@pytest.mark.parametrize("field", ["name", "contact", "basis"])
def test_an_identity_number_is_refused_beside_whatever_field_it_was_typed_in(field: str) -> None:
    election = given_registration.of_persons()

    response = post(election, {**FILLED, field: f"ИИН {PERSON}"})

    assert response.status_code == 422
    assert "ИИН" in errors(read(response))[0] or "IIN" in errors(read(response))[0]
    assert not Voter.objects.exists()


@pytest.mark.parametrize("field", ["name", "organisation"])
def test_the_organiser_does_not_enter_an_identity_number_either(field: str) -> None:
    election = given_registration.of_persons()
    client = signed_in(given.organiser_of(election))
    said = {"kind": "person", "source": "own_word", field: PERSON}
    day = {"consented_on_0": "26", "consented_on_1": "8", "consented_on_2": "2024"}

    response = client.post(
        reverse("voter_enter", args=[2024, election.group.slug]), {**said, **day}
    )

    assert response.status_code == 422
    assert len(errors(read(response))) == 1
    assert not Voter.objects.exists()


def test_the_number_of_a_person_is_no_number_of_an_organisation() -> None:
    election = given_registration.of_organisations()

    response = post(election, OF_AN_ORGANISATION, organisation_number="850101300120", paper=paper())

    assert response.status_code == 422
    assert len(errors(read(response))) == 1
    assert not Voter.objects.exists()


def test_an_organisation_registers_with_its_paper() -> None:
    election = given_registration.of_organisations()

    response = post(election, OF_AN_ORGANISATION, paper=paper())

    assert response.status_code == 200
    kept = Voter.objects.get()
    assert (kept.kind, kept.organisation, kept.paper_kind) == (
        "organisation",
        given_registration.ORGANISATION,
        "pdf",
    )


@pytest.mark.parametrize("content", [b"MZ\x90", b"", b"<html>", b"%PDF-" + b"0" * 5_300_000])
def test_a_file_that_is_no_paper_is_refused_beside_its_field(content: bytes) -> None:
    election = given_registration.of_organisations()

    response = post(election, OF_AN_ORGANISATION, paper=paper(content))

    assert response.status_code == 422
    assert len(errors(read(response))) == 1
    assert not Voter.objects.exists()


def test_who_sends_a_form_opened_in_time_after_the_end_is_kept_and_told() -> None:
    election = given_registration.of_persons()
    given.it_is(given_voters.LATE_AT)

    response = post(election)

    assert response.status_code == 200
    assert Voter.objects.get().is_late
    assert read(response).main.classed("is-warn")


def test_what_is_sent_when_the_stage_is_over_is_refused_and_stays_typed() -> None:
    election = given.election(State.VOTING)
    given.it_is(given.ENTERED[State.VOTING])

    response = post(election, {**FILLED, "name": "Шиповник"})

    assert response.status_code == 422
    assert not Voter.objects.filter(way="form").exists()


def test_a_form_from_another_site_is_not_taken() -> None:
    election = given_registration.of_persons()

    assert stranger().post(url(election), FILLED).status_code == 403


def test_very_many_from_one_connection_wait_and_lose_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from okil.areas.elections.views import registration

    monkeypatch.setitem(registration.REGISTERED, "register", "1/1h/ip")
    election = given_registration.of_persons()

    assert post(election).status_code == 200
    response = post(election, once="another")

    assert response.status_code == 422
    assert given_registration.NAME in response.content.decode()
    assert Voter.objects.count() == 1


ANYTHING = st.text(max_size=60) | st.sampled_from(["\0", "\ud800", "'" * 9, "<b>", "9" * 400])


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@any_of(
    said=st.dictionaries(st.sampled_from([*FILLED, *OF_AN_ORGANISATION, "paper", "act"]), ANYTHING)
)
def test_whatever_is_sent_it_is_taken_whole_or_refused(said: dict[str, str]) -> None:
    cache.clear()
    election = Election.objects.first() or given_registration.of_organisations()
    before = Voter.objects.count()
    typed = {name: text.encode("utf-8", "replace").decode() for name, text in said.items()}

    response = post(election, typed)

    assert response.status_code in (200, 422)
    assert Voter.objects.count() - before == (response.status_code == 200)


# For officers


def test_the_organiser_is_shown_a_new_ticket_once() -> None:
    election = given_registration.of_persons()
    mine = given_registration.registered(election)
    client = signed_in(given.organiser_of(election))
    address = reverse("voter_ticket", args=[2024, election.group.slug, 1])

    assert list(read(client.get(address)).problems()) == []
    nothing = client.post(address, {})
    response = client.post(address, {"reason": "lost"})

    assert nothing.status_code == 422
    assert list(read(response).problems()) == []
    assert voter_with_ticket(ticket_on(read(response))) == mine.voter
    assert voter_with_ticket(mine.ticket) is None
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"


def test_the_commission_sees_what_was_written_and_what_to_look_at() -> None:
    election = given_registration.of_organisations()
    given_registration.registered(election, said=given_registration.facts_of_an_organisation())
    client = signed_in(given.commissioner_of(election))
    address = reverse("voter", args=[2024, election.group.slug, 1])

    with CaptureQueriesContext(connection) as queries:
        closed = read(client.get(address))
    opened = read(client.post(address, {"act": "names"}))
    attached = client.post(reverse("voter_paper", args=[2024, election.group.slug, 1]))

    assert len(queries) <= MOST_QUERIES
    assert given_registration.NAME not in closed.html
    assert given_registration.NAME in opened.text
    assert given_registration.REGISTERED_NUMBER in closed.text
    assert list(closed.problems()) == []
    assert list(opened.problems()) == []
    assert attached.content == given.PDF
    assert "voter-1.pdf" in attached["Content-Disposition"]


def test_contact_and_reasons_are_read_where_one_voter_is_opened_and_not_on_the_list() -> None:
    election = given_registration.of_persons()
    given_registration.registered(election)
    client = signed_in(given.commissioner_of(election))

    one = client.post(reverse("voter", args=[2024, election.group.slug, 1]), {"act": "names"})
    many = client.post(reverse("voters", args=[2024, election.group.slug]), {"act": "names"})

    assert [plant in one.content.decode() for plant in PLANTS] == [True, True, True]
    assert [plant in many.content.decode() for plant in PLANTS] == [True, False, False]


def test_a_list_of_fifty_names_asks_no_more_than_one_of_two() -> None:
    election = given_registration.of_persons()
    client = signed_in(given.commissioner_of(election))
    address = reverse("voters", args=[2024, election.group.slug])

    def queries_for(many: int) -> int:
        for number in range(many):
            said = given_registration.facts(name=f"Имя {Voter.objects.count()} {number}")
            given_registration.registered(election, said=said)
        with CaptureQueriesContext(connection) as queries:
            assert client.post(address, {"act": "names"}).status_code == 200
        return len(queries)

    assert queries_for(2) == queries_for(20)


def test_officers_read_how_many_came_by_which_way() -> None:
    election = given_registration.of_persons()
    given_registration.registered(election)
    given_voters.voters(election, 3)
    client = signed_in(given.secretariat())

    address = reverse("voters", args=[2024, election.group.slug]).replace("/ru/", "/en/")
    page = read(client.get(address))

    assert "by the form on the site – 1; entered by the organiser from paper – 3" in page.text
