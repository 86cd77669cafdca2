"""The 12 characters by which a paper is found again: read aloud, copied by hand, typed on a phone.

Of signs that look alike one is used, and the others are read as it; Cyrillic letters too.
"""

from __future__ import annotations

import secrets
import unicodedata

LETTERS = "0123456789ACEFHJKMNPRTVWXY"
LENGTH = 12
GROUP = 4
READ_AS = str.maketrans(
    {
        **dict.fromkeys("ODQОØ", "0"),
        **dict.fromkeys("ILІ|", "1"),
        "Z": "2",
        "З": "3",
        "S": "5",
        **dict.fromkeys("GБ", "6"),
        **dict.fromkeys("BВ", "8"),
        "U": "V",
        **dict(zip("АСЕЁНҺЈКМРТХУҮ", "ACEEHHJKMPTXYY", strict=True)),
    }
)


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """What was meant; nothing if it cannot be a code."""
    signs = unicodedata.normalize("NFKC", typed).upper()
    code = "".join(sign for sign in signs if sign.isalnum() or sign == "|").translate(READ_AS)
    is_code = len(code) == LENGTH and set(code) <= set(LETTERS)
    return code if is_code else ""


def shown_code(code: str) -> str:
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
