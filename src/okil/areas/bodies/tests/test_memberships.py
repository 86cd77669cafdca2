from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from okil.areas.bodies import queries
from okil.areas.bodies.actions import groups
from okil.areas.bodies.actions import memberships as actions
from okil.areas.bodies.models import Membership, Person, RoleName, Seat, Vacancy
from okil.areas.bodies.tests import given
from okil.areas.bodies.tests.seen import Journal, refused, text
from okil.foundation.accounts.models import User

pytestmark = pytest.mark.django_db
THEN, NOW = date(2018, 11, 1), date(2021, 11, 1)
LAST_DAY = date(2021, 10, 31)


@dataclass
class World:
    seat: Seat
    secretariat: User

    def begin(self, **changes: Any) -> Membership:
        usual = {
            "position": "member",
            "begins_on": NOW,
            "name": given.a_name() if "person" not in changes else "",
            "actor": self.secretariat,
            "at": given.AT,
        }
        return actions.begin_membership(self.seat.pk, **{**usual, **changes})


@pytest.fixture
def world() -> World:
    secretariat = given.secretariat(given.body())
    return World(given.first_seat(given.group()), secretariat)


# Beginning


def test_a_new_name_becomes_a_person_with_the_next_number(world: World) -> None:
    journal = Journal()

    membership = world.begin(name="Клёнова Дина", name_latin="Klyonova Dina", elected_in="2021")

    person = membership.person
    assert (person.number, person.user) == (2, None)
    assert list(queries.people_named(world.seat.group.body, "клЕнова дина")) == [person]
    assert journal.rows == [("membership.begun", "secretariat", 1)]
    assert journal.entries[0].after == {"seat": world.seat.pk, "position": "member", "person": 2}


def test_one_holder_at_a_time(world: World) -> None:
    world.begin()

    with refused("seat-held"):
        world.begin(begins_on=date(2023, 1, 1))
    assert world.begin(position="alternate").position == "alternate"


@pytest.mark.parametrize("begins_on", [LAST_DAY, date(2020, 1, 1)])
def test_terms_of_the_past_do_not_overlap(world: World, begins_on: date) -> None:
    world.begin(begins_on=THEN, ends_on=LAST_DAY, end_reason="term_over")

    with refused("seat-held"):
        world.begin(begins_on=begins_on, ends_on=date(2022, 1, 1), end_reason="resigned")
    assert world.begin(begins_on=NOW).ends_on is None


def test_a_doubtful_entry_may_overlap_but_not_hold_the_place_now(world: World) -> None:
    world.begin(begins_on=THEN, ends_on=LAST_DAY, end_reason="term_over")
    world.begin()

    doubtful = world.begin(
        begins_on=THEN,
        ends_on=LAST_DAY,
        end_reason="term_over",
        uncertain=True,
        uncertain_because={"ru": "Два имени."},
    )
    assert doubtful.uncertain_because == {"ru": "Два имени."}
    with refused("seat-held"):
        world.begin(uncertain=True)


def test_a_person_holds_one_place_now(world: World) -> None:
    person = world.begin().person
    other_seat = given.first_seat(given.group())

    with refused("already-holds"):
        actions.begin_membership(
            other_seat.pk,
            position="member",
            begins_on=NOW,
            person=person,
            actor=world.secretariat,
            at=given.AT,
        )
    past = actions.begin_membership(
        other_seat.pk,
        position="member",
        begins_on=THEN,
        ends_on=LAST_DAY,
        end_reason="term_over",
        person=person,
        actor=world.secretariat,
        at=given.AT,
    )
    assert past.person == person


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"begins_on": date(2017, 12, 31)}, "seat-not-there"),
        ({"ends_on": LAST_DAY}, "ends-before-it-begins"),
        ({"ends_on": date(2024, 1, 1)}, "end-without-reason"),
        ({"end_reason": "resigned"}, "end-without-reason"),
    ],
)
def test_a_membership_that_cannot_be(world: World, changes: dict[str, Any], code: str) -> None:
    with refused(code):
        world.begin(**changes)


def test_nobody_sits_on_a_closed_seat(world: World) -> None:
    groups.close_seat(
        world.seat.pk,
        until_on=LAST_DAY,
        decision=given.decision(),
        actor=world.secretariat,
        at=given.AT,
    )

    with refused("seat-not-there"):
        world.begin()
    assert world.begin(begins_on=THEN, ends_on=LAST_DAY, end_reason="term_over").ends_on == LAST_DAY


def test_only_the_secretariat_records_who_sits(world: World) -> None:
    organiser = given.organiser_of(world.seat.group)
    held = world.begin()

    with refused("not-allowed"):
        world.begin(position="alternate", actor=organiser)
    with refused("not-allowed"):
        actions.end_membership(
            held.pk, ends_on=given.AT.date(), reason="resigned", actor=organiser, at=given.AT
        )
    with refused("not-allowed"):
        actions.record_vacancy(
            world.seat.pk,
            position="alternate",
            since_on=NOW,
            reason={"ru": "Никто не решился."},
            plan={},
            actor=organiser,
            at=given.AT,
        )


# Ending


