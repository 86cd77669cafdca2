"""What the shared vectors do not reach, in the same browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

VECTORS = Path(__file__).parents[1] / "vectors"
CHECK = """async ([name, given]) => {
    const checks = await import("/tests/edges.js");
    const { all, compared } = await checks[name](given);
    return { all, compared };
}"""


def vectors(name: str) -> Any:
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "given", "at_least"),
    [
        ("powers", None, 800),
        ("typing", None, 4000),
        ("json", None, 20),
        ("proofs", None, 10),
        ("ballots", "ballots", 100),
        ("decryptions", "decryption", 20),
        ("messages", None, 8),
        ("keyFiles", "ceremony", 8),
    ],
)
def test_the_browser_refuses_what_is_wrong(
    page: Page, name: str, given: str | None, at_least: int
) -> None:
    findings = page.evaluate(CHECK, [name, None if given is None else vectors(given)])

    assert findings["all"] == []
    assert findings["compared"] >= at_least
