"""What anybody sees, in three languages, on a phone and on a desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.looks import MOST_BYTES, serious_faults, sticks_out, weight
from tests.journeys.served import Served

pytestmark = pytest.mark.journey

PAGES = (
    "",
    "cycles/2024/",
    "cycles/2024/plan/",
    "cycles/2024/groups/samal/",
    "cycles/2024/groups/qadam/",
    "cycles/2024/groups/auen/",
    "cycles/2024/groups/shugyla/",
    "who-sees-what/",
    "journal/",
    "glossary/",
    "sign-in/",
    "style/",
    "demonstration/",
    "no-such-page/",
)


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_is_light_narrow_and_readable(
    demonstration: Served, visitor: Visitor, language: str, path: str
) -> None:
    page = visitor(demonstration, width=360, language=language)

    assert weight(page, f"/{language}/{path}") <= MOST_BYTES
    expect(page.locator("h1")).to_have_count(1)
    assert page.locator("html").get_attribute("lang") == language
    assert sticks_out(page) == 0
    assert serious_faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_hold_in_light_and_dark(
    demonstration: Served, visitor: Visitor, scheme: str
) -> None:
    page = visitor(demonstration)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")

    for path in ("cycles/2024/", "cycles/2024/groups/qadam/", "style/"):
        page.goto(f"/ru/{path}")
        assert serious_faults(page) == []


def test_the_bare_address_speaks_the_browsers_language(
    demonstration: Served, visitor: Visitor
) -> None:
    page = visitor(demonstration, language="kk")

    page.goto("/cycles/2024/")

    assert page.url.endswith("/kk/cycles/2024/")


def test_a_language_is_changed_on_the_same_page(demonstration: Served, visitor: Visitor) -> None:
    page = visitor(demonstration)
    page.goto("/ru/cycles/2024/groups/samal/")

    page.get_by_role("link", name="Қазақша").click()

    page.wait_for_url("**/kk/cycles/2024/groups/samal/")


def test_ten_groups_stand_at_ten_states_in_the_order_of_the_kazakh_alphabet(
    demonstration: Served, visitor: Visitor
) -> None:
    page = visitor(demonstration)
    page.goto("/ru/cycles/2024/")

    names = page.locator("table.groups tbody th").all_inner_texts()
    states = page.locator("table.groups tbody td:nth-child(2)").all_inner_texts()

    assert names == [
        "Арна", "Әуен", "Бұлақ", "Көпір", "Қадам", "Өріс", "Самал", "Тірек", "Шұғыла", "Іргетас",
    ]  # fmt: skip
    assert len(set(states)) == 10


def test_the_doors_of_a_real_installation_do_not_exist(
    demonstration: Served, visitor: Visitor
) -> None:
    """Here they do; tests/journeys/test_real_installation.py looks where they must not."""
    page = visitor(demonstration)
    answer = page.goto("/ru/demonstration/")
    assert answer is not None
    assert answer.status == 200
