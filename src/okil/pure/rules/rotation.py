"""Rotation: who may stand again (REG-24, 11.01-11.05), and how a composition is renewed (6.12, 11.12)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from okil.pure.rules.regulation import Regulation

ALTERNATE = "alternate"
FREE = "free"
EXHAUSTED = "exhausted"
CANNOT_DECIDE = "cannot_decide"
DAYS_A_YEAR = 365
# Elections are not held to the day: a term that is half a year short is full, and one that begins half
# a year after the last follows it directly.
SLACK_DAYS = 183


@dataclass(frozen=True, slots=True)
class Tenure:
    """Somebody held a place; `uncertain` as the sources leave it.

    `ends_on` is the last day, None if the place is still held. `group` is known where it matters.
    """

    person: int
    cycle: str  # in which they were elected; "" if it is not known
    position: str
    begins_on: date
    uncertain: bool = False
    ends_on: date | None = None
    group: int | None = None


# May somebody stand again?


@dataclass(frozen=True, slots=True)
class Rule:
    """How a body limits terms. `None`: its rules do not say, and nothing is guessed (11.04, 11.05)."""

    terms_in_a_row: int = 2  # 11.02
    term_years: int = 3  # 11.01
    counts: str | None = "person"  # or "group": only terms in the group where somebody stands
    alternates_count: bool | None = None
    part_terms_count: bool | None = False  # 8.17: two full terms


def rule_of(regulation: Regulation, *, terms_in_a_row: int, term_years: int) -> Rule:
    """The body's limit, which a group's regulation may narrow and not widen (REG-24); whether terms for
    other groups and terms as alternate count, as the regulation says (REG-24, REG-39).
    """
    counts_by_person = regulation.terms_for_other_groups != "do_not_count"
    return Rule(
        terms_in_a_row=min(terms_in_a_row, regulation.most_terms or terms_in_a_row),
        term_years=term_years,
        counts="person" if counts_by_person else "group",
        alternates_count={"count": True, "do_not_count": False}.get(
            regulation.alternate_terms or ""
        ),
    )


@dataclass(frozen=True, slots=True)
class Reason:
    """A code of rotation_words.py and the facts that fill the gaps of its sentence."""

    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rotation:
    """`in_a_row` is how many terms in a row are certain."""

    answer: str  # free, exhausted or cannot_decide
    in_a_row: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Term:
    """What somebody held in one cycle: an alternate who became member held one term."""

    tenures: tuple[Tenure, ...]
    begins_on: date
    ends_on: date

    @property
    def years(self) -> str:
        return f"{self.begins_on.year}–{self.ends_on.year}"


@dataclass(frozen=True, slots=True)
class _Reading:
    """The rules and the entries read in one of two ways: what surely counts, or all that may."""

    rule: Rule
    group: int | None
    is_generous: bool

    def row(self, terms: Sequence[_Term], before: date) -> list[_Term]:
        """The terms that lead up to `before` one after the other, newest first.

        The last of them may be the one that does not count, and so ends the row.
        """
        found: list[_Term] = []
        for term in terms:
            if _days_between(term, before) > self._longest_gap:
                break
            found.append(term)
            if not self.worth(term):
                break
            before = term.begins_on
        return found

    def worth(self, term: _Term) -> int:
        """As how many terms it counts."""
        counted = self._counted(term)
        if not counted:
            return 0
        full = self._full_terms(term)
        if not full:
            is_doubtful = any(tenure.uncertain for tenure in counted)
            return int(is_doubtful or bool(self.rule.part_terms_count))
        return full if self.is_generous else 1

    def is_part(self, term: _Term) -> bool:
        """Is what counts of it less than a whole term?"""
        return bool(self._counted(term)) and not self._full_terms(term)

    @property
    def _longest_gap(self) -> int:
        return _term_days(self.rule) - SLACK_DAYS - 1 if self.is_generous else SLACK_DAYS

    def _counted(self, term: _Term) -> list[Tenure]:
        return [tenure for tenure in term.tenures if self._counts(tenure)]

    def _counts(self, tenure: Tenure) -> bool:
        if tenure.uncertain and not self.is_generous:
            return False
        if tenure.position == ALTERNATE and not self.rule.alternates_count:
            return False
        if self.rule.counts == "person":
            return True
        if tenure.group is None or self.group is None:
            return self.is_generous
        return tenure.group == self.group

    def _full_terms(self, term: _Term) -> int:
        counted = self._counted(term)
        begins_on = min(tenure.begins_on for tenure in counted)
        ends_on = max(_last_day(tenure, term.ends_on) for tenure in counted)
        days = (ends_on - begins_on).days + 1
        return (days + SLACK_DAYS) // _term_days(self.rule)


def may_stand(
    held: Sequence[Tenure],
    *,
    position: str,
    term_begins_on: date,
    rule: Rule,
    group: int | None = None,
) -> Rotation:
    """May somebody who held these places take one in the term that begins then?

    Counted are the terms directly before it, one after the other, back to the first that does not
    count. Who has served as many as are allowed may be neither member nor alternate (11.03). Where
    the rules or the entries leave open what counts, both ways are counted; only if they lead to
    different answers the answer is "cannot_decide", with what has to be settled. `group` is where
    somebody stands; it matters if only terms of one group count.
    """
    terms = _terms(held, term_begins_on)
    surely = _Reading(_settled(rule, generously=False), group, is_generous=False)
    perhaps = _Reading(_settled(rule, generously=True), group, is_generous=True)
    row = perhaps.row(terms, term_begins_on)
    least = sum(surely.worth(term) for term in surely.row(terms, term_begins_on))
    most = sum(perhaps.worth(term) for term in row)
    limit = rule.terms_in_a_row

    answer = FREE if most < limit else EXHAUSTED if least >= limit else CANNOT_DECIDE
    reasons = [_in_a_row(least, most, limit)]
    if answer == CANNOT_DECIDE:
        reasons += _doubts(row, surely, perhaps, rule, term_begins_on)
    if answer == EXHAUSTED and position == ALTERNATE:
        reasons.append(Reason("alternate-too", {}))
    reasons += [note for term in row for note in _notes(term, perhaps, rule)]
    return Rotation(answer, least, tuple(reasons))


def _in_a_row(least: int, most: int, limit: int) -> Reason:
    if least == most:
        return Reason("in-a-row", {"terms": least, "limit": limit})
    return Reason("in-a-row-between", {"least": least, "most": most, "limit": limit})


def _settled(rule: Rule, *, generously: bool) -> Rule:
    """The rule with every question it leaves open answered in one way."""
    return replace(
        rule,
        counts=rule.counts or ("person" if generously else "group"),
        alternates_count=_or(rule.alternates_count, generously),
        part_terms_count=_or(rule.part_terms_count, generously),
    )


def _or(said: bool | None, otherwise: bool) -> bool:
    return otherwise if said is None else said


def _terms(held: Sequence[Tenure], before: date) -> list[_Term]:
    """The terms that began before a day, newest first; a tenure of no known cycle is one by itself."""
    known = sorted(
        (tenure for tenure in held if tenure.begins_on < before),
        key=lambda tenure: (tenure.cycle, tenure.begins_on, tenure.position, tenure.uncertain),
    )
    numbered = [(tenure.cycle, 0 if tenure.cycle else i, tenure) for i, tenure in enumerate(known)]
    by_cycle = itertools.groupby(numbered, key=lambda one: one[:2])
    groups = [tuple(tenure for *_, tenure in group) for _, group in by_cycle]
    latest = before - timedelta(days=1)
    terms = [
        _Term(
            tenures,
            begins_on=min(tenure.begins_on for tenure in tenures),
            ends_on=max(_last_day(tenure, latest) for tenure in tenures),
        )
        for tenures in groups
    ]
    return sorted(terms, key=lambda term: (term.ends_on, term.begins_on), reverse=True)


def _last_day(tenure: Tenure, latest: date) -> date:
    return min(tenure.ends_on or latest, latest)


def _days_between(term: _Term, before: date) -> int:
    return (before - term.ends_on).days - 1


def _term_days(rule: Rule) -> int:
    return rule.term_years * DAYS_A_YEAR


def _doubts(
    row: Sequence[_Term], surely: _Reading, perhaps: _Reading, rule: Rule, before: date
) -> Iterator[Reason]:
    """What would have to be settled to know how many terms in a row there were."""
    for term in row:
        days = _days_between(term, before)
        before = term.begins_on
        facts = {"term": term.years}
        if days > SLACK_DAYS and perhaps.worth(term):
            yield Reason("gap", {**facts, "days": days})
        if surely.worth(term) == perhaps.worth(term):
            continue
        if any(tenure.uncertain for tenure in term.tenures):
            yield Reason("uncertain-entry", facts)
        if rule.alternates_count is None and _has_alternate(term):
            yield Reason("alternates-unsaid", facts)
        if rule.counts != "person" and _is_elsewhere(term, surely.group) is None:
            yield Reason("group-unknown", facts)
        if rule.counts is None and _is_elsewhere(term, surely.group):
            yield Reason("groups-unsaid", facts)
        if rule.part_terms_count is None and (surely.is_part(term) or perhaps.is_part(term)):
            yield Reason("part-terms-unsaid", facts)
        if perhaps.worth(term) > 1:
            yield Reason("long-entry", facts)


def _notes(term: _Term, perhaps: _Reading, rule: Rule) -> Iterator[Reason]:
    """What a reader may stumble over though the rules settle it: another role or group, a part (11.05)."""
    facts = {"term": term.years}
    if rule.alternates_count is not None and _has_alternate(term):
        counts = rule.alternates_count
        yield Reason("alternate-counts" if counts else "alternate-does-not-count", facts)
    if rule.counts is not None and _is_elsewhere(term, perhaps.group):
        counts = rule.counts == "person"
        yield Reason("other-group-counts" if counts else "other-group-does-not-count", facts)
    if rule.part_terms_count is not None and perhaps.is_part(term):
        counts = rule.part_terms_count
        yield Reason("part-term-counts" if counts else "part-term-does-not-count", facts)


def _has_alternate(term: _Term) -> bool:
    return any(tenure.position == ALTERNATE for tenure in term.tenures)


def _is_elsewhere(term: _Term, group: int | None) -> bool | None:
    """Was any of it in another group? None if that is not known."""
    groups = {tenure.group for tenure in term.tenures}
    if group is None or None in groups:
        return None
    return groups != {group}


# How a composition is renewed


@dataclass(frozen=True, slots=True)
class Composition:
    """Of the people who took a place in a cycle: each is counted in exactly one of the four."""

    first_time: int
    returning: int  # held a place before, but not in the cycle just before
    continuing: int  # held a place in the cycle just before
    undecidable: int  # an entry marked uncertain would decide
    vacant: int

    @property
    def people(self) -> int:
        return self.first_time + self.returning + self.continuing + self.undecidable

    @property
    def renewal(self) -> Fraction | None:
        """The share of people who did not sit in the cycle before; None if it cannot be decided."""
        if not self.people or self.undecidable:
            return None
        return Fraction(self.first_time + self.returning, self.people)


def composition(tenures: Sequence[Tenure], cycle: str, *, vacant: int) -> Composition:
    """What the history says of one cycle.

    Cycles follow each other by their first beginning. The oldest cycle has nothing before it:
    whether its people are new cannot be decided.
    """
    firsts: dict[str, date] = {}
    for tenure in tenures:
        firsts[tenure.cycle] = min(firsts.get(tenure.cycle, tenure.begins_on), tenure.begins_on)
    order = sorted(firsts, key=lambda name: (firsts[name], name))
    place = order.index(cycle) if cycle in firsts else 0
    before = set(order[:place])
    just_before = order[place - 1] if place else None

    counts = dict.fromkeys(("first_time", "returning", "continuing", "undecidable"), 0)
    for person in {tenure.person for tenure in tenures if tenure.cycle == cycle}:
        earlier = [t for t in tenures if t.person == person and t.cycle in before]
        counts[_kind(earlier, just_before)] += 1
    return Composition(**counts, vacant=vacant)


def _kind(earlier: Sequence[Tenure], just_before: str | None) -> str:
    if just_before is None:
        return "undecidable"
    certain = [t for t in earlier if not t.uncertain]
    if any(t.cycle == just_before for t in certain):
        return "continuing"
    if len(certain) < len(earlier):
        return "undecidable"
    return "returning" if certain else "first_time"
