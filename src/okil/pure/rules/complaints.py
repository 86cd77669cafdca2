"""Complaints about an act: until when, who decides, and when nothing is open any more (REG-91)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

EFFECTS = ("none", "repeat_act", "repeat_vote", "annul")

DAYS_OFF_AT_MOST = 60  # in a row; a calendar that has more says nothing


@dataclass(frozen=True, slots=True)
class Complaint:
    """`answered_at` is None until there is a decision, whatever it is."""

    filed_at: datetime
    answered_at: datetime | None = None


def term_ends(
    act_at: datetime,
    days: int,
    is_working_day: Callable[[date], bool],
    *,
    zone: tzinfo | None = None,
) -> datetime:
    """The last moment to complain about an act: the end of the last of so many working days after it.

    Days are those of `zone`, or of the zone that `act_at` is given in. The day of the act does not
    count. Raises ValueError for a moment without a zone, for less than a day, and for a calendar
    without working days.
    """
    if act_at.tzinfo is None:
        raise ValueError("the moment of an act needs a zone")
    if days < 1:
        raise ValueError("a term for complaints has a day at least")
    local = act_at.astimezone(zone or act_at.tzinfo)
    day = local.date()
    for _ in range(days):
        day = _next_working_day(day, is_working_day)
    return datetime.combine(day, time.max, local.tzinfo)


def _next_working_day(day: date, is_working_day: Callable[[date], bool]) -> date:
    for _ in range(DAYS_OFF_AT_MOST):
        day += timedelta(days=1)
        if is_working_day(day):
            return day
    raise ValueError("the calendar has no working days")


def is_in_time(filed_at: datetime, term_end: datetime) -> bool:
    """Was it filed within the term? The end of the last day still belongs to it."""
    return filed_at <= term_end


def may_decide(concerned: Collection[int], person: int) -> bool:
    """May this person decide on the complaint? Only who took no part in the act complained about."""
    return person not in concerned


def settled(complaints: Iterable[Complaint], term_end: datetime, at: datetime) -> bool:
    """Can nothing change the act any more? The term is over and every complaint has its answer.

    A complaint that came too late is answered too: that it came too late.
    """
    return at > term_end and all(
        complaint.answered_at is not None and complaint.answered_at <= at
        for complaint in complaints
        if complaint.filed_at <= at
    )
