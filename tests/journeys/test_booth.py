"""A vote in a real browser: on a narrow phone, in two languages, over a line that tears."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect
from pytest_django.live_server_helper import LiveServer

from okil.areas.elections.models import WaitingBallot
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import voting
from okil.areas.elections.tests.given.voting import Vote
from okil.foundation.audit.tests.emptying import _journal_may_be_emptied
from okil.foundation.web.clock import clock
from okil.pure.ballots.credentials import shown_code
from okil.pure.rules.tickets import shown_ticket
from tests.journeys.looks import serious_faults, sticks_out

__all__ = ["_journal_may_be_emptied"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _questions_beside_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser's driver has an event loop in this thread; our questions do not run in it."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def vote(_questions_beside_a_browser: None, transactional_db: None) -> Iterator[Vote]:
    usual = clock._source
    given.it_is(voting.AT)
    yield voting.online()
    clock.set_source(usual)


@pytest.fixture
def phone(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    address = live_server.url.replace(
        "127.0.0.1", "localhost"
    )  # WebCrypto wants https or localhost
    context = chromium.new_context(base_url=address, viewport={"width": 360, "height": 740})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def code_of(place: int) -> str:
    return shown_code(voting.ceremony().codes[place])


def come(page: Page, vote: Vote, place: int, language: str = "ru") -> None:
    page.goto(f"/{language}/booth/#{shown_ticket(vote.tickets[place])}")
    expect(page.locator("#at-code")).to_be_visible()


def type_code(page: Page, code: str) -> None:
    page.locator("#code").fill(code)
    page.locator("#code-form button").click()


def choose(page: Page, place: int) -> None:
    page.locator(".pick").nth(place).click()
    page.locator("#choose-form button").click()
    expect(page.locator("#at-review")).to_be_visible()


def accepted(page: Page) -> None:
    expect(page.locator("#at-done")).to_be_visible(timeout=30_000)


def test_a_vote_on_a_phone_in_two_languages_over_a_line_that_tears(vote: Vote, phone: Page) -> None:
    sent: list[Request] = []
    phone.on("request", lambda request: sent.append(request))
    bodies: list[str] = []

    def torn_once(route: Route) -> None:
        bodies.append(route.request.post_data or "")
        if len(bodies) == 1:
            route.abort()
        else:
            route.continue_()

    phone.route("**/booth/cast/", torn_once)
    come(phone, vote, 0)
    assert "#" not in phone.url
    expect(phone.locator("#heading")).to_be_focused()

    code = code_of(0)
    type_code(phone, code[:-1] + ("2" if code[-1] != "2" else "3"))
    expect(phone.locator("#code-error")).not_to_be_empty()
    type_code(phone, code)
    phone.locator(".pick").nth(1).click()
    phone.locator("[data-language=kk]").click()
    assert phone.locator("html").get_attribute("lang") == "kk"
    expect(phone.locator(".pick input").nth(1)).to_be_checked()
    assert (sticks_out(phone), serious_faults(phone)) == (0, [])
    phone.locator("#choose-form button").click()
    phone.locator("#send").click()
    accepted(phone)

    assert len(bodies) == 2
    assert bodies[0] == bodies[1]
    assert set(json.loads(bodies[0])) == {"ticket", "ballot", "language"}
    assert WaitingBallot.objects.count() == 1
    assert (sticks_out(phone), serious_faults(phone)) == (0, [])
    traffic = "\n".join(f"{each.url} {each.post_data or ''}" for each in sent)
    assert code not in traffic
    assert code.replace("-", "")[:22] not in traffic
    assert not [each.url for each in sent if vote.tickets[0][:4] in each.url.split("#")[0]]

    phone.locator("#finish").click()
    kept = phone.evaluate("[sessionStorage.length, localStorage.length, document.cookie]")
    assert kept == [0, 0, ""]
    assert phone.context.cookies() == []
    assert code not in phone.content()
    assert phone.locator("#tracker").text_content() == ""


def test_who_votes_again_by_keyboard_alone_is_told_and_has_two_ballots(
    vote: Vote, phone: Page
) -> None:
    come(phone, vote, 0)
    type_code(phone, code_of(0))
    choose(phone, 0)
    phone.locator("#send").click()
    accepted(phone)

    phone.goto("about:blank")
    come(phone, vote, 0)
    expect(phone.locator("#used")).to_be_visible()
    phone.keyboard.press("Tab")
    expect(phone.locator("#code")).to_be_focused()
    phone.keyboard.type(code_of(0))
    phone.keyboard.press("Enter")
    expect(phone.locator("#heading")).to_be_focused()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Space")
    phone.keyboard.press("Enter")
    expect(phone.locator("#at-review")).to_be_visible()
    phone.locator("#send").focus()
    phone.keyboard.press("Enter")
    accepted(phone)
    assert WaitingBallot.objects.count() == 2


def test_a_code_of_somebody_else_leads_back_to_the_code(vote: Vote, phone: Page) -> None:
    come(phone, vote, 0)
    type_code(phone, code_of(0))
    choose(phone, 0)
    phone.locator("#send").click()
    accepted(phone)

    phone.goto("about:blank")
    come(phone, vote, 0)
    type_code(phone, code_of(1))
    choose(phone, 0)
    phone.locator("#send").click()
    expect(phone.locator("#at-refused")).to_be_visible(timeout=30_000)
    phone.locator("#start-over").click()
    expect(phone.locator("#at-code")).to_be_visible()
    assert WaitingBallot.objects.count() == 1
