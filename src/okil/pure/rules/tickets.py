"""The ticket: the link by which a voter, or a candidate, comes back to what they wrote (PROTOCOL.md,
section 16).

A ticket is twenty letters: eighteen that are chance, and two that find a slip of the hand. It is
stored nowhere; what is stored is its check.
"""

from __future__ import annotations

from okil.pure.encoding import sha256_hex
from okil.pure.readable import LETTERS, read_letters, shown_letters

CHANCE_BYTES = 16  # so many more bits than the letters hold that no ticket is likelier than another
CHANCE_LETTERS = 18  # 84 bits
LENGTH = CHANCE_LETTERS + 2
CODE_LETTERS = 8  # of a code that is mailed: good for minutes, and for a few tries
CHECK_MODULUS = 673  # the largest prime below 26²: one wrong letter, or two exchanged, always show


def make_ticket(chance: bytes) -> str:
    """A new ticket, as it is hashed: without dashes. Raises ValueError if there is too little chance."""
    if len(chance) < CHANCE_BYTES:
        raise ValueError(f"A ticket needs {CHANCE_BYTES} bytes of chance.")
    letters = _written(int.from_bytes(chance, "big"), CHANCE_LETTERS)
    return letters + _check_letters(letters)


def make_code(chance: bytes) -> str:
    """A new code to be mailed. Raises ValueError if there is too little chance."""
    if len(chance) < CHANCE_BYTES:
        raise ValueError(f"A code needs {CHANCE_BYTES} bytes of chance.")
    return _written(int.from_bytes(chance, "big"), CODE_LETTERS)


def read_code(typed: str) -> str:
    """The code that was meant by what somebody typed; nothing if it cannot be one."""
    return read_letters(typed, CODE_LETTERS)


def read_ticket(typed: str) -> str:
    """The ticket that was meant by what somebody typed; nothing if it cannot be one."""
    ticket = read_letters(typed, LENGTH)
    letters, check = ticket[:CHANCE_LETTERS], ticket[CHANCE_LETTERS:]
    return ticket if ticket and _check_letters(letters) == check else ""


def shown_ticket(ticket: str) -> str:
    """As it is printed and stands in a link: in groups of four."""
    return shown_letters(ticket)


def check_of(ticket: str) -> str:
    """What stands on the roll entry instead of the ticket (16.6)."""
    return sha256_hex(f"check|{ticket}".encode())


def candidate_check_of(ticket: str) -> str:
    """What stands on a candidate's application instead of the ticket.

    Another prefix than a voter's: no candidate's ticket is found on the roll, so none opens a booth.
    """
    return sha256_hex(f"candidate|{ticket}".encode())


def nomination_check_of(secret: str) -> str:
    """What stands on a nomination instead of the secret that its link carries; it is made as a ticket is."""
    return sha256_hex(f"nomination|{secret}".encode())


def _check_letters(letters: str) -> str:
    number = 0
    for letter in letters:
        number = number * len(LETTERS) + LETTERS.index(letter)
    return _written(number % CHECK_MODULUS, 2)


def _written(number: int, length: int) -> str:
    """Its last `length` digits, in our letters."""
    letters: list[str] = []
    for _place in range(length):
        number, digit = divmod(number, len(LETTERS))
        letters.append(LETTERS[digit])
    return "".join(reversed(letters))
