from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from okil.foundation.accounts.tests import given

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("okil.foundation.accounts.tests.doors"),
]


def test_a_link_stands_for_the_code_but_not_for_the_second_factor(client: Client) -> None:
    user = given.officer_with_app()

    led_to = client.post(reverse("by_link", args=[user.pk]))["Location"]
    signed_in_by_link_alone = given.is_signed_in(client)
    after = client.post(led_to, {"code": given.app_code(user)})

    assert led_to == reverse("mfa_authenticate")
    assert not signed_in_by_link_alone
    assert after["Location"] == reverse("office")
    assert client.get(reverse("office")).content == str(user.pk).encode()


def test_who_comes_by_a_link_without_a_second_factor_sets_one_up(client: Client) -> None:
    user = given.officer()

    client.post(reverse("by_link", args=[user.pk]))

    led_to = client.get(reverse("office"))["Location"]
    assert led_to.startswith(reverse("account_choose_factor"))


def test_a_link_for_somebody_else_signs_the_first_one_out(client: Client) -> None:
    first, second = given.officer(), given.officer_with_app()
    client.post(reverse("by_demonstration", args=[first.pk]))

    client.post(reverse("by_link", args=[second.pk]))
    client.post(reverse("mfa_authenticate"), {"code": given.app_code(second)})

    assert client.get(reverse("office")).content == str(second.pk).encode()


def test_a_link_for_who_is_signed_in_leads_on(client: Client) -> None:
    user = given.officer_with_app()
    client.post(reverse("by_demonstration", args=[user.pk]))

    assert client.post(reverse("by_link", args=[user.pk]))["Location"] == reverse("office")


def test_a_door_of_the_demonstration_opens_the_office(client: Client) -> None:
    user = given.officer()

    client.post(reverse("by_demonstration", args=[user.pk]))

    assert client.get(reverse("office")).content == str(user.pk).encode()


def test_a_second_factor_of_one_person_is_none_of_another(client: Client) -> None:
    first, second = given.officer(), given.officer()
    client.post(reverse("by_demonstration", args=[first.pk]))

    client.force_login(second)

    assert client.get(reverse("office")).status_code == 302
