"""A voter's browser looks a ballot up by itself: what it finds, and that it tells nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route, ViewportSize

from okil.areas.elections.actions import board, casting
from okil.areas.elections.tests.given import voting
from okil.areas.elections.tests.given.voting import AT
from okil.booth.hashes import STATIC
from okil.foundation.web.middleware import CONTENT_SECURITY_POLICY
from okil.pure.encoding import base64_text, sha256_hex
from tests.journeys.looks import serious_faults, sticks_out

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
SITE = "http://localhost"  # answered by the test: no request leaves the browser
PHONE: ViewportSize = {"width": 360, "height": 740}


@dataclass
class World:
    """What the server gives out, by path, and what one voter kept."""

    answers: dict[str, tuple[str, bytes]]
    replaced: str
    counting: str
    waiting: dict[str, object]  # receipts, as the booth saved them
    headed: dict[str, object]
    archive: str


def name_of(ballot: bytes) -> str:
    return base64_text(bytes.fromhex(sha256_hex(ballot)))


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    # Chromium is driven from this thread; the database is asked before it.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    vote = voting.online()
    first, second = vote.ballot(0), vote.ballot(0, 1)
    casting.cast_ballot(vote.tickets[0], first, at=AT)
    headed = casting.cast_ballot(vote.tickets[0], second, at=AT)
    for voter in range(1, 5):
        casting.cast_ballot(vote.tickets[voter], vote.ballot(voter), at=AT)
    board.write_head(vote.vote.pk, at=AT + timedelta(hours=1))
    waiting = casting.cast_ballot(vote.tickets[5], vote.ballot(5), at=AT)

    here = [vote.election.cycle.year, vote.election.group.slug, vote.vote.uuid]
    page = reverse("verify_ballot").replace("/ru/", "/en/", 1)
    archive = reverse("group_board_archive", args=here).replace("/ru/", "/en/", 1)
    heads = reverse("group_board_file", args=[*here, "heads.json"]).replace("/ru/", "/en/", 1)
    answers = {
        page: ("text/html", Client().get(page).content),
        archive: ("application/octet-stream", b"".join(Client().get(archive).streaming_content)),  # type: ignore[attr-defined]
        heads: ("application/json", Client().get(heads).content),
    }
    return World(answers, name_of(first), name_of(second), waiting, headed, archive)


@pytest.fixture
def phone(world: World, chromium: Browser) -> Iterator[tuple[Page, list[str]]]:
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    asked: list[str] = []

    def answer(route: Route) -> None:
        url = route.request.url
        path = url.removeprefix(SITE).partition("#")[0]
        asked.append(f"{route.request.method} {path} {route.request.post_data or ''}")
        kind, body = world.answers.get(path) or static(path)
        route.fulfill(
            status=200 if body else 404,
            body=body,
            content_type=f"{kind}; charset=utf-8",
            headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY},
        )

    context.route("**/*", answer)
    page.goto(SITE + next(iter(world.answers)))
    yield page, asked
    context.close()


def static(path: str) -> tuple[str, bytes]:
    found = path.removeprefix("/static/")
    if found.endswith(".css"):
        style = Path(STATIC).parents[1] / "foundation/web/static" / found
        return "text/css", style.read_bytes() if style.is_file() else b""
    file = STATIC / found
    return "text/javascript", file.read_bytes() if file.is_file() else b""


def told(page: Page, tracker: str = "", receipt: object = None) -> str:
    page.locator("#tracker").fill(tracker)
    files = [
        {"name": "r.json", "mimeType": "application/json", "buffer": json.dumps(receipt).encode()}
    ]
    page.locator("#receipt").set_input_files(files if receipt is not None else [])  # type: ignore[arg-type]
    page.locator("#look button").click()
    page.locator("#found:focus, #tracker:focus").wait_for()
    return page.locator("#found").inner_text() + page.locator("#tracker-error").inner_text()


def test_a_ballot_is_found_by_its_tracker_and_nobody_is_told(
    world: World, phone: tuple[Page, list[str]]
) -> None:
    page, asked = phone

    assert "it counts. It stands under head no. 1" in told(page, world.counting)
    assert "signatures of its heads are in order" in page.locator("#found").inner_text()
    assert "it counts" in told(page, f" {world.counting[:8]} ")
    assert "A later ballot with the same code replaced it" in told(page, world.replaced)
    assert "No ballot under the last head, no. 1" in told(page, "A" * 43)
    assert "Type at least the first eight" in told(page, world.counting[:7])
    assert [each for each in asked if world.counting[:8] in each or each.startswith("POST")] == []
    assert sticks_out(page) == 0
    assert serious_faults(page) == []


def test_a_receipt_is_held_against_the_heads(world: World, phone: tuple[Page, list[str]]) -> None:
    page, _asked = phone
    forged = {**world.waiting, "after_head": 0}

    assert "it counts" in told(page, receipt=world.headed)
    assert "promised for head no. 2, which is not signed yet" in told(page, receipt=world.waiting)
    assert "no receipt signed for this board" in told(page, receipt=forged)
    assert "no receipt signed for this board" in told(page, receipt=[1])


def test_a_board_that_was_changed_is_told(world: World, phone: tuple[Page, list[str]]) -> None:
    page, _asked = phone
    kind, archive = world.answers[world.archive]
    world.answers[world.archive] = (kind, archive[:-512])

    assert "not in order" in told(page, world.counting)
