from __future__ import annotations

from datetime import timedelta

import pytest

from okil.areas.bodies import queries
from okil.areas.bodies.actions import people as actions
from okil.areas.bodies.actions.decisions import PAPER_BYTES, DecisionFacts
from okil.areas.bodies.models import BODY_WIDE_ROLES, Role, RoleName
from okil.areas.bodies.notices import invitation_address
from okil.areas.bodies.tests import given
from okil.areas.bodies.tests.seen import Journal, refused
from okil.foundation.accounts.models import User
from okil.foundation.notifications.letters import write_letter
from okil.foundation.notifications.models import Notification
from okil.pure.rules import incompatibilities

pytestmark = pytest.mark.django_db
LATE = given.AT + timedelta(days=actions.INVITATION_DAYS)


# Sending


def test_an_invitation_is_one_row_one_letter_and_one_entry() -> None:
    group = given.group()
    organiser = given.organiser_of(group)
    journal, letters = Journal(), Notification.objects.count()

    sent = given.invitation(RoleName.COMMISSIONER, group, email="Dina@Example.org")

    assert (sent.role, sent.group, sent.user.email) == ("commissioner", group, "dina@example.org")
    assert sent.expires_at - sent.sent_at == timedelta(days=14)
    assert journal.rows == [
        ("invitation.sent", "organiser", given.role_of(organiser).person.number)
    ]
    assert journal.entries[0].after == {"role": "commissioner", "group": group.pk}
    letter = Notification.objects.latest("pk")
    assert Notification.objects.count() == letters + 1
    assert (letter.kind, letter.user, letter.about) == ("bodies.invitation", sent.user, sent.pk)


def test_the_letter_tells_neither_role_nor_group() -> None:
    group = given.group()
    sent = given.invitation(RoleName.OBSERVER, group)

    letter = write_letter("bodies.invitation", sent.pk, "ru", sent.user)
    words = " ".join([letter.subject, *letter.paragraphs, letter.link or ""])

    assert letter.link == invitation_address(sent)
    for secret in ("наблюдатель", group.slug, str(group.public_name), group.code):
        assert secret not in words


def test_somebody_with_an_account_gets_no_second_one() -> None:
    group = given.group()
    known = given.officer(RoleName.OBSERVER, group)

    given.invitation(RoleName.OBSERVER, given.group(), email=known.email.upper())

    assert User.objects.filter(email__iexact=known.email).count() == 1


@pytest.mark.parametrize("role", [RoleName.COMMISSIONER, RoleName.SECRETARIAT])
def test_who_may_not_give_a_role_may_not_invite_to_it(role: RoleName) -> None:
    group = given.group()
    observer = given.officer(RoleName.OBSERVER, group)

    with refused("not-allowed"):
        actions.invite(
            role,
            body=group.body,
            group=group if role == RoleName.COMMISSIONER else None,
            email="other@example.org",
            name="",
            language="ru",
            decision=given.decision(),
            actor=observer,
            at=given.AT,
        )


def test_an_organiser_does_not_invite_for_another_group() -> None:
    group = given.group()
    neighbour = given.organiser_of(given.group())

    with refused("not-allowed"):
        actions.invite(
            RoleName.COMMISSIONER,
            body=group.body,
            group=group,
            email="other@example.org",
            name="",
            language="ru",
            decision=given.decision(),
            actor=neighbour,
            at=given.AT,
        )


def test_a_group_has_one_organiser() -> None:
    group = given.group()
    given.organiser_of(group)

    with refused("role-taken"):
        given.invitation(RoleName.ORGANISER, group)


def test_nobody_is_invited_twice_to_the_same() -> None:
    group = given.group()
    sent = given.invitation(RoleName.OBSERVER, group)

    with refused("already-invited"):
        given.invitation(RoleName.OBSERVER, group, email=sent.user.email)


