"""What stands behind the link of an invitation, and the forms of the office that send one."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from okil.areas.bodies.actions import people as actions
from okil.areas.bodies.models import Invitation, Role, RoleName
from okil.areas.bodies.notices import invitation_address
from okil.areas.bodies.tests import given
from okil.areas.bodies.tests.seen import Journal, text
from okil.foundation.accounts.tests import given as accounts

pytestmark = pytest.mark.django_db


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
    assert given.name_of(given.role_of(sent.user).person) == "Лавандина Вера"


def test_the_name_is_not_asked_again_of_somebody_known() -> None:
    body = given.body()
    user = given.officer(RoleName.OBSERVER, given.group(body))
    sent = given.invitation(RoleName.OBSERVER, given.group(body), email=user.email, name="")

    assert 'name="name"' not in text(Client().get(link(sent)))


def test_who_has_a_second_factor_signs_in_before_accepting() -> None:
    user = accounts.officer_with_app()
    sent = given.invitation(RoleName.OBSERVER, given.group(), email=user.email)
    browser, address = Client(), link(sent)  # a link made a second later is another link

    page, pressed = browser.get(address), browser.post(address)

    assert f"{reverse('account_login')}?next={quote(address)}" in text(page)
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
