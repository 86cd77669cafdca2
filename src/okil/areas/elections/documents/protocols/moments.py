"""Moments as the body's clock shows them, in the writing of a protocol's facts."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from okil.areas.elections.models import Election


class Moments:
    def __init__(self, election: Election) -> None:
        self.zone = ZoneInfo(election.cycle.body.time_zone)

    def said(self, at: datetime) -> str:
        return at.astimezone(self.zone).isoformat()

    def maybe(self, at: datetime | None) -> str | None:
        return None if at is None else self.said(at)
