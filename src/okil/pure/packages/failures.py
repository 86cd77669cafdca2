"""What is said when something is wrong with a package.

A reason is a short code; the sentences for it, in three languages, belong to whoever shows it.
"""

from __future__ import annotations

from typing import Any


class Faulty(ValueError):  # noqa: N818 (it names the state of the package)
    """A part of the package is not as it must be. The check that is running adds its number."""

    def __init__(self, reason: str, **facts: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts

    def __str__(self) -> str:
        return ", ".join([self.reason, *(f"{name} {fact}" for name, fact in self.facts.items())])
