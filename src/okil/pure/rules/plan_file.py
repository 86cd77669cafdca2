"""A plan as it lies in a file: bytes read as JSON, within bounds. What it says is read by `plan`."""

from __future__ import annotations

from typing import Any

from okil.pure.encoding import NotCanonical, read_json
from okil.pure.rules.plan import NotAPlan

MEGABYTES_AT_MOST = 5
LEVELS_AT_MOST = 20  # of brackets in brackets; a plan has six
BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # some editors put it at the beginning


def data_from(raw: bytes, *, megabytes: int = MEGABYTES_AT_MOST) -> Any:
    """What the JSON in these bytes says.

    Raises NotAPlan for more bytes than that, for what is no JSON, and for brackets in brackets
    without end.
    """
    if len(raw) > megabytes * 1_000_000:
        raise NotAPlan("too-big", megabytes=megabytes)
    try:
        data = read_json(raw.removeprefix(BYTE_ORDER_MARK))
    except NotCanonical as error:
        raise NotAPlan("not-json") from error
    level = [data]
    for _ in range(LEVELS_AT_MOST):
        level = [inner for each in level for inner in _inside(each)]
    if level:
        raise NotAPlan("too-deep", most=LEVELS_AT_MOST)
    return data


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
