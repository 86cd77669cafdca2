from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from okil.areas.bodies import queries
from okil.areas.bodies.actions import people as actions
from okil.areas.bodies.actions.decisions import PAPER_BYTES, DecisionFacts
from okil.areas.bodies.models import BODY_WIDE_ROLES, Invitation, Person, Role, RoleName
from okil.areas.bodies.notices import invitation_address
from okil.areas.bodies.tests import given
from okil.areas.bodies.tests.seen import Journal, refused, text
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.accounts.tests import given as accounts
from okil.foundation.audit import Actor
from okil.foundation.notifications.letters import write_letter
from okil.foundation.notifications.models import Notification
from okil.pure.rules import incompatibilities

pytestmark = pytest.mark.django_db
LATE = given.AT + timedelta(days=actions.INVITATION_DAYS)


def name_of(person: Person) -> str:
    opened = vault.open([person], "officers", actor=Actor("system", None), at=given.AT)
    return str(opened[person.pk]["name"])


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
    assert name_of(person) == "Клёнова Дина"
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
    assert name_of(given.role_of(user).person) == "Клёнова Дина"


def test_who_was_invited_without_a_name_brings_one() -> None:
    sent = given.invitation(RoleName.OBSERVER, given.group(), name="")

    actions.accept_invitation(sent.pk, name="Лавандина Вера", actor=sent.user, at=given.AT)

    assert name_of(given.role_of(sent.user).person) == "Лавандина Вера"


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

    old.refresh_from_db()
    assert (old.ends_at, old.ended_by, new.role) == (given.AT, sent.decision, "organiser")
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


# The page behind the link


def link(invitation: Invitation) -> str:
    return invitation_address(invitation).removeprefix("http://localhost:8000")


