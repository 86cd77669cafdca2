"""Every module in a real browser against the vectors that Python wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

VECTORS = Path(__file__).parents[1] / "vectors"
FILES = sorted(path.stem for path in VECTORS.glob("*.json"))
CHECK = """async ([name, given]) => {
    const checks = await import("/tests/vectors.js");
    const { all, compared } = await checks[name](given);
    return { all, compared };
}"""


@pytest.mark.parametrize("name", FILES)
def test_the_browser_computes_what_the_vectors_say(page: Page, name: str) -> None:
    given = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))

    findings: dict[str, Any] = page.evaluate(CHECK, [name, given])

    assert findings["all"] == []
    assert findings["compared"] > 0
