"""The page of what is destroyed when; and every page of an election of which nothing is left to read."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from okil.areas.bodies.models import RoleName
from okil.areas.elections.models import Destruction, Election
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import retention as given_retention
from okil.areas.elections.tests.given.retention import DAY_BEFORE, DUE_AT, YEAR_OVER
from okil.areas.elections.tests.test_pages import MOST_QUERIES, signed_in
from okil.foundation.web.tests.pages import Page, read
from okil.pure.rules.retention import Holding

pytestmark = pytest.mark.django_db

ROLES = (RoleName.SECRETARIAT, RoleName.ORGANISER, RoleName.COMMISSIONER, RoleName.OBSERVER)


def concluded(at: Any = DUE_AT, **rules: Any) -> Election:
    election = given_retention.concluded(rules=rules)
    given.it_is(at)
    return election


def browser(role: str, election: Election) -> Client:
    return signed_in(given.officer_of(role, election))


def address(name: str, election: Election, *more: Any) -> str:
    return reverse(name, args=[2024, election.group.slug, *more])


def typed(**said: Any) -> dict[str, Any]:
    return {"typed": "13", **said}


def test_all_officers_read_what_is_due_and_only_the_organiser_is_led_to_it() -> None:
    election = concluded()

    for role in ROLES:
        client = browser(role, election)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address("retention", election))
        page = read(response)
        assert response.status_code == 200
        assert page.problems() == []
        assert len(queries) <= MOST_QUERIES, role
        ways = [each["href"] for each in page.main.all("a")]
        to_it = address("retention_destroy", election, "roll")
        assert (to_it in ways) is (role == RoleName.ORGANISER)
        assert client.get(to_it).status_code == (200 if role == RoleName.ORGANISER else 404)


def test_before_its_day_the_page_says_the_day_and_offers_nothing() -> None:
    election = concluded(DAY_BEFORE)
    client = browser(RoleName.ORGANISER, election)

    page = read(client.get(address("retention_destroy", election, "roll")))

    assert page.problems() == []
    assert "24 марта 2025" in page.text.replace("\xa0", " ")
    assert not page.main.all("form")
    refused = client.post(address("retention_destroy", election, "roll"), typed())
    assert refused.status_code == 422
    assert not Destruction.objects.exists()


def test_the_number_is_typed_and_a_wrong_one_stays_with_its_reason() -> None:
    election = concluded()
    client = browser(RoleName.ORGANISER, election)
    url = address("retention_destroy", election, "roll")

    wrong = client.post(url, typed(typed="999"))
    page = read(wrong)
    assert wrong.status_code == 422
    assert page.problems() == []
    assert next(form for form in page.forms if "typed" in form.values).values["typed"] == ["999"]
    assert client.post(url, {"typed": "ы" * 40}).status_code == 422

    right = client.post(url, typed(), follow=True)

    assert right.status_code == 200
    assert Destruction.objects.get().purpose == "roll"
    assert read(right).problems() == []
    again = read(client.get(url))
    assert again.problems() == []
    assert not again.main.all("form")


def test_where_the_regulation_is_silent_a_decision_is_asked_for() -> None:
    election = concluded(personal_data_months=None)
    client = browser(RoleName.ORGANISER, election)
    url = address("retention_destroy", election, "roll")
    decision = {"made_by": "Собрание группы", "number": "4"}
    day = {"made_on_0": "20", "made_on_1": "3", "made_on_2": "2025"}

    assert client.post(url, typed()).status_code == 422
    assert client.post(url, typed(**decision, **day)).status_code == 302
    assert Destruction.objects.get().due_on is None


def test_the_organiser_notes_when_the_copies_were_destroyed() -> None:
    election = concluded()
    destruction = given_retention.destroyed(election, Holding.ROLL)
    client = browser(RoleName.ORGANISER, election)
    url = address("retention_backups", election, destruction.pk)

    to_come = {"done_on_0": "25", "done_on_1": "3", "done_on_2": "2025"}
    assert client.post(url, to_come).status_code == 422
    assert client.post(url, {**to_come, "done_on_0": "24"}).status_code == 302
    destruction.refresh_from_db()
    assert destruction.backups_destroyed_on == DUE_AT.date()
    assert client.get(address("retention_destroy", election, "nothing")).status_code == 404


# Every page, when nothing is left to read


def in_the_election(url: str, election: Election) -> bool:
    path = url.partition("#")[0]
    return f"/groups/{election.group.slug}/" in path and path.startswith("/")


def walked(client: Client, election: Election) -> tuple[set[str], set[str]]:
    """All pages that links lead to, and those that are broken; each opened, each button pressed that
    asks for nothing."""
    waiting = [address("workspace", election), address("group", election)]
    seen, broken = set[str](waiting), set[str]()
    while waiting:
        url = waiting.pop()
        response = client.get(url)
        if response.status_code >= 500:
            broken.add(url)
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        page = read(response)
        broken |= {each for each in _opening(page, url, election) if _breaks(client, each)}
        for link in page.main.all("a"):
            way = link["href"].partition("#")[0].partition("?")[0]
            if way not in seen and in_the_election(way, election):
                seen.add(way)
                waiting.append(way)
    return seen, broken


def _opening(page: Page, url: str, election: Election) -> set[str]:
    """Where the buttons lead; that to sign out is not of the election."""
    asking_nothing = [form for form in page.forms if form.method == "post" and not form.values]
    ways = {form.action or url for form in asking_nothing}
    return {way for way in ways if in_the_election(way, election)}


def _breaks(client: Client, url: str) -> bool:
    return client.post(url).status_code >= 500


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_every_page_says_what_is_left_when_all_is_destroyed(role: str) -> None:
    election = concluded(YEAR_OVER, archive_years=1)
    for holding in Holding:
        given_retention.destroyed(election, holding, at=YEAR_OVER)
    client = browser(role, election)
    client.raise_request_exception = False

    seen, broken = walked(client, election)

    assert len(seen) > 20
    assert broken == set()
    assert address("retention", election) in seen
