"""A plan moved to another year: by whole weeks, so that every day stays the weekday it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

WEEK = 7


def weeks_to(days: Iterable[date], first: date) -> timedelta:
    """By how much to move these days, that the earliest falls on `first` or within the week after it.

    Nothing if there are no days.
    """
    earliest = min(days, default=None)
    if earliest is None:
        return timedelta()
    return timedelta(days=-((earliest - first).days // WEEK) * WEEK)
