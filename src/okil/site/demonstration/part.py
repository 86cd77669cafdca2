"""A group's part in the demonstration: its election, its script, the people who act in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.elections import queries
from okil.areas.elections.models import Election, Round
from okil.foundation.accounts.models import User
from okil.pure.rules.stages import Stage, State
from okil.site.demonstration.calendar import Calendar
from okil.site.demonstration.scripts import Dates, Moment, Script

Act = Callable[[datetime], object]
Step = tuple[datetime, Act]

ASSEMBLY = "Общее собрание группы"
COMPLAINTS_BODY = "Конфликтная комиссия комитета"
# The smallest file that is a PDF by its first bytes: the demonstration attaches no real papers.
PAPER = b"%PDF-1.4\n% Demonstration: an attached decision would stand here.\n%%EOF\n"


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


@dataclass
class Cast:
    """Everybody who acts, by role and group, in the order in which they came."""

    secretary: User
    names: Iterator[str]
    people: dict[str, str]  # of the sources: name by code
    users: dict[tuple[str, str], list[User]] = field(default_factory=dict)

    def joins(self, role: str, slug: str, user: User) -> None:
        self.users.setdefault((role, slug), []).append(user)


@dataclass(frozen=True)
class Part:
    election: Election
    script: Script
    place: int  # among the groups: their minutes differ, so that no two do the same at once
    calendar: Calendar
    cast: Cast

    @property
    def slug(self) -> str:
        return self.election.group.slug

    def at(self, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
        return self.calendar.at(month, day, hour, minute)

    def day(self, month: int, day: int) -> date:
        return self.calendar.day(date(2024, month, day))

    def user(self, role: str, number: int = 0) -> User:
        if role == "secretariat":
            return self.cast.secretary
        return self.cast.users[role, self.slug][number]

    def everybody(self, role: str) -> list[User]:
        return self.cast.users.get((role, self.slug), [])

    def entered(self, state: State) -> datetime | None:
        """When the election of the script came into this state; None if it has not yet."""
        moment = self.script.moves.get(state)
        return self.at(*moment) if moment else None

    def row(self) -> Round:
        return queries.current_round(self.election)

    @property
    def dates(self) -> dict[Stage, tuple[datetime | None, datetime]]:
        return self.moments(self.script.dates) if self.script.dates else {}

    def moments(self, dates: Dates) -> dict[Stage, tuple[datetime | None, datetime]]:
        return {
            Stage(stage): (self._at(begins), self.at(*ends))
            for stage, (begins, ends) in dates.items()
        }

    def _at(self, moment: Moment | None) -> datetime | None:
        return self.at(*moment) if moment else None

    def decided(self, at: datetime, by: str = ASSEMBLY, **more: Any) -> DecisionFacts:
        """A decision of the day before."""
        return DecisionFacts(made_by=by, made_on=self.day_of(at - timedelta(days=1)), **more)

    def day_of(self, at: datetime) -> date:
        return at.astimezone(self.calendar.zone).date()
