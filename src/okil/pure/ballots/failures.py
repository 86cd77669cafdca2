"""What is said when something is wrong with an election: which check, where, and why.

A reason is a short code; the sentences for it, in three languages, belong to whoever shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from okil.pure.encoding import NotCanonical


class Malformed(ValueError):  # noqa: N818 (it names the state of the thing, like NotCanonical)
    """Something has not the form that PROTOCOL.md gives it. Not yet tied to a check or a place."""

    def __init__(self, reason: str, **facts: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


class CheckFailed(Exception):  # noqa: N818 (as above)
    """One of the ten checks of docs/verification.md fails.

    `check` is its number, `height` the event at which it failed (None: not at one event), `reason`
    a code and `facts` what fills the gaps of its sentence.
    """

    def __init__(self, check: int, reason: str, height: int | None = None, **facts: Any) -> None:
        super().__init__(check, reason, height)
        self.check = check
        self.reason = reason
        self.height = height
        self.facts = facts

    def __reduce__(self) -> tuple[Any, ...]:
        # Worker processes send it back; BaseException would forget the facts.
        return _rebuilt, (self.check, self.reason, self.height, self.facts)

    def __str__(self) -> str:
        place = "" if self.height is None else f" at event {self.height}"
        facts = "".join(f", {name} {fact}" for name, fact in self.facts.items())
        return f"check {self.check}{place}: {self.reason}{facts}"


def _rebuilt(check: int, reason: str, height: int | None, facts: dict[str, Any]) -> CheckFailed:
    return CheckFailed(check, reason, height, **facts)


@contextmanager
def during(check: int, height: int | None = None) -> Iterator[None]:
    """Whatever is malformed in here fails this check at this place."""
    try:
        yield
    except Malformed as error:
        raise CheckFailed(check, error.reason, height, **error.facts) from error
    except NotCanonical as error:
        raise CheckFailed(check, "json-not-canonical", height) from error
