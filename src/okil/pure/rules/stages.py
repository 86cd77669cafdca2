"""The six stages people see, the ten states inside them, who may move, and what each move needs.

Three tables (NEXT, MOVER, GATES) and the functions that read them. Nothing moves by itself: a person
moves, time only forbids. Sources: PRODUCT.md "Stages and states"; requirements and rules as noted.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum


class Stage(IntEnum):
    PREPARATION = 1
    ANNOUNCEMENT = 2
    REGISTRATION = 3
    CANDIDATE_LIST = 4
    VOTING = 5
    RESULTS = 6


class State(StrEnum):
    PREPARATION = "preparation"
    ANNOUNCED = "announced"
    REGISTRATION = "registration"
    CANDIDATES_PUBLISHED = "candidates_published"
    VOTING = "voting"
    COUNTING = "counting"
    RESULTS = "results"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    CONCLUDED = "concluded"


ORDER = tuple(State)
STAGE_OF: Mapping[State, Stage] = {
    State.PREPARATION: Stage.PREPARATION,
    State.ANNOUNCED: Stage.ANNOUNCEMENT,
    State.REGISTRATION: Stage.REGISTRATION,
    State.CANDIDATES_PUBLISHED: Stage.CANDIDATE_LIST,
    State.VOTING: Stage.VOTING,
    State.COUNTING: Stage.VOTING,
    State.RESULTS: Stage.VOTING,
    State.SUBMITTED: Stage.VOTING,
    State.PUBLISHED: Stage.RESULTS,
    State.CONCLUDED: Stage.RESULTS,
}
NEXT: Mapping[State, State] = dict(itertools.pairwise(ORDER))
MOVER: Mapping[State, str] = {  # who moves an election INTO this state
    State.ANNOUNCED: "secretariat",
    State.REGISTRATION: "organiser",
    State.CANDIDATES_PUBLISHED: "secretariat",
    State.VOTING: "commissioner",
    State.COUNTING: "commissioner",
    State.RESULTS: "commissioner",
    State.SUBMITTED: "organiser",
    State.PUBLISHED: "secretariat",
    State.CONCLUDED: "secretariat",
}
NEW_ROUND_BEGINS = State.CANDIDATES_PUBLISHED
# From the announcement until it is concluded, its rules do not change: also after the results are public
# complaints are decided and places are filled by them. What they leave open is decided for this election
# alone.
RULES_STAND = frozenset(
    {
        *(State.ANNOUNCED, State.REGISTRATION, State.CANDIDATES_PUBLISHED),
        *(State.VOTING, State.COUNTING, State.RESULTS, State.SUBMITTED, State.PUBLISHED),
    }
)


class RoundKind(StrEnum):
    FIRST = "first"
    REPEAT_VOTE = "repeat_vote"
    SECOND_ROUND = "second_round"
    BY_ELECTION = "by_election"


class Answer(StrEnum):
    """How a gate is answered."""

    FACT = "fact"  # the system knows
    TIME = "time"  # the clock says
    REGULATION = "regulation"  # the group's regulation says, or a dated decision for this case
    RULES = "rules"  # the regulation keeps all rules this move needs, or decisions for this case do


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing that must be so before a move. `code` is also the key of its words."""

    code: str
    answer: Answer
    by: str  # the role that does it
    source: str
    question: str = ""  # for Answer.REGULATION: the field of the regulation


def _fact(code: str, by: str, source: str) -> Gate:
    return Gate(code, Answer.FACT, by, source)


def _time(code: str, by: str, source: str) -> Gate:
    return Gate(code, Answer.TIME, by, source)


def _regulation(code: str, source: str, question: str) -> Gate:
    return Gate(code, Answer.REGULATION, "organiser", source, question)


def _rules(code: str) -> Gate:
    return Gate(code, Answer.RULES, "organiser", "REG-01 … REG-95")


