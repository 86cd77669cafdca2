"""Where elections stand: read in bulk, so that ten groups cost as many queries as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from okil.areas.bodies.models import Role, RoleName
from okil.areas.elections.models import (
    AdoptedRegulation,
    Cycle,
    Election,
    Extension,
    GateAnswer,
    Round,
    StageDates,
    Suspension,
)
from okil.areas.elections.queries.cycles import seats_unsettled
from okil.pure.rules import stages
from okil.pure.rules.regulation import Regulation, unanswered
from okil.pure.rules.stages import Answer, Gate, Situation, Stage, State

FULL_COMMISSION = 3  # the regulation may say two; it never says more
LEAST_COMMISSION = 2


def current_round(election: Election) -> Round:
    """The newest round, whatever became of the ones before."""
    return election.rounds.order_by("-number")[0]


@dataclass(frozen=True, slots=True)
class Asked:
    """A gate of the next move, whether it is open, and who answered it if a person did."""

    gate: Gate
    is_open: bool
    answer: GateAnswer | None


@dataclass(frozen=True)
class Standing:
    """One election at one moment: all that its pages say about where it is."""

    election: Election
    round: Round
    situation: Situation
    dates: dict[Stage, StageDates]
    extensions: tuple[Extension, ...]
    suspension: Suspension | None
    answers: dict[str, GateAnswer]
    regulation: AdoptedRegulation | None
    officers: dict[str, int]
    at: datetime

    @property
    def state(self) -> State:
        return self.situation.state

    @property
    def stage(self) -> Stage:
        return stages.STAGE_OF[self.state]

    @property
    def next_state(self) -> State | None:
        return stages.next_state(self.state)

    @property
    def mover(self) -> str | None:
        return stages.MOVER[self.next_state] if self.next_state else None

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        if self.next_state is None:
            return ()
        return tuple(
            Asked(gate, stages.is_open(gate, self.situation, at=self.at), self.answers.get(gate.code))
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


def standing_of(election: Election, *, at: datetime) -> Standing:
    return _standings(Round.objects.filter(election=election), election.cycle, at=at)[0]


def standings_in(cycle: Cycle, *, at: datetime) -> list[Standing]:
    """All elections of a cycle, in the order of their primary keys."""
    return _standings(Round.objects.filter(election__cycle=cycle), cycle, at=at)


def situation(election: Election, row: Round, *, at: datetime) -> Situation:
    """For actions: the situation of a round just locked."""
    standing = standing_of(election, at=at)
    if standing.round.pk != row.pk:  # only the current round is ever moved
        raise Round.DoesNotExist
    return standing.situation


def _standings(rounds: Iterable[Round], cycle: Cycle, *, at: datetime) -> list[Standing]:
    newest: dict[int, Round] = {}
    for row in (
        rounds.select_related("election__group", "election__cycle__body").order_by("number")  # type: ignore[attr-defined]
    ):
        newest[row.election_id] = row
    current = [newest[key] for key in sorted(newest)]
    groups = [row.election.group_id for row in current]

    dates = _by_round(StageDates.objects.filter(round__in=current))
    extensions = defaultdict(list)
    for extension in Extension.objects.filter(dates__round__in=current).select_related("dates"):
        extensions[extension.dates.round_id].append(extension)
    answers = _by_round(
        GateAnswer.objects.filter(round__in=current, withdrawn_at=None).select_related("decision")
    )
    suspensions = {
        row.election_id: row
        for row in Suspension.objects.filter(
            election__in=[row.election_id for row in current], lifted_at=None
        ).select_related("decision")
    }
    regulations: dict[int, AdoptedRegulation] = {}
    for adopted in AdoptedRegulation.objects.filter(group__in=groups).order_by("version"):
        regulations[adopted.group_id] = adopted
    officers: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for group, role in Role.objects.filter(group__in=groups, ends_at=None).values_list(
        "group_id", "role"
    ):
        officers[group][role] += 1
    ending = [row.election.group_id for row in current if row.state == State.PUBLISHED]
    unsettled = seats_unsettled(cycle, ending) if ending else set()

    return [
        _standing(
            row,
            dates={Stage(d.stage): d for d in dates[row.pk]},
            extensions=tuple(extensions[row.pk]),
            suspension=suspensions.get(row.election_id),
            answers={answer.gate: answer for answer in answers[row.pk]},
            regulation=regulations.get(row.election.group_id),
            officers=dict(officers[row.election.group_id]),
            seats_settled=row.election.group_id not in unsettled,
            at=at,
        )
        for row in current
    ]


def _by_round(rows: Iterable[StageDates | GateAnswer]) -> dict[int, list]:  # type: ignore[type-arg]
    found = defaultdict(list)
    for row in rows:
        found[row.round_id].append(row)
    return found


def _standing(
    row: Round,
    *,
    dates: dict[Stage, StageDates],
    extensions: tuple[Extension, ...],
    suspension: Suspension | None,
    answers: dict[str, GateAnswer],
    regulation: AdoptedRegulation | None,
    officers: dict[str, int],
    seats_settled: bool,
    at: datetime,
) -> Standing:
    cycle = row.election.cycle
    rules = regulation.regulation if regulation else Regulation()
    commissioners = officers.get(RoleName.COMMISSIONER, 0)
    known = {
        "cycle-decided": cycle.decision_id is not None,
        "stage-dates-set": len(dates) == len(Stage),
        "organiser-named": officers.get(RoleName.ORGANISER, 0) == 1,
        "regulation-adopted": regulation is not None,
        "commission-named": LEAST_COMMISSION <= commissioners <= FULL_COMMISSION,
        "commission-complete": (rules.commission_size or LEAST_COMMISSION)
        <= commissioners
        <= FULL_COMMISSION,
        "seats-settled": seats_settled,
    }
    open_questions = set(unanswered(rules))
    questions = {g.question for g in stages.BY_CODE.values() if g.answer is Answer.REGULATION}
    return Standing(
        election=row.election,
        round=row,
        situation=Situation(
            state=State(row.state),
            facts=frozenset(code for code, so in known.items() if so),
            stated=frozenset(answers),
            answered=frozenset(questions - open_questions),
            begins={s: d.begins_at for s, d in dates.items() if d.begins_at is not None},
            ends={s: d.ends_at for s, d in dates.items()},
            suspended=suspension is not None,
            annulled=row.annulled_at is not None,
        ),
        dates=dates,
        extensions=extensions,
        suspension=suspension,
        answers=answers,
        regulation=regulation,
        officers=officers,
        at=at,
    )
