"""Reads parsed JSON that somebody else wrote, and refuses everything that is not expected."""

from __future__ import annotations

import re
from typing import Any

from okil.pure.ballots.failures import Malformed

LARGEST_PLAIN_NUMBER = 2**30 - 1  # larger weights are written as text (PROTOCOL.md, section 1)
_HASH = re.compile(r"[0-9a-f]{64}")
_DECIMAL = re.compile(r"0|[1-9][0-9]*")


def fields(value: Any, *names: str, where: str, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """`value` as an object with exactly these fields, in this order; `optional` may be absent."""
    if not isinstance(value, dict):
        raise Malformed("not-an-object", where=where)
    expected = [name for name in names if name in value or name not in optional]
    if list(value) != expected:
        raise Malformed("wrong-fields", where=where, expected=", ".join(expected))
    return value


def items(value: Any, *, where: str, count: int | None = None) -> list[Any]:
    """`value` as a list, of `count` items if that is given."""
    if not isinstance(value, list):
        raise Malformed("not-a-list", where=where)
    if count is not None and len(value) != count:
        raise Malformed("wrong-count", where=where, expected=count, found=len(value))
    return value


def text(value: Any, *, where: str) -> str:
    if not isinstance(value, str):
        raise Malformed("not-text", where=where)
    return value


def whole(value: Any, *, where: str, at_most: int = LARGEST_PLAIN_NUMBER) -> int:
    """`value` as a whole number from 0 on."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= at_most:
        raise Malformed("not-a-number", where=where)
    return value


def digest(value: Any, *, where: str) -> str:
    """`value` as a SHA-256 in lower-case hexadecimal."""
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise Malformed("not-a-hash", where=where)
    return value


def decimal(value: Any, *, where: str, longest: int) -> str:
    """`value` as the digits of a whole number: no sign, no leading zero, no other script."""
    if not isinstance(value, str) or len(value) > longest or not _DECIMAL.fullmatch(value):
        raise Malformed("number-not-canonical", where=where)
    return value


def weight(value: Any, *, where: str) -> int:
    """A weight: a JSON number up to 2^30-1, decimal text above."""
    if isinstance(value, str):
        number = int(decimal(value, where=where, longest=LONGEST_WEIGHT))
        if number <= LARGEST_PLAIN_NUMBER:
            raise Malformed("number-not-canonical", where=where)
        return number
    return whole(value, where=where)


def written_weight(number: int) -> int | str:
    """The writing that `weight` reads."""
    return number if number <= LARGEST_PLAIN_NUMBER else str(number)


LONGEST_WEIGHT = 18  # digits; the sum of all weights stays far below q