def test_reading_an_invitation_changes_nothing() -> None:
    group = given.group()
    sent = given.invitation(RoleName.OBSERVER, group)
    journal = Journal()

    answers = [Client().get(link(sent)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert str(group.public_name) in text(answers[0])
    assert "независимый наблюдатель" in text(answers[0])
    sent.refresh_from_db()
    assert (sent.accepted_at, journal.rows) == (None, [])


def test_the_page_tells_no_name_and_no_address() -> None:
    sent = given.invitation(RoleName.OBSERVER, given.group(), name="Клёнова Дина")

    page = text(Client().get(link(sent)))

    assert "Клёнова" not in page
    assert sent.user.email not in page


def test_pressing_the_button_gives_the_role_and_leads_to_a_second_factor() -> None:
    sent = given.invitation(RoleName.OBSERVER, given.group())
    browser = Client()

    answer = browser.post(link(sent))

    assert answer.status_code == 302
    assert given.role_of(sent.user).role == "observer"
    assert accounts.is_signed_in(browser)
    onward = browser.get(reverse("people"))
    assert onward["Location"].startswith(reverse("account_choose_factor"))


def test_the_name_is_asked_where_nobody_wrote_one() -> None:
    sent = given.invitation(RoleName.OBSERVER, given.group(), name="")
    browser = Client()

    missing = browser.post(link(sent), {"name": " "})
    assert missing.status_code == 422
    assert Role.objects.filter(person__user=sent.user).count() == 0

    browser.post(link(sent), {"name": "Лавандина Вера"})
    assert name_of(given.role_of(sent.user).person) == "Лавандина Вера"


def test_the_name_is_not_asked_again_of_somebody_known() -> None:
    body = given.body()
    user = given.officer(RoleName.OBSERVER, given.group(body))
    sent = given.invitation(RoleName.OBSERVER, given.group(body), email=user.email, name="")

    assert 'name="name"' not in text(Client().get(link(sent)))


def test_who_has_a_second_factor_signs_in_before_accepting() -> None:
    user = accounts.officer_with_app()
    sent = given.invitation(RoleName.OBSERVER, given.group(), email=user.email)
    browser = Client()

    page, pressed = browser.get(link(sent)), browser.post(link(sent))

    assert f"{reverse('account_login')}?next={quote(link(sent))}" in text(page)
    assert pressed.status_code == 200
    assert not accounts.is_signed_in(browser)
    assert not Role.objects.filter(person__user=user).exists()
    assert given.browser_of(user).post(link(sent)).status_code == 302
    assert given.role_of(user).role == "observer"


def test_who_is_signed_in_as_somebody_else_is_told_so() -> None:
    group = given.group()
    sent = given.invitation(RoleName.OBSERVER, group)
    somebody = given.browser_of(given.officer(RoleName.OBSERVER, group))

    page, pressed = somebody.get(link(sent)), somebody.post(link(sent))

    assert (page.status_code, pressed.status_code) == (403, 403)
    assert reverse("account_logout") in text(page)
    assert not Role.objects.filter(person__user=sent.user).exists()


def test_a_link_nobody_sent_leads_nowhere() -> None:
    sent = given.invitation(RoleName.OBSERVER, given.group())
    right = link(sent)
    Invitation.objects.filter(pk=sent.pk).update(nonce="another")

    for wrong in (right, right[:-3] + "/", reverse("invitation", args=["nonsense"])):
        for answer in (Client().get(wrong), Client().post(wrong)):
            assert answer.status_code == 404
            assert "Клёнова" not in text(answer)


def test_a_used_and_a_withdrawn_link_say_so() -> None:
    group = given.group()
    used, withdrawn = (given.invitation(RoleName.OBSERVER, group) for _ in range(2))
    given.accepted(used)
    actions.withdraw_invitation(withdrawn.pk, actor=given.organiser_of(group), at=given.AT)

    answers = [
        method(link(each)) for each in (used, withdrawn) for method in (Client().get, Client().post)
    ]

    assert [answer.status_code for answer in answers] == [410] * 4
    assert len({text(answer) for answer in answers[::2]}) == 2


def test_an_expired_link_says_so() -> None:
    sent = given.invitation(RoleName.OBSERVER, given.group())
    Invitation.objects.filter(pk=sent.pk).update(expires_at=given.AT)

    assert Client().get(link(sent)).status_code == 410


# The forms in the office


def filled(**changes: str) -> dict[str, str]:
    return {
        "email": "new@example.org",
        "name": "Морошкина Жанар",
        "organisation": "Ассоциация",
        "language": "kk",
        "made_by": "Общее собрание",
        "made_on_0": "1",
        "made_on_1": "8",
        "made_on_2": "2024",
        "number": "3",
        **changes,
    }


def test_the_form_sends_an_invitation() -> None:
    group = given.group()
    browser = given.browser_of(given.organiser_of(group))

    answer = browser.post(reverse("people_invite"), filled(to=f"observer:{group.slug}"))

    assert (answer.status_code, answer["Location"]) == (302, reverse("people"))
    sent = Invitation.objects.latest("pk")
    assert (sent.role, sent.group, sent.user.language) == ("observer", group, "kk")
    assert (sent.decision.made_on, sent.decision.number) == (date(2024, 8, 1), "3")


def test_the_form_offers_only_roles_that_its_reader_gives() -> None:
    body = given.body()
    group, next_door = given.group(body), given.group(body)
    organiser = given.browser_of(given.organiser_of(group))
    secretariat = given.browser_of(given.secretariat(body))

    offered = text(organiser.get(reverse("people_invite")))
    assert f"observer:{group.slug}" in offered
    assert "secretariat" not in offered
    assert next_door.slug not in offered
    of_body = text(secretariat.get(reverse("people_invite")))
    assert '<option value="partner">партнёр</option>' in of_body
    assert f'value="organiser:{next_door.slug}"' in of_body
    assert "commissioner:" not in of_body
    forged = organiser.post(reverse("people_invite"), filled(to="secretariat"))
    assert forged.status_code == 422


def test_a_mistake_keeps_what_was_typed_and_stands_beside_its_field() -> None:
    group = given.group()
    observer = given.officer(RoleName.OBSERVER, group)
    browser = given.browser_of(given.organiser_of(group))
    typed = filled(to=f"commissioner:{group.slug}", email=observer.email)

    answer = browser.post(reverse("people_invite"), typed)
    page = text(answer)

    assert answer.status_code == 422
    assert "Морошкина Жанар" in page
    assert "8.06" in page.split('id="id_email_error"')[1].split("</div>")[0]
    assert not Invitation.objects.filter(role="commissioner", group=group).exists()


def test_the_form_hands_a_role_over() -> None:
    group = given.group()
    old = given.role_of(given.organiser_of(group))
    browser = given.browser_of(given.secretariat(group.body))

    answer = browser.post(reverse("role_hand_over", args=[old.pk]), filled())

    assert answer.status_code == 302
    assert Invitation.objects.latest("pk").replaces == old


def test_the_form_takes_an_invitation_back() -> None:
    group = given.group()
    sent = given.invitation(RoleName.OBSERVER, group)
    browser = given.browser_of(given.organiser_of(group))
    where = reverse("invitation_withdraw", args=[sent.pk])

    assert browser.get(where).status_code == 200
    sent.refresh_from_db()
    assert sent.withdrawn_at is None
    assert browser.post(where).status_code == 302
    sent.refresh_from_db()
    assert sent.withdrawn_at == given.AT
    assert browser.get(where).status_code == 404
