"""Journeys: Debian's Chromium, a served installation, and a look at every page on the way."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from tests.journeys.served import Served, free_port, okil, serving

# Chromium asks its maker for updates and lists unless told not to.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
Visitor = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(QUIET)
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ten groups as `okil demo` makes them, once for all journeys."""
    data: Path = tmp_path_factory.mktemp("made")
    okil("demo", "--no-serve", data=data)
    return data


@pytest.fixture(scope="module")
def demonstration(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demonstration of its own for each file of journeys."""
    data = tmp_path_factory.mktemp("demonstration") / "data"
    shutil.copytree(made, data)
    with serving(["demo"], data=data, port=free_port()) as served:
        yield served


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Visitor]:
    """Opens browsers of people who do not know each other, and watches what their pages do."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def come(
        served: Served,
        *,
        width: int = 1280,
        door: str = "",
        number: int = 0,
        language: str = "ru",
        javascript: bool = True,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            locale=language,
            base_url=served.address,
            java_script_enabled=javascript,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        page.on("console", lambda said: _note_console(wrong, page, said.type, said.text))
        page.on("response", lambda answer: _note_answer(wrong, served, answer))
        if door:
            come_in(page, door, language=language, number=number)
        return page

    yield come
    for context in contexts:
        context.close()
    assert wrong == []


def _note_console(wrong: list[str], page: Page, kind: str, text: str) -> None:
    # A form answered with 422 is said in the console too; that is not a fault of the page.
    if kind == "error" and "status of 4" not in text:
        wrong.append(f"{page.url}: {text}")


def _note_answer(wrong: list[str], served: Served, answer: Response) -> None:
    if not answer.url.startswith((served.address, "data:")):
        wrong.append(f"foreign: {answer.url}")
    if answer.status >= 500:
        wrong.append(f"{answer.status}: {answer.url}")


def come_in(page: Page, door: str, *, language: str = "ru", number: int = 0) -> None:
    """By a door of the demonstration: its button's hidden words end with role and group; `number` of
    those who have the same role there."""
    page.goto(f"/{language}/demonstration/")
    page.get_by_role("button", name=door).nth(number).click()
    page.wait_for_url("**/office/")
