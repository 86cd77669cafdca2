"""Makes the packages of tests/vectors/packages: `python -m okil.pure.packages.tests.vectors DIRECTORY`.

Fictional people, made by the same script every time. A test makes them again and compares, so they change
only when somebody means it: a package of today must be judged the same in years.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from okil.pure.packages.tests import given
from okil.pure.packages.tests.test_tampering_with_the_content import FACTS, SHEET
from okil.pure.packages.tests.test_tampering_with_the_file import FILES
from okil.pure.packages.tests.test_tampering_with_the_journal import SIGNATURES

SPOILT = {
    "votes-changed.zip": (7, SHEET["votes changed everywhere but in the two counts"]),
    "roll-inside.zip": (3, FILES["the roll, openly"]),
    "dissent-removed.zip": (6, SIGNATURES["a dissent dropped with its row"]),
    "name-not-consented.zip": (5, FACTS["a name to which nobody agreed"]),
}


def packages() -> Mapping[str, bytes]:
    return {
        "good.zip": given.good(),
        **{name: tamper() for name, (_, (_, tamper)) in SPOILT.items()},
    }


def expected() -> str:
    """What `okil package verify` must find in each; null: nothing."""
    found = {
        name: {"check": check, "reason": reason} for name, (check, (reason, _)) in SPOILT.items()
    }
    return json.dumps({"good.zip": None, **found}, indent=1) + "\n"


def write(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, raw in packages().items():
        (folder / name).write_bytes(raw)
    (folder / "expected.json").write_text(expected(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
