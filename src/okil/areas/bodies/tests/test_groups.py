from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from okil.areas.bodies import queries
from okil.areas.bodies.actions import groups as actions
from okil.areas.bodies.models import ElectoralGroup, RoleName
from okil.areas.bodies.tests import given
from okil.areas.bodies.tests.seen import Journal, refused, text
from okil.foundation.accounts.models import User

pytestmark = pytest.mark.django_db
DAY = date(2024, 8, 1)


def facts(user: User, **changes: Any) -> dict[str, Any]:
    body = given.role_of(user).body
    return {
        "body": body,
        "code": "inside",
        "internal_name": {"ru": "люди, которых здесь не называют"},
        "abbreviation": {},
        "kind": "community",
        "public_name": {"kk": "Самал"},
        "slug": "samal",
        "since_on": DAY,
        "decision": given.decision(),
        "actor": user,
        "at": given.AT,
        **changes,
    }


@pytest.fixture
def secretariat() -> User:
    return given.secretariat(given.body())


# Making groups


def test_a_group_begins_with_its_seats(secretariat: User) -> None:
    journal = Journal()

    group = actions.create_group(**facts(secretariat, seats=2))

    assert [seat.number for seat in group.seats.order_by("number")] == [1, 2]
    assert {seat.since_on for seat in group.seats.all()} == {DAY}
    assert journal.rows == [("group.created", "secretariat", 1)]
    assert journal.entries[0].after == {"seats": 2, "from": []}


def test_groups_come_out_of_others(secretariat: User) -> None:
    old = given.group()
    group = actions.create_group(**facts(secretariat, came_from=[old]))

    assert queries.relatives_of(group) == ([old], [])
    assert queries.relatives_of(old) == ([], [group])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"slug": "qadam", "code": "new"}, "name-taken"),
        ({"slug": "new", "code": "taken"}, "code-taken"),
        ({"slug": "Самал"}, "name-not-an-address"),
        ({"slug": ""}, "name-not-an-address"),
    ],
)
def test_a_group_has_its_own_name_and_code(
    secretariat: User, changes: dict[str, str], code: str
) -> None:
    actions.create_group(**facts(secretariat, slug="qadam", code="taken"))

    with refused(code):
        actions.create_group(**facts(secretariat, **changes))


def test_only_the_secretariat_makes_groups_and_seats() -> None:
    group = given.group()
    organiser = given.organiser_of(group)
    ground: dict[str, Any] = {"decision": given.decision(), "actor": organiser, "at": given.AT}

    with refused("not-allowed"):
        actions.create_group(**facts(organiser))
    with refused("not-allowed"):
        actions.end_group(group.pk, until_on=DAY, **ground)
    with refused("not-allowed"):
        actions.add_seat(group.pk, since_on=DAY, **ground)
    with refused("not-allowed"):
        actions.close_seat(given.first_seat(group).pk, until_on=DAY, **ground)


# The name a group chose


def test_the_group_chooses_its_public_name() -> None:
    group = given.group(slug="qadam")
    organiser = given.organiser_of(group)
    journal = Journal()

    actions.choose_public_name(
        group.pk, public_name={"kk": "Арна"}, slug="arna", actor=organiser, at=given.AT
    )

    group.refresh_from_db()
    assert (group.public_name, group.slug) == ({"kk": "Арна"}, "arna")
    (entry,) = journal.entries
    assert (entry.event, entry.before, entry.after) == (
        "group.renamed",
        {"slug": "qadam"},
        {"slug": "arna"},
    )


def test_the_secretariat_does_not_choose_it(secretariat: User) -> None:
    group = given.group()

    with refused("not-allowed"):
        actions.choose_public_name(
            group.pk, public_name={"kk": "Арна"}, slug="arna", actor=secretariat, at=given.AT
        )


def test_a_name_of_another_group_is_taken_and_ones_own_is_not() -> None:
    group, other = given.group(slug="qadam"), given.group(slug="arna")
    organiser = given.organiser_of(group)

    with refused("name-taken"):
        actions.choose_public_name(
            group.pk, public_name={"kk": "Арна"}, slug=other.slug, actor=organiser, at=given.AT
        )
    kept = actions.choose_public_name(
        group.pk, public_name={"kk": "Қадам!"}, slug="qadam", actor=organiser, at=given.AT
    )
    assert kept.slug == "qadam"


