"""Where elections stand: read in bulk, so that ten groups cost as many queries as one.

`Whereabouts` is what everybody may know; `Progress` adds the gates of the next move, for officers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import (
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)

from okil.areas.bodies.models import RoleName
from okil.areas.elections.models import (
    AdoptedRegulation,
    CommonRules,
    Cycle,
    Election,
    GateAnswer,
    Protocol,
    Round,
    StageDates,
    Suspension,
)
from okil.areas.elections.queries.ballots import all_in_numbers, contests_of
from okil.areas.elections.queries.complaints import complaints_settled_in
from okil.areas.elections.queries.count import waiting_for_an_act
from okil.areas.elections.queries.days import calendar_from, rests_of
from okil.areas.elections.queries.gates import PROTOCOL_THERE, Known, known_in
from okil.areas.elections.queries.officers import is_whole_commission
from okil.areas.elections.queries.protocols import complete_among, newest_in
from okil.areas.elections.queries.voters import remember_registration
from okil.pure.rules import stages
from okil.pure.rules.contests import WITHOUT_VOTE
from okil.pure.rules.regulation import Regulation, regulation_from, unanswered
from okil.pure.rules.regulation.findings import Around, Finding, unsettled
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
    around: Around  # what the body says, and what all its groups decided together

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

    @cached_property
    def unsettled(self) -> tuple[Finding, ...]:
        """The rules of the regulation that close the next move."""
        return _unsettled(self.where)

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


def whereabouts_of(election: Election, *, dated: bool = True) -> Whereabouts:
    """Without its dates where nobody asks for them: that is one question less."""
    return _whereabouts(Round.objects.filter(election=election), dated=dated)[0]


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


# Asked together with the rounds: it saves a query on every page of an election.
RULES = (
    AdoptedRegulation.objects.filter(group=OuterRef("election__group"))
    .order_by("-version")
    .values("content")[:1]
)


COMMON = CommonRules.objects.filter(body=OuterRef("election__cycle__body")).order_by("-version")


def _whereabouts(rounds: QuerySet[Round], *, dated: bool = True) -> list[Whereabouts]:
    newest: dict[int, Any] = {}  # rounds with what was asked together with them
    held_up = FilteredRelation(
        "election__suspensions", condition=Q(election__suspensions__lifted_at=None)
    )
    asked: Any = rounds.annotate(
        held_up=held_up,
        rules=Subquery(RULES),
        common=Subquery(COMMON.values("content")[:1]),
        tightened=Subquery(COMMON.values("tightened")[:1]),
        rests=rests_of("election__cycle__body"),
    )
    joined = asked.select_related(
        "election__group", "election__cycle__body", "annulled_by", "assembly", "held_up__decision"
    )
    for row in joined.defer("annulled_by__paper").order_by("number"):
        remember_registration(row, newest.get(row.election_id))
        newest[row.election_id] = row
    current = [newest[key] for key in sorted(newest)]
    if dated:
        prefetch_related_objects(current, "dates")
    return [
        Whereabouts(
            row.election,
            row,
            {Stage(each.stage): each for each in row.dates.all()} if dated else {},
            getattr(row, "held_up", None),
            None if row.rules is None else regulation_from(row.rules),
            Around(
                common=row.common,
                tightened=frozenset(row.tightened or ()),
                most_terms=row.election.cycle.body.terms_in_a_row,
            ),
        )
        for row in current
    ]


def _progress(found: Sequence[Whereabouts], *, at: datetime) -> list[Progress]:
    answers = _answers(found)
    known = _known(found, at=at)
    return [
        _one(
            where,
            answers=answers[where.round.pk],
            officers=dict(known[where.round.pk].officers),
            fulfilled=known[where.round.pk].fulfilled,
            at=at,
        )
        for where in found
    ]


def _gates(where: Whereabouts) -> tuple[Gate, ...]:
    """What the next move needs; nothing after the last."""
    to = stages.next_state(where.state)
    return stages.GATES[to] if to else ()


def _unsettled(where: Whereabouts) -> tuple[Finding, ...]:
    to = stages.next_state(where.state)
    return unsettled(to, where.rules or Regulation(), where.around) if to else ()


def _rules_settled(where: Whereabouts) -> frozenset[str]:
    """The gate of the next move that asks for the rules of the regulation, where none is open."""
    to = stages.next_state(where.state)
    asks = to in stages.RULES_GATE and not _unsettled(where)
    return frozenset({stages.RULES_GATE[to].code}) if to and asks else frozenset()


def _answers(found: Sequence[Whereabouts]) -> dict[int, dict[str, GateAnswer]]:
    """By round and gate: what was answered for this election alone, where the next move asks it."""
    answers: dict[int, dict[str, GateAnswer]] = defaultdict(dict)
    asked = [
        where.round.pk
        for where in found
        if any(gate.answer in (Answer.REGULATION, Answer.RULES) for gate in _gates(where))
    ]
    in_force = GateAnswer.objects.filter(round__in=asked, withdrawn_at=None)
    with_decision = in_force.select_related("decision").defer("decision__paper")
    for answer in with_decision if asked else ():
        answers[answer.round_id][answer.gate] = answer
    return answers


def _known(found: Sequence[Whereabouts], *, at: datetime) -> dict[int, Known]:
    """What the gates of the next moves ask for and the database knows; some of them need more than a
    question to it, and only in the state that asks them."""
    codes = {gate.code for where in found for gate in _gates(where)}
    if any(where.state is State.COUNTING for where in found):
        codes.add(PROTOCOL_THERE)
    known = known_in([where.round for where in found], codes)
    drawn_up, tied = _counted([where for where in found if where.state is State.COUNTING], known)
    more = {
        "ballots-ready": _without_a_vote(found),
        "protocol-signed": _signed(drawn_up),
        "complaints-settled": _settled(found, at=at),
    }
    return {
        pk: replace(
            each,
            fulfilled=(each.fulfilled | {code for code, rounds in more.items() if pk in rounds})
            - ({"counts-agree"} if pk in tied else set()),
        )
        for pk, each in known.items()
    }


def _without_a_vote(found: Sequence[Whereabouts]) -> set[int]:
    """Rounds in which nobody has a rival, where the regulation elects such people without a vote
    (REG-92)."""
    asked = [
        where.round
        for where in found
        if where.state is State.CANDIDATES_PUBLISHED
        and where.rules is not None
        and where.rules.single_candidate == WITHOUT_VOTE
    ]
    return {
        each.round.pk
        for each in (all_in_numbers(asked) if asked else ())
        if not any(contest.held.is_voted_on for contest in contests_of(each.round, each))
    }


def _counted(
    found: Sequence[Whereabouts], known: Mapping[int, Known]
) -> tuple[list[Protocol], set[int]]:
    """The newest protocols, and the rounds in which a tie waits: in none that has a protocol, which
    is not drawn up before the tie is settled."""
    if not found:
        return [], set()
    rounds = [where.round for where in found]
    there = [row for row in rounds if PROTOCOL_THERE in known[row.pk].fulfilled]
    agreed = [row for row in rounds if "counts-agree" in known[row.pk].fulfilled]
    protocols = newest_in(there) if there else {}
    return list(protocols.values()), waiting_for_an_act([r for r in agreed if r not in there])


def _signed(protocols: Collection[Protocol]) -> set[int]:
    signed = complete_among(protocols)
    return {each.round_id for each in protocols if each.pk in signed}


def _settled(found: Sequence[Whereabouts], *, at: datetime) -> set[int]:
    published = [where for where in found if where.state is State.PUBLISHED]
    days = {w.election.group_id: w.rules.complaint_days for w in published if w.rules}
    rounds: list[Any] = [where.round for where in published]
    calendars = {row.election.cycle.body_id: calendar_from(row.rests) for row in rounds}
    return complaints_settled_in(rounds, at=at, days=days, calendars=calendars)


def _one(
    where: Whereabouts,
    *,
    answers: dict[str, GateAnswer],
    officers: dict[str, int],
    fulfilled: frozenset[str],
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
    }
    return Progress(
        where=where,
        situation=Situation(
            state=where.state,
            facts=fulfilled | {code for code, so in known.items() if so} | _rules_settled(where),
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
