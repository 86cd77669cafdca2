"""Two people, or one who pressed twice, in the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from okil.areas.bodies import queries
from okil.areas.bodies.actions import people as actions
from okil.areas.bodies.models import Person, Role, RoleName
from okil.areas.bodies.tests import given
from okil.foundation.accounts.models import User
from okil.foundation.audit import verify_chain
from okil.foundation.audit.models import JournalEntry
from okil.foundation.notifications.models import Notification
from okil.pure.refusal import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What each was told: "done", or the code of the refusal."""
    together = Barrier(len(acts))

    def act(one: Callable[[], object]) -> str:
        together.wait(timeout=20)
        try:
            one()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(act, acts))


def number_of(event: str) -> int:
    return JournalEntry.objects.filter(event=event).count()


def test_of_two_who_accept_to_be_organiser_one_becomes_it() -> None:
    group = given.group()
    first, second = (given.invitation(RoleName.ORGANISER, group) for _ in range(2))
    given_before = number_of("role.given")

    told = at_once(
        lambda: actions.accept_invitation(first.pk, actor=first.user, at=given.AT),
        lambda: actions.accept_invitation(second.pk, actor=second.user, at=given.AT),
    )

    assert told == ["done", "role-taken"]
    organiser = Role.objects.get(group=group, role=RoleName.ORGANISER, ends_at=None)
    assert Person.objects.filter(user__in=[first.user, second.user]).get() == organiser.person
    assert number_of("role.given") == given_before + 1
    assert verify_chain() == []


def test_a_button_pressed_twice_gives_one_role() -> None:
    sent = given.invitation(RoleName.OBSERVER, given.group())

    told = at_once(*[lambda: actions.accept_invitation(sent.pk, actor=sent.user, at=given.AT)] * 3)

    assert told == ["done", "invitation-used", "invitation-used"]
    assert Role.objects.filter(person__user=sent.user).count() == 1


def test_of_two_who_agree_to_a_reset_one_is_the_second_officer() -> None:
    body = given.body()
    lost = given.role_of(given.officer(RoleName.OBSERVER, given.group(body))).person
    asker, *agreeing = (given.organiser_of(given.group(body)) for _ in range(3))
    reset = actions.ask_factor_reset(lost.pk, reason="lost", actor=asker, at=given.AT)

    def agrees(officer: User) -> Callable[[], object]:
        return lambda: actions.agree_factor_reset(reset.pk, actor=officer, at=given.AT)

    told = at_once(*map(agrees, agreeing))

    assert told == ["done", "reset-settled"]
    reset.refresh_from_db()
    assert reset.agreed_by in [given.role_of(officer).person for officer in agreeing]
    assert number_of("second_factor.reset") == 1
    assert Notification.objects.filter(kind="bodies.second_factor_reset").count() == 1


def test_new_people_at_once_get_numbers_of_their_own() -> None:
    group = given.group()
    sent = [given.invitation(RoleName.OBSERVER, group) for _ in range(4)]

    def accepts(each: int) -> Callable[[], object]:
        invitation = sent[each]
        return lambda: actions.accept_invitation(invitation.pk, actor=invitation.user, at=given.AT)

    assert at_once(*map(accepts, range(4))) == ["done"] * 4
    numbers = list(group.body.people.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_hand_over_and_an_end_of_the_same_role_do_not_wait_for_each_other() -> None:
    group = given.group()
    old = given.role_of(given.organiser_of(group))
    secretariat = given.secretariat(group.body)
    sent = given.invitation(RoleName.ORGANISER, group, replaces=old)

    told = at_once(
        lambda: actions.accept_invitation(sent.pk, actor=sent.user, at=given.AT),
        lambda: actions.end_role(old.pk, decision=given.decision(), actor=secretariat, at=given.AT),
    )

    assert told in (["done", "done"], ["done", "role-ended"])
    assert [role.person.user for role in queries.officers_of(group)] == [sent.user]


def test_the_same_invitation_sent_twice_at_once_goes_out_once() -> None:
    group = given.group()
    organiser = given.organiser_of(group)

    def invites() -> object:
        return actions.invite(
            RoleName.OBSERVER,
            body=group.body,
            group=group,
            email="new@example.org",
            name="",
            language="ru",
            decision=given.decision(),
            actor=organiser,
            at=given.AT,
        )

    assert at_once(invites, invites) == ["already-invited", "done"]
    assert User.objects.filter(email="new@example.org").count() == 1
