"""Which actions of a plan are done: by what happened here, else by somebody's dated word.

What is known hangs on the numbers of the model plan; an action with another number is marked by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
)

from okil.areas.bodies.models import Role, RoleName
from okil.areas.elections.models import (
    ActionMark,
    Consultation,
    Cycle,
    DeadlineKind,
    GroupDeadline,
    Notice,
    PartnerLetter,
    PlanAction,
    Publication,
    Round,
)
from okil.areas.elections.queries.gates import GATES
from okil.foundation.documents.models import Issued
from okil.pure.rules.stages import ORDER, State

LEAST_COMMISSION = 2


@dataclass(frozen=True, slots=True)
class Fact:
    """An action is done in a round that has reached this state, or where all of these hold."""

    since: State | None = None
    shown_by: tuple[str, ...] = ()


FACTS: Mapping[int, Fact] = {
    2: Fact(shown_by=("practice-discussed",)),
    4: Fact(State.ANNOUNCED, ("organiser-named",)),
    5: Fact(shown_by=("committee-listed",)),
    6: Fact(shown_by=("organiser-enabled",)),
    7: Fact(shown_by=("partners-invited",)),
    8: Fact(shown_by=("commission-told",)),
    9: Fact(State.REGISTRATION, ("observers-invited",)),
    10: Fact(State.ANNOUNCED, ("announcement-ready",)),
    11: Fact(State.REGISTRATION, ("announcement-published",)),
    12: Fact(shown_by=("committee-consulted",)),
    13: Fact(State.REGISTRATION, ("registration-notice-sent",)),
    14: Fact(State.REGISTRATION),
    15: Fact(State.CANDIDATES_PUBLISHED, ("commission-named", "commission-declared")),
    16: Fact(
        State.CANDIDATES_PUBLISHED, ("lists-closed", "applications-verified", "admission-decided")
    ),
    17: Fact(State.CANDIDATES_PUBLISHED, ("list-handed-over",)),
    18: Fact(State.CANDIDATES_PUBLISHED),
    19: Fact(State.VOTING, ("assembly-called",)),
    20: Fact(State.COUNTING),
    21: Fact(State.RESULTS),
    22: Fact(State.SUBMITTED),
    24: Fact(State.PUBLISHED),
    25: Fact(shown_by=("elected-listed",)),
}


OF_THE_BODY = frozenset({"secretariat", "leadership"})


def is_of_groups(action: PlanAction) -> bool:
    """Is somebody else than the body's own offices responsible for it?"""
    return not set(action.responsible) <= OF_THE_BODY


def shows_itself(number: int) -> bool:
    """Is it seen here and only here, so that nobody's word is needed?"""
    return number in FACTS and FACTS[number].since is not None


def _holders(role: str) -> Any:
    return Role.objects.filter(group=OuterRef("election__group"), role=role, ends_at=None)


def _paper_of_the_cycle(kind: str) -> Q:
    issued = Issued.objects.filter(
        kind=kind,
        subject_kind=Cycle._meta.label_lower,
        subject_number=OuterRef("election__cycle"),
    )
    return Q(Exists(issued))


def _consultation_of_the_cycle(kind: str) -> Q:
    held = Consultation.objects.filter(cycle=OuterRef("election__cycle"), kind=kind)
    return Q(Exists(held))


SHOWN: Mapping[str, Q] = {
    **GATES,
    "practice-discussed": _consultation_of_the_cycle(Consultation.Kind.PRACTICE),
    "committee-consulted": _consultation_of_the_cycle(Consultation.Kind.COMMITTEE),
    "organiser-named": Q(Exists(_holders(RoleName.ORGANISER))),
    "committee-listed": _paper_of_the_cycle("organisers-list"),
    "organiser-enabled": ~Q(election__organiser_enabled={}),
    "partners-invited": Q(
        Exists(
            PartnerLetter.objects.filter(
                election=OuterRef("election"), function=PartnerLetter.Function.COMMISSION
            )
        )
    ),
    "commission-told": Q(
        Exists(
            Publication.objects.filter(
                notice__round=OuterRef("pk"),
                notice__kind=Notice.Kind.COMMISSION_FORMING,
                withdrawn_at=None,
            )
        )
    ),
    "commission-named": Q(
        Exists(
            _holders(RoleName.COMMISSIONER)
            .order_by()
            .values("group")
            .annotate(n=Count("pk"))
            .filter(n__gte=LEAST_COMMISSION)
        )
    ),
    "elected-listed": _paper_of_the_cycle("elected-list"),
}


