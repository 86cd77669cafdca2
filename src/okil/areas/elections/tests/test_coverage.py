"""Voters by region: in full for those who see the roll, in merged cells for the others."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.models import Election
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import coverage as given_coverage
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.tests.test_pages import MOST_QUERIES, signed_in
from okil.areas.elections.tests.test_voters_pages import OFFICERS, address, browser
from okil.foundation.web.tests.pages import Page, read

pytestmark = pytest.mark.django_db
NOW = {"KZ-71": 17, "KZ-75": 9, "KZ-35": 2, "KZ-11": 4}
BEFORE = {"KZ-71": 19, "KZ-35": 3, "KZ-11": 2}


def page_of(role: str, election: Election) -> Page:
    response = browser(role, election).get(address("coverage", election))
    assert response.status_code == 200
    page = read(response)
    assert list(page.problems()) == []
    return page


def numbers(page: Page) -> list[tuple[str, str]]:
    """Of each row: this election, the one before."""
    cells = [cell.text for cell in page.main.all("td") if cell["class"] == "n"]
    return list(zip(cells[::2], cells[1::2], strict=True))


def test_who_sees_the_roll_reads_every_number_and_what_is_missing() -> None:
    group = given_coverage.a_group()
    given_coverage.cycle_before(group, BEFORE)
    election = given_coverage.registering(group)
    given_coverage.entered(election, NOW)

    for role in ("organiser", "commissioner"):
        page = page_of(role, election)
        assert numbers(page) == [("17", "19"), ("9", "0"), ("4", "2"), ("2", "3"), ("0", "0")]
        empty, fewer = (note.text for note in page.main.classed("note"))
        assert "Абай" in empty
        assert "Астана" in fewer
        assert "Карагандинская" in fewer


def test_others_read_steps_while_people_register_and_no_small_number() -> None:
    group = given_coverage.a_group()
    given_coverage.cycle_before(group, BEFORE)
    election = given_coverage.registering(group)
    given_coverage.entered(election, NOW)

    for role in ("secretariat", "observer"):
        page = page_of(role, election)
        assert numbers(page) == [("15", "15"), ("5", "–"), ("12", "–")]
        assert "Карагандинская" not in page.text
        assert "Абай" in page.text  # named by the group; whether anybody came is not told


def test_when_all_is_verified_others_read_what_is_published() -> None:
    group = given_coverage.a_group()
    election = given_coverage.registering(group)
    given_coverage.entered(election, NOW)
    given_voters.refused(election, [1])
    given_voters.accepted(election)
    given_voters.closed(election)

    assert numbers(page_of("secretariat", election)) == [("16", "–"), ("9", "–"), ("6", "–")]


def test_late_and_withdrawn_ones_are_nowhere_counted() -> None:
    election = given_coverage.registering(given_coverage.a_group())
    given_coverage.entered(election, {"KZ-71": 2})
    given_voters.voter(election, region="KZ-71", at=given_voters.LATE_AT)

    assert numbers(page_of("organiser", election)) == [("2", "–"), ("0", "–"), ("0", "–")]


def test_before_the_undertaking_small_numbers_are_merged_for_the_organiser_too() -> None:
    election = given_coverage.registering(given_coverage.a_group())
    given_coverage.entered(election, NOW)
    given_voters.unsworn(election)

    assert numbers(page_of("organiser", election)) == [("15", "–"), ("5", "–"), ("12", "–")]


def test_nobody_registered_is_said() -> None:
    election = given_coverage.registering(given_coverage.a_group())

    page = page_of("organiser", election)
    assert numbers(page) == [("0", "–")] * 3
    assert numbers(page_of("observer", election)) == []


def test_the_page_is_light_for_everybody_with_business_here_and_for_nobody_else() -> None:
    group = given_coverage.a_group()
    given_coverage.cycle_before(group, BEFORE)
    election = given_coverage.registering(group)
    given_coverage.entered(election, NOW)

    for role in OFFICERS:
        client = browser(role, election)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address("coverage", election)).status_code == 200
        assert len(queries) <= MOST_QUERIES, role
    neighbour = signed_in(bodies.officer(RoleName.ORGANISER, bodies.group(given.body())))
    assert neighbour.get(address("coverage", election)).status_code == 404
    assert Client().get(address("coverage", election)).status_code == 302
