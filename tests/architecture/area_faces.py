"""An area shows others four faces: what it keeps, what it knows, who may, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator

from tests.architecture.source import Module, imports

FACES = {"models", "queries", "access", "actions"}
FACE_FOR_TESTS = ("tests", "given")


def another_area_is_met_by_its_faces(module: Module) -> Iterator[str]:
    if module.parts[:1] != ("areas",) or len(module.parts) < 2:
        return
    for node, name in imports(module):
        parts = name.split(".")
        if parts[:2] != ["okil", "areas"] or parts[2:3] == [module.parts[1]]:
            continue
        inside = tuple(parts[3:])
        if inside[:1] and inside[0] in FACES:
            continue
        if module.is_test and inside[:2] == FACE_FOR_TESTS:
            continue
        yield module.finding(node, f"imports {name}; another area shows {', '.join(sorted(FACES))}")
