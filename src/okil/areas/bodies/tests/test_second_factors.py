from __future__ import annotations

from dataclasses import dataclass

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from okil.areas.bodies import queries
from okil.areas.bodies.actions import people as actions
from okil.areas.bodies.models import ElectoralGroup, FactorReset, Person, RoleName
from okil.areas.bodies.tests import given
from okil.areas.bodies.tests.seen import Journal, refused, text
from okil.foundation.accounts.models import Session, User
from okil.foundation.accounts.tests import given as accounts
from okil.foundation.notifications.letters import write_letter
from okil.foundation.notifications.models import Notification

pytestmark = pytest.mark.django_db


@dataclass
class World:
    group: ElectoralGroup
    loser: User  # who lost the factor
    asker: User
    second: User

    @property
    def person(self) -> Person:
        return given.role_of(self.loser).person

    def ask(self) -> FactorReset:
        return actions.ask_factor_reset(
            self.person.pk, reason="lost", actor=self.asker, at=given.AT
        )


@pytest.fixture
def world() -> World:
    group = given.group()
    loser = accounts.officer_with_app()
    given.accepted(given.invitation(RoleName.COMMISSIONER, group, email=loser.email))
    return World(
        group=group,
        loser=loser,
        asker=given.organiser_of(group),
        second=given.officer(RoleName.ORGANISER, given.group()),
    )


def number(user: User) -> int:
    return given.role_of(user).person.number


def test_two_officers_together_clear_a_lost_factor(world: World) -> None:
    given.browser_of(world.loser)
    journal = Journal()
    reset = world.ask()
    assert Authenticator.objects.filter(user=world.loser).exists()

    actions.agree_factor_reset(reset.pk, actor=world.second, at=given.AT)

    assert not Authenticator.objects.filter(user=world.loser).exists()
    assert not Session.objects.filter(user=world.loser).exists()
    assert journal.rows == [
        ("second_factor.reset_asked", "organiser", number(world.asker)),
        ("second_factor.reset", "organiser", number(world.second)),
    ]
    letter = Notification.objects.latest("pk")
    assert (letter.kind, letter.user) == ("bodies.second_factor_reset", world.loser)
    assert list(queries.open_resets(world.group.body)) == []


def test_the_journal_does_not_say_why(world: World) -> None:
    journal = Journal()
    world.ask()

    assert journal.entries[0].after == {"person": world.person.number}


def test_one_officer_is_not_two(world: World) -> None:
    reset = world.ask()

    with refused("same-officer"):
        actions.agree_factor_reset(reset.pk, actor=world.asker, at=given.AT)


def test_nobody_resets_their_own(world: World) -> None:
    with refused("own-factor"):
        actions.ask_factor_reset(world.person.pk, reason="lost", actor=world.loser, at=given.AT)
    reset = world.ask()
    with refused("own-factor"):
        actions.agree_factor_reset(reset.pk, actor=world.loser, at=given.AT)


def test_the_person_concerned_may_stop_it(world: World) -> None:
    reset = world.ask()

    actions.refuse_factor_reset(reset.pk, actor=world.loser, at=given.AT)

    with refused("reset-settled"):
        actions.agree_factor_reset(reset.pk, actor=world.second, at=given.AT)
    assert Authenticator.objects.filter(user=world.loser).exists()


def test_what_is_settled_stays_settled(world: World) -> None:
    reset = world.ask()
    actions.agree_factor_reset(reset.pk, actor=world.second, at=given.AT)

    for act in (actions.agree_factor_reset, actions.refuse_factor_reset):
        with refused("reset-settled"):
            act(reset.pk, actor=world.second, at=given.AT)


def test_a_reset_is_asked_once_at_a_time(world: World) -> None:
    first = world.ask()
    with refused("reset-asked-already"):
        world.ask()

    actions.refuse_factor_reset(first.pk, actor=world.second, at=given.AT)
    assert world.ask().pk != first.pk


def test_an_observer_has_no_say(world: World) -> None:
    observer = given.officer(RoleName.OBSERVER, world.group)
    reset = world.ask()

    with refused("not-allowed"):
        actions.ask_factor_reset(
            given.role_of(world.second).person.pk, reason="lost", actor=observer, at=given.AT
        )
    for act in (actions.agree_factor_reset, actions.refuse_factor_reset):
        with refused("not-allowed"):
            act(reset.pk, actor=observer, at=given.AT)


def test_an_account_that_never_accepted_a_role_has_no_say(world: World) -> None:
    stranger = given.invitation(RoleName.OBSERVER, world.group).user
    reset = world.ask()

    with refused("not-allowed"):
        actions.agree_factor_reset(reset.pk, actor=stranger, at=given.AT)


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_letter_says_what_happened_and_what_to_do(world: World, language: str) -> None:
    reset = world.ask()

    letter = write_letter("bodies.second_factor_reset", reset.pk, language, world.loser)

    assert letter.link == f"http://localhost:8000/{language}/sign-in/"
    assert len(letter.paragraphs) == 3
    assert "{" not in " ".join([letter.subject, *letter.paragraphs])


# The pages


def test_one_asks_and_another_agrees_on_the_pages(world: World) -> None:
    asking = reverse("second_factor_ask", args=[world.person.number])
    asker, second = given.browser_of(world.asker), given.browser_of(world.second)

    assert asker.post(asking, {}).status_code == 422
    assert asker.post(asking, {"reason": "broken"}).status_code == 302
    reset = FactorReset.objects.get()
    settling = reverse("second_factor_settle", args=[reset.pk])
    assert settling in text(second.get(reverse("people")))
    own = asker.post(settling, {"answer": "agree"})
    assert own.status_code == 422
    assert second.post(settling, {"answer": "agree"}).status_code == 302

    reset.refresh_from_db()
    assert (reset.agreed_by, reset.agreed_at) == (given.role_of(world.second).person, given.AT)
    assert second.get(settling).status_code == 404


def test_the_page_can_refuse(world: World) -> None:
    reset = world.ask()
    browser = given.browser_of(world.second)

    browser.post(reverse("second_factor_settle", args=[reset.pk]), {"answer": "refuse"})

    reset.refresh_from_db()
    assert (reset.agreed_at, reset.refused_at) == (None, given.AT)


def test_an_observer_finds_none_of_these_pages(world: World) -> None:
    reset = world.ask()
    browser = given.browser_of(given.officer(RoleName.OBSERVER, world.group))

    for address in (
        reverse("second_factor_ask", args=[world.person.number]),
        reverse("second_factor_settle", args=[reset.pk]),
    ):
        assert browser.get(address).status_code == 404
    assert "second-factors" not in text(browser.get(reverse("people")))
