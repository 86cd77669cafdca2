"""The same person in two groups: what is compared, what is asked of whom, and how far it is.

Each answer is about one group; nothing here tells one group's officers which the other group is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Value, When

from okil.areas.bodies.models import Body, Role, RoleName
from okil.areas.elections.models import (
    Candidate,
    Closing,
    Crossing,
    CrossingSide,
    Cycle,
    Election,
    MatchingKey,
    MatchingRun,
    Round,
    Voter,
)
from okil.areas.elections.queries.candidates import rules_of
from okil.areas.elections.queries.regulations import common_rules_of
from okil.areas.elections.queries.voters import (
    WITH_REGISTRATION,
    closing_of,
    registration_round,
)
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.regulation.findings import COMMON_QUESTIONS
from okil.pure.rules.several_roles import Capacity, Follows, Stand, follows, stand
from okil.pure.rules.stages import ORDER, State

# Until its results are published a group's list is compared with the others'.
COMPARED_IN = frozenset(ORDER[ORDER.index(State.REGISTRATION) : ORDER.index(State.PUBLISHED)])
ANSWERED_IN = (State.REGISTRATION, State.CANDIDATES_PUBLISHED)  # afterwards the vote is on
COMPARED_ROLES = (RoleName.COMMISSIONER, RoleName.ORGANISER)

# Sealed, and not read here.
UNREAD = (
    *(f"voter__{name}" for name in ("name", "contact", "basis", "paper")),
    *(
        f"candidate__{name}"
        for name in ("name", "contact", "experience", "term_history", "conflict", "photo")
    ),
    "role__person__name",
    "role__person__name_latin",
)


# What is compared


def comparable_rounds(cycle: Cycle) -> list[Round]:
    """The registration of each election of the cycle whose lists are closed and whose results are not
    published yet, in the order of the elections."""
    newest: dict[int, Round] = {}
    registered: dict[int, Round] = {}
    rounds = Round.objects.filter(election__cycle=cycle).order_by("number")
    for row in rounds.select_related("election__group", "election__cycle__body"):
        newest[row.election_id] = row
        if row.kind in WITH_REGISTRATION:
            registered[row.election_id] = row
    closed = set(
        Closing.objects.filter(round__in=registered.values()).values_list("round_id", flat=True)
    )
    return [
        registered[pk]
        for pk, row in sorted(newest.items())
        if row.annulled_at is None
        and State(row.state) in COMPARED_IN
        and registered[pk].pk in closed
    ]


def voters_to_compare(row: Round) -> QuerySet[Voter]:
    found = row.voters.filter(
        status__in=(Voter.Status.WAITING, Voter.Status.ACCEPTED), is_late=False
    )
    return found.only("election", "name", "contact", "organisation_number").order_by("pk")


def candidates_to_compare(row: Round) -> QuerySet[Candidate]:
    found = row.candidates.filter(is_late=False, withdrawn_at=None)
    found = found.exclude(outcome=Candidate.Outcome.REFUSED)
    return found.only("election", "contact").order_by("pk")


def officers_to_compare(rows: Iterable[Round]) -> list[Role]:
    """Organisers and commission members in force, of these rounds' groups."""
    groups = [row.election.group_id for row in rows]
    found = Role.objects.filter(group__in=groups, role__in=COMPARED_ROLES, ends_at=None)
    return list(found.filter(person__user__isnull=False).select_related("person__user"))


# Keys and runs


def living_key(cycle: Cycle) -> MatchingKey | None:
    found = MatchingKey.objects.filter(cycle=cycle, destroyed_at=None)
    return found.select_related("holder", "decision").defer("decision__paper").first()


def keys_of(cycle: Cycle) -> list[MatchingKey]:
    found = cycle.matching_keys.select_related("holder", "decision").defer("decision__paper")
    return list(found.order_by("entered_at", "pk"))


def runs_of(cycle: Cycle) -> list[MatchingRun]:
    return list(cycle.matching_runs.all())


@dataclass(frozen=True)
class Tally:
    """One situation in numbers: how many pairs, and what was answered of how many roles."""

    situation: str
    pairs: int
    answers: Mapping[str, int]


def tallies_of(cycle: Cycle) -> dict[str, Tally]:
    """Each situation that there is, with its numbers."""
    found = Crossing.objects.filter(run__cycle=cycle).values_list("situation")
    pairs = dict(found.annotate(n=Count("pk")).order_by())
    answers: dict[str, dict[str, int]] = defaultdict(dict)
    sides = CrossingSide.objects.filter(crossing__run__cycle=cycle).order_by()
    for situation, answer, n in sides.values_list("crossing__situation", "answer").annotate(
        n=Count("pk")
    ):
        answers[situation][answer] = n
    return {each: Tally(each, n, dict(answers[each])) for each, n in pairs.items()}


# What is asked


@dataclass(frozen=True)
class Question:
    """What is asked of whoever holds one role in one group, however many other roles it meets."""

    election_id: int
    capacity: Capacity
    number: int  # of the voter, of the candidate, or of the person who holds the role
    situation: str
    follows: Follows  # by what all groups decided together
    own_rule: Follows  # by what this group's own regulation says, if that is asked for
    stand: Stand
    is_over: bool  # the role itself has ended: nothing is asked any more
    answer: str
    ruling: str
    sides: tuple[int, ...]

    @property
    def is_open(self) -> bool:
        return not self.is_over and self.stand in (Stand.ASKED, Stand.FOR_THE_BODY)


def questions_in(election: Election, row: Round) -> list[Question]:
    """What is asked in one group, of those on this round's lists and of officers in force."""
    return _questions(_asked_in(election, row), election, rules_of(election.group))


