"""The Secretariat's page on a place that fell vacant during the term."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.models import Election, Round
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import by_elections as vacated
from okil.areas.elections.tests.test_forms import DECIDED, on
from okil.foundation.web.tests.pages import read

pytestmark = pytest.mark.django_db

SIX_STAGES = {
    name: value
    for field, day, month in (
        ("ends_1", "14", "3"),
        ("ends_2", "18", "3"),
        ("begins_3", "24", "3"),
        ("ends_3", "4", "4"),
        ("ends_4", "8", "4"),
        ("begins_5", "10", "4"),
        ("ends_5", "11", "4"),
        ("ends_6", "25", "4"),
    )
    for name, value in on(field, day, month, "2025", "18:00").items()
}


def page_of(election: Election) -> str:
    return reverse("by_election", args=[2024, election.group.slug])


def with_vacancy(**rules: object) -> Election:
    election = vacated.concluded(rules={**given.RULES, **rules})
    vacated.alternate_joined(election)
    vacated.left(election)
    given.it_is(vacated.AT)
    return election


def test_a_by_election_is_opened_on_its_page() -> None:
    election = with_vacancy()
    client = given.browser_of(given.secretariat())

    response = client.post(page_of(election), {**DECIDED, **SIX_STAGES})

    assert response.status_code == 302
    row = given.round_of(election)
    assert (row.number, row.kind) == (2, "by_election")
    assert {d.stage: (d.begins_at, d.ends_at) for d in row.dates.all()}[3] == (
        vacated.moment(3, 24, 13),
        vacated.moment(4, 4, 13),
    )


def test_pressed_twice_it_is_opened_once_and_told_so() -> None:
    election = with_vacancy()
    client = given.browser_of(given.secretariat())
    client.post(page_of(election), {**DECIDED, **SIX_STAGES})

    again = client.post(page_of(election), {**DECIDED, **SIX_STAGES})

    assert again.status_code == 422
    assert Round.objects.filter(election=election).count() == 2


def test_what_is_wrong_is_told_beside_its_field_and_what_was_typed_stays() -> None:
    election = with_vacancy()
    client = given.browser_of(given.secretariat())

    response = client.post(
        page_of(election), {**DECIDED, **SIX_STAGES, **on("ends_6", "1", "1", "2028", "18:00")}
    )

    page = read(response)
    assert response.status_code == 422
    assert page.problems() == []
    assert page.forms[-1].values["made_by"] == [DECIDED["made_by"]]


def test_nobody_but_the_secretariat_finds_it() -> None:
    election = with_vacancy()

    assert Client().get(page_of(election)).status_code == 302  # to sign in
    for role in (RoleName.ORGANISER, RoleName.COMMISSIONER, RoleName.OBSERVER):
        client = given.browser_of(given.officer_of(role, election))
        assert client.get(page_of(election)).status_code == 404


@pytest.mark.parametrize("midterm", ["by_election", "alternate_until_the_end", "other", None])
def test_the_page_is_sound_light_and_names_nobody(midterm: str | None) -> None:
    election = with_vacancy(midterm=midterm)
    client = given.browser_of(given.secretariat())

    response = client.get(page_of(election))

    page = read(response)
    assert page.problems() == []
    assert not any(name in page.html for name in bodies.SURNAMES)
    assert ("form" in {each.tag for each in page.main.all("form")}) == (
        midterm != "alternate_until_the_end"
    )


def test_where_nothing_is_vacant_the_page_says_so() -> None:
    election = vacated.concluded()
    vacated.alternate_joined(election)
    given.it_is(vacated.AT)

    page = read(given.browser_of(given.secretariat()).get(page_of(election)))

    assert page.problems() == []
    assert page.main.classed("empty")
    assert not page.main.all("form")


def test_the_page_asks_the_database_little(django_assert_max_num_queries: object) -> None:
    election = with_vacancy()
    client = given.browser_of(given.secretariat())
    client.get(reverse("journal_heads"))

    with django_assert_max_num_queries(12):  # type: ignore[operator]  # a fixture of pytest-django
        client.get(page_of(election))