@pytest.mark.parametrize("role", [RoleName.OBSERVER, RoleName.SECRETARIAT])
def test_nobody_is_invited_to_what_they_are(role: RoleName) -> None:
    body = given.body()
    secretariat, group = given.secretariat(body), given.group(body)
    holder = secretariat if role == RoleName.SECRETARIAT else given.officer(role, group)

    with refused("role-held"):
        given.invitation(role, None if role == RoleName.SECRETARIAT else group, email=holder.email)


def test_a_decision_of_tomorrow_is_no_ground() -> None:
    group = given.group()
    organiser = given.organiser_of(group)
    tomorrow = DecisionFacts(made_by="Собрание", made_on=given.AT.date() + timedelta(days=1))

    with refused("decision-in-the-future"):
        actions.invite(
            RoleName.OBSERVER,
            body=group.body,
            group=group,
            email="other@example.org",
            name="",
            language="ru",
            decision=tomorrow,
            actor=organiser,
            at=given.AT,
        )


@pytest.mark.parametrize(
    ("paper", "code"),
    [(b"MZ a program", "paper-unknown"), (b"%PDF-" + bytes(PAPER_BYTES), "paper-too-large")],
)
def test_a_paper_is_a_picture_or_a_pdf_of_bearable_size(paper: bytes, code: str) -> None:
    group = given.group()
    organiser = given.organiser_of(group)

    with refused(code):
        actions.invite(
            RoleName.OBSERVER,
            body=group.body,
            group=group,
            email="other@example.org",
            name="",
            language="ru",
            decision=given.decision(paper=paper),
            actor=organiser,
            at=given.AT,
        )


OFFICERS = {role.value for role in RoleName}
BANS = [ban for ban in incompatibilities.TABLE if {ban.one, ban.other} <= OFFICERS]


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: f"{ban.one} and {ban.other}")
def test_incompatible_roles_are_refused_when_inviting(ban: incompatibilities.Incompatible) -> None:
    body = given.body()
    given.secretariat(body)
    group = given.group(body)
    given.giver_of(ban.other, group)
    if ban.one == RoleName.ORGANISER:
        holder = given.organiser_of(group)
    else:
        holder = given.officer(ban.one, None if ban.one in BODY_WIDE_ROLES else group)

    with refused("incompatible"):
        given.invitation(ban.other, group, email=holder.email)


# Accepting


def test_who_accepts_becomes_a_person_with_a_number_and_a_role() -> None:
    group = given.group()
    sent = given.invitation(RoleName.OBSERVER, group, name="Клёнова Дина")
    journal = Journal()

    role = actions.accept_invitation(sent.pk, actor=sent.user, at=given.AT)

    person = role.person
    assert (role.role, role.group, role.begins_at) == ("observer", group, given.AT)
    assert role.given_by == sent.decision
    assert (person.user, person.organisation) == (sent.user, sent.organisation)
    assert given.name_of(person) == "Клёнова Дина"
    sent.refresh_from_db()
    assert (sent.accepted_at, sent.became) == (given.AT, role)
    assert ("role.given", "observer", person.number) in journal.rows


def test_who_is_known_keeps_number_and_name() -> None:
    body = given.body()
    first, second = given.group(body), given.group(body)
    user = given.officer(RoleName.OBSERVER, first, name="Клёнова Дина")
    number = given.role_of(user).person.number

    sent = given.invitation(RoleName.OBSERVER, second, email=user.email, name="Кто-то Другая")
    given.accepted(sent)

    assert given.role_of(user).group == second
    assert given.role_of(user).person.number == number
    assert given.name_of(given.role_of(user).person) == "Клёнова Дина"


def test_who_was_invited_without_a_name_brings_one() -> None:
    sent = given.invitation(RoleName.OBSERVER, given.group(), name="")

    actions.accept_invitation(sent.pk, name="Лавандина Вера", actor=sent.user, at=given.AT)

    assert given.name_of(given.role_of(sent.user).person) == "Лавандина Вера"


def test_an_invitation_is_for_one_account() -> None:
    group = given.group()
    sent = given.invitation(RoleName.OBSERVER, group)
    somebody = given.officer(RoleName.OBSERVER, group)

    with refused("not-allowed"):
        actions.accept_invitation(sent.pk, actor=somebody, at=given.AT)


