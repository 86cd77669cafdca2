"""After a ballot is made, the page holds nothing of what the voter typed and the worker computed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Error, JSHandle, Page

from okil.booth.hashes import STATIC
from okil.pure.ballots import credentials
from okil.pure.ballots.tests import given
from tests.booth.browsing import asked

OPEN = """async () => (await import("/tests/page.js")).openBooth()"""
CAST = """async ([work, election, choices]) => {
    const { castFromField } = await import("/tests/page.js");
    return castFromField(work, election, choices);
}"""
KEPT = """async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    cookies: document.cookie,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    files: await (async () => {
        const names = [];
        for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
        return names;
    })(),
    address: location.href,
    history: [history.length, history.state],
    name: window.name,
    field: document.querySelector("#code").value,
})"""
GLOBALS = "() => Object.getOwnPropertyNames(globalThis).sort()"
NOTHING: dict[str, Any] = {
    "local": {},
    "session": {},
    "databases": [],
    "caches": [],
    "cookies": "",
    "workers": 0,
    "files": [],
    "name": "",
    "field": "",
}


class Voter:
    def __init__(self) -> None:
        self.world = given.world(given.ONE_OF_FIVE, seed="a voter in the booth")
        self.code = self.world.codes[0]
        self.shown = credentials.shown_code(self.code)
        self.secret = str(self.world.secret(0))
        self.choices = [[0, 0, 1, 0, 0]]

    def cast(self, page: Page, work: JSHandle | None = None) -> str:
        work = work or page.evaluate_handle(OPEN)
        page.type("#code", self.shown)
        election = self.world.election.raw.decode()
        tracker: str = page.evaluate(CAST, [work, election, self.choices])
        return tracker


@pytest.fixture(scope="module")
def voter() -> Voter:
    return Voter()


@pytest.fixture
def inspector(page: Page) -> Iterator[CDPSession]:
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    yield session
    session.detach()


def heap_of(inspector: CDPSession) -> str:
    """Everything that JavaScript of this page still holds, after the garbage is gone."""
    chunks: list[str] = []
    inspector.on("HeapProfiler.addHeapSnapshotChunk", lambda event: chunks.append(event["chunk"]))
    for _ in range(3):
        inspector.send("HeapProfiler.collectGarbage")
    inspector.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    return "\n".join(json.loads("".join(chunks))["strings"])


def test_nothing_is_kept_where_a_browser_keeps_things(page: Page, voter: Voter) -> None:
    address = page.url
    length = page.evaluate("() => history.length")

    voter.cast(page)

    kept = page.evaluate(KEPT)
    assert kept == NOTHING | {"address": address, "history": [length, None]}
    assert page.context.cookies() == []
    assert voter.shown not in page.content()


def test_the_worker_is_gone_and_no_name_is_left_behind(page: Page, voter: Voter) -> None:
    before = page.evaluate(GLOBALS)

    voter.cast(page)

    for _ in range(250):  # the browser says a moment later that it has ended the worker
        if not page.workers:
            break
        page.wait_for_timeout(20)
    assert page.workers == []
    assert page.evaluate(GLOBALS) == before


def test_the_memory_of_the_page_forgets_code_and_secret(
    page: Page, voter: Voter, inspector: CDPSession
) -> None:
    tracker = voter.cast(page)
    page.evaluate("(text) => { window.kept = { text }; }", tracker)

    heap = heap_of(inspector)

    assert tracker in heap  # the snapshot does show what a page keeps
    for secret in (voter.code, voter.shown, voter.shown.replace("-", ""), voter.secret):
        assert secret not in heap


def test_once_the_booth_is_open_a_ballot_is_made_without_the_network(
    page: Page, voter: Voter
) -> None:
    work = page.evaluate_handle(OPEN)
    so_far = len(asked)
    page.context.set_offline(True)

    assert len(voter.cast(page, work)) == 43
    assert [path for path in asked[so_far:] if path != "/favicon.ico"] == []


def test_a_worker_that_cannot_be_loaded_is_told(page: Page, voter: Voter) -> None:
    page.context.route("**/tasks.js", lambda route: route.abort())

    with pytest.raises(Error, match="the worker broke"):
        voter.cast(page)


@pytest.mark.parametrize("file", sorted(STATIC.rglob("*.js")), ids=lambda file: file.name)
def test_no_module_names_a_place_where_secrets_could_stay(file: Path) -> None:
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)

    found = re.findall(
        r"\b(?:localStorage|sessionStorage|indexedDB|caches|cookie|console|XMLHttpRequest|WebSocket|"
        r"EventSource|sendBeacon|BroadcastChannel|SharedWorker|eval|Function|Math\.random)\b",
        code,
    )
    if (
        file.parent.name != "pages"
    ):  # a page has a document and an address; journeys watch what it sends
        found += re.findall(r"\b(?:history|location|document|window|globalThis|fetch)\b", code)

    assert found == []
