"""Numbers of a secret online vote: how many spare codes there are, and what a result would give away."""

from __future__ import annotations

from collections.abc import Sequence

LEAST_SPARES = 3
FEW = 3  # so few ballots, or a candidate's votes among them, tell who voted how


def spares_for(voters: int) -> int:
    """A tenth, at least three (PROTOCOL.md, 16.4)."""
    return max(LEAST_SPARES, -(-voters // 10))


def reveals_votes(counted: int, result: Sequence[Sequence[int]] | None = None) -> bool:
    """Would this many ballots, or a unanimous result of them, tell how somebody voted (PROTOCOL.md, 15)?

    Without a result, only the number can be judged: that is the warning before the opening.
    """
    if counted < FEW:
        return counted > 0
    return any(max(row, default=0) == counted for row in result or ())
