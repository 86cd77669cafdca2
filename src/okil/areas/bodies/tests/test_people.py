from __future__ import annotations

from datetime import datetime

import pytest
from django.urls import reverse

from okil.areas.bodies import queries
from okil.areas.bodies.actions import people as actions
from okil.areas.bodies.models import ElectoralGroup, Person, RoleName
from okil.areas.bodies.tests import given
from okil.areas.bodies.tests.seen import Journal, refused, text
from okil.foundation.accounts.models import User
from okil.foundation.audit import history_of
from okil.foundation.notifications import notify
from okil.foundation.notifications.models import Notification
from okil.foundation.web.tests.pages import read

pytestmark = pytest.mark.django_db


def person_of(user: User) -> Person:
    return given.role_of(user).person


# Ending a role


def test_a_role_ends_by_a_decision() -> None:
    group = given.group()
    role = given.role_of(given.officer(RoleName.OBSERVER, group))
    organiser = given.organiser_of(group)
    journal = Journal()

    actions.end_role(role.pk, decision=given.decision(), actor=organiser, at=given.AT)

    role.refresh_from_db()
    assert role.ends_at == given.AT
    assert role.ended_by is not None
    assert role.ended_by != role.given_by
    assert journal.rows == [("role.ended", "organiser", person_of(organiser).number)]
    assert journal.entries[0].after == {
        "role": "observer",
        "group": group.pk,
        "person": role.person.number,
    }
    assert list(queries.officers_of(group)) == [given.role_of(organiser)]


def test_a_role_is_ended_by_who_gives_it() -> None:
    group = given.group()
    observer = given.officer(RoleName.OBSERVER, group)
    secretariat = given.secretariat(group.body)

    for actor in (observer, secretariat):
        with refused("not-allowed"):
            actions.end_role(
                given.role_of(observer).pk, decision=given.decision(), actor=actor, at=given.AT
            )


def test_a_role_ends_once() -> None:
    role = given.ended(given.role_of(given.officer(RoleName.OBSERVER, given.group())))

    with refused("role-ended"):
        given.ended(role)


def test_the_last_of_the_secretariat_stays_until_there_is_another() -> None:
    body = given.body()
    first = given.secretariat(body)

    with refused("last-secretariat"):
        given.ended(given.role_of(first))

    given.secretariat(body)
    assert given.ended(given.role_of(first)).ends_at == given.AT


def test_the_form_ends_a_role_after_asking() -> None:
    group = given.group()
    role = given.role_of(given.officer(RoleName.OBSERVER, group))
    browser = given.browser_of(given.organiser_of(group))
    where = reverse("role_end", args=[role.pk])

    assert browser.get(where).status_code == 200
    assert browser.post(where, {}).status_code == 422
    role.refresh_from_db()
    assert role.ends_at is None
    decision = {"made_by": "Собрание", "made_on_0": "2", "made_on_1": "8", "made_on_2": "2024"}
    assert browser.post(where, decision).status_code == 302
    role.refresh_from_db()
    assert role.ends_at == given.AT


# Letters that do not arrive


def refused_letter(user: User, *, at: datetime = given.AT) -> None:
    """As if the mail server had refused it for good."""
    letter = notify("bodies.invitation", to=user, about=1, at=at)
    Notification.objects.filter(pk=letter.pk).update(refused_at=at)


def marks(user: User) -> int:
    page = given.browser_of(user).get(reverse("people"))
    assert read(page).problems() == []
    return page.content.decode().count('<span class="mark warn">')


def test_that_letters_do_not_arrive_is_seen_by_the_secretariat_and_by_who_gives_the_role() -> None:
    body = given.body()
    secretariat, group = given.secretariat(body), given.group(body)
    commissioner = given.officer(RoleName.COMMISSIONER, group)
    observer = given.officer(RoleName.OBSERVER, group)
    seeing = (secretariat, given.organiser_of(group))
    assert [marks(user) for user in (*seeing, observer)] == [0, 0, 0]

    refused_letter(commissioner)

    assert [marks(user) for user in seeing] == [1, 1]
    assert [marks(user) for user in (commissioner, observer)] == [0, 0]


def test_an_invitation_that_did_not_arrive_says_so_and_names_no_address() -> None:
    group = given.group()
    sent = given.invitation(RoleName.OBSERVER, group)
    Notification.objects.filter(user=sent.user).update(refused_at=given.AT)
    organiser = given.organiser_of(group)

    assert marks(organiser) == 1
    page = given.browser_of(organiser).get(reverse("people")).content.decode()
    assert sent.user.email not in page


# A name of one's own


