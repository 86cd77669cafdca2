"""What anybody sees, in three languages, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import URLResolver, get_resolver, resolve
from django.utils.translation import override
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.looks import MOST_BYTES, serious_faults, sticks_out, weight
from tests.journeys.served import Served

pytestmark = pytest.mark.journey

MISSING = "no-such-page/"
SAMAL = "cycles/2024/groups/samal/"
PAGES = (
    "",
    "cycles/2024/",
    "cycles/2024/plan/",
    "cycles/2024/announcement/",
    "cycles/2024/results/",
    "cycles/2024/groups/irgetas/",  # concluded
    "cycles/2024/groups/irgetas/results/",
    SAMAL,  # published, with somebody who declined
    SAMAL + "results/",
    SAMAL + "protocol/",
    SAMAL + "notices/",
    SAMAL + "regulation/",
    SAMAL + "complaint/",
    SAMAL + "complaints/",
    SAMAL + "complaints/1/",
    "cycles/2024/groups/bulaq/",  # candidates, before a vote under way
    "cycles/2024/groups/qadam/",
    "cycles/2024/groups/qadam/register/",
    "cycles/2024/groups/qadam/apply/",
    "cycles/2024/groups/qadam/nominate/",
    "cycles/2024/groups/qadam/questions/",
    "cycles/2024/groups/bulaq/candidates/questions/",
    "nomination/",
    "verify/",
    "verify/ballot/",
    "cycles/2024/groups/shugyla/register/",  # not open yet
    SAMAL + "register/",  # over
    "my/",
    "cycles/2024/groups/auen/",
    "cycles/2024/groups/shugyla/",
    "cycles/2024/groups/shugyla/regulation/",  # with its gaps
    "verify/paper/",
    "who-sees-what/",
    "journal/",
    "glossary/",
    "sign-in/",
    "style/",
    "demonstration/",
    MISSING,
)
# Addresses for everybody that are no page to look at, or that have journeys of their own.
OTHERS = {
    "healthz",
    "booth",  # test_booth.py
    "booth_open",
    "booth_cast",
    "group_board",  # test_board.py
    "group_board_archive",
    "group_board_file",
    "group_board_of",
    "candidate_photo",
    "demonstration_enter",
    "demonstration_next_day",
    "plan_ics",
    "plan_json",
    "plan_xlsx",
    "plan_pdf",
    "group_plan_ics",
    "group_numbers",
    "announcement_paper",
    "notice_paper",
    "public_paper",
    "public_protocol_file",
    "public_regulation_paper",
    "cycle_results_paper",
    "paper",  # test_the_page_that_checks_a_paper below
    "invitation",
}


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_is_light_narrow_and_readable(
    demonstration: Served, visitor: Visitor, language: str, path: str
) -> None:
    page = visitor(demonstration, width=360, language=language)
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(answer.status))

    _is_light_narrow_and_readable(page, f"/{language}/{path}", language)
    assert answers[0] == (404 if path == MISSING else 200)


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_page_that_checks_a_paper_is_light_narrow_and_readable(
    demonstration: Served, visitor: Visitor, language: str
) -> None:
    page = visitor(demonstration, width=360, language=language)
    page.goto(f"/{language}/{SAMAL}results/")
    checked = page.locator("main a[href*='/verify/paper/']").first.get_attribute("href")

    assert checked is not None
    assert checked != f"/{language}/verify/paper/"
    _is_light_narrow_and_readable(page, checked, language)


def _is_light_narrow_and_readable(page: Page, address: str, language: str) -> None:
    assert weight(page, address) <= MOST_BYTES
    expect(page.locator("h1")).to_have_count(1)
    assert page.locator("html").get_attribute("lang") == language
    assert sticks_out(page) == 0
    assert serious_faults(page) == []


def test_every_page_for_everybody_is_looked_at() -> None:
    """The rest asks for a sign-in: the office, and one's own account."""
    looked_at = {resolve(f"/ru/{path}").url_name for path in PAGES if path != MISSING}
    with override("ru"):
        known = dict(_addresses(get_resolver()))
    behind_a_door = ("ru/office/", "ru/account/", "ru/sign-in/")

    for_everybody = {name for name, at in known.items() if not at.startswith(behind_a_door)}

    assert for_everybody - looked_at <= OTHERS
    assert not looked_at & OTHERS


def _addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str]]:
    for each in resolver.url_patterns:
        at = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _addresses(each, at)
        elif each.name:
            yield each.name, at


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

    page.get_by_role("link", name="Қаз (Қазақша)").click()

    page.wait_for_url("**/kk/cycles/2024/groups/samal/")


def test_the_groups_stand_at_ten_states_or_more_in_the_order_of_the_kazakh_alphabet(
    demonstration: Served, visitor: Visitor
) -> None:
    page = visitor(demonstration)
    page.goto("/ru/cycles/2024/")

    names = page.locator("table.groups tbody th").all_inner_texts()
    states = page.locator("table.groups tbody td:nth-child(2)").all_inner_texts()

    assert names == [
        "Арна", "Әуен", "Бұлақ", "Жайлау", "Көпір", "Қадам", "Өріс", "Самал", "Тірек", "Шұғыла",
        "Іргетас",
    ]  # fmt: skip
    assert len(set(states)) >= 10


def test_the_doors_of_a_real_installation_do_not_exist(
    demonstration: Served, visitor: Visitor
) -> None:
    """Here they do; tests/journeys/test_real_installation.py looks where they must not."""
    page = visitor(demonstration)
    answer = page.goto("/ru/demonstration/")
    assert answer is not None
    assert answer.status == 200
