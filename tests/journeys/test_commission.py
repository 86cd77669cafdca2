"""A member of the commission decides on a phone: opens, checks, keeps out of one, votes, concludes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.looks import serious_faults, sticks_out
from tests.journeys.persons import Clock
from tests.journeys.served import Served

pytestmark = pytest.mark.journey

PHONE = 360
MEMBER = "член Мандатной комиссии, Қадам"
OFFICE = "office/cycles/2024/groups/qadam/"
FOUND = "Письмо сообщества пришло, печать на месте."
REASON = {"ru": "Все условия выполнены.", "kk": "Барлық шарт орындалды."}
DECIDED_ON = {"ru": 1, "kk": 2}
NEAR = 3  # to whom the member is related


def goes(page: Page, language: str, path: str) -> Page:
    answer = page.goto(f"/{language}/{OFFICE}{path}")
    assert answer is not None
    assert answer.status == 200, page.url
    bears_a_look(page)
    return page


def bears_a_look(page: Page) -> None:
    assert page.locator("h1").count() == 1
    assert sticks_out(page) == 0, page.url
    assert serious_faults(page) == []


def sends(page: Page, button: Locator, *, status: int = 200) -> None:
    with page.expect_navigation() as gone:
        button.click()
    assert gone.value is not None
    assert gone.value.status == status, page.locator("main").inner_text()
    bears_a_look(page)


def act(page: Page, value: str) -> Locator:
    return page.locator(f"main button[name=act][value={value}]")


def votes(page: Page, language: str) -> None:
    page.locator("main [name=vote][value=admit]").check()
    page.locator("main [name=reason]").fill(REASON[language])
    sends(page, act(page, "vote"))


def close_the_lists(served: Served, visitor: Visitor) -> None:
    """On the evening after the end; once for both languages."""
    organiser = visitor(served, door="организатор, Қадам")
    clock = Clock()
    clock.pass_to(clock.calendar.at(9, 12, 19), organiser)
    organiser.goto(f"/ru/{OFFICE}lists/close/")
    with organiser.expect_navigation():
        organiser.locator("main form button.bad").click()
    expect(organiser.locator("main h1")).to_have_count(1)


@pytest.fixture(scope="module")
def closed() -> set[str]:
    """Whether the lists were closed already."""
    return set()


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_two_members_decide_and_one_keeps_out_of_somebody_near(
    demonstration: Served, visitor: Visitor, closed: set[str], language: str
) -> None:
    if not closed:
        close_the_lists(demonstration, visitor)
        closed.add("qadam")
    number = DECIDED_ON[language]
    first = visitor(demonstration, width=PHONE, door=MEMBER)
    second = visitor(demonstration, width=PHONE, door=MEMBER, number=1)

    goes(first, language, "candidates/")
    first.locator("main a[href$='candidates/queue/']").click()
    expect(first.locator("main #yours")).to_have_count(1)
    bears_a_look(first)

    # What is sealed is opened on the record; what was found is written for both.
    goes(first, language, f"candidates/{number}/")
    sends(first, act(first, "application"))
    expect(first.locator("main dl.facts").first).to_contain_text("+7 700" if number == 1 else "@")
    first.locator("main a[href$='checks/of_the_group/']").click()
    first.locator("main [name=state][value=asked]").check()
    first.locator("main [name=basis]").fill(FOUND)
    sends(first, first.locator("main .acts button"), status=422)
    expect(first.locator("main [name=basis]")).to_have_value(FOUND)
    first.locator("main [name=state][value=met]").check()
    sends(first, first.locator("main .acts button"))

    # Of somebody near the member keeps out, and may say that it was a mistake.
    goes(first, language, f"candidates/{NEAR}/")
    first.locator("main a[href$='relation/']").click()
    first.locator("main [name=kind][value=relative]").check()
    sends(first, first.locator("main .acts button"))
    expect(act(first, "vote")).to_have_count(0)
    expect(first.locator("main a[href*='/checks/']")).to_have_count(0)

    # Nobody sees the other's vote before their own.
    goes(first, language, f"candidates/{number}/")
    votes(first, language)
    goes(second, language, f"candidates/{number}/")
    sends(second, act(second, "notes"))
    expect(second.locator("main")).to_contain_text(FOUND)
    expect(second.locator("main")).not_to_contain_text(REASON[language])
    votes(second, language)
    sends(second, act(second, "reasons"))
    expect(second.locator("main")).to_contain_text(REASON[language])
    sends(second, act(second, "conclude"))
    expect(second.locator("main .lead .mark")).to_have_class("mark ok")

    # Of two, one is related: it is only to be written down that the group decides.
    goes(second, language, f"candidates/{NEAR}/")
    expect(act(second, "conclude")).to_have_count(1)
    goes(first, language, f"candidates/{NEAR}/")
    expect(act(first, "conclude")).to_have_count(0)
    first.locator("main a[href$='relation/mistake/']").click()
    sends(first, first.locator("main .acts button"))
    expect(act(first, "vote")).to_have_count(1)
