"""The pages of meetings with organisers and commissions."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from okil.areas.elections.models import Consultation, Cycle, Election
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import officers
from okil.areas.elections.tests.given.consultations import consultation
from okil.areas.elections.tests.test_pages import MOST_QUERIES, signed_in
from okil.foundation.web.tests.pages import read

pytestmark = pytest.mark.django_db
ROLES = ("secretariat", "organiser", "commissioner", "observer")
IN_MINUTES = "Хризантемова"


def browser(role: str, election: Election) -> Client:
    given.it_is(given.AT)
    return signed_in(given.officer_of(role, election))


def addresses(cycle: Cycle, held: Consultation) -> list[str]:
    one = [cycle.year, held.pk]
    return [
        reverse("consultations", args=[cycle.year]),
        reverse("consultation", args=one),
        reverse("consultation_record", args=[cycle.year]),
        reverse("consultation_correct", args=one),
    ]


def filled(election: Election, **said: Any) -> dict[str, Any]:
    return {
        "seen": "0",
        "kind": "practice",
        "held_on_0": "14", "held_on_1": "8", "held_on_2": "2024",
        "way": "both",
        "came": "21",
        "groups": [election.group.slug],
        "topics": ["terms", "procedures"],
        "stages": ["1", "5"],
        "other_topics_ru": "Риски",
        "materials_ru": "Сравнение Положений; в Секретариате",
        "minutes": "Сравнили сроки.",
        **said,
    }  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_pages_are_sound_and_light_and_open_for_those_they_are_for(role: str) -> None:
    cycle = given.ten_groups()
    for kind in Consultation.Kind:
        held = consultation(cycle, kind=kind)
    election = cycle.elections.order_by("pk")[0]
    client = browser(role, election)

    for url in addresses(cycle, held):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        changes = "/new/" in url or "/correct/" in url
        assert response.status_code == (404 if changes and role != "secretariat" else 200), url
        assert len(queries) <= MOST_QUERIES, (url, len(queries))
        if response.status_code == 200:
            assert read(response).problems() == [], url
            assert IN_MINUTES not in response.content.decode()


def test_minutes_are_shown_once_to_those_who_open_them() -> None:
    election = given.election()
    url = addresses(election.cycle, consultation(election.cycle))[1]
    officers.all_signed(election, at=given.AT)

    for role, code in zip(ROLES, (200, 200, 404, 404), strict=True):
        client = browser(role, election)
        answer = client.post(url)
        assert answer.status_code == code, role
        assert (IN_MINUTES in answer.content.decode()) == (code == 200)
        assert IN_MINUTES not in client.get(url).content.decode()


def test_an_organiser_who_promised_nothing_is_told_so() -> None:
    election = given.election()
    url = addresses(election.cycle, consultation(election.cycle))[1]

    answer = browser("organiser", election).post(url, follow=True)

    assert answer.redirect_chain == [(url, 302)]
    assert IN_MINUTES not in answer.content.decode()
    assert list(answer.context["messages"])


def test_a_meeting_is_entered_and_read_by_all_officers() -> None:
    election = given.election()
    form = reverse("consultation_record", args=[election.cycle.year])

    answer = browser("secretariat", election).post(form, filled(election))

    assert answer.status_code == 302
    held = Consultation.objects.get()
    assert (held.kind, held.way, held.came) == ("practice", "both", 21)
    assert (held.topics, held.stages) == (["terms", "procedures"], [1, 5])
    assert (held.other_topics, held.version) == ({"ru": "Риски"}, 1)
    assert list(held.groups.all()) == [election.group]
    shown = browser("observer", election).get(addresses(election.cycle, held)[1]).content.decode()
    assert all(word in shown for word in ("Риски", "Сравнение Положений", "21"))
    assert "Сравнили сроки" not in shown


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"held_on_0": "31", "held_on_1": "2"}, "held_on"),
        ({"held_on_0": "16"}, "held_on"),
        ({"came": "0"}, "came"),
        ({"came": "9" * 30}, "came"),
        ({"kind": "tea"}, "kind"),
        ({"way": ""}, "way"),
        ({"groups": ["nobody"]}, "groups"),
        ({"topics": ["tea"]}, "topics"),
        ({"topics": [], "other_topics_ru": ""}, "topics"),
        ({"stages": ["7"]}, "stages"),
        ({"minutes": ""}, "minutes"),
        ({"minutes": "\x00"}, "minutes"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_what_was_typed_stays(
    said: dict[str, Any], field: str
) -> None:
    election = given.election()
    form = reverse("consultation_record", args=[election.cycle.year])

    answer = browser("secretariat", election).post(form, filled(election, **said))

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert "Сравнение Положений" in answer.content.decode()
    assert not Consultation.objects.exists()


def test_a_correction_starts_from_what_was_entered_and_leaves_the_minutes() -> None:
    election = given.election()
    held = consultation(election.cycle, stages=[3])
    url = addresses(election.cycle, held)[3]
    client = browser("secretariat", election)

    initial = client.get(url).context["form"].initial
    assert (initial["came"], initial["stages"], initial["seen"]) == (12, [3], 1)
    assert "minutes" not in initial
    answer = client.post(url, filled(election, seen="1", minutes=""))

    assert answer.status_code == 302
    held.refresh_from_db()
    assert (held.kind, held.came, held.version) == ("practice", 21, 2)
    late = client.post(url, filled(election, seen="1", minutes="", came="5"))
    assert late.status_code == 422


def test_visitors_find_nothing_and_a_meeting_of_another_cycle_is_not_there() -> None:
    election = given.election()
    held = consultation(election.cycle)

    for url in addresses(election.cycle, held):
        assert Client().get(url).status_code == 302
    client = browser("secretariat", election)
    for wrong in ("99999/consultations/", f"2024/consultations/{held.pk + 1}/",
                  f"99999/consultations/{held.pk}/", f"2024/consultations/{10**30}/"):  # fmt: skip
        assert client.get(f"/ru/office/cycles/{wrong}").status_code == 404


def test_ways_lead_there_from_the_overview_and_from_the_officers() -> None:
    election = given.election()
    year, slug = election.cycle.year, election.group.slug
    there = reverse("consultations", args=[year])

    for role, url in (
        ("secretariat", reverse("overview", args=[year])),
        *((role, reverse("officers", args=[year, slug])) for role in ROLES),
    ):
        page = read(browser(role, election).get(url))
        assert there in [way["href"] for way in page.main.all("a")], (role, url)