def test_a_name_is_published_and_withdrawn_by_its_owner() -> None:
    observer = given.officer(RoleName.OBSERVER, given.group())
    number = person_of(observer).number
    journal = Journal()

    actions.publish_name(public=True, actor=observer, at=given.AT)
    assert person_of(observer).published_by_owner
    actions.publish_name(public=False, actor=observer, at=given.AT)
    assert not person_of(observer).published_by_owner

    assert journal.rows == [
        ("person.name_published", "observer", number),
        ("person.name_withdrawn", "observer", number),
    ]


def test_a_name_is_withdrawn_also_when_no_role_is_left() -> None:
    observer = given.officer(RoleName.OBSERVER, given.group())
    actions.publish_name(public=True, actor=observer, at=given.AT)
    person = person_of(observer)
    given.ended(given.role_of(observer))

    browser = given.browser_of(observer)
    assert browser.get(reverse("people")).status_code == 404
    assert browser.post(reverse("own_name"), {"public": "no"}).status_code == 302
    person.refresh_from_db()
    assert not person.published_by_owner
    with refused("not-allowed"):
        actions.publish_name(public=True, actor=observer, at=given.AT)


def test_an_account_without_a_person_has_no_name_to_publish() -> None:
    sent = given.invitation(RoleName.OBSERVER, given.group())

    with refused("not-allowed"):
        actions.publish_name(public=True, actor=sent.user, at=given.AT)


def test_the_page_of_ones_name_says_what_is_chosen_and_changes_it() -> None:
    observer = given.officer(RoleName.OBSERVER, given.group())
    browser = given.browser_of(observer)

    answer = browser.post(reverse("own_name"), {"public": "yes"})

    assert answer.status_code == 302
    assert person_of(observer).published_by_owner
    page = text(browser.get(reverse("own_name")))
    assert "checked" in page.split('value="yes"')[1].split(">")[0]


def test_a_person_corrects_their_own_name_and_is_found_by_it() -> None:
    group = given.group()
    observer = given.officer(RoleName.OBSERVER, group, name="Кленова Дана")
    person = person_of(observer)

    browser = given.browser_of(observer)
    browser.post(reverse("own_name"), {"public": "no", "corrected": "Клёнова Дина"})

    person.refresh_from_db()
    assert given.name_of(person) == "Клёнова Дина"
    assert list(queries.people_named(person.body, "Клёнова Дина")) == [person]
    assert list(queries.people_named(person.body, "Кленова Дана")) == []
    events = [entry.event for entry in history_of(person)]
    assert events[-1] == "person.name_corrected"


def test_a_name_left_empty_stays_as_it_is() -> None:
    observer = given.officer(RoleName.OBSERVER, given.group(), name="Клёнова Дина")

    given.browser_of(observer).post(reverse("own_name"), {"public": "yes", "corrected": ""})

    assert given.name_of(person_of(observer)) == "Клёнова Дина"


# Opening names


def test_names_are_opened_with_one_entry_that_says_whose() -> None:
    group = given.group()
    observer = given.officer(RoleName.OBSERVER, group, name="Клёнова Дина")
    organiser = given.organiser_of(group)
    journal = Journal()

    names = actions.open_names(
        [person_of(observer)], body=group.body, group=group, actor=organiser, at=given.AT
    )

    assert names == {person_of(observer).pk: "Клёнова Дина"}
    assert journal.rows == [("vault.opened", "organiser", person_of(organiser).number)]
    assert (journal.entries[0].after or {})["records"] == [person_of(observer).pk]


def test_names_of_another_group_stay_closed() -> None:
    body = given.body()
    own, next_door = given.group(body), given.group(body)
    organiser = given.organiser_of(own)
    theirs = person_of(given.officer(RoleName.OBSERVER, next_door))

    for group in (own, next_door):
        with refused("not-allowed"):
            actions.open_names([theirs], body=body, group=group, actor=organiser, at=given.AT)


def test_an_observer_opens_no_names() -> None:
    group = given.group()
    observer = given.officer(RoleName.OBSERVER, group)

    with refused("not-allowed"):
        actions.open_names(
            [person_of(observer)], body=group.body, group=group, actor=observer, at=given.AT
        )


# The page of people


def world() -> tuple[ElectoralGroup, ElectoralGroup, dict[str, User]]:
    body = given.body()
    own, next_door = given.group(body), given.group(body)
    people = {
        "secretariat": given.secretariat(body),
        "organiser": given.officer(RoleName.ORGANISER, own, name="Лавандина Вера"),
        "commissioner": given.officer(RoleName.COMMISSIONER, own, name="Калинина Ирина"),
        "observer": given.officer(RoleName.OBSERVER, own, name="Клюквина Вера"),
        "neighbour": given.officer(RoleName.ORGANISER, next_door, name="Пихтова Жанар"),
        "partner": given.officer(RoleName.PARTNER),
    }
    given.invitation(RoleName.OBSERVER, own, name="Ежевикина Айгуль")
    return own, next_door, people