def test_a_membership_ends_once_with_its_reason(world: World) -> None:
    held = world.begin()
    end: dict[str, Any] = {"reason": "resigned", "actor": world.secretariat, "at": given.AT}
    journal = Journal()

    with refused("ends-before-it-begins"):
        actions.end_membership(held.pk, ends_on=LAST_DAY, **end)
    ended = actions.end_membership(held.pk, ends_on=date(2024, 8, 1), **end)

    assert (ended.ends_on, ended.end_reason) == (date(2024, 8, 1), "resigned")
    assert journal.rows == [("membership.ended", "secretariat", 1)]
    with refused("membership-ended"):
        actions.end_membership(held.pk, ends_on=date(2024, 8, 2), **end)


# Vacancies


def test_a_vacancy_says_why_and_ends_when_somebody_comes(world: World) -> None:
    journal = Journal()
    vacancy = given.vacancy(world.seat)
    assert journal.rows == [("vacancy.recorded", "secretariat", 1)]

    world.begin(position="alternate", begins_on=date(2024, 8, 10))

    vacancy.refresh_from_db()
    assert vacancy.until_on == date(2024, 8, 10)


def test_a_vacancy_is_recorded_once(world: World) -> None:
    given.vacancy(world.seat)

    with refused("vacancy-known"):
        given.vacancy(world.seat)


def test_a_place_that_is_held_is_not_vacant(world: World) -> None:
    world.begin(position="alternate")

    with refused("seat-held"):
        given.vacancy(world.seat)


def test_places_without_a_holder_are_found_by_day(world: World) -> None:
    body = world.seat.group.body
    world.begin(begins_on=THEN, ends_on=LAST_DAY, end_reason="term_over")

    assert queries.positions_without_holder(body, on=LAST_DAY) == [(world.seat, "alternate")]
    assert queries.positions_without_holder(body, on=NOW) == [
        (world.seat, "member"),
        (world.seat, "alternate"),
    ]


# The forms


def filled(**changes: str) -> dict[str, str]:
    return {
        "position": "member",
        "name": "Клёнова Дина",
        "elected_in": "2021",
        "begins_on_0": "1",
        "begins_on_1": "11",
        "begins_on_2": "2021",
        **changes,
    }


def test_the_form_records_a_holder(world: World) -> None:
    browser = given.browser_of(world.secretariat)

    answer = browser.post(reverse("membership_begin", args=[world.seat.pk]), filled())

    assert answer.status_code == 302
    held = Membership.objects.get()
    assert (held.begins_on, held.elected_in, held.ends_on) == (NOW, "2021", None)


def test_a_known_name_is_not_entered_twice_unless_it_is_said_so(world: World) -> None:
    known = world.begin(name="Клёнова Дина").person
    browser = given.browser_of(world.secretariat)
    address = reverse("membership_begin", args=[world.seat.pk])

    doubted = browser.post(address, filled(position="alternate"))
    assert doubted.status_code == 422
    assert f"{known.number}" in text(doubted).split('id="id_name_error"')[1].split("</div>")[0]
    browser.post(address, filled(position="alternate", namesake="on"))
    assert Person.objects.count() == 3


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "number"),
        ({"number": "1"}, "number"),
        ({"name": "", "number": "99"}, "number"),
        ({"uncertain": "on"}, "uncertain_because"),
        ({"end_reason": "resigned"}, "end_reason"),
        ({"begins_on_2": "2001"}, "begins_on"),
    ],
)
def test_a_mistake_stands_beside_its_field(
    world: World, changes: dict[str, str], field: str
) -> None:
    browser = given.browser_of(world.secretariat)

    answer = browser.post(reverse("membership_begin", args=[world.seat.pk]), filled(**changes))

    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in text(answer)
    assert not Membership.objects.exists()


def test_the_forms_end_a_membership_and_record_a_vacancy(world: World) -> None:
    held = world.begin()
    browser = given.browser_of(world.secretariat)

    browser.post(
        reverse("membership_end", args=[held.pk]),
        {"ends_on_0": "1", "ends_on_1": "8", "ends_on_2": "2024", "reason": "resigned"},
    )
    browser.post(
        reverse("vacancy_record", args=[world.seat.pk]),
        {
            "position": "member",
            "since_on_0": "2",
            "since_on_1": "8",
            "since_on_2": "2024",
            "reason_ru": "Никто не решился.",
        },
    )

    held.refresh_from_db()
    assert held.end_reason == "resigned"
    assert Vacancy.objects.get().reason == {"ru": "Никто не решился."}


def test_these_pages_are_the_secretariats(world: World) -> None:
    held = world.begin()
    addresses = (
        reverse("membership_begin", args=[world.seat.pk]),
        reverse("vacancy_record", args=[world.seat.pk]),
        reverse("membership_end", args=[held.pk]),
    )
    of_group = (
        given.organiser_of(world.seat.group),
        given.officer(RoleName.COMMISSIONER, world.seat.group),
    )

    for address in addresses:
        assert given.browser_of(world.secretariat).get(address).status_code == 200
        for user in of_group:
            assert given.browser_of(user).get(address).status_code == 404
