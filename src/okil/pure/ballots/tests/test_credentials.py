from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okil.pure.ballots.credentials import (
    BASE58,
    credentials_record,
    make_code,
    public_credential,
    random_base58,
    read_credentials,
    secret_of,
    shown_code,
    typed_code,
)
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.group import G, Q
from okil.pure.ballots.tests.deterministic import chance_from

UUID = "KzNs3nXw8GmVbT"
codes = st.text(BASE58, min_size=22, max_size=22)


@given(codes)
def test_a_code_is_read_as_it_is_shown(code: str) -> None:
    shown = shown_code(code)
    assert [len(part) for part in shown.split("-")] == [5, 6, 5, 6, 2]
    assert typed_code(shown) == code
    assert typed_code(shown.replace("-", " ")) == code


@given(codes, st.integers(0, 21), st.sampled_from(BASE58))
def test_one_wrong_character_is_always_found(code: str, place: int, wrong: str) -> None:
    shown = shown_code(code).replace("-", "")
    mistyped = shown[:place] + wrong + shown[place + 1 :]
    if mistyped != shown:
        with pytest.raises(Malformed) as refusal:
            typed_code(mistyped)
        assert refusal.value.reason == "code-mistyped"


@given(codes, st.integers(0, 20))
def test_two_neighbours_exchanged_are_always_found(code: str, place: int) -> None:
    shown = shown_code(code).replace("-", "")
    exchanged = shown[:place] + shown[place + 1] + shown[place] + shown[place + 2 :]
    if exchanged != shown:
        with pytest.raises(Malformed):
            typed_code(exchanged)


@given(codes)
@settings(max_examples=10)
def test_the_same_code_gives_another_credential_in_another_election(code: str) -> None:
    assert 0 < secret_of(code, UUID) < Q
    assert secret_of(code, UUID) != secret_of(code, UUID + "1")


def test_codes_use_every_character_alike() -> None:
    drawn = random_base58(58 * 400, chance_from("even"))
    counts = [drawn.count(character) for character in BASE58]
    assert min(counts) > 300
    assert max(counts) < 500


def test_a_byte_that_would_favour_some_characters_is_thrown_away() -> None:
    handed_in = iter([232, 255, 231, 0])
    assert random_base58(2, lambda count: bytes([next(handed_in)])) == "z1"


def test_the_list_is_sorted_as_numbers_and_says_nothing_else() -> None:
    publics = [public_credential(secret_of(make_code(chance_from(s)), UUID)) for s in "abcdefgh"]
    listed = read_credentials(credentials_record([*publics, G]))
    assert listed.is_sorted
    assert len(listed) == listed.total_weight == 9
    assert credentials_record(publics) == credentials_record(reversed(publics))


def test_an_unsorted_list_is_seen() -> None:
    assert not read_credentials(b'["23","5"]').is_sorted
    assert read_credentials(b'["5","23"]').is_sorted


def test_weights_are_read_and_summed() -> None:
    listed = read_credentials(b'["5,0","23,2000000000"]')
    assert listed.total_weight == 2_000_000_000
    assert listed.weight_of("5") == 0
    assert listed.weight_of("6") is None
