from __future__ import annotations

import sys
import time
from collections.abc import Callable

QUIET_SECONDS = 2.0


class Progress:
    """Says on standard error how far it is, once it takes longer than two seconds."""

    def __init__(self, line: Callable[..., str], began: float) -> None:
        self._line = line
        self._next = began + QUIET_SECONDS
        self._shown = False

    def __call__(self, *place: int) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        lasting = sys.stderr.isatty()
        end = "\r" if lasting else "\n"
        print(self._line(*place), end=end, file=sys.stderr, flush=True)
        self._next = now + (0.2 if lasting else 5.0)
        self._shown = lasting

    def end(self) -> None:
        if self._shown:
            print(file=sys.stderr)


def percent(done: int, of: int) -> int:
    return 100 * done // max(of, 1)
