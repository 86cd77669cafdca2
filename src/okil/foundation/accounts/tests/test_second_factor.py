from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from okil.foundation.accounts import reset_second_factors
from okil.foundation.accounts.models import User
from okil.foundation.accounts.tests import given
from okil.foundation.accounts.tests.soft_passkey import SoftPasskey
from okil.foundation.audit import history_of
from okil.foundation.notifications.tests.smtp_sink import Sink, part

pytestmark = pytest.mark.django_db


def test_without_the_second_factor_pages_of_officers_stay_closed(client: Client) -> None:
    client.force_login(given.officer())

    assert client.get(reverse("account_security"))["Location"].startswith(
        reverse("account_choose_factor")
    )


def test_a_session_from_before_the_factor_was_set_up_has_to_show_it(client: Client) -> None:
    client.force_login(given.officer_with_app())

    assert client.get(reverse("account_security"))["Location"].startswith(
        reverse("mfa_reauthenticate")
    )


def test_a_stranger_is_led_to_the_door(client: Client) -> None:
    assert client.get(reverse("account_security"))["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("typed_on", "back"),
    [
        ("http://testserver/ru/account/phrase/?a=1", "/ru/account/phrase/"),
        ("http://elsewhere.example/ru/account/phrase/", "/ru/account/"),
        ("//elsewhere.example/", "/ru/account/"),
        ("javascript:alert(1)", "/ru/account/"),
        ("http://testserver", "/ru/account/"),
        ("", "/ru/account/"),
    ],
)
def test_whose_session_ended_while_typing_comes_back_to_the_page(
    client: Client, typed_on: str, back: str
) -> None:
    answer = client.post(reverse("account_security"), headers={"Referer": typed_on})

    assert answer["Location"] == f"{reverse('account_login')}?next={back}"


def test_the_only_factor_cannot_be_removed_and_the_page_says_why() -> None:
    user = given.officer_with_app()
    browser = given.browser_of(user)

    page = browser.get(reverse("mfa_deactivate_totp"))
    answer = browser.post(reverse("mfa_deactivate_totp"))

    assert page.context["is_only_one"]
    assert "<form" not in _main(page.content.decode())
    assert answer.status_code == 422
    assert Authenticator.objects.filter(user=user).exists()


def test_the_only_passkey_cannot_be_removed() -> None:
    user = given.officer()
    browser = given.browser_of(user)
    SoftPasskey().set_up(browser)
    passkey = Authenticator.objects.get(user=user)

    answer = browser.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))

    assert answer.status_code == 422
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_one_of_two_factors_can_be_removed_and_both_acts_are_in_the_journal() -> None:
    user = given.officer_with_app()
    browser = given.browser_of(user)
    SoftPasskey().set_up(browser)

    answer = browser.post(reverse("mfa_deactivate_totp"))

    assert answer["Location"] == reverse("account_security")
    assert [each.type for each in Authenticator.objects.filter(user=user)] == ["webauthn"]
    assert [(each.event, each.after) for each in history_of(user)] == [
        ("second_factor.added", {"kind": "webauthn"}),
        ("second_factor.removed", {"kind": "totp"}),
    ]


def test_nobody_removes_somebody_elses_passkey() -> None:
    owner = given.officer()
    SoftPasskey().set_up(given.browser_of(owner))
    passkey = Authenticator.objects.get(user=owner)

    answer = given.browser_of(given.officer()).post(
        reverse("mfa_remove_webauthn", args=[passkey.pk])
    )

    assert answer.status_code == 404


def test_another_factor_is_added_only_after_showing_one_again(client: Client) -> None:
    user = given.officer_with_app()
    client.force_login(user)

    led_to = client.get(reverse("mfa_add_webauthn"))["Location"]
    client.post(led_to, {"code": given.app_code(user)})

    assert led_to.startswith(reverse("mfa_reauthenticate"))
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200


def test_the_page_of_a_passkey_gives_the_browser_what_it_needs(client: Client) -> None:
    client.force_login(given.officer())

    page = client.get(reverse("mfa_add_webauthn"), headers={"Host": "localhost:8000"})

    options = json.loads(json.dumps(page.context["js_data"]["creation_options"], default=str))
    assert options["publicKey"]["rp"]["id"] == "localhost"
    assert options["publicKey"]["challenge"]
    html = page.content.decode()
    assert '<script id="passkey-data" type="application/json">' in html
    assert "mfa/js/webauthn.js" in html


def test_no_page_of_a_passkey_has_a_script_that_our_policy_forbids(client: Client) -> None:
    client.force_login(given.officer())

    html = client.get(reverse("mfa_add_webauthn")).content.decode()

    scripts = [part.split(">")[0] for part in html.split("<script")[1:]]
    assert all("src=" in each or 'type="application/json"' in each for each in scripts)
    assert "style=" not in html


def test_at_an_address_of_numbers_the_page_names_the_one_that_works(client: Client) -> None:
    client.force_login(given.officer())

    page = client.get(reverse("mfa_add_webauthn"), headers={"Host": "127.0.0.1:8000"})

    assert f"http://localhost:8000{reverse('mfa_add_webauthn')}" in page.content.decode()


def test_a_passkey_is_set_up_and_keeps_two_words_about_its_device(client: Client) -> None:
    user = given.officer()
    client.force_login(user)

    SoftPasskey().set_up(client, agent="Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile")

    assert Authenticator.objects.get(user=user).wrap().name == "Chrome, Android"
    assert client.get(reverse("account_security")).status_code == 200


def test_a_passkey_opens_the_door_after_the_code(client: Client, smtp_sink: Sink) -> None:
    user = given.officer()
    passkey = SoftPasskey()
    passkey.set_up(given.browser_of(user))
    given.ask_for_code(client, user.email)
    code = given.code_in(part(smtp_sink.wait_for(1), "plain"))
    client.post(reverse("account_confirm_login_code"), {"code": code})

    strangers = SoftPasskey().show(client, reverse("mfa_authenticate"))
    shown = passkey.show(client, reverse("mfa_authenticate"))

    assert (strangers, shown) == (422, 302)
    assert client.get(reverse("account_security")).status_code == 200


def test_a_passkey_is_shown_again_before_another_factor_is_added(client: Client) -> None:
    user = given.officer()
    passkey = SoftPasskey()
    passkey.set_up(given.browser_of(user))
    client.force_login(user)

    led_to = client.get(reverse("mfa_activate_totp"))["Location"]
    strangers = SoftPasskey().show(client, led_to)
    shown = passkey.show(client, led_to)

    assert (strangers, shown) == (422, 302)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_a_passkey_that_does_not_fit_is_refused(client: Client) -> None:
    user = given.officer()
    client.force_login(user)
    client.get(reverse("mfa_add_webauthn"))

    answer = client.post(reverse("mfa_add_webauthn"), {"credential": "{}"})

    assert answer.status_code == 422
    assert not Authenticator.objects.filter(user=user).exists()


def test_a_reset_forgets_every_factor() -> None:
    user = given.officer_with_app()

    reset_second_factors(user)

    assert not Authenticator.objects.filter(user=user).exists()


def test_an_account_tells_no_address_in_a_log() -> None:
    user = given.officer()

    assert user.email not in f"{user} {user!r}"


def test_the_language_of_letters_and_pages_is_the_persons_choice() -> None:
    user = given.officer("ru")
    browser = given.browser_of(user)

    answer = browser.post(reverse("account_language"), {"language": "kk"})

    assert answer["Location"].startswith("/kk/")
    assert User.objects.get(pk=user.pk).language == "kk"


def _main(html: str) -> str:
    return html.split("<main")[1].split("</main>")[0]
