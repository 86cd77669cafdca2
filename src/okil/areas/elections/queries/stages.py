"""Where elections stand: read in bulk, so that ten groups cost as many queries as one.

`Whereabouts` is what everybody may know; `Progress` adds the gates of the next move, for officers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from okil.areas.bodies.models import Role, RoleName
from okil.areas.elections.models import (
    AdoptedRegulation,
    Contestant,
    Cycle,
    Election,
    GateAnswer,
    Round,
    Seating,
    StageDates,
    Suspension,
)
from okil.areas.elections.queries.ballots import contests_of
from okil.areas.elections.queries.complaints import complaints_settled_in
from okil.areas.elections.queries.count import waits_for_an_act
from okil.areas.elections.queries.cycles import seats_unsettled
from okil.areas.elections.queries.gates import fulfilled_in
from okil.areas.elections.queries.officers import is_whole_commission
from okil.areas.elections.queries.protocols import complete_among
from okil.areas.elections.queries.protocols import newest as newest_protocol
from okil.pure.rules import stages
from okil.pure.rules.contests import WITHOUT_VOTE
from okil.pure.rules.regulation import Regulation, regulation_from, unanswered
from okil.pure.rules.stages import Answer, Gate, RoundKind, Situation, Stage, State

LEAST_COMMISSION = 2
FULL_COMMISSION = 3  # the regulation may say two; it never says more
QUESTIONS = frozenset(g.question for g in stages.BY_CODE.values() if g.answer is Answer.REGULATION)


def current_round(election: Election) -> Round:
    """The newest round, whatever became of the ones before."""
    return election.rounds.order_by("-number")[0]


@dataclass(frozen=True)
class Whereabouts:
    """One election: its current round, its dates, and whether it is held up."""

    election: Election
    round: Round
    dates: dict[Stage, StageDates]
    suspension: Suspension | None
    rules: Regulation | None  # the group's newest regulation

    @property
    def state(self) -> State:
        return State(self.round.state)

    @property
    def stage(self) -> Stage:
        return stages.STAGE_OF[self.state]

    @property
    def annulled(self) -> bool:
        return self.round.annulled_at is not None

    @property
    def begins(self) -> dict[Stage, datetime]:
        return {s: d.begins_at for s, d in self.dates.items() if d.begins_at is not None}

    @property
    def ends(self) -> dict[Stage, datetime]:
        return {s: d.ends_at for s, d in self.dates.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """A gate of the next move, whether it is open, and who answered it if a person did."""

    gate: Gate
    is_open: bool
    answer: GateAnswer | None


@dataclass(frozen=True)
class Progress:
    """One election at one moment, with what its next move needs."""

    where: Whereabouts
    situation: Situation
    answers: dict[str, GateAnswer]
    officers: dict[str, int]
    at: datetime

    @property
    def next_state(self) -> State | None:
        return stages.next_state(self.where.state)

    @property
    def mover(self) -> str | None:
        return stages.MOVER[self.next_state] if self.next_state else None

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        if self.next_state is None:
            return ()
        return tuple(
            Asked(
                gate,
                stages.is_open(gate, self.situation, at=self.at),
                self.answers.get(gate.code),
            )
            for gate in stages.GATES[self.next_state]
        )

    @property
    def missing(self) -> tuple[Asked, ...]:
        return tuple(asked for asked in self.asked if not asked.is_open)

    @property
    def fulfilled(self) -> tuple[Asked, ...]:
        return tuple(asked for asked in self.asked if asked.is_open)

    @property
    def may_move(self) -> bool:
        return self.next_state is not None and stages.may_move(
            self.next_state, self.situation, at=self.at
        )

    @property
    def is_late(self) -> bool:
        return stages.is_late(self.situation, at=self.at)

    @property
    def due_at(self) -> datetime | None:
        return stages.due_at(self.situation)


def whereabouts_of(election: Election) -> Whereabouts:
    return _whereabouts(Round.objects.filter(election=election))[0]


def whereabouts_in(cycle: Cycle) -> list[Whereabouts]:
    """All elections of a cycle, in the order of their primary keys."""
    return _whereabouts(Round.objects.filter(election__cycle=cycle))


def progress_of_groups(groups: Collection[int], *, at: datetime) -> list[Progress]:
    """The elections of these groups in the latest cycle, their own cycle with each."""
    latest = Cycle.objects.order_by("-year").values("pk")[:1]
    rounds = Round.objects.filter(election__cycle=latest, election__group__in=groups)
    return _progress(_whereabouts(rounds), at=at)


def progress_of(election: Election, *, at: datetime) -> Progress:
    return _progress([whereabouts_of(election)], at=at)[0]


def progress_in(cycle: Cycle, *, at: datetime) -> list[Progress]:
    """All elections of a cycle, in the order of their primary keys."""
    return _progress(whereabouts_in(cycle), at=at)


def situation(election: Election, row: Round, *, at: datetime) -> Situation:
    """For the action that moves: the situation of a round just locked, which is the current one."""
    progress = progress_of(election, at=at)
    if progress.where.round.pk != row.pk:
        raise Round.DoesNotExist
    return progress.situation


def standing(election: Election, row: Round) -> Situation:
    """For all other actions: where a round stands and whether it runs, without asking its gates."""
    dates = {Stage(dated.stage): dated for dated in row.dates.all()}
    return Situation(
        state=State(row.state),
        begins={s: d.begins_at for s, d in dates.items() if d.begins_at is not None},
        ends={s: d.ends_at for s, d in dates.items()},
        suspended=election.suspensions.filter(lifted_at=None).exists(),
        annulled=row.annulled_at is not None,
        kind=RoundKind(row.kind),
    )


# Asked together with the rounds: each saves a query on every page of an election.
HELD_UP = Suspension.objects.filter(election=OuterRef("election"), lifted_at=None)
RULES = (
    AdoptedRegulation.objects.filter(group=OuterRef("election__group"))
    .order_by("-version")
    .values("content")[:1]
)


def _whereabouts(rounds: QuerySet[Round]) -> list[Whereabouts]:
    newest: dict[int, Any] = {}  # rounds with what was asked together with them
    joined = rounds.select_related(
        "election__group", "election__cycle__body", "annulled_by", "assembly"
    )
    for row in joined.annotate(is_held_up=Exists(HELD_UP), rules=Subquery(RULES)).order_by(
        "number"
    ):
        newest[row.election_id] = row
    current = [newest[key] for key in sorted(newest)]
    dates: dict[int, dict[Stage, StageDates]] = defaultdict(dict)
    for dated in StageDates.objects.filter(round__in=current):
        dates[dated.round_id][Stage(dated.stage)] = dated
    stopped = [row.election_id for row in current if row.is_held_up]
    suspensions = _suspensions(stopped) if stopped else {}
    return [
        Whereabouts(
            row.election,
            row,
            dates[row.pk],
            suspensions.get(row.election_id),
            None if row.rules is None else regulation_from(row.rules),
        )
        for row in current
    ]


def _suspensions(elections: Collection[int]) -> dict[int, Suspension]:
    in_force = Suspension.objects.filter(election__in=elections, lifted_at=None)
    return {row.election_id: row for row in in_force.select_related("decision")}


def _progress(found: Sequence[Whereabouts], *, at: datetime) -> list[Progress]:
    groups = [where.election.group_id for where in found]
    answers: dict[int, dict[str, GateAnswer]] = defaultdict(dict)
    for answer in GateAnswer.objects.filter(
        round__in=[where.round.pk for where in found], withdrawn_at=None
    ).select_related("decision"):
        answers[answer.round_id][answer.gate] = answer
    officers: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    in_force = Role.objects.filter(group__in=groups, ends_at=None)
    for group, role in in_force.values_list("group_id", "role"):
        officers[group][role] += 1
    fulfilled = _fulfilled(found, at=at)
    ending = [w for w in found if w.state is State.PUBLISHED]
    unsettled = (
        seats_unsettled(ending[0].election.cycle, [w.election.group_id for w in ending])
        if ending
        else set()
    )
    awaited = _awaited([w.round for w in ending if w.round.kind == RoundKind.BY_ELECTION])
    return [
        _one(
            where,
            answers=answers[where.round.pk],
            officers=dict(officers[where.election.group_id]),
            fulfilled=fulfilled.get(where.round.pk, frozenset()),
            seats_settled=where.election.group_id not in unsettled
            and where.round.pk not in awaited,
            at=at,
        )
        for where in found
    ]


def _awaited(rounds: Sequence[Round]) -> set[int]:
    """By-elections whose elected have not taken their places: the vacancy is known since before."""
    if not rounds:
        return set()
    stood = Contestant.objects.filter(round__in=rounds).values_list("round", flat=True)
    seated = Seating.objects.filter(round__in=rounds).values_list("round", flat=True)
    return set(stood) - set(seated)


def _fulfilled(found: Sequence[Whereabouts], *, at: datetime) -> dict[int, frozenset[str]]:
    """What the gates of the next moves ask for and the database knows; some of them need more than a
    question to it, and only in the state that asks them."""
    rounds = [where.round for where in found]
    nexts = {stages.next_state(where.state) for where in found} - {None}
    codes = {gate.code for to in nexts if to is not None for gate in stages.GATES[to]}
    fulfilled = fulfilled_in(rounds, codes) if codes else {}
    for where in found:
        if where.state is State.CANDIDATES_PUBLISHED and _nothing_is_voted_on(where):
            fulfilled[where.round.pk] |= {"ballots-ready"}
        if where.state is State.COUNTING:
            fulfilled[where.round.pk] = _counted(where.round, fulfilled[where.round.pk])
    published = [where.round for where in found if where.state is State.PUBLISHED]
    for pk in complaints_settled_in(published, at=at) if published else ():
        fulfilled[pk] |= {"complaints-settled"}
    return fulfilled


def _nothing_is_voted_on(where: Whereabouts) -> bool:
    """Asked only where the regulation elects without a vote whoever has no rival (REG-92)."""
    if where.rules is None or where.rules.single_candidate != WITHOUT_VOTE:
        return False
    return not any(contest.held.is_voted_on for contest in contests_of(where.round))


def _counted(row: Round, known: frozenset[str]) -> frozenset[str]:
    """With what no single question tells: whether a tie waits, whether everybody has signed."""
    if "counts-agree" in known and waits_for_an_act(row):
        known -= {"counts-agree"}
    protocol = newest_protocol(row)
    if protocol is not None and complete_among([protocol]):
        known |= {"protocol-signed"}
    return known


def _one(
    where: Whereabouts,
    *,
    answers: dict[str, GateAnswer],
    officers: dict[str, int],
    fulfilled: frozenset[str],
    seats_settled: bool,
    at: datetime,
) -> Progress:
    rules = where.rules or Regulation()
    commissioners = officers.get(RoleName.COMMISSIONER, 0)
    known = {
        "cycle-decided": where.election.cycle.decision_id is not None,
        "stage-dates-set": len(where.dates) == len(Stage),
        "organiser-named": officers.get(RoleName.ORGANISER, 0) == 1,
        "regulation-adopted": where.rules is not None,
        "commission-named": LEAST_COMMISSION <= commissioners <= FULL_COMMISSION,
        "commission-complete": is_whole_commission(rules, commissioners),
        "seats-settled": seats_settled,
    }
    return Progress(
        where=where,
        situation=Situation(
            state=where.state,
            facts=fulfilled | {code for code, so in known.items() if so},
            decided=frozenset(answers),
            answered=QUESTIONS - set(unanswered(rules)),
            begins=where.begins,
            ends=where.ends,
            suspended=where.suspension is not None,
            annulled=where.annulled,
            kind=RoundKind(where.round.kind),
        ),
        answers=answers,
        officers=officers,
        at=at,
    )