GATES: Mapping[State, tuple[Gate, ...]] = {  # what moving INTO the state needs
    State.ANNOUNCED: (
        _fact("cycle-decided", "secretariat", "1.02"),
        _fact("stage-dates-set", "secretariat", "1.07"),
        _fact("organiser-named", "secretariat", "REG-22"),
        _fact("organiser-undertaken", "organiser", "1.15, REG-04"),
        _fact("regulation-adopted", "organiser", "REG-18"),
        _rules("rules-for-announcement"),
        _fact("announcement-ready", "secretariat", "2.01, 2.02"),
    ),
    State.REGISTRATION: (
        _fact("announcement-published", "secretariat", "2.03, REG-37"),
        _fact("commission-named", "organiser", "REG-21"),
        _fact("commission-declared", "commissioner", "REG-23, REG-04"),
        _fact("observers-invited", "organiser", "REG-02"),
        _regulation("voter-defined", "REG-26", "voter_kind"),
        _regulation("languages-named", "REG-94", "languages"),
        _regulation("complaints-known", "REG-91", "complaint_days"),
        _rules("rules-for-registration"),
        _time("registration-begins", "organiser", "3.01, REG-28"),
        _fact("registration-notice-sent", "organiser", "3.01, REG-37"),
    ),
    State.CANDIDATES_PUBLISHED: (
        _time("registration-over", "organiser", "3.12"),
        _fact("lists-closed", "organiser", "3.12, 3.13"),
        _fact("closing-notice-sent", "organiser", "3.12"),
        _fact("commission-complete", "organiser", "REG-21"),
        _fact("applications-verified", "commissioner", "3.10, 3.11, REG-24"),
        _fact("admission-decided", "commissioner", "3.14, REG-38"),
        _regulation("contest-model-known", "REG-05", "contest_model"),
        _regulation("single-candidate-known", "REG-92", "single_candidate"),
        _rules("rules-for-candidates"),
        _fact("posts-covered", "organiser", "3.18"),
        _fact("list-handed-over", "organiser", "4.01"),
    ),
    State.VOTING: (
        _fact("commission-complete", "organiser", "REG-21"),
        _regulation("decision-principle-known", "REG-33", "decision_principle"),
        _regulation("majority-known", "REG-33", "majority_of"),
        _regulation("tie-known", "REG-90", "tie"),
        _regulation("turnout-known", "REG-92", "minimum_turnout_percent"),
        _regulation("replacement-known", "REG-07", "replacement"),
        _regulation("smallest-cell-known", "REG-95", "smallest_cell"),
        _rules("rules-for-voting"),
        _fact("assembly-called", "organiser", "5.01, REG-40"),
        _fact("order-drawn", "commissioner", "5.03, REG-30"),
        _fact("ballots-ready", "commissioner", "5.03, REG-30"),
        _time("voting-begins", "organiser", "4.03, 5.09"),
    ),
    State.COUNTING: (
        _fact("commission-complete", "organiser", "REG-21"),
        _time("voting-over", "commissioner", "5.04, REG-31"),
    ),
    State.RESULTS: (
        _fact("commission-complete", "organiser", "REG-21"),
        _fact("counts-agree", "commissioner", "6.01"),
        _fact("protocol-signed", "commissioner", "6.05, REG-34"),
    ),
    State.SUBMITTED: (_fact("package-complete", "organiser", "6.06, 8.06, REG-35"),),
    State.PUBLISHED: (_fact("package-checked", "secretariat", "6.07"),),
    State.CONCLUDED: (
        _fact("group-informed", "organiser", "6.11, REG-17"),
        _fact("complaints-settled", "commissioner", "REG-91"),
        _fact("seats-settled", "secretariat", "6.09, 11.08"),
    ),
}
BY_CODE: Mapping[str, Gate] = {gate.code: gate for gates in GATES.values() for gate in gates}
# The gate that asks for all rules of a move at once, beside those that ask a single question.
RULES_GATE: Mapping[State, Gate] = {
    to: gate for to, gates in GATES.items() for gate in gates if gate.answer is Answer.RULES
}
ASKED_ALONE = frozenset(gate.question for gate in BY_CODE.values() if gate.question)


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a move depends on, gathered by the caller at one moment.

    `facts`: codes of gates the system knows to be fulfilled. `decided`: codes answered by a decision
    of the group for this case. `answered`: questions the regulation answers.
    `begins`, `ends`: the group's own dates of each stage. `kind`: what this round is.
    """

    state: State
    facts: frozenset[str] = frozenset()
    decided: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()
    begins: Mapping[Stage, datetime] | None = None
    ends: Mapping[Stage, datetime] | None = None
    suspended: bool = False
    annulled: bool = False
    kind: RoundKind = RoundKind.FIRST


# The stage whose beginning or end a time gate waits for.
WAITS_FOR: Mapping[str, tuple[str, Stage]] = {
    "registration-begins": ("begins", Stage.REGISTRATION),
    "registration-over": ("ends", Stage.REGISTRATION),
    "voting-begins": ("begins", Stage.VOTING),
    "voting-over": ("ends", Stage.VOTING),
}


def moment_awaited(gate: Gate, situation: Situation) -> datetime | None:
    """The moment a time gate waits for; None if nobody has set it."""
    edge, stage = WAITS_FOR[gate.code]
    moments = situation.begins if edge == "begins" else situation.ends
    return (moments or {}).get(stage)


def is_open(gate: Gate, situation: Situation, *, at: datetime) -> bool:
    """Is this gate fulfilled at this moment?"""
    match gate.answer:
        case Answer.FACT | Answer.RULES:
            return gate.code in situation.facts
        case Answer.REGULATION:
            return gate.question in situation.answered or gate.code in situation.decided
        case Answer.TIME:
            awaited = moment_awaited(gate, situation)
            return awaited is not None and at >= awaited


def missing(to: State, situation: Situation, *, at: datetime) -> tuple[Gate, ...]:
    """The gates of the move into `to` that are still closed, in the order of the table."""
    return tuple(gate for gate in GATES[to] if not is_open(gate, situation, at=at))


def next_state(state: State) -> State | None:
    """Where an election goes from here; None when it is concluded. It never goes back."""
    return NEXT.get(state)


def mover_into(state: str | None) -> str | None:
    """The role that moves an election into this state; None if nobody does, or there is no such state."""
    return MOVER.get(State(state)) if state in ORDER else None


def may_move(to: State, situation: Situation, *, at: datetime) -> bool:
    """Is the move possible for whoever its mover is?"""
    return (
        next_state(situation.state) is to
        and not situation.suspended
        and not situation.annulled
        and not missing(to, situation, at=at)
    )


# By when the move into a state should have happened: which edge of which stage.
DUE: Mapping[State, tuple[str, Stage]] = {
    State.ANNOUNCED: ("ends", Stage.ANNOUNCEMENT),
    State.REGISTRATION: ("begins", Stage.REGISTRATION),
    State.CANDIDATES_PUBLISHED: ("ends", Stage.CANDIDATE_LIST),
    State.VOTING: ("begins", Stage.VOTING),
    State.COUNTING: ("ends", Stage.VOTING),
    State.RESULTS: ("ends", Stage.RESULTS),
    State.SUBMITTED: ("ends", Stage.RESULTS),
    State.PUBLISHED: ("ends", Stage.RESULTS),
}
GRACE = timedelta(hours=24)  # a person moves, so a move is late only a day after its moment


def due_at(situation: Situation) -> datetime | None:
    """The moment by which the next move is expected; None if nothing dates it."""
    to = next_state(situation.state)
    if to is None or to not in DUE:
        return None
    edge, stage = DUE[to]
    moments = situation.begins if edge == "begins" else situation.ends
    return (moments or {}).get(stage)


def is_late(situation: Situation, *, at: datetime) -> bool:
    """Has the next move been due for more than a day? A suspended or annulled round is never late."""
    due = due_at(situation)
    return (
        due is not None and not situation.suspended and not situation.annulled and at > due + GRACE
    )


def may_extend(stage: Stage, state: State) -> bool:
    """May the end of this stage still be moved, for a published reason, in this state?

    Until the announcement dates are simply set. The count belongs to the stage of voting, but the end
    of the vote lies behind it.
    """
    if state in (State.PREPARATION, State.CONCLUDED):
        return False
    if stage is Stage.VOTING:
        return not _is_after(state, State.VOTING)
    return stage >= STAGE_OF[state]


def _is_after(state: State, other: State) -> bool:
    return ORDER.index(state) > ORDER.index(other)


# A new round may follow a count that elected nobody, or somebody who declined.
MAY_BE_FOLLOWED = frozenset({State.COUNTING, State.RESULTS, State.SUBMITTED, State.PUBLISHED})
VOTED_ON_AGAIN = (RoundKind.REPEAT_VOTE, RoundKind.SECOND_ROUND)
FROM_THE_BEGINNING = frozenset({RoundKind.FIRST, RoundKind.BY_ELECTION})


def begins_in(kind: RoundKind) -> State:
    """The state a round of this kind begins in."""
    return State.PREPARATION if kind in FROM_THE_BEGINNING else NEW_ROUND_BEGINS


def kinds_that_may_follow(situation: Situation) -> tuple[RoundKind, ...]:
    """Which rounds of the same election may begin after this one.

    A repeat vote or a second round begins with its candidates published. Where an annulled round's
    own candidates never were, that would skip all that comes before the list: there the same kind of
    round begins from the beginning. After a concluded election only a place that falls vacant during
    the term is elected anew (REG-93).
    """
    if not situation.annulled:
        if situation.state is State.CONCLUDED:
            return (RoundKind.BY_ELECTION,)
        return VOTED_ON_AGAIN if situation.state in MAY_BE_FOLLOWED else ()
    if _is_after(NEW_ROUND_BEGINS, situation.state):
        return (situation.kind,)
    return VOTED_ON_AGAIN
