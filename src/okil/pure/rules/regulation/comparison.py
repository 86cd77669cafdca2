"""What two regulations answer differently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from okil.pure.rules.regulation.questions import QUESTIONS, Regulation, is_answered, is_asked


@dataclass(frozen=True, slots=True)
class Change:
    """A question with two answers; None is "not regulated"."""

    question: str
    before: Any
    after: Any


def changes(before: Regulation, after: Regulation) -> tuple[Change, ...]:
    """The questions to which the second regulation says something else than the first, in the order
    of a regulation.

    An answer to a question that is not asked under the other answers says nothing, in both alike.
    """
    pairs = ((name, said(name, before), said(name, after)) for name in QUESTIONS)
    return tuple(Change(name, old, new) for name, old, new in pairs if old != new)


def said(name: str, regulation: Regulation) -> Any:
    """The answer that counts; None where nothing is said, or nothing is asked."""
    if not is_asked(name, regulation) or not is_answered(name, regulation):
        return None
    return getattr(regulation, name)
