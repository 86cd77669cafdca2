"""What somebody says they held before: read, kept as lines, and counted for rotation (REG-24, 11.02-11.05).

People remember years, not days. A row is certain if its years make the same number of whole terms in
both ways they can be meant: from the day on which the body's terms begin, or from January to December.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from okil.pure.rules import rotation
from okil.pure.rules.rotation import DAYS_A_YEAR, SLACK_DAYS, Rotation, Rule, Tenure

MEMBER, ALTERNATE = POSITIONS = ("member", "alternate")
THIS, OTHER, UNSURE = GROUPS = ("this", "other", "unsure")
MOST_ROWS = 6
FIRST_YEAR = 2000  # there was no such body before
COLUMNS = ("position", "from", "to", "still", "group", "doubtful")
THIS_GROUP, ANOTHER_GROUP = 1, 2
THE_PERSON = 1
_LINE = re.compile(
    r"(member|alternate) ([0-9]{4})-([0-9]{4})? (this|other|unsure)( doubtful)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Held:
    """A place, by years. `to_year` is None if it is still held."""

    position: str
    from_year: int
    to_year: int | None
    group: str
    is_doubtful: bool = False  # the person does not remember the years for certain


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row, counted from 1, and in which of its columns."""

    row: int
    column: str
    code: str


@dataclass(frozen=True, slots=True)
class Said:
    """`rows` are of use only if there are no faults."""

    rows: tuple[Held, ...]
    faults: tuple[Fault, ...]


# Reading what was typed


def read(typed: Sequence[Mapping[str, str]], *, this_year: int) -> Said:
    """The rows in which something is written; at most one fault for each. Never raises."""
    rows: list[Held] = []
    places: list[int] = []
    faults: list[Fault] = []
    written = [(place, row) for place, row in enumerate(typed, start=1) if _is_written(row)]
    for place, row in written[:MOST_ROWS]:
        found = _fault(row, this_year)
        if found:
            faults.append(Fault(place, *found))
        else:
            rows.append(_held(row))
            places.append(place)
    if len(written) > MOST_ROWS:
        faults.append(Fault(written[MOST_ROWS][0], "position", "too-many-rows"))
    faults += [Fault(places[i], "from", "rows-overlap") for i in _overlapping(rows, this_year)]
    return Said(tuple(rows), tuple(sorted(faults, key=lambda fault: fault.row)))


def _is_written(row: Mapping[str, str]) -> bool:
    return any(row.get(column, "").strip() for column in COLUMNS)


def _fault(row: Mapping[str, str], this_year: int) -> tuple[str, str] | None:
    """The column and the code of the first thing that is wrong."""
    given = {column: row.get(column, "").strip() for column in COLUMNS}
    if given["position"] not in POSITIONS:
        return "position", "position-missing"
    if code := _fault_of_year(given["from"], this_year):
        return "from", code
    if given["still"] and given["to"]:
        return "to", "still-and-a-year"
    if not given["still"]:
        if not given["to"]:
            return "to", "last-year-missing"
        if code := _fault_of_year(given["to"], this_year):
            return "to", code
        if int(given["to"]) < int(given["from"]):
            return "to", "ends-before-it-begins"
    if given["group"] not in GROUPS:
        return "group", "group-missing"
    return None


def _fault_of_year(typed: str, this_year: int) -> str:
    if not typed:
        return "first-year-missing"
    if not re.fullmatch("[0-9]{4}", typed, re.ASCII):
        return "year-unreadable"
    if int(typed) > this_year:
        return "year-to-come"
    return "year-too-early" if int(typed) < FIRST_YEAR else ""


def _held(row: Mapping[str, str]) -> Held:
    return Held(
        position=row["position"].strip(),
        from_year=int(row["from"]),
        to_year=None if row.get("still", "").strip() else int(row["to"]),
        group=row["group"].strip(),
        is_doubtful=bool(row.get("doubtful", "").strip()),
    )


def _overlapping(rows: Sequence[Held], this_year: int) -> Iterator[int]:
    """Rows of the same years as a row above; in the year where one ends, the next may begin."""
    for i, row in enumerate(rows):
        if any(_overlap(row, earlier, this_year) for earlier in rows[:i]):
            yield i


def _overlap(one: Held, other: Held, this_year: int) -> bool:
    ends = [each.to_year or this_year for each in (one, other)]
    same = (one.from_year, ends[0]) == (other.from_year, ends[1])
    return same or (one.from_year < ends[1] and other.from_year < ends[0])


# Kept as text


def as_text(rows: Sequence[Held]) -> str:
    """One line for each row; nothing if there are none."""
    return "\n".join(
        f"{row.position} {row.from_year}-{row.to_year or ''} {row.group}"
        f"{' doubtful' if row.is_doubtful else ''}"
        for row in rows
    )