@dataclass(frozen=True, slots=True)
class Done:
    """Of one action: in which elections it is done, of how many; the day if somebody marked it."""

    elections: frozenset[int] = frozenset()
    of: int = 0
    marked_on: date | None = None  # for all groups
    marked_in: Mapping[int, date] = field(default_factory=dict)  # by election

    @property
    def everywhere(self) -> bool:
        return self.marked_on is not None or (0 < self.of == len(self.elections))

    def in_election(self, election: int) -> bool:
        return self.marked_on is not None or election in self.elections


def done_in(
    cycle: Cycle, numbers: Collection[int], *, election: int | None = None
) -> dict[int, Done]:
    """By number of the action; of all elections of the cycle, or of one. Two queries at most."""
    if not numbers:
        return {}
    shown = _shown(cycle, numbers, election)
    marks: dict[int, dict[int | None, date]] = defaultdict(dict)
    of_these = ActionMark.objects.filter(action__cycle=cycle, action__number__in=list(numbers))
    for number, where, day in of_these.values_list("action__number", "election", "done_on"):
        marks[number][where] = day
    return {number: _one(number, shown, marks[number]) for number in numbers}


def _one(
    number: int, shown: Mapping[int, Collection[int]], marked: Mapping[int | None, date]
) -> Done:
    by_word = {where: day for where, day in marked.items() if where in shown}
    return Done(
        frozenset(where for where, numbers in shown.items() if number in numbers)
        | frozenset(where for where in by_word if where is not None),
        len(shown),
        marked.get(None),
        {where: day for where, day in by_word.items() if where is not None},
    )


def _shown(
    cycle: Cycle, numbers: Collection[int], election: int | None
) -> dict[int, frozenset[int]]:
    """By election: the actions that what happened here shows to be done. A round that was annulled
    shows nothing; of the others each shows what was done in it."""
    facts = {number: FACTS[number] for number in numbers if number in FACTS}
    codes = sorted({code for fact in facts.values() for code in fact.shown_by})
    asked = {
        code.replace("-", "_"): ExpressionWrapper(SHOWN[code], output_field=BooleanField())
        for code in codes
    }
    rounds = Round.objects.filter(election__cycle=cycle)
    if election is not None:
        rounds = rounds.filter(election=election)
    rows = rounds.annotate(**asked).values("election", "state", "annulled_at", *asked)
    found: dict[int, frozenset[int]] = {}
    for row in rows:
        known = found.get(row["election"], frozenset())
        if row["annulled_at"] is None:
            known |= {number for number, fact in facts.items() if _holds(fact, row)}
        found[row["election"]] = known
    return found


def _holds(fact: Fact, row: Mapping[str, Any]) -> bool:
    if fact.since is not None and ORDER.index(State(row["state"])) >= ORDER.index(fact.since):
        return True
    return bool(fact.shown_by) and all(row[code.replace("-", "_")] for code in fact.shown_by)


def overdue(rows: Iterable[PlanAction], *, on: date) -> list[int]:
    """The actions that should be over by this day; whether they are done is another question."""
    return [row.number for row in rows if _is_over(row.deadline_kind, row.deadline_on, None, on=on)]


def _is_over(kind: str, common: date | None, own: date | None, *, on: date) -> bool:
    """A beginning is never over; where the common plan says nothing, an own day is an end."""
    due = own or common
    return kind != DeadlineKind.FROM and due is not None and due < on


def late_in(cycle: Cycle, *, on: date, election: int | None = None) -> list[int]:
    """The actions whose day is over and that are not done everywhere; of one election, those of
    groups that are not done there, by its own days. Two queries at most."""
    own = GroupDeadline.objects.filter(action=OuterRef("pk"), election=election)
    rows = cycle.plan.annotate(own_day=Subquery(own.values("deadline_on")))
    late: dict[int, dict[int | None, date]] = {}
    for row in rows.values(*ASKED_OF_LATE, "own_day"):
        of_others = election is not None and set(row["responsible"]) <= OF_THE_BODY
        is_over = _is_over(row["deadline_kind"], row["deadline_on"], row["own_day"], on=on)
        if is_over and not of_others:
            marks = late.setdefault(row["number"], {})
            if row["marks__done_on"] is not None:
                marks[row["marks__election"]] = row["marks__done_on"]
    shown = _shown(cycle, late, election) if late else {}
    done = {number: _one(number, shown, marks) for number, marks in late.items()}
    return [
        number
        for number, each in done.items()
        if not (each.everywhere if election is None else each.in_election(election))
    ]


ASKED_OF_LATE = (
    "number",
    "responsible",
    "deadline_kind",
    "deadline_on",
    "marks__election",
    "marks__done_on",
)
