from __future__ import annotations

import pytest

from okil.pure.rules.plan import NotAPlan
from okil.pure.rules.plan_file import LEVELS_AT_MOST, data_from


def _nested(levels: int) -> bytes:
    return b"[" * levels + b"]" * levels


def test_a_file_is_read_with_and_without_a_byte_order_mark() -> None:
    assert data_from(b'{"actions": []}') == {"actions": []}
    assert data_from(b'\xef\xbb\xbf{"actions": []}') == {"actions": []}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "not-json"),
        (b"{", "not-json"),
        (b"\xff\xfe", "not-json"),
        (b'{"a": 1, "a": 1}', "not-json"),
        (b'{"a": "\\ud800"}', "not-json"),
        (b"NaN", "not-json"),
        (_nested(100_000), "not-json"),
        (_nested(LEVELS_AT_MOST + 1), "too-deep"),
        (b" " * 1_000_001, "too-big"),
    ],
)
def test_what_cannot_be_a_plan_is_refused_before_it_is_looked_into(raw: bytes, code: str) -> None:
    with pytest.raises(NotAPlan) as refusal:
        data_from(raw, megabytes=1)

    assert refusal.value.code == code


def test_as_many_levels_and_bytes_as_allowed_are_read() -> None:
    assert data_from(_nested(LEVELS_AT_MOST)) != []
    assert data_from(b"1" + b" " * 999_999, megabytes=1) == 1
