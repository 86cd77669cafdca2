"""The import contracts of pyproject.toml, each broken once in a small house, to show that it can be."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

HOUSE = """
__init__ __main__
site/__init__ site/urls
areas/__init__
areas/bodies/__init__ areas/bodies/actions areas/bodies/models areas/bodies/views
areas/elections/__init__ areas/elections/actions areas/elections/models areas/elections/views
booth/__init__
foundation/__init__
foundation/accounts/__init__ foundation/audit/__init__ foundation/background/__init__
foundation/locking foundation/traces foundation/notifications/__init__ foundation/vault/__init__
foundation/web/__init__ foundation/web/clock foundation/web/dates
pure/__init__ pure/rules/__init__ pure/rules/plan
"""


def build(root: Path, changed: dict[str, str]) -> Path:
    """The house with empty rooms; `changed` gives a room its text."""
    for room, text in (dict.fromkeys(HOUSE.split(), "") | changed).items():
        path = root / "okil" / f"{room}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def checked(root: Path) -> subprocess.CompletedProcess[str]:
    check = "from importlinter.cli import lint_imports as lint; import sys; sys.exit(lint(%r))"
    return subprocess.run(
        [sys.executable, "-c", check % str(ROOT / "pyproject.toml")],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_empty_house_keeps_all_contracts(tmp_path: Path) -> None:
    result = checked(build(tmp_path, {}))

    assert result.returncode == 0, result.stdout + result.stderr


BREAKS = {
    "The house: imports go downwards only": [
        {"pure/rules/plan": "import okil.foundation.locking"},
        {"foundation/web/clock": "def later():\n    from okil.areas.bodies import models"},
        {"areas/bodies/views": "from okil.site import urls"},
        {"somewhere": ""},
    ],
    "Areas: above bodies, and apart from each other": [
        {"areas/bodies/models": "from okil.areas.elections import models"},
        {"areas/gardens/__init__": ""},
    ],
    "Foundation: each stands on the ones below": [
        {"foundation/audit/__init__": "import okil.foundation.background"},
        {"foundation/background/__init__": "import okil.foundation.audit"},
        {"foundation/web/clock": "import okil.foundation.accounts"},
        {"foundation/vault/__init__": "import okil.foundation.accounts"},
        {"foundation/locking": "import okil.foundation.web"},
    ],
    "Inside an area: the same files, in this order, and no others": [
        {"areas/bodies/actions": "from okil.areas.bodies import views"},
        {"areas/elections/models": "from okil.areas.elections import actions"},
        {"areas/bodies/services": ""},
    ],
    "Pure: no Django, no clock, no network, no hidden chance": [
        {"pure/rules/plan": "import time"},
        {"pure/rules/plan": "from random import choice"},
        {"pure/rules/plan": "def later():\n    import urllib.request"},
        {"pure/rules/plan": "from django.db import models"},
    ],
    "No circles, also not inside functions": [
        {
            "foundation/web/clock": "from okil.foundation.web import dates",
            "foundation/web/dates": "def later():\n    from okil.foundation.web import clock",
        },
    ],
}


@pytest.mark.parametrize(
    ("contract", "changed"),
    [(contract, changed) for contract, breaks in BREAKS.items() for changed in breaks],
)
def test_a_broken_contract_is_found(tmp_path: Path, contract: str, changed: dict[str, str]) -> None:
    result = checked(build(tmp_path, changed))

    assert result.returncode == 1, result.stdout + result.stderr
    assert f"{contract} BROKEN" in result.stdout


def test_every_contract_is_broken_once() -> None:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = written["tool"]["importlinter"]["contracts"]

    assert set(BREAKS) == {contract["name"] for contract in contracts}


def test_every_area_is_held_to_the_order_of_its_files() -> None:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (inside,) = (
        contract
        for contract in written["tool"]["importlinter"]["contracts"]
        if contract["name"].startswith("Inside an area")
    )
    areas = (ROOT / "src/okil/areas").glob("*/__init__.py")

    assert set(inside["containers"]) == {f"okil.areas.{area.parent.name}" for area in areas}