NAMES = ("Лавандина", "Калинина", "Клюквина", "Пихтова", "Ежевикина")


@pytest.mark.parametrize(
    ("role", "sees_neighbours"),
    [("secretariat", True), ("organiser", False), ("commissioner", False), ("observer", False)],
)
def test_the_page_shows_each_officer_their_part_without_names(
    role: str, sees_neighbours: bool
) -> None:
    own, next_door, people = world()

    page = text(given.browser_of(people[role]).get(reverse("people")))

    assert str(own.public_name) in page
    assert (str(next_door.public_name) in page) == sees_neighbours
    assert [name for name in NAMES if name in page] == []
    assert [user.email for user in people.values() if user.email in page] == []


def test_the_page_is_not_there_for_who_has_no_part_in_it() -> None:
    _own, _next_door, people = world()

    assert given.browser_of(people["partner"]).get(reverse("people")).status_code == 404


@pytest.mark.parametrize(
    ("role", "shown", "posted"),
    [
        ("secretariat", ("Лавандина", "Калинина", "Клюквина", "Пихтова"), False),
        ("organiser", ("Лавандина", "Калинина", "Клюквина"), True),
        ("commissioner", ("Лавандина", "Калинина", "Клюквина"), True),
    ],
)
def test_names_stand_on_the_answered_page_only(
    role: str, shown: tuple[str, ...], posted: bool
) -> None:
    own, _next_door, people = world()
    browser = given.browser_of(people[role])
    journal = Journal()

    answer = browser.post(reverse("people"), {"group": own.slug} if posted else {})

    page = text(answer)
    assert answer.status_code == 200
    assert tuple(name for name in NAMES if name in page) == shown
    assert "no-store" in answer["Cache-Control"]
    assert not any(name in page.split("</title>")[0] for name in NAMES)
    assert [row[:2] for row in journal.rows] == [("vault.opened", role)]
    assert [name for name in NAMES if name in text(browser.get(reverse("people")))] == []


@pytest.mark.parametrize("role", ["organiser", "commissioner", "observer"])
def test_nobody_gets_names_by_forging_the_button(role: str) -> None:
    _own, next_door, people = world()
    browser = given.browser_of(people[role])
    journal = Journal()

    for forged in ({}, {"group": next_door.slug}, {"group": "nonsense"}):
        assert browser.post(reverse("people"), forged).status_code == 404
    assert journal.rows == []


def test_only_who_gives_a_role_is_offered_to_end_it() -> None:
    _own, _next_door, people = world()
    ending = reverse("role_end", args=[given.role_of(people["observer"]).pk])

    for role, status in (("organiser", 200), ("secretariat", 404), ("commissioner", 404)):
        browser = given.browser_of(people[role])
        assert (ending in text(browser.get(reverse("people")))) == (status == 200)
        assert browser.get(ending).status_code == status


def test_a_role_in_a_group_that_ended_can_still_be_found() -> None:
    body = given.body()
    group = given.group(body)
    given.organiser_of(group)
    given.group_ended(group)

    page = text(given.browser_of(given.secretariat(body)).get(reverse("people")))

    assert str(group.public_name) in page


# Looking somebody up


def test_a_name_is_found_exactly_and_answered_by_numbers() -> None:
    own, _next_door, people = world()
    browser = given.browser_of(people["secretariat"])
    journal = Journal()

    answer = browser.post(reverse("people_search"), {"name": "  клюквина  ВЕРА "})

    number = person_of(people["observer"]).number
    results = text(answer).split("</form>")[-1]
    assert f"{number}" in results
    assert str(own.public_name) in results
    assert "Клюквина" not in results
    assert journal.rows == []


def test_a_part_of_a_name_finds_nobody() -> None:
    _own, _next_door, people = world()
    browser = given.browser_of(people["secretariat"])

    answer = browser.post(reverse("people_search"), {"name": "Клюквина"})

    assert answer.status_code == 200
    assert 'class="empty"' in text(answer)


def test_only_the_secretariat_looks_people_up() -> None:
    _own, _next_door, people = world()

    for role in ("organiser", "commissioner", "observer", "partner"):
        answer = given.browser_of(people[role]).post(reverse("people_search"), {"name": "Кто"})
        assert answer.status_code == 404
