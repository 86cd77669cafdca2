from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.cards import check_of_card, make_card, read_card, shown_card
from okil.pure.rules.tickets import CHANCE_BYTES, check_of

CHANCE = st.binary(min_size=CHANCE_BYTES, max_size=CHANCE_BYTES)


@given(CHANCE)
def test_a_code_is_read_as_it_is_printed_and_without_care(chance: bytes) -> None:
    code = make_card(chance)

    assert read_card(shown_card(code)) == code
    assert read_card(f" {shown_card(code).lower().replace('-', ' ')} ") == code


@given(CHANCE)
def test_a_card_opens_nothing_as_a_ticket(chance: bytes) -> None:
    code = make_card(chance)

    assert check_of_card(code) != check_of(code)
    assert len(check_of_card(code)) == 64
