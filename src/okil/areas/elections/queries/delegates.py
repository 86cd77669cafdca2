"""Meetings that chose delegates for an indirect election (REG-29), in numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from okil.areas.elections.models import DelegatesMeeting, Round, Voter
from okil.areas.elections.queries.voters import SELDOM, registration_round
from okil.pure.rules.regulation import Regulation

INDIRECT = "indirect"
# Whom the protocol names, as the organiser saw; others only say that they were chosen.
NAMED = Q(source=Voter.Source.MEETING) & ~Q(status=Voter.Status.WITHDRAWN)


def is_indirect(rules: Regulation | None) -> bool:
    """Do delegates vote for those who chose them?"""
    return rules is not None and rules.directness == INDIRECT


def meetings_of(row: Round) -> QuerySet[DelegatesMeeting]:
    """Those recorded for this round's registration, also withdrawn ones; never their protocols."""
    found = DelegatesMeeting.objects.filter(round=registration_round(row))
    return found.defer("paper").order_by("number")


@dataclass(frozen=True, slots=True)
class Counted:
    """A meeting, how many of those it chose are on the list, and how many say that they are."""

    meeting: DelegatesMeeting
    named: int
    claiming: int

    @property
    def places_left(self) -> int:
        return self.meeting.chosen - self.named


def counted_meetings(row: Round) -> list[Counted]:
    """In the order of their numbers."""
    return list(map(_counted, _with_numbers(row)))


def counted_meeting(row: Round, number: int) -> Counted | None:
    found = _with_numbers(row).filter(number=number).first()
    return _counted(found) if found else None


def _with_numbers(row: Round) -> QuerySet[Any]:
    kept = ~Q(delegates__status=Voter.Status.WITHDRAWN)
    named = Q(delegates__source=Voter.Source.MEETING)
    return meetings_of(row).annotate(
        named=Count("delegates", filter=kept & named),
        claiming=Count("delegates", filter=kept & ~named),
    )


def _counted(meeting: Any) -> Counted:
    return Counted(meeting, meeting.named, meeting.claiming)


def delegates_of(meeting: DelegatesMeeting) -> QuerySet[Voter]:
    """Everybody who belongs to it, by number; nothing sealed is read."""
    return meeting.delegates.defer("name", *SELDOM).order_by("number")


@dataclass(frozen=True, slots=True)
class OfRegion:
    """Meetings held in one region, how many they chose and how many of these are on the list."""

    region: str
    meetings: int
    chosen: int
    named: int
    is_empty: bool  # the group named this region, and no meeting was held there


def by_region(meetings: Iterable[Counted], regions: Collection[str]) -> list[OfRegion]:
    """Most delegates first; at the end the regions that the group named and that held none."""
    held: dict[str, list[Counted]] = defaultdict(list)
    for each in meetings:
        if each.meeting.withdrawn_at is None:
            held[each.meeting.region].append(each)
    found = [
        OfRegion(
            code,
            len(held[code]),
            sum(each.meeting.chosen for each in held[code]),
            sum(each.named for each in held[code]),
            is_empty=not held[code],
        )
        for code in {*held, *regions}
    ]
    return sorted(found, key=lambda each: (-each.chosen, each.region))
