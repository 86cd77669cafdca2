from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.encoding import (
    NotCanonical,
    base64_text,
    canonical_json,
    read_base64,
    read_canonical_json,
    read_json,
)

letters = st.text(st.characters(exclude_categories=["Cs"]))
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | letters,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(letters, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_what_is_written_is_read_again(value: Any) -> None:
    assert read_canonical_json(canonical_json(value)) == value


@given(st.binary(max_size=40))
def test_bytes_are_read_only_if_they_are_the_one_writing(raw: bytes) -> None:
    try:
        value = read_canonical_json(raw)
    except NotCanonical:
        return
    assert canonical_json(value) == raw


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a": 1}',
        b' {"a":1}',
        b'{"a":1}\n',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":-0}',
        b'{"a":01}',
        b'"\\u0041"',
        b'"\\/"',
        b'"\\ud800"',
        b"NaN",
        b"Infinity",
        b"\xff",
        b"\xef\xbb\xbf1",
        b"",
        b"[" * 100_000,
        b"1" * 5000,
    ],
)
def test_another_writing_is_refused(raw: bytes) -> None:
    with pytest.raises(NotCanonical):
        read_canonical_json(raw)


def test_letters_are_written_as_they_are() -> None:
    assert canonical_json({"қ": "Ә\n\u2028"}) == '{"қ":"Ә\\n\u2028"}'.encode()


def test_a_file_laid_out_by_hand_is_read() -> None:
    assert read_json(b'{ "a" : [ 1, "\\u0041" ] }\n') == {"a": [1, "A"]}


@pytest.mark.parametrize("raw", [b'{"a":1,"a":2}', b"1.5", b"NaN", b"\xff", b"[", b'"\\ud800"'])
def test_what_two_readers_could_understand_differently_is_refused(raw: bytes) -> None:
    with pytest.raises(NotCanonical):
        read_json(raw)


@given(st.binary(max_size=40))
def test_base64_is_read_in_one_writing_only(data: bytes) -> None:
    text = base64_text(data)
    assert "=" not in text
    assert read_base64(text) == data
    with pytest.raises(NotCanonical):
        read_base64(text + "=")


@pytest.mark.parametrize("text", ["A", "AB", "A-", "A_==", "QQ\n", "Q Q"])
def test_other_base64_is_refused(text: str) -> None:
    with pytest.raises(NotCanonical):
        read_base64(text)
