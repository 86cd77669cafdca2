"""Bytes that are the same wherever they are made: compact JSON, hashes, Base64 without padding.

PROTOCOL.md, section 2. The browser's twin is JSON.stringify.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import Any


class NotCanonical(ValueError):  # noqa: N818 (it names the state of the bytes)
    """The bytes are not the one way in which this value is written."""


def canonical_json(value: Any) -> bytes:
    """Compact JSON in UTF-8, fields in the order in which they were put in.

    Raises ValueError for what JSON does not have (NaN, half a surrogate pair).
    """
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8")


def read_canonical_json(raw: bytes) -> Any:
    """The value that `raw` is the canonical writing of.

    Raises NotCanonical for anything else: spaces, escapes that were not needed, a field twice,
    numbers with a fraction or an exponent, invalid UTF-8, nesting without end.
    """
    try:
        value = json.loads(raw.decode("utf-8"), parse_float=_refuse, parse_constant=_refuse)
        rewritten = canonical_json(value)
    except (ValueError, RecursionError) as error:
        raise NotCanonical("not JSON that we write") from error
    # A field that came twice is lost in `value`, so it also shows here.
    if rewritten != raw:
        raise NotCanonical("not in its canonical form")
    return value


def read_json(raw: bytes) -> Any:
    """The value of JSON that may have been laid out by hand: spaces and escapes do not matter.

    Raises NotCanonical for a field twice, numbers with a fraction, invalid UTF-8 and all that is
    no JSON: two readers could understand it differently.
    """
    try:
        value = json.loads(
            raw.decode("utf-8"),
            parse_float=_refuse,
            parse_constant=_refuse,
            object_pairs_hook=_fields_once,
        )
        canonical_json(value)  # finds half a surrogate pair, which no UTF-8 can write
    except (ValueError, RecursionError) as error:
        raise NotCanonical("not JSON that we read") from error
    return value


def _fields_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotCanonical("a field comes twice")
    return found


def _refuse(text: str) -> None:
    raise NotCanonical(f"{text} is not a whole number")


def sha256_hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sha256_base64(data: bytes) -> str:
    return base64_text(hashlib.sha256(data).digest())


def base64_text(data: bytes) -> str:
    """Standard Base64 without the `=` at the end."""
    return base64.b64encode(data).decode("ascii").rstrip("=")


def read_base64(text: str) -> bytes:
    """The bytes that `text` is the one writing of; raises NotCanonical for any other text."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (ValueError, binascii.Error) as error:
        raise NotCanonical("not Base64") from error
    if base64_text(data) != text:
        raise NotCanonical("not Base64 as we write it")
    return data
