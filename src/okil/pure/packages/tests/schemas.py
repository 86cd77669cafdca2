"""Makes the schemas of a package's files: `python -m okil.pure.packages.tests.schemas docs/schemas`.

They are the tables of the code, printed; a test compares.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from okil.pure.packages import forms, kinds
from okil.pure.packages.facts import PROTOCOL
from okil.pure.packages.shapes import Shape

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def _whole(title: str, shape: Shape) -> dict[str, Any]:
    return {"$schema": DRAFT, "title": title, **shape.schema()}


def _others() -> dict[str, Any]:
    shapes = {"journal-row": forms.ROW} | {
        kind.code: kind.shape
        for kind in kinds.KINDS
        if kind.shape is not None and not kind.code.startswith("protocol-facts")
    }
    return {
        "$schema": DRAFT,
        "title": "The other JSON files of a group's package, by kind",
        "$defs": {code: shape.schema() for code, shape in shapes.items()},
    }


def schemas() -> Mapping[str, Any]:
    return {
        "package-manifest.json": _whole("The manifest of a group's package", forms.MANIFEST),
        "package-protocol.json": _whole("The facts of a results protocol", PROTOCOL),
        "package-files.json": _others(),
    }


def printed(schema: Any) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for name, schema in schemas().items():
        (Path(sys.argv[1]) / name).write_text(printed(schema), encoding="utf-8")
