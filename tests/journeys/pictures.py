"""`make pictures`: what the README shows, taken from a demonstration made for it.

The demonstration's dates follow today, so the pictures differ from day to day.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
PORT = 8765
SITE = f"http://localhost:{PORT}"


@dataclass(frozen=True)
class Picture:
    name: str
    language: str
    path: str  # below the language
    role: str | None = None  # the door to come in by, in words of that language
    width: int = 1280
    height: int = 860
    dark: bool = False


PICTURES = [
    Picture("cycle", "ru", "cycles/2024/"),
    Picture("plan", "kk", "cycles/2024/plan/", height=900),
    Picture("group-on-a-phone", "kk", "cycles/2024/groups/samal/", width=360, height=740),
    Picture("overview", "ru", "office/cycles/2024/", role="Секретариат"),
    Picture("workspace", "ru", "office/", role="Организатор"),
    Picture("workspace-dark", "en", "office/", role="Organiser", dark=True),
]


@contextmanager
def demonstration() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "okil", "demo", "--port", str(PORT), "--lang", "en"]
        server = subprocess.Popen(
            command, env=os.environ | {"OKIL_DATA": data}, stdout=subprocess.PIPE, text=True
        )
        assert server.stdout is not None
        try:
            if not any("is serving" in line for line in server.stdout):
                raise SystemExit("The demonstration does not start.")
            yield
        finally:
            server.terminate()
            server.wait(timeout=60)


def come_in(page: Page, picture: Picture) -> None:
    page.goto(f"{SITE}/{picture.language}/demonstration/")
    row = page.get_by_role("row").filter(has=page.get_by_text(picture.role or "", exact=False))
    row.first.get_by_role("button").click()


def take(browser: Browser, picture: Picture) -> None:
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.dark else "light",
        locale=picture.language,
        device_scale_factor=2 if picture.width < 500 else 1,
    )
    page = context.new_page()
    if picture.role is not None:
        come_in(page, picture)
    page.goto(f"{SITE}/{picture.language}/{picture.path}")
    page.screenshot(path=FOLDER / f"{picture.name}.png")
    context.close()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demonstration(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for picture in PICTURES:
            take(browser, picture)
        browser.close()


if __name__ == "__main__":
    main()
