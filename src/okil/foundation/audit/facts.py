"""What may stand in the journal: codes, numbers, days. Never a text: it could hold a name."""

from __future__ import annotations

import re
from typing import Any

LONGEST = 200
DEEPEST = 3

_CODE = re.compile(r"[a-z0-9][a-z0-9_.-]*")


class NotForTheJournal(ValueError):  # noqa: N818 (reads as what it says)
    """A mistake of ours, not of a person: the action gave the journal what it must not keep."""


def require_code(value: str, what: str, longest: int) -> None:
    if not _CODE.fullmatch(value) or len(value) > longest:
        raise NotForTheJournal(
            f"{what} must be a short code of small letters, digits, dots, hyphens: {value[:80]!r}."
        )


def require_small(facts: Any, what: str, *, depth: int = 0) -> None:
    """Nothing but short JSON values, at most three levels deep, with plain names."""
    if depth > DEEPEST:
        raise NotForTheJournal(f"`{what}` is nested more than {DEEPEST} levels deep.")
    if facts is None or isinstance(facts, (bool, int)):
        return
    if isinstance(facts, str):
        if len(facts) > LONGEST:
            raise NotForTheJournal(f"`{what}` is a text of more than {LONGEST} characters.")
        if "\0" in facts:  # PostgreSQL cannot keep it
            raise NotForTheJournal(f"`{what}` holds a null character.")
    elif isinstance(facts, dict):
        for name, value in facts.items():
            if not isinstance(name, str):
                raise NotForTheJournal(f"A name in `{what}` is not text: {name!r}.")
            require_small(name, what)
            require_small(value, f"{what}.{name}", depth=depth + 1)
    elif isinstance(facts, (list, tuple)):
        for value in facts:
            require_small(value, what, depth=depth + 1)
    else:
        raise NotForTheJournal(f"`{what}` is a {type(facts).__name__}, not a small JSON value.")
