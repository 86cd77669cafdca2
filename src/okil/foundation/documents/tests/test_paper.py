"""The public pages that check a paper."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from okil.foundation.documents.codes import shown_code
from okil.foundation.documents.tests import given

UNKNOWN = "/ru/verify/paper/000000000000/"


@pytest.fixture(autouse=True)
def _no_limit_reached_before(db: None) -> None:
    cache.clear()


def test_a_paper_shows_its_kind_day_version_and_commitment(client: Client) -> None:
    issued = given.protocol()

    page = client.get(f"/ru/verify/paper/{issued.code}/")
    said = page.content.decode()

    assert page.status_code == 200
    for shown in ("1/2024", "7\xa0сентября 2024\xa0года", issued.commitment, issued.code_shown):
        assert shown in said
    assert "mark ok" in said


def test_it_tells_nothing_about_the_group_or_a_person(client: Client) -> None:
    issued = given.protocol()
    given.protocol(reason={"ru": "уточнено для Самал"})

    said = client.get(f"/ru/verify/paper/{issued.code}/").content.decode()

    for name in ("Самал", given.NAME, given.PSEUDONYM, "Клюквина", "election-12"):
        assert name not in said


def test_a_replaced_paper_names_the_one_that_stands_now(client: Client) -> None:
    issued = given.protocol()
    given.protocol(subject=given.subject("other"))
    given.protocol()
    given.protocol(at=given.AT + timedelta(days=40))

    said = client.get(f"/en/verify/paper/{issued.code}/").content.decode()

    assert "mark warn" in said
    assert "What stands now is version 3: No. 4/2024, 17\xa0October 2024." in said


def test_the_link_on_the_paper_leads_here_in_the_readers_language(client: Client) -> None:
    issued = given.protocol()

    page = client.get(f"/verify/paper/{issued.code}/", headers={"Accept-Language": "kk"})

    assert page.status_code == 302
    assert page.headers["Location"] == f"/kk/verify/paper/{issued.code}/"


def test_a_typed_code_is_understood(client: Client) -> None:
    issued = given.protocol()
    typed = shown_code(issued.code).lower().replace("0", "o").replace("1", "l")

    page = client.get("/ru/verify/paper/", {"code": f" {typed} "})

    assert page.status_code == 302
    assert page.headers["Location"] == f"/ru/verify/paper/{issued.code}/"


def test_a_code_typed_into_the_address_is_understood_too(client: Client) -> None:
    issued = given.protocol()

    page = client.get(f"/ru/verify/paper/{issued.code_shown.lower()}/")

    assert page.headers["Location"] == f"/ru/verify/paper/{issued.code}/"


def test_what_is_no_code_is_said_beside_the_field(client: Client) -> None:
    page = client.get("/en/verify/paper/", {"code": "K7F4"})

    assert page.status_code == 422
    assert "12 letters and digits" in page.content.decode()
    assert 'value="K7F4"' in page.content.decode()


@pytest.mark.parametrize("code", ["000000000000", "nonsense", "K7F4E2ACMN30"])
def test_an_unknown_code_is_said_plainly(client: Client, code: str) -> None:
    page = client.get(f"/en/verify/paper/{code}/")

    assert page.status_code == 404
    assert "No paper with this code was issued here" in page.content.decode()


def test_guessing_ends_and_a_right_code_still_works(client: Client) -> None:
    issued = given.protocol()

    answers = [client.get(UNKNOWN).status_code for _ in range(61)]

    assert answers == [404] * 60 + [429]
    assert client.get(f"/ru/verify/paper/{issued.code}/").status_code == 200


def test_the_page_is_light(client: Client) -> None:
    issued = given.protocol()

    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/ru/verify/paper/{issued.code}/")

    assert len(queries) <= 12
    assert len(page.content) < 100_000
    assert not page.cookies
