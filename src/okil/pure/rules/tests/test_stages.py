from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from okil.pure.rules.stages import (
    BY_CODE,
    DUE,
    GATES,
    GRACE,
    MOVER,
    NEXT,
    ORDER,
    STAGE_OF,
    WAITS_FOR,
    Answer,
    Gate,
    RoundKind,
    Situation,
    Stage,
    State,
    begins_in,
    due_at,
    is_late,
    is_open,
    kinds_that_may_follow,
    may_extend,
    may_move,
    missing,
    moment_awaited,
    next_state,
)

NOON = datetime(2024, 9, 12, 7, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)

# The design says it in one sentence. Here it is once more, by hand and row by row: state, stage,
# who moves an election into it, and what that needs (f: a fact, t: the clock, r: the regulation or
# a decision for this case, a: all rules of the regulation that this move needs).
BY_HAND = {
    "preparation": (1, None, ()),
    "announced": (
        2,
        "secretariat",
        (
            "f cycle-decided",
            "f stage-dates-set",
            "f organiser-named",
            "f organiser-undertaken",
            "f regulation-adopted",
            "a rules-for-announcement",
            "f announcement-ready",
        ),
    ),
    "registration": (
        3,
        "organiser",
        (
            "f announcement-published",
            "f commission-named",
            "f commission-declared",
            "f observers-invited",
            "r voter-defined",
            "r languages-named",
            "r complaints-known",
            "a rules-for-registration",
            "t registration-begins",
            "f registration-notice-sent",
        ),
    ),
    "candidates_published": (
        4,
        "secretariat",
        (
            "t registration-over",
            "f lists-closed",
            "f closing-notice-sent",
            "f commission-complete",
            "f applications-verified",
            "f admission-decided",
            "r contest-model-known",
            "r single-candidate-known",
            "a rules-for-candidates",
            "f posts-covered",
            "f list-handed-over",
        ),
    ),
    "voting": (
        5,
        "commissioner",
        (
            "f commission-complete",
            "r decision-principle-known",
            "r majority-known",
            "r tie-known",
            "r turnout-known",
            "r replacement-known",
            "r smallest-cell-known",
            "a rules-for-voting",
            "f assembly-called",
            "f order-drawn",
            "f ballots-ready",
            "t voting-begins",
        ),
    ),
    "counting": (5, "commissioner", ("f commission-complete", "t voting-over")),
    "results": (
        5,
        "commissioner",
        ("f commission-complete", "f counts-agree", "f protocol-signed"),
    ),
    "submitted": (5, "organiser", ("f package-complete",)),
    "published": (6, "secretariat", ("f package-checked",)),
    "concluded": (
        6,
        "secretariat",
        ("f group-informed", "f complaints-settled", "f seats-settled"),
    ),
}
WAY = tuple(BY_HAND)
LETTER = {
    Answer.FACT: "f",
    Answer.TIME: "t",
    Answer.REGULATION: "r",
    Answer.RULES: "a",
}
KNOWN = (Answer.FACT, Answer.RULES)
# For which moment the clock is asked, by hand too.
AWAITED = {
    "registration-begins": ("begins", Stage.REGISTRATION),
    "registration-over": ("ends", Stage.REGISTRATION),
    "voting-begins": ("begins", Stage.VOTING),
    "voting-over": ("ends", Stage.VOTING),
}
QUESTION = {
    "voter-defined": "voter_kind",
    "complaints-known": "complaint_days",
    "majority-known": "majority_of",
    "languages-named": "languages",
    "contest-model-known": "contest_model",
    "single-candidate-known": "single_candidate",
    "decision-principle-known": "decision_principle",
    "tie-known": "tie",
    "turnout-known": "minimum_turnout_percent",
    "replacement-known": "replacement",
    "smallest-cell-known": "smallest_cell",
}


