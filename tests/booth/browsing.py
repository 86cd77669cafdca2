"""Pages for modules to run in: the booth's files, the tests' scripts, and the site's strict policy."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from okil.booth.hashes import STATIC

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = Path(__file__).parent
FOLDERS = {
    "/static/": STATIC,
    "/tests/": HERE / "in_browser",
    "/vectors/": HERE.parent / "vectors",
}
EVERYTHING = (
    b"<!doctype html><title>Test</title><script type=module src=/tests/everything.js></script>"
)
PAGE = b"<!doctype html><meta charset=utf-8><title>Test</title><input id=code><output></output>"
# Never more than okil.foundation.web.middleware allows.
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"

# Every path that a browser asked for, and what `everything.js` told.
asked: list[str] = []
told: queue.Queue[dict[str, Any]] = queue.Queue()


class Handler(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        asked.append(path)
        folder = next((f for f in FOLDERS if path.startswith(f)), None)
        file = None if folder is None else FOLDERS[folder] / path.removeprefix(folder)
        if path == "/":
            self._answer("text/html", PAGE)
        elif path == "/everything":
            self._answer("text/html", EVERYTHING)
        elif file is not None and file.is_file():
            self._answer("text/javascript", file.read_bytes())
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        """What `everything.js` found, for browsers that nobody can drive."""
        told.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self._answer("text/plain", b"")

    def _answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(ConnectionError):  # the page was closed and takes no answer
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Silence: a test says what is wrong."""


@contextmanager
def serving() -> Iterator[str]:
    """The address of the pages. By name, not by number: WebCrypto wants https or localhost."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