def from_text(text: str) -> tuple[Held, ...] | None:
    """The rows that `as_text` wrote; None if somebody wrote in their own words."""
    lines = text.split("\n") if text else []
    found = [_LINE.fullmatch(line) for line in lines]
    return tuple(_of_line(each) for each in found if each) if all(found) else None


def _of_line(found: re.Match[str]) -> Held:
    position, begins, ends, group, doubtful = found.groups()
    return Held(position, int(begins), int(ends) if ends else None, group, bool(doubtful))


# Counted


def may_stand(rows: Sequence[Held], *, position: str, term_begins_on: date, rule: Rule) -> Rotation:
    """What rotation answers to somebody who held these places, if all of it is as they say."""
    return rotation.may_stand(
        tenures_of(rows, term_begins_on=term_begins_on, rule=rule),
        position=position,
        term_begins_on=term_begins_on,
        rule=rule,
        group=THIS_GROUP,
    )


def tenures_of(rows: Sequence[Held], *, term_begins_on: date, rule: Rule) -> list[Tenure]:
    """As rotation counts them, newest first. What together is no longer than a term is one term, as an
    alternate's who became member; rows of which it is not certain how many terms they were are uncertain.
    """
    terms = _terms(rows, term_begins_on, rule)
    return [
        tenure
        for number, term in enumerate(terms, start=1)
        for tenure in _tenures(term, str(number), term_begins_on, rule)
    ]


_Span = tuple[date, date]


def _terms(rows: Sequence[Held], before: date, rule: Rule) -> list[list[Held]]:
    longest = timedelta(_days(rule) + SLACK_DAYS)
    terms: list[list[Held]] = []
    for row in sorted(rows, key=lambda row: _newest_first(row, before), reverse=True):
        last = terms[-1] if terms else []
        span, alone = _by_terms([*last, row], before), _by_terms([row], before)
        is_one = span in (alone, last and _by_terms(last, before)) or span[1] - span[0] <= longest
        if last and is_one:
            last.append(row)
        else:
            terms.append([row])
    return terms


def _newest_first(row: Held, before: date) -> tuple[object, ...]:
    begins_on, ends_on = _by_terms([row], before)
    return ends_on, begins_on, row.position, row.group, row.is_doubtful


def _tenures(term: Sequence[Held], cycle: str, before: date, rule: Rule) -> Iterator[Tenure]:
    is_certain = all(_is_certain(counted, before, rule) for counted in _counted(term, rule))
    span = _by_terms if is_certain else _by_calendar
    for row in term:
        begins_on, ends_on = span([row], before)
        yield Tenure(
            person=THE_PERSON,
            cycle=cycle,
            position=row.position,
            begins_on=begins_on,
            uncertain=row.is_doubtful or not is_certain,
            ends_on=ends_on if row.to_year else None,
            group={THIS: THIS_GROUP, OTHER: ANOTHER_GROUP}.get(row.group),
        )


def _counted(term: Sequence[Held], rule: Rule) -> Iterator[list[Held]]:
    """What of a term may count, as often as the rule leaves it open."""
    alternates = {True: [True], False: [False], None: [True, False]}[rule.alternates_count]
    everywhere = {"person": [True], "group": [False], None: [True, False]}[rule.counts]
    for with_alternates, anywhere in itertools.product(alternates, everywhere):
        counted = [
            row
            for row in term
            if (with_alternates or row.position == MEMBER) and (anywhere or row.group != OTHER)
        ]
        if counted:
            yield counted


def _is_certain(counted: Sequence[Held], before: date, rule: Rule) -> bool:
    spans = (_by_terms(counted, before), _by_calendar(counted, before))
    return len({_whole_terms(span, rule) for span in spans}) == 1


def _by_calendar(rows: Sequence[Held], before: date) -> _Span:
    latest = before - timedelta(days=1)
    ends = [date(row.to_year, 12, 31) if row.to_year else latest for row in rows]
    return date(min(row.from_year for row in rows), 1, 1), min(max(ends), latest)


def _by_terms(rows: Sequence[Held], before: date) -> _Span:
    """From the day of the year on which the body's terms begin, to the last day before it. A place held
    for less than a year lies before that day."""
    spans = [_row_by_terms(row, before) for row in rows]
    return min(first for first, _last in spans), max(last for _first, last in spans)


def _row_by_terms(row: Held, before: date) -> _Span:
    first = _anniversary(before, row.from_year)
    is_new_year = (before.month, before.day) == (1, 1)
    end = _anniversary(before, row.to_year + is_new_year) if row.to_year else before
    last = min(end, before) - timedelta(days=1)
    return (first if first < last else date(row.from_year, 1, 1)), last


def _anniversary(day: date, year: int) -> date:
    return date(year, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _whole_terms(span: _Span, rule: Rule) -> int:
    return max((span[1] - span[0]).days + 1 + SLACK_DAYS, 0) // _days(rule)


def _days(rule: Rule) -> int:
    return rule.term_years * DAYS_A_YEAR