def all_is_done(state: State, *, at: datetime = NOON) -> Situation:
    """Whatever the next move needs is there, and every moment has come."""
    past = dict.fromkeys(Stage, at)
    return Situation(
        state=state,
        facts=frozenset(code for code in BY_CODE if BY_CODE[code].answer in KNOWN),
        answered=frozenset(QUESTION.values()),
        begins=past,
        ends=past,
    )


def without(gate: Gate, situation: Situation) -> Situation:
    """The same situation, in which this gate is closed."""
    if gate.answer is Answer.TIME:
        later = dict.fromkeys(Stage, NOON + INSTANT)
        return replace(situation, begins=later, ends=later)
    return replace(
        situation,
        facts=situation.facts - {gate.code},
        decided=situation.decided - {gate.code},
        answered=situation.answered - {gate.question},
    )


# The tables


def test_the_tables_say_what_the_design_says() -> None:
    said = {
        state.value: (
            int(STAGE_OF[state]),
            MOVER.get(state),
            tuple(f"{LETTER[gate.answer]} {gate.code}" for gate in GATES.get(state, ())),
        )
        for state in ORDER
    }

    assert said == BY_HAND
    assert list(said) == list(BY_HAND)


def test_each_state_leads_to_the_one_after_it_and_the_last_to_none() -> None:
    assert {here.value: there.value for here, there in NEXT.items()} == dict(pairwise(WAY))
    assert [next_state(state) for state in ORDER] == [*ORDER[1:], None]


def test_a_stage_never_lies_before_the_stage_of_an_earlier_state() -> None:
    stages = [STAGE_OF[state] for state in ORDER]

    assert stages == sorted(stages)
    assert set(stages) == set(Stage)


def test_each_gate_is_told_with_who_opens_it_and_why() -> None:
    roles = {"secretariat", "organiser", "commissioner"}

    assert [gate.code for gate in BY_CODE.values() if gate.by not in roles] == []
    assert [gate.code for gate in BY_CODE.values() if not gate.source] == []


def test_a_gate_of_one_name_is_the_same_gate_wherever_it_is_asked() -> None:
    assert [
        gate.code for gates in GATES.values() for gate in gates if gate != BY_CODE[gate.code]
    ] == []


def test_what_a_group_decides_is_asked_before_one_move_only() -> None:
    # A decision is kept by its gate's name: asked twice, one answer would open two gates.
    asked = [
        gate.code for gates in GATES.values() for gate in gates if gate.answer is not Answer.FACT
    ]

    assert len(asked) == len(set(asked))


def test_each_gate_of_the_regulation_asks_one_question_and_no_other_gate_asks_it() -> None:
    assert {gate.code: gate.question for gate in BY_CODE.values() if gate.question} == QUESTION


def test_the_clock_is_asked_for_the_right_edge_of_the_right_stage() -> None:
    assert dict(WAITS_FOR) == AWAITED


# A move needs each of its gates


@pytest.mark.parametrize("state", ORDER[:-1])
def test_a_move_is_possible_when_nothing_is_missing(state: State) -> None:
    to = NEXT[state]
    situation = all_is_done(state)

    assert missing(to, situation, at=NOON) == ()
    assert may_move(to, situation, at=NOON)


@pytest.mark.parametrize(
    ("to", "gate"), [(to, gate) for to, gates in GATES.items() for gate in gates]
)
def test_one_closed_gate_stops_the_move(to: State, gate: Gate) -> None:
    situation = without(gate, all_is_done(ORDER[ORDER.index(to) - 1]))

    assert gate in missing(to, situation, at=NOON)
    assert not may_move(to, situation, at=NOON)


@pytest.mark.parametrize("state", ORDER)
def test_no_state_but_the_next_can_be_reached(state: State) -> None:
    situation = all_is_done(state)

    assert [to for to in ORDER if may_move(to, situation, at=NOON)] == [
        *filter(None, [NEXT.get(state)])
    ]


