"""Chance that can be repeated, for tests and shared vectors only.

A test sees to it that nothing outside tests and benchmarks names this module.
"""

from __future__ import annotations

import hashlib

from okil.pure.ballots.group import Chance


def chance_from(seed: str) -> Chance:
    """Bytes of SHA-256(seed|0), SHA-256(seed|1), … one after the other."""
    block = 0
    waiting = b""

    def draw(count: int) -> bytes:
        nonlocal block, waiting
        while len(waiting) < count:
            waiting += hashlib.sha256(f"{seed}|{block}".encode()).digest()
            block += 1
        drawn, waiting = waiting[:count], waiting[count:]
        return drawn

    return draw
