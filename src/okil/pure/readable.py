"""Letters that are read aloud, copied by hand and typed on a phone without a mistake.

Of signs that look alike one is used, and the others are read as it; Cyrillic letters too.
"""

from __future__ import annotations

import unicodedata

LETTERS = "0123456789ACEFHJKMNPRTVWXY"
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


def read_letters(typed: str, length: int) -> str:
    """What was meant by so many letters; nothing if it cannot be that."""
    signs = unicodedata.normalize("NFKC", typed).upper()
    read = "".join(sign for sign in signs if sign.isalnum() or sign == "|").translate(READ_AS)
    return read if len(read) == length and set(read) <= set(LETTERS) else ""


def shown_letters(letters: str) -> str:
    """In groups of four."""
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))