@pytest.mark.parametrize("state", ORDER[:-1])
def test_nothing_moves_while_suspended_or_once_annulled(state: State) -> None:
    situation = all_is_done(state)

    assert not may_move(NEXT[state], replace(situation, suspended=True), at=NOON)
    assert not may_move(NEXT[state], replace(situation, annulled=True), at=NOON)


def test_what_is_missing_is_told_in_the_order_of_the_table() -> None:
    nothing = Situation(State.PREPARATION)

    assert missing(State.ANNOUNCED, nothing, at=NOON) == GATES[State.ANNOUNCED]


@pytest.mark.parametrize("code", QUESTION)
def test_where_the_regulation_is_silent_a_decision_for_this_case_opens_the_gate(code: str) -> None:
    gate = BY_CODE[code]

    assert not is_open(gate, Situation(State.PREPARATION), at=NOON)
    assert is_open(gate, Situation(State.PREPARATION, decided=frozenset({code})), at=NOON)
    assert is_open(gate, Situation(State.PREPARATION, answered=frozenset({gate.question})), at=NOON)


def test_a_decision_for_this_case_opens_no_gate_of_facts_and_no_gate_of_time() -> None:
    everything = frozenset(BY_CODE)
    open_now = [
        gate.answer
        for gate in BY_CODE.values()
        if is_open(gate, Situation(State.PREPARATION, decided=everything), at=NOON)
    ]

    assert set(open_now) == {Answer.REGULATION}


# Time


@pytest.mark.parametrize("code", AWAITED)
def test_a_gate_of_time_opens_at_its_moment_and_not_an_instant_before(code: str) -> None:
    edge, stage = AWAITED[code]
    begins = {stage: NOON} if edge == "begins" else None
    ends = {stage: NOON} if edge == "ends" else None
    situation = Situation(State.PREPARATION, begins=begins, ends=ends)

    assert moment_awaited(BY_CODE[code], situation) == NOON
    assert not is_open(BY_CODE[code], situation, at=NOON - INSTANT)
    assert is_open(BY_CODE[code], situation, at=NOON)
    assert is_open(BY_CODE[code], situation, at=NOON + timedelta(days=400))


@pytest.mark.parametrize("code", AWAITED)
def test_a_moment_that_nobody_set_never_comes(code: str) -> None:
    edge, stage = AWAITED[code]
    long_ago = dict.fromkeys(Stage, NOON - timedelta(days=400))
    others = {each: moment for each, moment in long_ago.items() if each is not stage}
    situation = (
        Situation(State.PREPARATION, begins=others, ends=long_ago)
        if edge == "begins"
        else Situation(State.PREPARATION, begins=long_ago, ends=others)
    )

    assert not is_open(BY_CODE[code], situation, at=NOON)
    assert not is_open(BY_CODE[code], Situation(State.PREPARATION), at=NOON)


def test_a_moment_is_the_same_in_every_zone() -> None:
    astana = datetime.fromisoformat("2024-09-12T12:00:00+05:00")
    situation = Situation(State.PREPARATION, ends={Stage.VOTING: astana})

    assert is_open(BY_CODE["voting-over"], situation, at=NOON)
    assert not is_open(BY_CODE["voting-over"], situation, at=NOON - INSTANT)


# Being late


@pytest.mark.parametrize("state", [state for state in ORDER[:-1] if NEXT[state] in DUE])
def test_a_move_is_late_a_day_after_its_moment_and_not_an_instant_before(state: State) -> None:
    edge, stage = DUE[NEXT[state]]
    situation = Situation(
        state,
        begins={stage: NOON} if edge == "begins" else None,
        ends={stage: NOON} if edge == "ends" else None,
    )

    assert due_at(situation) == NOON
    assert not is_late(situation, at=NOON + GRACE)
    assert is_late(situation, at=NOON + GRACE + INSTANT)


@pytest.mark.parametrize("state", ORDER)
def test_nothing_is_late_that_is_not_dated_or_does_not_run(state: State) -> None:
    long_ago = dict.fromkeys(Stage, NOON - timedelta(days=400))
    dated = Situation(state, begins=long_ago, ends=long_ago)

    assert not is_late(Situation(state), at=NOON)
    assert not is_late(replace(dated, suspended=True), at=NOON)
    assert not is_late(replace(dated, annulled=True), at=NOON)


