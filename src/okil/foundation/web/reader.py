"""For whom a page is written: which zone its moments are told in, which year needs no saying.

Template filters see no context, so whoever prepares a page says it here, once per page.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Reader:
    zone: str = "UTC"
    year: int | None = None  # None: every date is printed with its year


NOBODY_YET = Reader()
_reader: ContextVar[Reader] = ContextVar("reader", default=NOBODY_YET)


def write_for_reader(*, zone: str, now: datetime) -> None:
    _reader.set(Reader(zone, now.astimezone(ZoneInfo(zone)).year))


def the_reader() -> Reader:
    return _reader.get()


def forget_reader() -> None:
    """At the end of each request: the thread that served it serves another body's page next."""
    _reader.set(NOBODY_YET)
