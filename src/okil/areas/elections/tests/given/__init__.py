"""Worlds made by real actions: a cycle, its elections, each moved to where a test needs it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

from okil.areas.bodies import queries as bodies_queries
from okil.areas.bodies.actions import memberships
from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.models import Body, ElectoralGroup, RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections import queries
from okil.areas.elections.actions import answers, cycles, regulations, stages
from okil.areas.elections.models import Cycle, Election, GateAnswer, Round
from okil.areas.elections.queries.gates import known_in
from okil.foundation.accounts.models import User
from okil.foundation.web.clock import clock
from okil.pure.rules.regulation import as_data
from okil.pure.rules.stages import (
    BY_CODE,
    GATES,
    MOVER,
    ORDER,
    Answer,
    RoundKind,
    Stage,
    State,
)
from okil.pure.rules.tests.regulations import sound

AT = bodies.AT  # 15 August 2024, 11:00 in Astana
PDF = bodies.PDF
browser_of = bodies.browser_of
decision = bodies.decision

# The files here that know how a gate is fulfilled.
SUBJECTS = (
    "officers",
    "notices",
    "voters",
    "candidates",
    "assembly",
    "ballots",
    "count",
    "protocols",
    "packages",
    "complaints",
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def moment(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """Of 2024, in UTC: 13:00 is 18:00 in Astana."""
    return datetime(2024, month, day, hour, minute, tzinfo=UTC)


DATES: dict[Stage, tuple[datetime | None, datetime]] = {
    Stage.PREPARATION: (None, moment(8, 16, 13)),
    Stage.ANNOUNCEMENT: (None, moment(8, 20, 13)),
    Stage.REGISTRATION: (moment(8, 26, 4), moment(9, 6, 13)),
    Stage.CANDIDATE_LIST: (None, moment(9, 10, 13)),
    Stage.VOTING: (moment(9, 12, 4), moment(9, 13, 13)),
    Stage.RESULTS: (None, moment(9, 25, 13)),
}
ANOTHER_VOTE: dict[Stage, tuple[datetime | None, datetime]] = {
    Stage.VOTING: (moment(9, 28, 4), moment(9, 29, 13)),
    Stage.RESULTS: (None, moment(10, 10, 13)),
}
# When an election whose dates are kept enters each state.
ENTERED = {
    State.ANNOUNCED: moment(8, 15, 8),
    State.REGISTRATION: moment(8, 26, 4),
    State.CANDIDATES_PUBLISHED: moment(9, 9, 10),
    State.VOTING: moment(9, 12, 4),
    State.COUNTING: moment(9, 13, 13),
    State.RESULTS: moment(9, 14, 10),
    State.SUBMITTED: moment(9, 16, 10),
    State.PUBLISHED: moment(9, 18, 10),
    State.CONCLUDED: moment(9, 25, 10),
}
# Sound, and what its count and its forms follow from said once more, as tests rely on it.
RULES: dict[str, Any] = as_data(
    sound(
        voter_kind="natural_person",
        contest_model="single_contest_runner_up_alternate",
        decision_principle="plurality",
        majority_of="votes_cast",
        tie="repeat_vote_between_tied",
        single_candidate="vote_for_or_against",
        minimum_turnout_percent=0,
        replacement="next_by_votes",
        complaint_days=3,
        complaint_effect="does_not_suspend",
        midterm="by_election",
        commission_size=2,
        smallest_cell=5,
        languages=["ru", "kk"],
    )
)
REASON = {"ru": "Заявок меньше, чем мест.", "kk": "Өтінім орыннан аз.", "en": "Too few applied."}


def it_is(at: datetime) -> None:
    """From now on views read this moment from the clock."""
    clock.set_source(lambda: at)


def body() -> Body:
    return bodies_queries.the_body() or bodies.body()


def secretariat() -> User:
    """The coordinator there is, or the first."""
    role = bodies_queries.secretariat(body()).select_related("person__user").first()
    return role.person.user if role and role.person.user else bodies.secretariat(body())


def organiser_of(election: Election) -> User:
    return bodies.organiser_of(election.group)


def officer_of(role: str, election: Election) -> User:
    """Whoever holds the role that a gate or a move names; the first if there are several."""
    if role == RoleName.SECRETARIAT:
        return secretariat()
    found = election.group.roles.filter(role=role, ends_at=None).order_by("pk").first()
    assert found is not None, role
    assert found.person.user is not None
    return found.person.user


def mover_of(election: Election) -> User:
    """Whose turn it is."""
    to = next_state_of(election)
    return officer_of(MOVER[to], election)


def round_of(election: Election) -> Round:
    return queries.current_round(election)


def state_of(election: Election) -> State:
    return State(round_of(election).state)


def next_state_of(election: Election) -> State:
    return ORDER[ORDER.index(state_of(election)) + 1]


def cycle(
    groups: Sequence[ElectoralGroup] | None = None, *, decided: bool = True, dated: bool = True
) -> Cycle:
    """The cycle of 2024; by default with its decision, its common dates and one group."""
    actor = secretariat()
    found = cycles.open_cycle(
        body=body(),
        year=2024,
        term_begins_on=date(2024, 11, 1),
        term_ends_on=date(2027, 10, 31),
        groups=[bodies.group(body())] if groups is None else groups,
        actor=actor,
        at=AT,
    )
    if decided:
        cycles.record_cycle_decision(
            found.pk, decision=decision(), quotas={"ru": "По одному месту."}, actor=actor, at=AT
        )
    if dated:
        cycles.set_common_dates(found.pk, dates=DATES, actor=actor, at=AT)
    found.refresh_from_db()
    return found


def prepared(
    group: ElectoralGroup,
    *,
    rules: Mapping[str, Any] | None = None,
    commission: int = 2,
    is_public: bool = True,
) -> None:
    """The group has its officers and has adopted its regulation."""
    organiser = bodies.organiser_of(group)
    for _each in range(commission):
        bodies.officer(RoleName.COMMISSIONER, group)
    bodies.officer(RoleName.OBSERVER, group)
    said = RULES if rules is None else rules
    adopt(group, said, is_public=is_public, actor=organiser)


def adopt(
    group: ElectoralGroup,
    rules: Mapping[str, Any],
    *,
    is_public: bool = True,
    actor: User | None = None,
    at: datetime = AT,
) -> None:
    latest = group.regulations.first()
    regulations.adopt_regulation(
        group.pk,
        content=rules,
        decision=decision(),
        is_public=is_public,
        seen_version=latest.version if latest else 0,
        actor=actor or bodies.organiser_of(group),
        at=at,
    )


def election(
    state: State = State.PREPARATION,
    *,
    rules: Mapping[str, Any] | None = None,
    commission: int = 2,
    is_public: bool = True,
) -> Election:
    """One group's election, moved to this state when its dates said so."""
    group = bodies.group(body())
    prepared(group, rules=rules, commission=commission, is_public=is_public)
    found = cycle([group]).elections.select_related("cycle__body", "group__body").get()
    return moved_to(state, found)


