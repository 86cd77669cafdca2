from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from django.urls import reverse

from okil.areas.bodies import queries
from okil.areas.bodies.models import Body, RoleName
from okil.areas.bodies.tests import given
from okil.areas.bodies.tests.seen import text
from okil.pure.rules.rotation import Composition

pytestmark = pytest.mark.django_db


@pytest.fixture
def body() -> Body:
    """Two groups; of the places of 2021 one stayed with its holder, one changed, one is vacant."""
    body = given.body()
    for stays in (True, False):
        seat = given.first_seat(given.group(body))
        old = given.membership(
            seat,
            begins_on=date(2018, 11, 1),
            ends_on=date(2021, 10, 31),
            end_reason="term_over",
            elected_in="2018",
        )
        given.membership(seat, person=old.person if stays else None)
    given.membership(given.first_seat(given.group(body)), position="alternate")
    given.vacancy(seat, since_on=date(2021, 11, 1))
    return body


def test_the_composition_of_a_cycle_is_counted_from_the_history(body: Body) -> None:
    found = dict(queries.compositions_of(body))

    assert list(found) == ["2021", "2018"]
    assert found["2021"] == Composition(
        first_time=2, returning=0, continuing=1, undecidable=0, vacant=1
    )
    assert found["2021"].renewal == Fraction(2, 3)
    assert found["2018"] == Composition(
        first_time=0, returning=0, continuing=0, undecidable=2, vacant=0
    )
    assert queries.composition_of(body, "2021") == found["2021"]
    assert queries.cycles_with_memberships(body) == ["2021", "2018"]


def test_a_place_that_was_filled_in_the_cycle_is_not_vacant_in_it(body: Body) -> None:
    seat = given.first_seat(queries.groups_of(body)[0])
    given.membership(seat, position="alternate", begins_on=date(2023, 1, 1))
    taken = queries.vacancies_of(seat.group)

    assert queries.composition_of(body, "2021").vacant == (0 if taken else 1)


def test_the_page_shows_the_numbers_and_nobody(body: Body) -> None:
    given.secretariat(body)
    browser = given.browser_of(given.officer(RoleName.PARTNER))

    answer = browser.get(reverse("composition"))

    page = text(answer)
    assert answer.status_code == 200
    assert 'width="50.0%"' in page
    assert "66,7" in page
    assert '<span class="mark gap">' in page
    assert [surname for surname in given.SURNAMES if surname in page] == []


def test_an_empty_history_says_so() -> None:
    browser = given.browser_of(given.secretariat(given.body()))

    assert 'class="empty"' in text(browser.get(reverse("composition")))
