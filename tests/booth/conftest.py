"""A real browser on pages of our own: the booth's files, the tests' scripts and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from okil.booth.hashes import STATIC

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FOLDERS = {"/static/": STATIC, "/tests/": HERE / "in_browser"}
PAGE = b"<!doctype html><meta charset=utf-8><title>Test</title><input id=code><output></output>"
# What the site itself says (okil.foundation.web.middleware), and nothing more.
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"


class Handler(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        folder = next((f for f in FOLDERS if path.startswith(f)), None)
        file = None if folder is None else FOLDERS[folder] / path.removeprefix(folder)
        if path == "/":
            self._answer("text/html", PAGE)
        elif file is not None and file.is_file():
            self._answer("text/javascript", file.read_bytes())
        else:
            self.send_error(404)

    def _answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Silence: a test says what is wrong."""


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        # By this name, not by number: WebCrypto exists on https and localhost only.
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(address)
    yield page
    page.close()