def moved_to(state: State, election: Election) -> Election:
    while state_of(election) is not state:
        all_fulfilled(election)
        to = next_state_of(election)
        stages.move_on(election.pk, to=to, actor=mover_of(election), at=ENTERED[to])
    return election


def all_fulfilled(
    election: Election, *, at: datetime | None = None, but: Collection[str] = ()
) -> None:
    """What the gates of the next move ask for is done by those whose business it is."""
    to = next_state_of(election)
    moment = at or ENTERED[to]
    open_before = queries.progress_of(election, at=moment).fulfilled
    done = {asked.gate.code for asked in open_before} | set(but)
    for gate in GATES[to]:
        if gate.answer is Answer.FACT and gate.code not in done:
            fulfil(gate.code, election, at=moment)


def fulfilled(code: str, row: Round) -> bool:
    """Does the database know that this gate is fulfilled, whichever move asks it?"""
    return code in known_in([row], [code])[row.pk].fulfilled


def fulfil(code: str, election: Election, *, at: datetime) -> None:
    """The acts behind one gate; each subject's file knows its own."""
    if code == "seats-settled":
        seats_settled(election, at=at)
        return
    name = f"fulfil_{code.replace('-', '_')}"
    files = (import_module(f"{__name__}.{subject}") for subject in SUBJECTS)
    act = next((getattr(each, name) for each in files if hasattr(each, name)), None)
    assert act is not None, f"nobody fulfils {code}"
    act(election, at=at)


def answered(
    code: str, election: Election, *, at: datetime, by: DecisionFacts | None = None
) -> GateAnswer:
    """A question that the regulation leaves open, by a decision for this case."""
    return answers.answer_gate(
        election.pk,
        gate=code,
        answer=RULES[BY_CODE[code].question],
        decision=by or decision(),
        actor=officer_of(BY_CODE[code].by, election),
        at=at,
    )


def seats_settled(election: Election, *, at: datetime) -> None:
    """A member for the new term, and a vacancy with its reason where the alternate would be."""
    for seat in election.group.seats.filter(until_on=None):
        memberships.begin_membership(
            seat.pk,
            position="member",
            begins_on=election.cycle.term_begins_on,
            name=bodies.a_name(),
            elected_in=str(election.cycle.year),
            actor=secretariat(),
            at=at,
        )
        memberships.record_vacancy(
            seat.pk,
            position="alternate",
            since_on=election.cycle.term_begins_on,
            reason={"ru": "Второго кандидата не было."},
            plan={},
            actor=secretariat(),
            at=at,
        )


def commissioner_of(election: Election) -> User:
    return officer_of(RoleName.COMMISSIONER, election)


def suspended(election: Election, *, at: datetime) -> Election:
    stages.suspend(
        election.pk,
        reason=REASON,
        decision=decision(paper=PDF),
        actor=commissioner_of(election),
        at=at,
    )
    return election


def annulled(election: Election, *, at: datetime) -> Election:
    stages.annul_round(
        election.pk, decision=decision(paper=PDF), actor=commissioner_of(election), at=at
    )
    return election


def extended(election: Election, stage: Stage, by: timedelta, *, at: datetime) -> Election:
    ends_at = round_of(election).dates.get(stage=stage).ends_at
    stages.extend_stage(
        election.pk,
        stage=stage,
        to_at=ends_at + by,
        reason=REASON,
        actor=organiser_of(election),
        at=at,
    )
    return election


def repeat_vote(election: Election, *, at: datetime) -> Round:
    return stages.open_round(
        election.pk,
        kind=RoundKind.REPEAT_VOTE,
        dates=ANOTHER_VOTE,
        decision=decision(paper=PDF),
        actor=commissioner_of(election),
        at=at,
    )


def ten_groups() -> Cycle:
    """A cycle with ten groups, each in another state; one of them with an extension, one suspended."""
    groups = [bodies.group(body()) for _state in ORDER]
    for group in groups:
        prepared(group, rules={**RULES, "commission_size": 3}, commission=3)
    found = cycle(groups)
    elections = found.elections.select_related("cycle__body", "group__body").order_by("pk")
    for state, each in zip(ORDER, elections, strict=True):
        moved_to(state, each)
        if state is State.REGISTRATION:
            extended(each, Stage.REGISTRATION, 5 * DAY, at=moment(9, 2, 10))
        if state is State.VOTING:
            suspended(each, at=moment(9, 12, 10))
    return found
