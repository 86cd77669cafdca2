"""Tickets: enough chance, read back however they are typed, a slip is found."""

from __future__ import annotations

import hashlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.readable import LETTERS
from okil.pure.rules.tickets import (
    CHANCE_BYTES,
    CHANCE_LETTERS,
    LENGTH,
    candidate_check_of,
    check_of,
    make_ticket,
    read_ticket,
    shown_ticket,
)

CHANCE = st.binary(min_size=CHANCE_BYTES, max_size=CHANCE_BYTES)
TICKETS = CHANCE.map(make_ticket)


def test_a_ticket_holds_eighty_bits_at_least() -> None:
    assert math.log2(len(LETTERS)) * CHANCE_LETTERS >= 80


@given(CHANCE)
def test_the_same_chance_makes_the_same_ticket_of_twenty_letters(chance: bytes) -> None:
    ticket = make_ticket(chance)

    assert ticket == make_ticket(chance)
    assert len(ticket) == LENGTH
    assert set(ticket) <= set(LETTERS)


@given(st.integers(0, 26**CHANCE_LETTERS - 1), st.integers(0, 26**CHANCE_LETTERS - 1))
def test_other_chance_makes_another_ticket(one: int, other: int) -> None:
    tickets = {make_ticket(number.to_bytes(CHANCE_BYTES, "big")) for number in (one, other)}

    assert len(tickets) == len({one, other})


def test_too_little_chance_makes_none() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        make_ticket(b"\0" * (CHANCE_BYTES - 1))


@given(TICKETS, st.sampled_from(["", "-", " ", "\u00a0", "—", "\n"]), st.booleans())
def test_a_ticket_is_read_however_it_is_divided(ticket: str, between: str, small: bool) -> None:
    typed = between.join(ticket)

    assert read_ticket(typed.lower() if small else typed) == ticket
    assert read_ticket(f"  {shown_ticket(ticket)}\n") == ticket


@given(TICKETS)
def test_letters_that_look_alike_are_read_as_the_one_that_is_used(ticket: str) -> None:
    typed = ticket.translate(str.maketrans("0158ACEHKMPTX", "OISBАСЕНКМРТХ"))

    assert read_ticket(typed) == ticket


@given(TICKETS, st.integers(0, LENGTH - 1), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_found(ticket: str, place: int, letter: str) -> None:
    typed = ticket[:place] + letter + ticket[place + 1 :]

    assert read_ticket(typed) == (ticket if typed == ticket else "")


@given(TICKETS, st.integers(0, CHANCE_LETTERS - 2))
def test_two_neighbours_exchanged_are_found(ticket: str, place: int) -> None:
    one, other = ticket[place], ticket[place + 1]
    typed = ticket[:place] + other + one + ticket[place + 2 :]

    assert read_ticket(typed) == (ticket if one == other else "")


@given(st.text(max_size=60))
def test_whatever_is_typed_it_is_a_ticket_or_nothing(typed: str) -> None:
    read = read_ticket(typed)

    assert read in ("", read_ticket(read))


def test_the_check_is_the_hash_that_the_protocol_names() -> None:
    ticket = make_ticket(b"\1" * CHANCE_BYTES)

    assert check_of(ticket) == hashlib.sha256(b"check|" + ticket.encode()).hexdigest()


@given(TICKETS)
def test_a_candidates_check_is_never_a_voters(ticket: str) -> None:
    expected = hashlib.sha256(b"candidate|" + ticket.encode()).hexdigest()

    assert candidate_check_of(ticket) == expected
    assert candidate_check_of(ticket) != check_of(ticket)