def test_a_published_election_has_no_date_to_conclude_by_and_a_concluded_one_none_at_all() -> None:
    long_ago = dict.fromkeys(Stage, NOON - timedelta(days=400))

    assert due_at(Situation(State.PUBLISHED, begins=long_ago, ends=long_ago)) is None
    assert due_at(Situation(State.CONCLUDED, begins=long_ago, ends=long_ago)) is None


# Extension


EXTENDABLE = {
    "preparation": (),
    "announced": (2, 3, 4, 5, 6),
    "registration": (3, 4, 5, 6),
    "candidates_published": (4, 5, 6),
    "voting": (5, 6),
    # Once the vote is closed its end stays, though the count belongs to the same stage.
    "counting": (6,),
    "results": (6,),
    "submitted": (6,),
    "published": (6,),
    "concluded": (),
}


def test_only_a_stage_that_still_lasts_or_is_to_come_can_be_extended() -> None:
    assert {
        state.value: tuple(int(stage) for stage in Stage if may_extend(stage, state))
        for state in State
    } == EXTENDABLE


# Another round


FOLLOWED = {"counting", "results", "submitted", "published"}
CANDIDATES_WERE_KNOWN = {"candidates_published", "voting", *FOLLOWED, "concluded"}


def followed(*, annulled: bool, kind: RoundKind = RoundKind.FIRST) -> dict[str, set[str]]:
    """Kind of round -> the states of a round of `kind` it may follow."""
    return {
        following.value: {
            state.value
            for state in State
            if following in kinds_that_may_follow(Situation(state, annulled=annulled, kind=kind))
        }
        for following in RoundKind
    }


@pytest.mark.parametrize("kind", RoundKind)
def test_another_round_follows_a_count_and_a_by_election_a_concluded_one(kind: RoundKind) -> None:
    assert followed(annulled=False, kind=kind) == {
        "first": set(),
        "repeat_vote": FOLLOWED,
        "second_round": FOLLOWED,
        "by_election": {"concluded"},
    }


BEFORE_THE_LIST = {"preparation", "announced", "registration"}


@pytest.mark.parametrize("kind", ["first", "by_election"])
def test_an_annulled_round_is_voted_on_again_only_if_its_candidates_were_published(
    kind: str,
) -> None:
    # Else everything before the list would be skipped: such a round begins from the beginning.
    assert followed(annulled=True, kind=RoundKind(kind)) == {
        "first": set(),
        "by_election": set(),
        "repeat_vote": CANDIDATES_WERE_KNOWN,
        "second_round": CANDIDATES_WERE_KNOWN,
        kind: BEFORE_THE_LIST,
    }


def test_a_round_with_its_own_registration_begins_in_preparation_and_no_other_does() -> None:
    assert {kind: begins_in(kind).value for kind in RoundKind} == {
        RoundKind.FIRST: "preparation",
        RoundKind.BY_ELECTION: "preparation",
        RoundKind.REPEAT_VOTE: "candidates_published",
        RoundKind.SECOND_ROUND: "candidates_published",
    }


# Any sequence of events


STATES = st.sampled_from(ORDER)
CODES = st.sampled_from(sorted(BY_CODE))
MOMENTS = st.integers(-10, 10).map(lambda days: NOON + timedelta(days=days))


