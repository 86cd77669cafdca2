"""The demonstration's doors and clock. They exist only where nothing real can be behind them."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError

from okil.site.demonstration.models import Mark

_days_ahead: ContextVar[int | None] = ContextVar("days_ahead", default=None)
_unmarked = False  # once a database was seen without the mark, it is not asked again


def on_loopback(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def the_mark() -> Mark | None:
    """The mark, if all three conditions hold: marked, on loopback, no DATABASE_URL."""
    global _unmarked
    environment = settings.ENVIRONMENT
    if _unmarked or environment.database_url_given or not on_loopback(environment.listen):
        return None
    try:
        mark = Mark.objects.filter(pk=1).first()
    except DatabaseError:  # before the first migration
        return None
    _unmarked = mark is None
    return mark


def look_again() -> None:
    """After the mark was written, or in a test that writes one."""
    global _unmarked
    _unmarked = False


def set_days_ahead(days: int | None) -> None:
    """For one request: the clock then needs no query of its own."""
    _days_ahead.set(days)


def demonstration_now() -> datetime:
    days = _days_ahead.get()
    if days is None:
        mark = the_mark()
        days = mark.days_ahead if mark else 0
    return datetime.now(UTC) + timedelta(days=days)
