"""A rule says no: not a fault, an answer with a code and the facts that led to it."""

from __future__ import annotations

from typing import Any


class Refused(Exception):  # noqa: N818 (reads as the sentence it is: raise Refused("too-late"))
    """Raised by rules and actions. `code` is a kebab sentence; `wording.py` of the area has its text.

    `facts` fill the gaps of that text. They must not hold personal data: a refusal may be logged.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
