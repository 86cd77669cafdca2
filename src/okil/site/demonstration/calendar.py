"""Days of 2024 told as days of today: moved by whole weeks, so that weekdays stay."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = "Asia/Almaty"
SHOWN_DAY = date(2024, 9, 10)  # the day the replay stands at, or up to six days before it


def weeks_between(today: date) -> int:
    """So many weeks that the shown day of 2024 falls on today or at most six days after it."""
    return max(0, -((SHOWN_DAY - today).days // 7))


class Calendar:
    """Days and moments of 2024 moved by whole weeks: weekdays stay."""

    zone = ZoneInfo(ZONE)

    def __init__(self, weeks: int) -> None:
        self.weeks = weeks

    def day(self, each: date) -> date:
        return each + timedelta(weeks=self.weeks)

    def at(self, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
        moved = self.day(date(2024, month, day))
        local = datetime(moved.year, moved.month, moved.day, hour, minute, tzinfo=self.zone)
        return local.astimezone(UTC)
