"""The 12 characters by which a paper is found again: read aloud, copied by hand, typed on a phone."""

from __future__ import annotations

import secrets

from okil.pure.readable import LETTERS, read_letters, shown_letters

LENGTH = 12


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """What was meant; nothing if it cannot be a code."""
    return read_letters(typed, LENGTH)


def shown_code(code: str) -> str:
    return shown_letters(code)
