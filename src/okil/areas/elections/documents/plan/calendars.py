"""Calendars to subscribe to: a cycle's deadlines, and a group's own.

A calendar is seen by whoever looks at the phone: an entry says what is done, never which group does it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from okil.areas.elections.models import (
    CommonStage,
    Cycle,
    DeadlineKind,
    Election,
    GroupDeadline,
    PlanAction,
    StageDates,
)
from okil.areas.elections.wording.stages import stage_name

PRODUCT = "-//Okil//Election plan//EN"
Dates = Iterable[CommonStage | StageDates]


@dataclass(frozen=True, slots=True)
class Entry:
    """`ends` is None for a whole day. `name` is unique in its calendar, and stays."""

    name: str
    title: str
    about: str
    begins: date | datetime
    ends: datetime | None = None


def cycle_calendar(cycle: Cycle, *, at: datetime) -> bytes:
    """The common plan, and the dates of stages common to all groups; in the language that is active."""
    entries = [*_deadlines(cycle, {}), *_stages(cycle, cycle.common_stages.all())]
    return _written(cycle, f"{cycle.year}", entries, at=at)


def group_calendar(election: Election, stages: Dates, *, at: datetime) -> bytes:
    """The common plan with the deadlines the group refined, and its own dates of stages."""
    cycle = election.cycle
    own = {each.action_id: each for each in election.own_deadlines.all()}
    entries = [*_deadlines(cycle, own), *_stages(cycle, stages)]
    return _written(cycle, f"{cycle.year}/{election.group.slug}", entries, at=at)


def _deadlines(cycle: Cycle, own: Mapping[int, GroupDeadline]) -> Iterator[Entry]:
    for action in cycle.plan.all():
        deadline: PlanAction | GroupDeadline = own.get(action.pk, action)
        if deadline.deadline_on is None:
            continue
        title = str(action.title)
        if deadline.deadline_kind == DeadlineKind.FROM:
            title = _("Begins: {action}").format(action=title)
        about = _("Elections {year}: action {number} of the plan.").format(
            year=cycle.year, number=action.number
        )
        yield Entry(f"action-{action.number}", title, about, deadline.deadline_on)


def _stages(cycle: Cycle, stages: Dates) -> Iterator[Entry]:
    zone = ZoneInfo(cycle.body.time_zone)
    for dated in stages:
        ends = dated.ends_at.astimezone(zone)
        title, begins = str(stage_name(dated.stage)), ends
        if dated.begins_at is None:
            title = _("Ends: {stage}").format(stage=title)
        else:
            begins = dated.begins_at.astimezone(zone)
        about = _("Elections {year}: stage {number} of six.").format(
            year=cycle.year, number=dated.stage
        )
        yield Entry(f"stage-{dated.stage}", title, about, begins, ends)


def _written(cycle: Cycle, key: str, entries: Iterable[Entry], *, at: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    name = _("Election plan {year}").format(year=cycle.year)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)  # what most programs read instead
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    link = settings.SITE_ADDRESS + reverse("plan", args=[cycle.year])
    for entry in entries:
        calendar.add_component(_event(entry, key, link, sequence=cycle.plan_revision, at=at))
    around = date(cycle.year - 1, 1, 1), date(cycle.year + 2, 1, 1)
    calendar.add_missing_timezones(*around)
    written: bytes = calendar.to_ical()
    return written


def _event(entry: Entry, key: str, link: str, *, sequence: int, at: datetime) -> Event:
    event = Event()
    host = urlsplit(settings.SITE_ADDRESS).hostname or "okil"
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'{host}/{key}#{entry.name}')}@{host}")
    event.add("dtstamp", at)
    event.add("sequence", sequence)
    event.add("summary", entry.title)
    event.add("description", entry.about)
    event.add("url", link)
    event.add("transp", "TRANSPARENT")  # nobody is busy all day
    event.add("dtstart", entry.begins)
    event.add("dtend", entry.ends or entry.begins + timedelta(days=1))
    return event
