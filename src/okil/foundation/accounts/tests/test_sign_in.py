from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from pytest_django import Settings

from okil.foundation.accounts import reset_second_factors
from okil.foundation.accounts.models import Session
from okil.foundation.accounts.tests import given
from okil.foundation.notifications.tests.smtp_sink import Sink, part

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _russian_addresses() -> None:
    translation.activate("ru")


def test_the_code_comes_at_once_in_both_parts_and_the_language_of_the_person(
    client: Client, smtp_sink: Sink
) -> None:
    user = given.officer("kk")

    given.ask_for_code(client, user.email)

    letter = smtp_sink.wait_for(1)
    code = given.code_in(part(letter, "plain"))
    assert letter["To"] == user.email
    assert letter["Content-Language"] == "kk"
    assert '<html lang="kk">' in part(letter, "html")
    assert code in part(letter, "html")


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_subject_says_nothing_about_elections(
    client: Client, smtp_sink: Sink, language: str
) -> None:
    given.ask_for_code(client, given.officer(language).email)

    with translation.override(language):
        assert smtp_sink.wait_for(1)["Subject"] == translation.gettext("Sign-in code")


def test_the_code_and_then_the_app_open_the_door(client: Client, smtp_sink: Sink) -> None:
    user = given.officer_with_app()
    given.ask_for_code(client, user.email)
    code = given.code_in(part(smtp_sink.wait_for(1), "plain"))

    after_code = client.post(reverse("account_confirm_login_code"), {"code": code})
    signed_in_by_code_alone = given.is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": given.app_code(user)})

    assert after_code["Location"] == reverse("mfa_authenticate")
    assert not signed_in_by_code_alone
    assert client.get(reverse("account_security")).status_code == 200


def test_who_has_no_second_factor_sets_one_up_before_anything_else(
    client: Client, smtp_sink: Sink
) -> None:
    user = given.officer()
    given.ask_for_code(client, user.email)
    code = given.code_in(part(smtp_sink.wait_for(1), "plain"))
    client.post(reverse("account_confirm_login_code"), {"code": code})
    page = reverse("account_security")

    led_to = client.get(page)["Location"]
    assert led_to == f"{reverse('account_choose_factor')}?next={page.replace('/', '%2F')}"
    setting_up = client.get(reverse("mfa_activate_totp"), {"next": page})
    secret = "".join(setting_up.context["secret_groups"])
    done = client.post(reverse("mfa_activate_totp"), {"code": given.code_for(secret), "next": page})

    assert done["Location"] == page
    assert client.get(page).status_code == 200
    assert "<svg" in setting_up.content.decode()
    assert " ".join(setting_up.context["secret_groups"]) in setting_up.content.decode()


def test_the_secret_of_an_app_is_not_kept_readable(client: Client) -> None:
    user = given.officer()
    client.force_login(user)
    secret = "".join(client.get(reverse("mfa_activate_totp")).context["secret_groups"])

    client.post(reverse("mfa_activate_totp"), {"code": given.code_for(secret)})

    assert secret not in str(Authenticator.objects.get(user=user).data)


def test_a_code_of_the_app_works_once_even_while_it_is_still_good(client: Client) -> None:
    user = given.officer_with_app()
    code = given.app_code(user, steps=1)
    browser = Client()
    browser.force_login(user)

    first = browser.post(reverse("mfa_reauthenticate"), {"code": code})
    again = browser.post(reverse("mfa_reauthenticate"), {"code": code})

    assert (first.status_code, again.status_code) == (302, 422)


def test_a_stranger_sees_what_an_officer_sees(client: Client, smtp_sink: Sink) -> None:
    answers = []
    for address in (given.officer().email, "nobody-here@example.org"):
        visitor = Client()
        asked = visitor.post(reverse("account_login"), {"email": address})
        shown = visitor.get(asked["Location"])
        wrong = visitor.post(asked["Location"], {"code": "0000-0000"})
        answers.append(
            [
                (asked.status_code, asked["Location"], sorted(asked.cookies)),
                *((page.status_code, _page_without(page, address)) for page in (shown, wrong)),
            ]
        )

    assert answers[0] == answers[1]


def test_no_letter_goes_to_an_address_nobody_has(client: Client, smtp_sink: Sink) -> None:
    given.ask_for_code(client, "nobody-here@example.org")
    given.ask_for_code(Client(), given.officer().email)

    smtp_sink.wait_for(1)
    assert len(smtp_sink.letters) == 1


def test_a_mail_server_that_is_down_tells_nothing_either(
    client: Client, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "okil.foundation.notifications.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = 9  # where nobody listens

    answer = client.post(reverse("account_login"), {"email": given.officer().email})

    assert answer["Location"] == reverse("account_confirm_login_code")


def test_three_wrong_codes_end_the_attempt(client: Client, smtp_sink: Sink) -> None:
    given.ask_for_code(client, given.officer().email)
    confirm = reverse("account_confirm_login_code")

    answers = [client.post(confirm, {"code": "0000-0000"}).status_code for _ in range(3)]

    assert answers == [422, 422, 302]
    assert client.get(confirm)["Location"] == reverse("account_login")


def test_a_code_that_is_too_old_is_answered_with_the_way_to_a_new_one(
    client: Client, smtp_sink: Sink, settings: Settings
) -> None:
    given.ask_for_code(client, given.officer().email)
    code = given.code_in(part(smtp_sink.wait_for(1), "plain"))
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 0

    answer = client.post(reverse("account_confirm_login_code"), {"code": code}, follow=True)

    assert answer.redirect_chain == [(reverse("account_login"), 302)]
    assert 'role="alert"' in answer.content.decode()
    assert not given.is_signed_in(client)


def test_another_code_can_be_asked_for(client: Client, smtp_sink: Sink) -> None:
    user = given.officer_with_app()
    given.ask_for_code(client, user.email)

    client.post(reverse("account_confirm_login_code"), {"action": "resend"})

    code = given.code_in(part(smtp_sink.wait_for(2), "plain"))
    answer = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert answer["Location"] == reverse("mfa_authenticate")


def test_the_address_somebody_typed_is_not_readable_in_the_database(client: Client) -> None:
    given.ask_for_code(client, "klyonova@example.org")

    kept = Session.objects.get()
    assert client.session["account_login"]["email"] == "klyonova@example.org"
    assert "klyonova" not in kept.session_data
    assert client.session.session_key != kept.session_key


def test_a_person_whose_factor_was_reset_while_asked_for_it_begins_anew(
    client: Client, smtp_sink: Sink
) -> None:
    user = given.officer_with_app()
    given.ask_for_code(client, user.email)
    code = given.code_in(part(smtp_sink.wait_for(1), "plain"))
    client.post(reverse("account_confirm_login_code"), {"code": code})

    reset_second_factors(user)

    led_to = client.get(reverse("mfa_authenticate"))["Location"]
    assert client.get(led_to).status_code == 200


def test_an_officer_is_led_on_in_their_own_language(client: Client, smtp_sink: Sink) -> None:
    given.ask_for_code(client, given.officer("kk").email)
    code = given.code_in(part(smtp_sink.wait_for(1), "plain"))

    answer = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert answer["Location"].startswith("/kk/")
    assert answer.cookies["django_language"].value == "kk"


def test_nobody_can_sign_up() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def _page_without(page: object, address: str) -> str:
    text = page.content.decode().replace(address, "")  # type: ignore[attr-defined]  # a test response
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)
