"""Rows that each name the hash of the row before, so that no row can change without all after it.

A row is a mapping of names to small JSON values: text, whole numbers, true, false, null, lists and
mappings of these. Moments are given as ISO text, so that every database yields the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

BEGINNING = "0" * 64  # what the first row names as the hash before it


@dataclass(frozen=True)
class ChainedRow:
    """A row as it was kept: its place, the two hashes beside it, and all that was hashed."""

    number: int
    previous_hash: str
    hash: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Start:
    """The row before the first one checked. `Start()` is the beginning of a chain."""

    number: int = 0
    hash: str = BEGINNING


@dataclass(frozen=True)
class Problem:
    """What is wrong at one row. `code` is one of gap, reordered, broken-link, changed."""

    code: str
    number: int
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def canonical_bytes(row: Mapping[str, Any]) -> bytes:
    """The one way to write a row: sorted names, no spaces, UTF-8.

    Raises TypeError for a value that two programs might write differently (a number with a
    fraction, a name that is not text) or that JSON does not have.
    """
    _require_plain(row)
    text = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def row_hash(previous_hash: str, row: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the hash before, a line feed, and the canonical row."""
    return hashlib.sha256(previous_hash.encode("ascii") + b"\n" + canonical_bytes(row)).hexdigest()


def verify(rows: Iterable[ChainedRow], start: Start = Start()) -> Iterator[Problem]:
    """Every problem of the rows after `start`, in order; nothing if the chain is whole.

    Reads one row at a time. After a problem the check goes on from the row as it is kept, so one
    fault is told once and later ones are still found.
    """
    number, last = start.number, start.hash
    for row in rows:
        if row.number > number + 1:
            missing = _rows(number + 1, row.number - 1)
            yield Problem("gap", row.number, f"{missing} missing before row {row.number}.")
        elif row.number <= number:
            sentence = f"Row {row.number} stands after row {number}."
            yield Problem("reordered", row.number, sentence)
        if row.previous_hash != last:
            sentence = f"Row {row.number} does not name the hash of the row before it."
            yield Problem("broken-link", row.number, sentence)
        if row.hash != row_hash(row.previous_hash, {**row.content, "number": row.number}):
            sentence = f"Row {row.number} is not what was hashed when it was written."
            yield Problem("changed", row.number, sentence)
        number, last = row.number, row.hash


def _rows(first: int, last: int) -> str:
    return f"Row {first} is" if first == last else f"Rows {first} to {last} are"


def _require_plain(value: Any) -> None:
    if value is None or isinstance(value, (str, bool, int)):
        return
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if not isinstance(name, str):
                raise TypeError(f"A name in a row must be text, not {type(name).__name__}.")
            _require_plain(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _require_plain(inner)
    else:
        raise TypeError(f"A row cannot hold a {type(value).__name__}.")
