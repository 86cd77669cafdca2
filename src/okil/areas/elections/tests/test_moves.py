"""From state to state: who moves, what is missing, what is written down."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from okil.areas.bodies.actions import memberships
from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections import queries
from okil.areas.elections.actions import stages
from okil.areas.elections.models import Election, Move, Round
from okil.areas.elections.tests import given
from okil.foundation.accounts.models import User
from okil.foundation.audit import history_of, length_and_last_hash, verify_chain
from okil.pure.refusal import Refused
from okil.pure.rules.stages import (
    BY_CODE,
    GATES,
    MOVER,
    NEXT,
    ORDER,
    Answer,
    Gate,
    Stage,
    State,
)

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)
OFFICERS = ("secretariat", "organiser", "commissioner", "observer")


def ready(state: State) -> Election:
    """Everything the next move needs is there."""
    election = given.election(state)
    given.all_fulfilled(election)
    return election


def try_to_move(
    election: Election, to: str, actor: User, *, code: str, at: datetime | None = None
) -> Refused:
    """The refusal; nothing at all was written."""
    before = (given.state_of(election), length_and_last_hash(), Move.objects.count())
    with pytest.raises(Refused) as refusal:
        stages.move_on(election.pk, to=to, actor=actor, at=at or given.ENTERED[State(to)])
    assert refusal.value.code == code
    assert (given.state_of(election), length_and_last_hash(), Move.objects.count()) == before
    return refusal.value


# The way


def test_an_election_goes_through_all_ten_states_by_ten_peoples_hands() -> None:
    election = given.election(State.CONCLUDED)
    moves = list(Move.objects.filter(round__election=election))

    assert [(m.from_state, m.to_state, m.role) for m in moves] == [
        (here, there, MOVER[there]) for here, there in NEXT.items()
    ]
    assert [m.at for m in moves] == [given.ENTERED[State(m.to_state)] for m in moves]
    assert given.round_of(election).state_since == given.ENTERED[State.CONCLUDED]
    assert verify_chain() == []


def test_a_move_is_one_row_of_the_journal_in_the_chapter_of_its_election() -> None:
    election = ready(State.PREPARATION)
    actor = given.mover_of(election)
    at = given.ENTERED[State.ANNOUNCED]
    length = length_and_last_hash()[0]

    stages.move_on(election.pk, to="announced", actor=actor, at=at)

    assert length_and_last_hash()[0] == length + 1
    row = history_of(given.round_of(election)).get()
    assert (row.event, row.chapter, row.at) == ("round.moved", f"election-{election.pk}", at)
    assert (row.role, row.actor_number) == ("secretariat", bodies.role_of(actor).person.number)
    assert (row.before, row.after) == ({"state": "preparation"}, {"state": "announced"})


@pytest.mark.parametrize("state", ORDER[:-1])
def test_only_whose_turn_it_is_moves(state: State) -> None:
    election = ready(state)
    to = NEXT[state]

    for role in OFFICERS:
        if role != MOVER[to]:
            refused = try_to_move(
                election, to, given.officer_of(role, election), code="not-the-mover"
            )
            assert refused.facts == {"role": MOVER[to]}
    stages.move_on(election.pk, to=to, actor=given.mover_of(election), at=given.ENTERED[to])


def test_the_same_role_of_another_group_does_not_move_this_one() -> None:
    election = ready(State.ANNOUNCED)
    neighbour = bodies.officer(RoleName.ORGANISER, bodies.group(given.body()))

    try_to_move(election, "registration", neighbour, code="not-the-mover")


def test_a_role_that_has_ended_moves_nothing() -> None:
    election = ready(State.RESULTS)
    organiser = given.organiser_of(election)
    bodies.ended(bodies.role_of(organiser))

    try_to_move(election, "submitted", organiser, code="not-the-mover")


@pytest.mark.parametrize("state", ORDER[:-1])
def test_no_state_is_skipped_and_none_returned_to(state: State) -> None:
    election = ready(state)

    for to in ORDER[1:]:
        if to is not NEXT[state]:
            actor = given.officer_of(MOVER[to], election)
            try_to_move(election, to, actor, code="moved-already")


def test_nobody_moves_an_election_back_to_preparation() -> None:
    election = ready(State.ANNOUNCED)

    for role in OFFICERS:
        try_to_move(
            election,
            "preparation",
            given.officer_of(role, election),
            code="not-the-mover",
            at=given.AT,
        )


def test_a_move_made_twice_is_made_once() -> None:
    election = ready(State.PREPARATION)
    actor = given.mover_of(election)
    at = given.ENTERED[State.ANNOUNCED]
    stages.move_on(election.pk, to="announced", actor=actor, at=at)

    try_to_move(election, "announced", actor, code="moved-already")


# Gates

LISTS = {
    "lists-closed",
    "closing-notice-sent",
    "applications-verified",
    "admission-decided",
    "posts-covered",
    "list-handed-over",
}
# What was not done, with all that cannot be done without it. The tests of each subject ask more.
NOT_DONE: dict[str, set[str]] = {
    "organiser-undertaken": {"organiser-undertaken"},
    "announcement-ready": {"announcement-ready"},
    "announcement-published": {"announcement-published"},
    "commission-declared": {"commission-declared"},
    "registration-notice-sent": {"registration-notice-sent"},
    "lists-closed": LISTS,
    "closing-notice-sent": {"closing-notice-sent"},
    "posts-covered": {"posts-covered", "list-handed-over"},
    "list-handed-over": {"list-handed-over"},
    "assembly-called": {"assembly-called"},
    "counts-agree": {"counts-agree", "protocol-signed"},
    "protocol-signed": {"protocol-signed"},
    "package-complete": {"package-complete"},
    "package-checked": {"package-checked"},
    "group-informed": {"group-informed"},
    "complaints-settled": {"complaints-settled"},
}


@pytest.mark.parametrize("code", NOT_DONE)
def test_what_was_not_done_stops_the_move(code: str) -> None:
    to = next(to for to, gates in GATES.items() if BY_CODE[code] in gates)
    election = given.election(ORDER[ORDER.index(to) - 1])
    at = given.ENTERED[to]
    if code == "complaints-settled":
        at = given.ENTERED[State.PUBLISHED] + given.DAY  # the term still runs
    given.all_fulfilled(election, but=NOT_DONE[code], at=at)

    try_to_move(election, to, given.mover_of(election), code="gates-closed", at=at)
    assert BY_CODE[code] in missing_of(election, at=at)


def missing_of(election: Election, *, at: datetime) -> list[Gate]:
    return [asked.gate for asked in queries.progress_of(election, at=at).missing]


ASKED = [
    (to, gate) for to, gates in GATES.items() for gate in gates if gate.answer is Answer.REGULATION
]


# Half of what is asked only where more than half is needed.
SILENCE = {
    "majority-known": {"decision_principle": "absolute_majority"},
    "decision-principle-known": {"majority_of": "votes_cast"},
}


@pytest.mark.parametrize(("to", "gate"), ASKED, ids=[gate.code for _to, gate in ASKED])
def test_a_silent_regulation_stops_the_move_until_the_group_decides(to: State, gate: Gate) -> None:
    election = given.election()
    given.adopt(election.group, {**given.RULES, **SILENCE.get(gate.code, {}), gate.question: None})
    here = ORDER[ORDER.index(to) - 1]
    given.moved_to(here, election)
    given.all_fulfilled(election)
    at = given.ENTERED[to]
    try_to_move(election, to, given.mover_of(election), code="gates-closed")

    given.answered(gate.code, election, at=at, by=given.decision())

    stages.move_on(election.pk, to=to, actor=given.mover_of(election), at=at)
    assert given.state_of(election) is to


def test_a_whole_regulation_adopted_before_the_announcement_opens_every_gate_it_answers() -> None:
    election = given.election(rules={})
    given.all_fulfilled(election)
    try_to_move(election, "announced", given.mover_of(election), code="gates-closed")

    given.adopt(election.group, given.RULES)

    assert given.state_of(given.moved_to(State.VOTING, election)) is State.VOTING


@pytest.mark.parametrize(
    ("to", "stage", "edge"),
    [
        (State.REGISTRATION, Stage.REGISTRATION, 0),
        (State.CANDIDATES_PUBLISHED, Stage.REGISTRATION, 1),
        (State.VOTING, Stage.VOTING, 0),
        (State.COUNTING, Stage.VOTING, 1),
    ],
)
def test_nothing_moves_before_its_moment(to: State, stage: Stage, edge: int) -> None:
    election = ready(ORDER[ORDER.index(to) - 1])
    moment = given.DATES[stage][edge]
    assert moment is not None
    actor = given.mover_of(election)

    try_to_move(election, to, actor, code="gates-closed", at=moment - INSTANT)
    stages.move_on(election.pk, to=to, actor=actor, at=moment)


def test_without_the_cycles_decision_nothing_is_announced() -> None:
    group = bodies.group(given.body())
    given.prepared(group)
    election = given.cycle([group], decided=False).elections.get()
    given.all_fulfilled(election, but={"announcement-ready", "cycle-decided"})

    try_to_move(election, "announced", given.secretariat(), code="gates-closed")


def test_without_dates_nothing_is_announced() -> None:
    group = bodies.group(given.body())
    given.prepared(group)
    election = given.cycle([group], dated=False).elections.get()
    given.all_fulfilled(election, but={"announcement-ready", "stage-dates-set"})

    try_to_move(election, "announced", given.secretariat(), code="gates-closed")


def test_without_an_organiser_nothing_is_announced() -> None:
    election = ready(State.PREPARATION)
    bodies.ended(bodies.role_of(given.organiser_of(election)))

    try_to_move(election, "announced", given.secretariat(), code="gates-closed")


def test_without_a_regulation_nothing_is_announced() -> None:
    election = given.cycle().elections.get()
    bodies.officer(RoleName.ORGANISER, election.group)
    given.all_fulfilled(election, but={"announcement-ready", "regulation-adopted"})

    try_to_move(election, "announced", given.secretariat(), code="gates-closed")


@pytest.mark.parametrize(
    ("size", "members", "enough"),
    [
        (2, 1, False), (2, 2, True), (2, 3, False),
        (3, 2, False), (3, 3, True),
    ],
)  # fmt: skip
def test_a_commission_has_as_many_members_as_the_regulation_says(
    size: int, members: int, enough: bool
) -> None:
    rules = {**given.RULES, "commission_size": size}
    election = given.election(State.REGISTRATION, rules=rules, commission=3)
    given.all_fulfilled(election, but={"commission-complete"})
    for role in election.group.roles.filter(role=RoleName.COMMISSIONER, ends_at=None)[members:]:
        bodies.ended(role)

    if enough:
        given.moved_to(State.CANDIDATES_PUBLISHED, election)
    else:
        try_to_move(election, "candidates_published", given.mover_of(election), code="gates-closed")


def test_one_person_counts_no_votes() -> None:
    election = given.election(State.VOTING, commission=2)
    member, leaves = election.group.roles.filter(role=RoleName.COMMISSIONER).order_by("pk")
    bodies.ended(leaves)
    assert member.person.user is not None

    try_to_move(election, "counting", member.person.user, code="gates-closed")


def test_an_election_is_not_concluded_before_its_seats_are_settled() -> None:
    election = given.election(State.PUBLISHED)
    at = given.ENTERED[State.CONCLUDED]
    given.all_fulfilled(election, but={"seats-settled"})
    try_to_move(election, "concluded", given.secretariat(), code="gates-closed")

    given.seats_settled(election, at=at)

    stages.move_on(election.pk, to="concluded", actor=given.secretariat(), at=at)


def test_who_took_a_seat_and_left_it_again_does_not_settle_it() -> None:
    election = ready(State.PUBLISHED)
    seat = bodies.first_seat(election.group)
    held = seat.memberships.get(position="member", ends_on=None)
    memberships.end_membership(
        held.pk,
        ends_on=date(2024, 11, 20),
        reason="resigned",
        actor=given.secretariat(),
        at=given.moment(11, 20, 10),
    )

    try_to_move(election, "concluded", given.secretariat(), code="gates-closed")


def test_a_member_of_the_old_term_does_not_settle_the_seat_of_the_new() -> None:
    election = given.election(State.PUBLISHED)
    seat = bodies.first_seat(election.group)
    for position in ("member", "alternate"):
        bodies.membership(seat, position=position)
    given.all_fulfilled(election, but={"seats-settled"})

    try_to_move(election, "concluded", given.secretariat(), code="gates-closed")


def test_every_seat_of_a_group_is_settled_not_only_one() -> None:
    group = bodies.group(given.body(), seats=2)
    given.prepared(group)
    election = given.cycle([group]).elections.get()
    given.moved_to(State.PUBLISHED, election)
    given.all_fulfilled(election, but={"seats-settled"})
    bodies.membership(bodies.first_seat(group), begins_on=date(2024, 11, 1))

    try_to_move(election, "concluded", given.secretariat(), code="gates-closed")


# While it does not run


@pytest.mark.parametrize("state", ORDER[:-1])
def test_a_suspended_election_does_not_move(state: State) -> None:
    election = ready(state)
    at = given.ENTERED[NEXT[state]]
    given.suspended(election, at=at)

    try_to_move(election, NEXT[state], given.mover_of(election), code="suspended")


@pytest.mark.parametrize("state", ORDER[:-1])
def test_an_annulled_round_does_not_move(state: State) -> None:
    election = ready(state)
    at = given.ENTERED[NEXT[state]]
    given.annulled(election, at=at)

    try_to_move(election, NEXT[state], given.mover_of(election), code="annulled")


# The database stands behind


def try_to_write(election: Election, from_state: str, to_state: str) -> Move:
    with transaction.atomic():
        return Move.objects.create(
            round=given.round_of(election),
            from_state=from_state,
            to_state=to_state,
            at=given.AT,
            role="secretariat",
            person_number=1,
        )


@pytest.mark.parametrize("here", ORDER)
def test_the_database_takes_no_move_but_to_the_next_state(here: State) -> None:
    election = given.cycle().elections.get()

    for there in ORDER:
        if NEXT.get(here) is there:
            try_to_write(election, here, there)
        else:
            with pytest.raises(IntegrityError, match="a_move_goes_one_state_on"):
                try_to_write(election, here, there)


def test_the_database_takes_no_state_that_is_none() -> None:
    election = given.cycle().elections.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        try_to_write(election, "voting", "tea")
    with pytest.raises(IntegrityError, match="there_are_ten_states"), transaction.atomic():
        Round.objects.filter(election=election).update(state="tea")


def test_the_database_lets_a_round_enter_a_state_once() -> None:
    election = given.election(State.ANNOUNCED)

    with pytest.raises(IntegrityError):
        try_to_write(election, "preparation", "announced")
