"""How long what an election holds of people is kept, and when its key may be destroyed (REG-35).

What is kept is four holdings. Three of them hold people who took part: they end a number of months
after nobody can complain any more. The fourth is the group's archive: it is kept for years, for it
proves the result. The table says which keys and papers belong to which, and from where we have it.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation

MONTHS_A_YEAR = 12


class Holding(StrEnum):
    ROLL = "roll"
    CANDIDATES = "candidates"
    COMPLAINTS = "complaints"
    ARCHIVE = "archive"


class Term(StrEnum):
    """Which answer of the regulation says how long."""

    PERSONAL = "personal_data_months"  # since the end of the time for complaints
    ARCHIVE = "archive_years"  # since the election was concluded


@dataclass(frozen=True, slots=True)
class Kept:
    """`keys`: the purposes whose keys go. `papers`: the kinds of papers whose internal version goes
    with them; their public version names nobody who did not want it, and stays."""

    term: Term
    keys: tuple[str, ...]
    papers: tuple[str, ...]
    source: str


KEPT: Mapping[Holding, Kept] = {
    # Never part of the archive: the list of those who voted goes to nobody.
    Holding.ROLL: Kept(
        Term.PERSONAL, ("roll",), ("voter-roll", "attendance-sheet"), "REG-35, REG-36"
    ),
    # The applications of the elected are in the package, so they stay with the archive.
    Holding.CANDIDATES: Kept(
        Term.PERSONAL, ("candidates",), ("candidate-list", "admission-decision"), "REG-35, REG-36"
    ),
    # What was decided is published without persons, and stays.
    Holding.COMPLAINTS: Kept(Term.PERSONAL, ("complaints",), (), "REG-35, REG-91"),
    # Protocol, signatures, remarks and package; minutes and witnesses ("officers"); all other papers.
    Holding.ARCHIVE: Kept(Term.ARCHIVE, ("protocol", "officers"), (), "REG-35, 001 #23"),
}
NAMED_PAPERS = frozenset(kind for kept in KEPT.values() for kind in kept.papers)


def holds_paper(holding: Holding, kind: str) -> bool:
    """Does the internal version of a paper of this kind go with this holding? The archive has all that
    belong to no other."""
    if holding is Holding.ARCHIVE:
        return kind not in NAMED_PAPERS
    return kind in KEPT[holding].papers


@dataclass(frozen=True, slots=True)
class Ended:
    """An election that is concluded: on which day, and the last day on which anybody could complain."""

    concluded_on: date
    complaints_until: date


def due_on(holding: Holding, rules: Regulation, ended: Ended) -> date | None:
    """The first day on which this may be destroyed, and by the regulation is; None where it is silent.

    The last day of a term still belongs to it. Nothing is due before the election is concluded.
    """
    if KEPT[holding].term is Term.ARCHIVE:
        if rules.archive_years is None:
            return None
        last = months_after(ended.concluded_on, MONTHS_A_YEAR * rules.archive_years)
    else:
        if rules.personal_data_months is None:
            return None
        last = months_after(ended.complaints_until, rules.personal_data_months)
    return max(last + timedelta(days=1), ended.concluded_on)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that is too short."""
    years, month = divmod(day.month - 1 + months, MONTHS_A_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an election stands, as far as destruction asks."""

    ended: Ended | None  # None: it is not concluded
    suspended: bool
    complaints_open: int


def obstacle(
    holding: Holding, rules: Regulation, standing: Standing, today: date, *, decided: bool = False
) -> Refused | None:
    """What stands in the way of destroying this today; None: nothing.

    `decided`: the group's own body decided so. It answers where the regulation is silent, and nowhere
    else: no decision makes the time shorter that was promised to people.
    """
    if standing.ended is None:
        return Refused("destruction-before-conclusion")
    if standing.suspended:
        return Refused("suspended")
    if standing.complaints_open:
        return Refused("complaints-open")
    due = due_on(holding, rules, standing.ended)
    if due is None:
        return None if decided else Refused("destruction-undated")
    return Refused("destruction-not-due", due_on=due) if today < due else None