def test_an_invitation_works_once() -> None:
    sent = given.invitation(RoleName.OBSERVER, given.group())
    given.accepted(sent)

    with refused("invitation-used"):
        actions.accept_invitation(sent.pk, actor=sent.user, at=given.AT)


def test_an_invitation_that_was_taken_back_gives_nothing() -> None:
    group = given.group()
    sent = given.invitation(RoleName.OBSERVER, group)
    actions.withdraw_invitation(sent.pk, actor=given.organiser_of(group), at=given.AT)

    with refused("invitation-used"):
        actions.accept_invitation(sent.pk, actor=sent.user, at=given.AT)


def test_an_invitation_expires_to_the_second() -> None:
    group = given.group()
    in_time, too_late = (given.invitation(RoleName.OBSERVER, group) for _ in range(2))

    actions.accept_invitation(in_time.pk, actor=in_time.user, at=LATE - timedelta(seconds=1))
    with refused("invitation-expired"):
        actions.accept_invitation(too_late.pk, actor=too_late.user, at=LATE)


def test_of_two_invited_organisers_the_first_takes_the_place() -> None:
    group = given.group()
    first, second = (given.invitation(RoleName.ORGANISER, group) for _ in range(2))
    given.accepted(first)

    with refused("role-taken"):
        given.accepted(second)


def test_who_became_something_incompatible_since_may_not_accept() -> None:
    group = given.group()
    sent = given.invitation(RoleName.COMMISSIONER, group)
    given.accepted(given.invitation(RoleName.OBSERVER, group, email=sent.user.email))

    with refused("incompatible"):
        given.accepted(sent)


# Handing over


def test_a_role_is_handed_over_when_the_invited_person_takes_it() -> None:
    group = given.group()
    old = given.role_of(given.organiser_of(group))
    sent = given.invitation(RoleName.ORGANISER, group, replaces=old)
    old.refresh_from_db()
    assert old.ends_at is None
    journal = Journal()

    new = given.role_of(given.accepted(sent))

    ended = Role.objects.get(pk=old.pk)
    assert (ended.ends_at, ended.ended_by) == (given.AT, sent.decision)
    assert new.role == "organiser"
    assert [row[0] for row in journal.rows][-2:] == ["role.handed_over", "role.given"]


def test_a_hand_over_ends_no_other_role_than_it_gives() -> None:
    group = given.group()
    organiser = given.organiser_of(group)
    secretariat = queries.secretariat(group.body).get()

    with refused("not-allowed"):
        actions.invite(
            RoleName.COMMISSIONER,
            body=group.body,
            group=group,
            email="other@example.org",
            name="",
            language="ru",
            decision=given.decision(),
            replaces=secretariat,
            actor=organiser,
            at=given.AT,
        )


def test_what_has_ended_cannot_be_handed_over() -> None:
    group = given.group()
    role = given.ended(given.role_of(given.officer(RoleName.OBSERVER, group)))

    with refused("role-ended"):
        given.invitation(RoleName.OBSERVER, group, replaces=role)


def test_of_two_successors_the_first_takes_the_place() -> None:
    group = given.group()
    old = given.role_of(given.organiser_of(group))
    first, second = (given.invitation(RoleName.ORGANISER, group, replaces=old) for _ in range(2))
    given.accepted(first)

    with refused("role-taken"):
        given.accepted(second)


# Taking back


def test_an_open_invitation_is_taken_back_by_who_gives_the_role() -> None:
    group = given.group()
    sent = given.invitation(RoleName.OBSERVER, group)
    organiser = given.organiser_of(group)
    secretariat = given.secretariat(group.body)

    with refused("not-allowed"):
        actions.withdraw_invitation(sent.pk, actor=secretariat, at=given.AT)
    journal = Journal()
    actions.withdraw_invitation(sent.pk, actor=organiser, at=given.AT)

    assert [row[0] for row in journal.rows] == ["invitation.withdrawn"]
    with refused("invitation-used"):
        actions.withdraw_invitation(sent.pk, actor=organiser, at=given.AT)