# Ends, seats


def test_a_group_ends_with_its_seats(secretariat: User) -> None:
    group = given.group(seats=2)
    journal = Journal()

    actions.end_group(
        group.pk, until_on=DAY, decision=given.decision(), actor=secretariat, at=given.AT
    )

    group.refresh_from_db()
    assert group.until_on == DAY
    assert {seat.until_on for seat in group.seats.all()} == {DAY}
    assert [row[0] for row in journal.rows] == ["group.ended"]
    assert queries.groups_in_force(group.body, on=DAY) == [group]
    assert queries.groups_in_force(group.body, on=date(2024, 8, 2)) == []
    with refused("group-ended"):
        given.group_ended(group)
    with refused("group-ended"):
        actions.add_seat(
            group.pk, since_on=DAY, decision=given.decision(), actor=secretariat, at=given.AT
        )


def test_nothing_ends_before_it_began(secretariat: User) -> None:
    group = given.group(since_on=DAY)
    ground: dict[str, Any] = {"decision": given.decision(), "actor": secretariat, "at": given.AT}
    before = date(2024, 7, 31)

    with refused("ends-before-it-begins"):
        actions.end_group(group.pk, until_on=before, **ground)
    with refused("ends-before-it-begins"):
        actions.close_seat(given.first_seat(group).pk, until_on=before, **ground)
    with refused("ends-before-it-begins"):
        actions.add_seat(group.pk, since_on=before, **ground)


def test_a_quota_decision_adds_a_seat_and_another_closes_it(secretariat: User) -> None:
    group = given.group()
    ground: dict[str, Any] = {"decision": given.decision(), "actor": secretariat, "at": given.AT}
    journal = Journal()

    seat = actions.add_seat(group.pk, since_on=DAY, **ground)
    assert seat.number == 2
    actions.close_seat(seat.pk, until_on=DAY, **ground)

    assert [row[0] for row in journal.rows] == ["seat.added", "seat.closed"]
    with refused("seat-closed"):
        actions.close_seat(seat.pk, until_on=DAY, **ground)


@pytest.mark.parametrize("ends_on", [None, date(2024, 10, 1)])
def test_a_seat_that_somebody_holds_is_not_closed(secretariat: User, ends_on: date | None) -> None:
    seat = given.first_seat(given.group())
    given.membership(seat, ends_on=ends_on, end_reason="term_over" if ends_on else "")

    with refused("seat-held"):
        actions.close_seat(
            seat.pk, until_on=DAY, decision=given.decision(), actor=secretariat, at=given.AT
        )


def test_groups_stand_in_the_order_of_the_kazakh_alphabet() -> None:
    body = given.body()
    for name in ("Үміт", "Арна", "Қадам", "Әділет", "Кемел"):
        given.group(body, name=name)

    assert [group.public_name["kk"] for group in queries.groups_of(body)] == [
        "Арна",
        "Әділет",
        "Кемел",
        "Қадам",
        "Үміт",
    ]


# The pages


def filled(**changes: str) -> dict[str, str]:
    return {
        "public_name_kk": "Самал",
        "slug": "samal",
        "internal_name_ru": "внутреннее",
        "code": "inside",
        "kind": "community",
        "since_on_0": "1",
        "since_on_1": "8",
        "since_on_2": "2024",
        "seats": "2",
        "made_by": "Комитет",
        "made_on_0": "1",
        "made_on_1": "8",
        "made_on_2": "2024",
        **changes,
    }


def test_the_form_makes_a_group(secretariat: User) -> None:
    given.group(slug="qadam")
    browser = given.browser_of(secretariat)

    answer = browser.post(reverse("group_create"), filled(came_from="qadam"))

    assert answer.status_code == 302
    group = ElectoralGroup.objects.get(slug="samal")
    assert group.seats.count() == 2
    assert [old.slug for old in group.came_from.all()] == ["qadam"]


def test_a_taken_name_is_said_beside_its_field(secretariat: User) -> None:
    given.group(slug="samal")

    answer = given.browser_of(secretariat).post(reverse("group_create"), filled())

    assert answer.status_code == 422
    assert 'id="id_slug_error"' in text(answer)
    assert "внутреннее" in text(answer)


