"""Doing what waits, without a worker: for tests of areas that queue work."""

from __future__ import annotations

from okil.foundation.background.worker import do_next


def all_work_done() -> int:
    """Does what is ready, and what that makes ready; tells how many rows that were."""
    done = 0
    while do_next("a-test"):
        done += 1
    return done