class Election(RuleBasedStateMachine):
    """Anything may happen at any time; the moves that are let through are judged by the table above."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON - timedelta(days=10)
        self.open: set[str] = set()
        self.moments: dict[tuple[str, Stage], datetime] = {}
        self.suspended = self.annulled = False
        self.visited = [State.PREPARATION]

    def situation(self) -> Situation:
        return Situation(
            state=self.visited[-1],
            facts=frozenset(code for code in self.open if BY_CODE[code].answer in KNOWN),
            decided=frozenset(code for code in self.open if BY_CODE[code].answer not in KNOWN),
            begins={stage: at for (edge, stage), at in self.moments.items() if edge == "begins"},
            ends={stage: at for (edge, stage), at in self.moments.items() if edge == "ends"},
            suspended=self.suspended,
            annulled=self.annulled,
        )

    @rule(codes=st.sets(CODES))
    def gates_are_answered(self, codes: set[str]) -> None:
        self.open |= codes

    @rule()
    def the_next_gates_are_all_answered(self) -> None:
        """Without this, chance would hardly ever get far."""
        if next_one := NEXT.get(self.visited[-1]):
            self.open |= {gate.code for gate in GATES[next_one]}

    @rule(code=CODES)
    def an_answer_is_taken_back(self, code: str) -> None:
        self.open.discard(code)

    @rule(edge=st.sampled_from(["begins", "ends"]), stage=st.sampled_from(Stage), at=MOMENTS)
    def a_stage_is_dated(self, edge: str, stage: Stage, at: datetime) -> None:
        self.moments[edge, stage] = at

    @rule(edge=st.sampled_from(["begins", "ends"]), stage=st.sampled_from(Stage))
    def a_date_is_taken_away(self, edge: str, stage: Stage) -> None:
        self.moments.pop((edge, stage), None)

    @rule(hours=st.integers(0, 100))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(suspended=st.booleans())
    def it_is_suspended_or_goes_on(self, suspended: bool) -> None:
        self.suspended = suspended

    @precondition(lambda self: len(self.visited) > 4)
    @rule()
    def it_is_annulled(self) -> None:
        self.annulled = True

    @rule(to=STATES)
    def somebody_tries_to_move(self, to: State) -> None:
        self.move(to)

    @rule()
    def somebody_tries_the_next_move(self) -> None:
        self.move(NEXT.get(self.visited[-1], State.PREPARATION))

    def move(self, to: State) -> None:
        allowed = may_move(to, self.situation(), at=self.now)
        assert allowed == self.should_be_possible(to)
        if allowed:
            self.visited.append(to)

    def should_be_possible(self, to: State) -> bool:
        here = WAY.index(self.visited[-1].value)
        if self.suspended or self.annulled or WAY.index(to.value) != here + 1:
            return False
        return all(self.should_be_open(*gate.split()) for gate in BY_HAND[to.value][2])

    def should_be_open(self, letter: str, code: str) -> bool:
        if letter != "t":
            return code in self.open
        return AWAITED[code] in self.moments and self.moments[AWAITED[code]] <= self.now

    @invariant()
    def it_has_gone_through_every_state_up_to_here_and_never_back(self) -> None:
        assert [state.value for state in self.visited] == list(WAY[: len(self.visited)])

    @invariant()
    def nothing_missing_and_running_is_the_same_as_free_to_move(self) -> None:
        situation = self.situation()
        to = next_state(situation.state)
        runs = not (situation.suspended or situation.annulled)
        if to is not None and runs:
            assert may_move(to, situation, at=self.now) == (not missing(to, situation, at=self.now))


TestElection = Election.TestCase
TestElection.settings = settings(max_examples=60, stateful_step_count=60)


@given(
    st.builds(
        Situation,
        state=STATES,
        facts=st.frozensets(CODES),
        decided=st.frozensets(CODES),
        answered=st.frozensets(st.sampled_from(sorted(QUESTION.values()))),
        begins=st.dictionaries(st.sampled_from(Stage), MOMENTS),
        ends=st.dictionaries(st.sampled_from(Stage), MOMENTS),
    ),
    MOMENTS,
    st.integers(0, 100).map(lambda hours: timedelta(hours=hours)),
)
def test_waiting_closes_no_gate(situation: Situation, at: datetime, longer: timedelta) -> None:
    for to in GATES:
        assert set(missing(to, situation, at=at + longer)) <= set(missing(to, situation, at=at))