def test_the_internal_name_is_read_inside_only_and_never_in_a_title() -> None:
    body = given.body()
    own, next_door = given.group(body), given.group(body)
    internal = str(own.internal_name)
    inside = reverse("group_inside", args=[own.slug])

    for user in (
        given.secretariat(body),
        given.organiser_of(own),
        given.officer(RoleName.COMMISSIONER, own),
        given.officer(RoleName.OBSERVER, own),
    ):
        page = text(given.browser_of(user).get(inside))
        assert internal in page
        assert internal not in page.split("</title>")[0]
        assert own.code not in page
    for user in (given.organiser_of(next_door), given.officer(RoleName.PARTNER)):
        assert given.browser_of(user).get(inside).status_code == 404


def test_a_group_shows_its_history_with_what_is_in_doubt(secretariat: User) -> None:
    group = given.group()
    seat = given.first_seat(group)
    given.membership(
        seat,
        begins_on=date(2018, 11, 1),
        ends_on=date(2021, 10, 31),
        end_reason="term_over",
        elected_in="2018",
        uncertain=True,
    )
    given.membership(seat)
    given.vacancy(seat)

    page = text(given.browser_of(secretariat).get(reverse("group_inside", args=[group.slug])))

    assert '<span class="mark gap">' in page
    assert "В таблице два имени." in page
    assert "Никто не решился." in page
    assert "Дополнительное собрание." in page


def test_a_term_whose_last_day_is_still_to_come_is_held_today(secretariat: User) -> None:
    group = given.group()
    held = given.membership(
        given.first_seat(group), ends_on=date(2024, 12, 31), end_reason="term_over"
    )

    page = text(given.browser_of(secretariat).get(reverse("group_inside", args=[group.slug])))

    seat = page.split('id="seat-1"')[1].split("</table>")[0]
    assert f"{held.person.number}" in seat
    assert reverse("membership_end", args=[held.pk]) not in page


def test_names_of_members_stand_on_the_answered_page_only() -> None:
    group = given.group()
    given.membership(given.first_seat(group), name="Клёнова Дина")
    inside = reverse("group_inside", args=[group.slug])
    organiser = given.browser_of(given.organiser_of(group))
    observer = given.browser_of(given.officer(RoleName.OBSERVER, group))
    journal = Journal()

    assert "Клёнова" not in text(organiser.get(inside))
    assert "Клёнова" in text(organiser.post(inside))
    assert observer.post(inside).status_code == 404
    assert [row[:2] for row in journal.rows] == [("vault.opened", "organiser")]


def test_the_pages_of_one_group_act(secretariat: User) -> None:
    group = given.group(slug="qadam")
    browser = given.browser_of(secretariat)
    ground = {name: value for name, value in filled().items() if name.startswith("made")}
    since = {"since_on_0": "2", "since_on_1": "8", "since_on_2": "2024"}
    until = {"until_on_0": "3", "until_on_1": "8", "until_on_2": "2024"}

    added = browser.post(reverse("seat_add", args=["qadam"]), {**ground, **since})
    assert added["Location"] == reverse("group_inside", args=["qadam"])
    second = group.seats.get(number=2)
    assert second.since_on == date(2024, 8, 2)
    browser.post(reverse("seat_close", args=[second.pk]), {**ground, **until})
    second.refresh_from_db()
    assert second.until_on == date(2024, 8, 3)
    assert browser.post(reverse("group_end", args=["qadam"]), ground).status_code == 422
    browser.post(reverse("group_end", args=["qadam"]), {**ground, **until})
    group.refresh_from_db()
    assert group.until_on == date(2024, 8, 3)


def test_the_organiser_changes_the_name_and_nothing_else() -> None:
    group = given.group(slug="qadam")
    browser = given.browser_of(given.organiser_of(group))
    seat = given.first_seat(group)

    answer = browser.post(
        reverse("group_name", args=["qadam"]), {"public_name_kk": "Арна", "slug": "arna"}
    )

    assert answer.status_code == 302
    group.refresh_from_db()
    assert group.slug == "arna"
    for address in (
        reverse("group_create"),
        reverse("group_end", args=["arna"]),
        reverse("seat_add", args=["arna"]),
        reverse("seat_close", args=[seat.pk]),
    ):
        assert browser.get(address).status_code == 404
