"""`make pictures`: what the README shows, taken from a demonstration made for it.

The demonstration's dates follow today, so the pictures differ from day to day.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.journeys.conftest import QUIET, come_in
from tests.journeys.served import Served, free_port, serving

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"


@dataclass(frozen=True)
class Picture:
    name: str
    language: str
    path: str  # below the language
    door: str = ""  # to come in by, in words of that language
    width: int = 1280
    height: int = 860


PICTURES = [
    Picture("cycle", "ru", "cycles/2024/"),
    Picture("workspace", "ru", "office/cycles/2024/groups/qadam/", door="Организатор, Қадам"),
    Picture("plan", "ru", "cycles/2024/plan/#a15", door="Секретариат"),
    Picture(
        "regulation",
        "ru",
        "office/cycles/2024/groups/shugyla/regulation/edit/seats/",
        door="Организатор, Шұғыла",
    ),
    Picture("group-kk-360", "kk", "cycles/2024/groups/samal/", width=360, height=740),
]


def take(browser: Browser, served: Served, picture: Picture) -> None:
    context = browser.new_context(
        base_url=served.address,
        viewport={"width": picture.width, "height": picture.height},
        locale=picture.language,
        device_scale_factor=2 if picture.width < 500 else 1,
    )
    page = context.new_page()
    if picture.door:
        come_in(page, picture.door, language=picture.language)
    page.goto(f"/{picture.language}/{picture.path}")
    page.screenshot(path=FOLDER / f"{picture.name}.png")
    context.close()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        serving(["demo"], data=Path(data), port=free_port()) as served,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(QUIET)
        )
        for picture in PICTURES:
            take(browser, served, picture)
        browser.close()


if __name__ == "__main__":
    main()
