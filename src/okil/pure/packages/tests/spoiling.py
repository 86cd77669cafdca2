"""Tools with which tests spoil a good package: the ZIP, one file, or the world it is made of.

A clever tamperer hashes anew whatever somebody could find: `changed` makes the whole package anew from a
changed world, the others make only the manifest anew.
"""

from __future__ import annotations

import io
import json
import warnings
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from okil.pure.hashchain import canonical_bytes, row_hash
from okil.pure.packages import kinds, writing
from okil.pure.packages.facts import public_facts
from okil.pure.packages.journal import lines_of
from okil.pure.packages.tests import given
from okil.pure.packages.tests.given import World
from okil.pure.packages.verify import Report, verify

Files = dict[str, bytes]
Json = Any


@cache
def good() -> bytes:
    return given.good()


def verdict(raw: bytes, fingerprint: str | None = None) -> tuple[int, str] | None:
    """Number and reason of the check that failed; None if all passed."""
    return failed(verify(raw, fingerprint=fingerprint))


def failed(report: Report) -> tuple[int, str] | None:
    return next(((c.number, c.reason or "") for c in report.checks if c.ok is False), None)


def unzipped(raw: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(
    entries: list[tuple[str | zipfile.ZipInfo, bytes]], method: int = zipfile.ZIP_STORED
) -> bytes:
    """A ZIP as anybody could make it, with names that may come twice."""
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", method) as package:
        warnings.simplefilter("ignore")  # it says that a name comes twice
        for name, raw in entries:
            package.writestr(name, raw, method)
    return stream.getvalue()


# The world


def changed(change: Callable[[World], object]) -> bytes:
    """The package of a world in which this was otherwise, with every hash and signature to fit."""
    world = World()
    change(world)
    return given.package(world)


def facts_changed(change: Callable[[Json], object]) -> bytes:
    return changed(lambda world: change(world.facts))


def count_changed(change: Callable[[Json], object]) -> bytes:
    """The count sheet of the facts, and with it the sheet."""
    return changed(lambda world: change(world.facts["count"]))


# One file


def with_files(change: Callable[[Files], object], raw: bytes | None = None) -> bytes:
    """Files added, changed or removed, and the manifest's list made anew."""
    files = unzipped(raw or good())
    manifest = json.loads(files.pop(kinds.MANIFEST))
    change(files)
    manifest["files"] = writing.listed(files)
    return given.with_manifest(files, manifest)


def with_json(path: str, change: Callable[[Json], object]) -> bytes:
    """One JSON file changed, the manifest's list made anew."""
    return with_files(lambda files: files.update({path: _changed(files[path], change)}))


def _changed(raw: bytes, change: Callable[[Json], object]) -> bytes:
    value = json.loads(raw)
    change(value)
    return canonical_bytes(value)


def with_manifest(change: Callable[[Json], object]) -> bytes:
    files = unzipped(good())
    return writing.zipped({**files, kinds.MANIFEST: _changed(files[kinds.MANIFEST], change)})


def with_listed(path: str, raw: bytes, kind: str) -> bytes:
    """A file more, listed as being of this kind."""
    files = unzipped(good())
    manifest = json.loads(files[kinds.MANIFEST])
    entry = {**writing.listed({"plan.json": raw})[0], "path": path, "kind": kind}
    manifest["files"].append(entry)
    return given.with_manifest({**files, path: raw}, manifest)


def with_public(change: Callable[[Json], object]) -> bytes:
    """The public facts changed, signed as such by everybody."""

    def spoilt(facts: Mapping[str, Any]) -> dict[str, Any]:
        public = public_facts(facts)
        copied = json.loads(canonical_bytes(public))
        change(copied)
        return dict(copied)

    return changed(lambda world: setattr(world, "public", spoilt))


# The journal


def with_rows(
    change: Callable[[list[Json]], object], *, chained: bool = False, raw: bytes | None = None
) -> bytes:
    """The journal's rows changed. `chained`: every hash and every link is made anew."""

    def spoil(files: Files) -> None:
        rows = [json.loads(line) for line in files[kinds.JOURNAL].splitlines()]
        change(rows)
        if chained:
            rechain(rows)
        files[kinds.JOURNAL] = lines_of(rows)

    return with_files(spoil, raw)


def rechain(rows: list[Json]) -> None:
    for place, row in enumerate(rows):
        if place and rows[place - 1]["number"] == row["number"] - 1:
            row["previous_hash"] = rows[place - 1]["hash"]
        content = {name: row[name] for name in row if name not in ("hash", "previous_hash")}
        row["hash"] = row_hash(row["previous_hash"], content)


def place_of(rows: list[Json], event: str, which: int = 0) -> int:
    return [place for place, row in enumerate(rows) if row["event"] == event][which]


def lonely(rows: list[Json]) -> int:
    """The place of a row after which another election's row follows: nothing names its hash."""
    return next(i for i, (a, b) in enumerate(pairwise(rows)) if b["number"] > a["number"] + 1)


def renumbered(rows: list[Json], first: int = 41) -> None:
    for number, row in enumerate(rows, first):
        row["number"] = number
