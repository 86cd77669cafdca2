"""The one clock. Views and tasks read it once and hand the moment down as `at=`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def _now() -> datetime:
    return datetime.now(UTC)


class Clock:
    """Tells the present moment (aware, UTC). A demonstration or a test may set another source."""

    def __init__(self) -> None:
        self._source: Callable[[], datetime] = _now

    def now(self) -> datetime:
        return self._source()

    def today(self, time_zone: str) -> date:
        return self.now().astimezone(ZoneInfo(time_zone)).date()

    def set_source(self, source: Callable[[], datetime] | None) -> None:
        self._source = source or _now


clock = Clock()
