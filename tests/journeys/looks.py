"""What every page must bear: weight, width, and axe's eye."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

MOST_BYTES = 100 * 1024
SERIOUS = ("serious", "critical")


def serious_faults(page: Page) -> list[str]:
    """What axe calls serious or critical on this page."""
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url}: {fault['id']}: {node['html'][:160]}"
        for fault in found
        if fault["impact"] in SERIOUS
        for node in fault["nodes"]
    ]


def sticks_out(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    wider: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wider


def weight(page: Page, address: str) -> int:
    """Bytes over the wire for a first visit: the page and all it loads."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    loaded: list[int] = []
    session.on("Network.loadingFinished", lambda told: loaded.append(told["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    session.detach()
    return sum(loaded)
