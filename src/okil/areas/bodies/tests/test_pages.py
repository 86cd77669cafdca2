"""Which page opens for whom, what it weighs, and that none tells a name by itself."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from okil.areas.bodies import access
from okil.areas.bodies.actions import people as actions
from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given
from okil.areas.bodies.tests.seen import text
from okil.areas.bodies.urls import urlpatterns
from okil.areas.bodies.views.tabs import office_tabs
from okil.foundation.accounts.models import User

pytestmark = pytest.mark.django_db
QUERIES, BYTES = 12, 100 * 1024

SECRETARIAT, ORGANISER, COMMISSIONER, OBSERVER, NEIGHBOUR, PARTNER = VISITORS = (
    "secretariat",
    "organiser",
    "commissioner",
    "observer",
    "organiser of another group",
    "partner",
)
# Address → for whom it opens; for all other officers there is no such page.
OPENS = {
    "people": {SECRETARIAT, ORGANISER, COMMISSIONER, OBSERVER, NEIGHBOUR},
    "people_search": {SECRETARIAT},
    "people_invite": {SECRETARIAT, ORGANISER, NEIGHBOUR},
    "role_hand_over": {ORGANISER},
    "role_end": {ORGANISER},
    "invitation_withdraw": {ORGANISER},
    "second_factor_ask": {SECRETARIAT, ORGANISER, COMMISSIONER, NEIGHBOUR},
    "second_factor_settle": {SECRETARIAT, ORGANISER, COMMISSIONER, NEIGHBOUR},
    "own_name": set(VISITORS),
    "groups": {SECRETARIAT, ORGANISER, COMMISSIONER, OBSERVER, NEIGHBOUR},
    "group_create": {SECRETARIAT},
    "group_inside": {SECRETARIAT, ORGANISER, COMMISSIONER, OBSERVER},
    "group_name": {ORGANISER},
    "group_end": {SECRETARIAT},
    "seat_add": {SECRETARIAT},
    "seat_close": {SECRETARIAT},
    "membership_begin": {SECRETARIAT},
    "vacancy_record": {SECRETARIAT},
    "membership_end": {SECRETARIAT},
    "composition": set(VISITORS),
    "decision_paper": {SECRETARIAT, ORGANISER, COMMISSIONER},
}


@dataclass
class World:
    people: dict[str, User]
    addresses: dict[str, str]


def world() -> World:
    body = given.body()
    secretariat = given.secretariat(body)
    group, next_door = given.group(body, slug="qadam"), given.group(body)
    people = {
        SECRETARIAT: secretariat,
        ORGANISER: given.organiser_of(group),
        COMMISSIONER: given.officer(RoleName.COMMISSIONER, group),
        OBSERVER: given.officer(RoleName.OBSERVER, group),
        NEIGHBOUR: given.organiser_of(next_door),
        PARTNER: given.officer(RoleName.PARTNER),
    }
    seat = given.first_seat(group)
    held = given.membership(seat)
    given.vacancy(seat)
    observer = given.role_of(people[OBSERVER])
    with_paper = given.with_paper(given.role_of(given.officer(RoleName.CODE_MAKER, group)))
    reset = actions.ask_factor_reset(
        observer.person_id, reason="lost", actor=people[NEIGHBOUR], at=given.AT
    )
    arguments: dict[str, list[int | str]] = {
        "role_hand_over": [observer.pk],
        "role_end": [observer.pk],
        "invitation_withdraw": [given.invitation(RoleName.OBSERVER, group).pk],
        "second_factor_ask": [observer.person.number],
        "second_factor_settle": [reset.pk],
        "group_inside": ["qadam"],
        "group_name": ["qadam"],
        "group_end": ["qadam"],
        "seat_add": ["qadam"],
        "seat_close": [seat.pk],
        "membership_begin": [seat.pk],
        "vacancy_record": [seat.pk],
        "membership_end": [held.pk],
        "decision_paper": [with_paper.pk],
    }
    return World(people, {name: reverse(name, args=arguments.get(name, [])) for name in OPENS})


def test_the_table_below_names_every_page_of_the_office() -> None:
    assert {pattern.name for pattern in urlpatterns} == {*OPENS, "invitation"}


@pytest.mark.parametrize("visitor", VISITORS)
def test_each_page_opens_for_whom_it_is(visitor: str) -> None:
    where = world()
    browser = given.browser_of(where.people[visitor])

    statuses = {name: browser.get(url).status_code for name, url in where.addresses.items()}

    assert statuses == {name: 200 if visitor in whom else 404 for name, whom in OPENS.items()}


def test_a_visitor_is_led_to_the_sign_in_and_an_officer_to_the_second_factor() -> None:
    where = world()
    visitor, half_signed_in = Client(), Client()
    half_signed_in.force_login(where.people[SECRETARIAT])

    for url in where.addresses.values():
        assert visitor.get(url)["Location"].startswith(reverse("account_login"))
        assert visitor.post(url)["Location"].startswith(reverse("account_login"))
        assert half_signed_in.get(url)["Location"].startswith(reverse("account_choose_factor"))


def test_who_has_an_account_and_no_role_finds_no_office() -> None:
    where = world()
    nobody = given.browser_of(given.invitation(RoleName.PARTNER).user)

    assert {nobody.get(url).status_code for url in where.addresses.values()} == {404}


@pytest.mark.parametrize("visitor", [SECRETARIAT, ORGANISER])
def test_pages_are_light_and_tell_no_name(visitor: str) -> None:
    where = world()
    for number in range(8):
        given.organiser_of(given.group(slug=f"group-{number}"))
    browser = given.browser_of(where.people[visitor])
    browser.get(where.addresses["people"])  # the first page of a day notes the browser

    for name, url in where.addresses.items():
        if visitor not in OPENS[name] or name == "decision_paper":
            continue
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(url)
        assert len(queries) <= QUERIES, [query["sql"] for query in queries]
        assert len(answer.content) <= BYTES
        page = text(answer)
        assert [surname for surname in given.SURNAMES if surname in page] == []
        assert [user.email for user in where.people.values() if user.email in page] == []


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_pages_are_there_in_each_language(language: str) -> None:
    where = world()
    browser = given.browser_of(where.people[SECRETARIAT])

    with override(language):
        addresses = [reverse(name) for name in ("people", "groups", "composition", "own_name")]
    for url in addresses:
        answer = browser.get(url)
        assert url.startswith(f"/{language}/")
        assert f'<html lang="{language}">' in text(answer)


def test_tabs_lead_only_to_pages_that_open() -> None:
    where = world()

    for user in where.people.values():
        browser = given.browser_of(user)
        tabs = office_tabs(access.standings(user), "people")
        assert tabs[0]["url"] == reverse("office")
        for tab in tabs[1:]:
            if tab["url"] != reverse("office_journal"):
                assert browser.get(tab["url"]).status_code == 200
        unmarked = [tab["url"] for tab in tabs if not tab["current"]]
        assert (reverse("people") in unmarked) is False


def test_a_group_is_never_named_inside_an_address() -> None:
    where = world()
    group = given.role_of(where.people[ORGANISER]).group
    assert group is not None
    browser = given.browser_of(where.people[SECRETARIAT])

    for name in ("people", "groups", "group_inside"):
        page = text(browser.get(where.addresses[name]))
        assert group.code not in page
