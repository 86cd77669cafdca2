from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from okil.foundation.accounts.tests import given


@pytest.fixture(autouse=True)
def _no_limit_reached_before(db: None) -> None:
    cache.clear()


def test_who_asks_too_often_is_told_so_kindly() -> None:
    answers = [_ask(Client(), "nobody-here@example.org") for _ in range(4)]

    assert [each.status_code for each in answers] == [302, 302, 302, 429]
    assert "429.html" in [each.name for each in answers[-1].templates]


def test_guessing_codes_of_an_app_ends_after_five(client: Client) -> None:
    client.force_login(given.officer_with_app())

    answers = [
        client.post(reverse("mfa_reauthenticate"), {"code": "000000"}).status_code for _ in range(6)
    ]

    assert answers == [422] * 5 + [429]


@pytest.mark.django_db(transaction=True)
def test_a_limit_holds_for_all_workers_together() -> None:
    def three_requests_of_a_worker(_: int) -> list[int]:
        try:
            return [_ask(Client(), "nobody-here@example.org").status_code for _ in range(3)]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        answers = [
            code for each in workers.map(three_requests_of_a_worker, range(2)) for code in each
        ]

    assert sorted(answers) == [302] * 3 + [429] * 3


def test_the_cache_holds_neither_addresses_nor_ip_addresses(client: Client) -> None:
    client.post(
        reverse("account_login"), {"email": "klyonova@example.org"}, REMOTE_ADDR="198.51.100.7"
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM okil_cache")
        kept = str(cursor.fetchall())

    assert len(kept) > 100
    assert "klyonova" not in kept
    assert "198.51" not in kept


def test_a_forged_header_does_not_make_a_new_visitor() -> None:
    """Without https there is no proxy in front, so nobody's X-Forwarded-For is believed."""
    answers = [
        Client()
        .post(
            reverse("account_login"),
            {"email": f"nobody-{number}@example.org"},
            headers={"X-Forwarded-For": f"198.51.100.{number}"},
        )
        .status_code
        for number in range(21)
    ]

    assert answers == [302] * 20 + [429]


def test_behind_the_proxy_only_the_address_it_saw_counts(
    client: Client, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    answers = [
        Client()
        .post(
            reverse("account_login"),
            {"email": f"nobody-{number}@example.org"},
            headers={"X-Forwarded-For": f"10.0.0.{number}, 198.51.100.7"},
        )
        .status_code
        for number in range(21)
    ]

    assert answers == [302] * 20 + [429]


def _ask(client: Client, address: str) -> Any:
    return client.post(reverse("account_login"), {"email": address})