def open_in(election: Election, row: Round) -> int:
    """On how many it is still to be said."""
    return sum(each.is_open for each in _questions(_asked_in(election, row), election))


def _asked_in(election: Election, row: Round) -> Q:
    registered = registration_round(row)
    return Q(election=election) & (
        Q(voter__round=registered)
        | Q(candidate__round=registered)
        | Q(role__isnull=False, role__ends_at=None)
    )


def questions_of_applicant(applicant: Voter | Candidate, election: Election) -> list[Question]:
    if isinstance(applicant, Voter):
        return _questions(Q(voter=applicant), election)
    return _questions(Q(candidate=applicant), election)


def questions_of_officer(election: Election, number: int) -> list[Question]:
    """What the body's person of this number is asked about their own role in this group."""
    return _questions(_of_officer(election, number), election)


def waits_for_officer(election: Election, number: int) -> bool:
    """Is there a question that this person has not answered?"""
    found = CrossingSide.objects.filter(_of_officer(election, number), answer="", ruling="")
    return found.exists()


def _of_officer(election: Election, number: int) -> Q:
    return Q(election=election, role__person__number=number, role__ends_at=None)


Met = tuple[
    CrossingSide, CrossingSide, Follows
]  # the role that is asked about, the other, what follows


def _questions(asked: Q, election: Election, own: Regulation | None = None) -> list[Question]:
    """Both sides of each crossing in one query; the other one tells how far it is, and no more."""
    both = CrossingSide.objects.filter(
        crossing__in=CrossingSide.objects.filter(asked).values("crossing")
    )
    is_asked = Case(When(asked, then=Value(True)), default=Value(False))
    sides = list(
        both.annotate(is_asked=is_asked)
        .select_related("crossing", "voter", "candidate", "role__person")
        .defer(*UNREAD)
    )
    if not sides:
        return []
    common = _common(election.cycle.body)
    commissions = _commissions(sides)
    met: dict[tuple[str, int, str], list[Met]] = defaultdict(list)
    for here, there in _facing(sides):
        serves = commissions.get(here.role.person_id, 0) if here.role else 0
        situation = here.crossing.situation
        then = follows(situation, common, commissions=serves)
        if here.is_asked:
            met[capacity_of(here), number_of(here), situation].append((here, there, then))
    said = {name: getattr(own, name) for name in COMMON_QUESTIONS} if own else {}
    return [_question(election, key, pairs, said) for key, pairs in sorted(met.items())]


def _facing(sides: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Each side with the other one of its crossing."""
    by_crossing: dict[int, list[Any]] = defaultdict(list)
    for side in sides:
        by_crossing[side.crossing_id].append(side)
    for one, other in by_crossing.values():
        yield one, other
        yield other, one


def _question(
    election: Election,
    key: tuple[str, int, str],
    pairs: list[Met],
    said: Mapping[str, Any],
) -> Question:
    capacity, number, situation = key
    stands = [
        stand(
            then,
            answer=here.answer,
            ruling=here.ruling,
            other_answer=there.answer,
            other_is_over=is_over(there),
        )
        for here, there, then in pairs
    ]
    return Question(
        election.pk,
        Capacity(capacity),
        number,
        situation,
        follows=pairs[0][2],
        own_rule=follows(situation, said),
        stand=min(stands, key=MOST_URGENT.index),
        is_over=is_over(pairs[0][0]),
        answer=_same(here.answer for here, _there, _then in pairs),
        ruling=_same(here.ruling for here, _there, _then in pairs),
        sides=tuple(here.pk for here, _there, _then in pairs),
    )


MOST_URGENT = (Stand.LEAVES, Stand.ASKED, Stand.FOR_THE_BODY, Stand.STAYS)


def _same(said: Iterable[str]) -> str:
    """What is said of all; nothing if a later run found one more who is not answered for."""
    found = set(said)
    return found.pop() if len(found) == 1 else ""


def _common(body: Body) -> Mapping[str, Any]:
    adopted = common_rules_of(body)
    return adopted.content if adopted else {}


def _commissions(sides: Iterable[CrossingSide]) -> dict[int, int]:
    """By primary key of the person: on how many commissions they serve."""
    people = {side.role.person_id for side in sides if side.role}
    if not people:
        return {}
    serving = Role.objects.filter(person__in=people, role=RoleName.COMMISSIONER, ends_at=None)
    return dict(serving.values_list("person").annotate(n=Count("pk")).order_by())


def capacity_of(side: CrossingSide) -> str:
    if side.voter is not None:
        return Capacity.VOTER
    if side.candidate is not None:
        return Capacity.CANDIDATE
    assert side.role is not None
    return Capacity(side.role.role)


def number_of(side: CrossingSide) -> int:
    held = side.voter or side.candidate
    if held is not None:
        return held.number
    assert side.role is not None
    return side.role.person.number


def is_over(side: CrossingSide) -> bool:
    """Is whoever this was a voter, a candidate or an officer there no more?"""
    if side.voter is not None:
        return side.voter.status in (Voter.Status.REFUSED, Voter.Status.WITHDRAWN)
    if side.candidate is not None:
        refused = side.candidate.outcome == Candidate.Outcome.REFUSED
        return refused or side.candidate.withdrawn_at is not None
    assert side.role is not None
    return side.role.ends_at is not None


def was_compared(election: Election, row: Round) -> bool:
    """Has a run looked at this group since its lists were closed?"""
    closing = closing_of(row)
    return (
        closing is not None
        and election.cycle.matching_runs.filter(run_at__gte=closing.closed_at).exists()
    )
