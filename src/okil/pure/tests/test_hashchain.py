from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from okil.pure import hashchain
from okil.pure.hashchain import ChainedRow, Start

plain = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(max_size=12)
names = st.text(min_size=1, max_size=6)
small = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=4,
)
contents = st.dictionaries(names.filter(lambda name: name != "number"), small, max_size=3)


def chain_of(*rows: dict[str, Any]) -> list[ChainedRow]:
    chain: list[ChainedRow] = []
    last = hashchain.BEGINNING
    for number, content in enumerate(rows, start=1):
        new = hashchain.row_hash(last, {**content, "number": number})
        chain.append(ChainedRow(number, last, new, content))
        last = new
    return chain


def codes(chain: list[ChainedRow]) -> list[str]:
    return [problem.code for problem in hashchain.verify(chain)]


chains = st.lists(contents, min_size=2, max_size=5).map(lambda rows: chain_of(*rows))


def test_a_hash_can_be_made_again_with_any_other_program() -> None:
    row = {"number": 1, "b": [True, None, -5], "a": {"я": 'a"b\n'}}
    written = '{"a":{"я":"a\\"b\\n"},"b":[true,null,-5],"number":1}'

    assert hashchain.canonical_bytes(row) == written.encode()
    assert (
        hashchain.row_hash("0" * 64, row)
        == hashlib.sha256(("0" * 64 + "\n" + written).encode()).hexdigest()
    )


def test_the_order_in_which_names_were_given_does_not_matter() -> None:
    assert hashchain.canonical_bytes({"b": 1, "a": 2}) == hashchain.canonical_bytes(
        {"a": 2, "b": 1}
    )


@pytest.mark.parametrize("value", [0.5, 1.0, b"bytes", {1: "one"}, {"a": [0.5]}, object()])
def test_what_two_programs_might_write_differently_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        hashchain.canonical_bytes({"value": value})


@given(chains)
def test_a_whole_chain_has_no_problems(chain: list[ChainedRow]) -> None:
    assert codes(chain) == []


@given(chains, st.data())
def test_a_chain_can_be_checked_from_any_row_on(chain: list[ChainedRow], data: Any) -> None:
    known = data.draw(st.integers(0, len(chain) - 1))
    start = Start(chain[known].number, chain[known].hash)

    assert list(hashchain.verify(chain[known + 1 :], start)) == []


def test_an_empty_chain_is_whole() -> None:
    assert codes([]) == []


@given(chains, st.data())
def test_any_change_of_what_a_row_says_is_found(chain: list[ChainedRow], data: Any) -> None:
    place = data.draw(st.integers(0, len(chain) - 1))
    other = data.draw(contents)
    same = hashchain.canonical_bytes(other) == hashchain.canonical_bytes(chain[place].content)
    assume(not same)
    chain[place] = replace(chain[place], content=other)

    assert codes(chain) == ["changed"]


@given(chains, st.data())
def test_any_change_of_a_number_is_found(chain: list[ChainedRow], data: Any) -> None:
    place = data.draw(st.integers(0, len(chain) - 1))
    number = data.draw(st.integers(0, 9).filter(lambda number: number != place + 1))
    chain[place] = replace(chain[place], number=number)

    assert "changed" in codes(chain)
    assert {"gap", "reordered"} & set(codes(chain))


@given(chains, st.data(), st.sampled_from(["hash", "previous_hash"]))
def test_any_change_of_a_hash_is_found(chain: list[ChainedRow], data: Any, field: str) -> None:
    place = data.draw(st.integers(0, len(chain) - 1))
    other = data.draw(st.text("0123456789abcdef", min_size=64, max_size=64))
    assume(other != getattr(chain[place], field))
    chain[place] = replace(chain[place], **{field: other})

    assert codes(chain) != []


@given(chains, st.data())
def test_a_changed_row_with_a_new_hash_of_its_own_breaks_the_next(
    chain: list[ChainedRow], data: Any
) -> None:
    place = data.draw(st.integers(0, len(chain) - 2))
    row = chain[place]
    other = data.draw(contents)
    new = hashchain.row_hash(row.previous_hash, {**other, "number": row.number})
    assume(new != row.hash)
    chain[place] = replace(row, content=other, hash=new)

    assert codes(chain) == ["broken-link"]


@given(chains, st.data())
def test_a_removed_row_is_found_unless_it_was_the_last(chain: list[ChainedRow], data: Any) -> None:
    del chain[data.draw(st.integers(0, len(chain) - 2))]

    assert codes(chain) == ["gap", "broken-link"]


@given(chains, st.data())
def test_two_rows_that_changed_places_are_found(chain: list[ChainedRow], data: Any) -> None:
    first = data.draw(st.integers(0, len(chain) - 2))
    second = data.draw(st.integers(first + 1, len(chain) - 1))
    chain[first], chain[second] = chain[second], chain[first]

    assert {"reordered", "broken-link"} <= set(codes(chain))


@given(chains, st.data())
def test_two_rows_that_changed_their_contents_are_found(chain: list[ChainedRow], data: Any) -> None:
    first = data.draw(st.integers(0, len(chain) - 2))
    second = data.draw(st.integers(first + 1, len(chain) - 1))
    one, other = chain[first], chain[second]
    assume(hashchain.canonical_bytes(one.content) != hashchain.canonical_bytes(other.content))
    chain[first] = replace(one, content=other.content)
    chain[second] = replace(other, content=one.content)

    assert codes(chain) == ["changed", "changed"]


@given(chains, contents, st.data())
def test_an_inserted_row_is_found_whatever_it_says(
    chain: list[ChainedRow], content: dict[str, Any], data: Any
) -> None:
    place = data.draw(st.integers(0, len(chain) - 1))
    previous = chain[place].previous_hash
    number = place + 1
    new = hashchain.row_hash(previous, {**content, "number": number})
    chain.insert(place, ChainedRow(number, previous, new, content))

    assert {"reordered", "broken-link"} <= set(codes(chain))


@given(chains, st.data())
def test_a_row_told_twice_is_found(chain: list[ChainedRow], data: Any) -> None:
    place = data.draw(st.integers(0, len(chain) - 1))
    chain.insert(place, chain[place])

    assert codes(chain) == ["reordered", "broken-link"]


def test_a_problem_names_its_row_and_says_what_is_wrong() -> None:
    chain = chain_of({"event": "a"}, {"event": "b"}, {"event": "c"}, {"event": "d"})
    del chain[1:3]

    assert [str(problem) for problem in hashchain.verify(chain)] == [
        "Rows 2 to 3 are missing before row 4.",
        "Row 4 does not name the hash of the row before it.",
    ]


def test_one_row_is_read_at_a_time() -> None:
    chain = chain_of(*({"event": str(number)} for number in range(10)))
    chain[2] = replace(chain[2], content={})
    read = []

    def reading() -> Iterator[ChainedRow]:
        for row in chain:
            read.append(row.number)
            yield row

    next(hashchain.verify(reading()))

    assert read == [1, 2, 3]
