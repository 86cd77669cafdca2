"""Suspension, annulment and a new round: each rests on an attached decision of another body."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.models import Decision, RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections import queries
from okil.areas.elections.actions import stages
from okil.areas.elections.models import Election, Round, Suspension
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import assembly
from okil.foundation.accounts.models import User
from okil.foundation.audit import history_of, length_and_last_hash
from okil.pure.refusal import Refused
from okil.pure.rules.stages import RoundKind, Stage, State

pytestmark = pytest.mark.django_db
AT = given.moment(9, 30, 10)  # after everything: the acts themselves ask for no date

Act = Callable[[Election, DecisionFacts, User, datetime], object]


def suspend(election: Election, decision: DecisionFacts, actor: User, at: datetime) -> Suspension:
    return stages.suspend(election.pk, reason=given.REASON, decision=decision, actor=actor, at=at)


def lift(election: Election, decision: DecisionFacts, actor: User, at: datetime) -> Suspension:
    return stages.lift_suspension(election.pk, decision=decision, actor=actor, at=at)


def annul(election: Election, decision: DecisionFacts, actor: User, at: datetime) -> Round:
    return stages.annul_round(election.pk, decision=decision, actor=actor, at=at)


def open_round(election: Election, decision: DecisionFacts, actor: User, at: datetime) -> Round:
    return stages.open_round(
        election.pk,
        kind=RoundKind.SECOND_ROUND,
        dates={
            Stage.VOTING: (given.moment(10, 5, 4), given.moment(10, 6, 13)),
            Stage.RESULTS: (None, given.moment(10, 20, 13)),
        },
        decision=decision,
        actor=actor,
        at=at,
    )


def election_for(act: Act) -> Election:
    """One in which the act is possible."""
    election = given.election(State.COUNTING if act is open_round else State.ANNOUNCED)
    return given.suspended(election, at=AT) if act is lift else election


EVENTS: dict[Act, str] = {
    suspend: "election.suspended",
    lift: "election.resumed",
    annul: "round.annulled",
    open_round: "round.opened",
}
every_act = pytest.mark.parametrize("act", EVENTS, ids=EVENTS.values())


def refusal_of(
    act: Act,
    election: Election,
    *,
    decision: DecisionFacts | None = None,
    actor: User | None = None,
) -> str:
    """The code of the refusal; nothing at all was written."""

    def written() -> tuple[object, ...]:
        rounds = list(Round.objects.order_by("pk").values())
        suspensions = list(Suspension.objects.order_by("pk").values())
        return rounds, suspensions, Decision.objects.count(), length_and_last_hash()

    before = written()
    with pytest.raises(Refused) as refusal:
        act(
            election,
            decision or given.decision(paper=given.PDF),
            actor or given.commissioner_of(election),
            AT,
        )
    assert written() == before
    return refusal.value.code


# Whoever acts, and on what


@every_act
def test_only_the_commission_of_the_group_enters_it(act: Act) -> None:
    election = election_for(act)
    neighbours = bodies.officer(RoleName.COMMISSIONER, bodies.group(given.body()))
    others = [given.officer_of(r, election) for r in ("secretariat", "organiser", "observer")]

    for actor in (*others, neighbours):
        assert refusal_of(act, election, actor=actor) == "not-allowed"


@every_act
@pytest.mark.parametrize("paper", [None, b""])
def test_the_decision_is_attached(act: Act, paper: bytes | None) -> None:
    assert (
        refusal_of(act, election_for(act), decision=given.decision(paper=paper)) == "paper-missing"
    )


@every_act
def test_a_paper_of_another_kind_or_too_large_leaves_nothing_half_done(act: Act) -> None:
    election = election_for(act)
    too_large = given.PDF + bytes(5 * 1024 * 1024)

    assert refusal_of(act, election, decision=given.decision(paper=b"MZ...")) == "paper-unknown"
    assert refusal_of(act, election, decision=given.decision(paper=too_large)) == "paper-too-large"


@every_act
def test_a_decision_still_to_come_leaves_nothing_half_done(act: Act) -> None:
    tomorrow = DecisionFacts("Собрание", date(2024, 10, 1), paper=given.PDF)

    assert refusal_of(act, election_for(act), decision=tomorrow) == "decision-in-the-future"


@every_act
def test_the_paper_is_stored_sealed(act: Act) -> None:
    election = election_for(act)
    secret = b"%PDF-1.7 a name that nobody else may read"

    act(election, given.decision(paper=secret), given.commissioner_of(election), AT)

    decision = Decision.objects.order_by("-pk")[0]
    assert decision.paper_kind == "pdf"
    with connection.cursor() as cursor:
        cursor.execute("SELECT paper FROM bodies_decision WHERE id = %s", [decision.pk])
        (kept,) = cursor.fetchone()
    assert len(bytes(kept)) > len(secret)
    assert b"a name" not in bytes(kept)
    assert b"%PDF" not in bytes(kept)


@every_act
def test_it_is_one_row_of_the_journal_in_the_chapter_of_the_election(act: Act) -> None:
    election = election_for(act)
    actor = given.commissioner_of(election)
    length = length_and_last_hash()[0]

    found = act(election, given.decision(paper=given.PDF), actor, AT)

    subject = found if isinstance(found, Round) else election
    row = history_of(subject).order_by("-number")[0]
    assert length_and_last_hash()[0] == length + 1
    assert row.event == EVENTS[act]
    assert (row.chapter, row.at, row.role) == (f"election-{election.pk}", AT, "commissioner")
    assert row.actor_number == bodies.role_of(actor).person.number


# Suspension


def test_a_suspended_election_goes_on_where_it_stood() -> None:
    election = given.suspended(given.election(State.ANNOUNCED), at=given.AT)

    lift(election, given.decision(paper=given.PDF), given.commissioner_of(election), AT)

    assert given.state_of(given.moved_to(State.REGISTRATION, election)) is State.REGISTRATION


def test_an_election_is_suspended_once_at_a_time_and_lifted_once() -> None:
    election = given.suspended(given.election(State.ANNOUNCED), at=given.AT)
    assert refusal_of(suspend, election) == "suspended"

    lift(election, given.decision(paper=given.PDF), given.commissioner_of(election), AT)
    assert refusal_of(lift, election) == "not-suspended"

    given.suspended(election, at=AT)
    assert [s.lifted_at for s in election.suspensions.order_by("pk")] == [AT, None]


def test_the_database_keeps_one_open_suspension_and_lifts_none_without_a_decision() -> None:
    election = given.suspended(given.election(State.ANNOUNCED), at=given.AT)
    suspension = election.suspensions.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.create(
            election=election, since=AT, reason={}, decision=suspension.decision
        )
    with pytest.raises(IntegrityError, match="lifted_by_a_decision"), transaction.atomic():
        election.suspensions.update(lifted_at=AT)


def test_what_is_annulled_cannot_be_suspended() -> None:
    annulled = given.annulled(given.election(State.ANNOUNCED), at=given.AT)

    assert refusal_of(suspend, annulled) == "annulled"


def test_what_is_concluded_can_be_neither_suspended_nor_annulled_nor_followed() -> None:
    election = given.election(State.CONCLUDED)

    assert refusal_of(suspend, election) == "concluded"
    assert refusal_of(annul, election) == "concluded"
    assert refusal_of(open_round, election) == "round-still-open"


# Annulment


def test_an_annulled_round_is_annulled_once_and_ends_its_suspension() -> None:
    election = given.suspended(given.election(State.VOTING), at=given.moment(9, 12, 10))

    found = annul(election, given.decision(paper=given.PDF), given.commissioner_of(election), AT)

    suspension = election.suspensions.get()
    assert (suspension.lifted_at, suspension.lifted_by) == (AT, found.annulled_by)
    assert (found.annulled_at, found.state) == (AT, "voting")
    assert refusal_of(annul, election) == "annulled"
    assert refusal_of(lift, election) == "not-suspended"


def test_the_database_annuls_no_round_without_a_decision() -> None:
    election = given.election()

    with pytest.raises(IntegrityError, match="annulled_by_a_decision"), transaction.atomic():
        election.rounds.update(annulled_at=AT)


# A new round


def test_a_new_round_begins_with_its_candidates_published_and_its_own_dates() -> None:
    election = given.election(State.COUNTING)

    found = given.repeat_vote(election, at=given.moment(9, 20, 10))

    assert (found.number, found.kind, found.state) == (2, "repeat_vote", "candidates_published")
    assert found.opened_by is not None
    assert {
        Stage(d.stage): (d.begins_at, d.ends_at) for d in found.dates.all()
    } == given.ANOTHER_VOTE
    assert queries.current_round(election) == found
    assert election.rounds.get(number=1).state == "counting"


def test_in_a_new_round_everything_is_asked_anew() -> None:
    election = given.election(State.COUNTING)
    given.repeat_vote(election, at=given.moment(9, 20, 10))
    at = given.moment(9, 28, 4)

    with pytest.raises(Refused, match="gates-closed"):
        stages.move_on(election.pk, to="voting", actor=given.commissioner_of(election), at=at)
    assembly.planned(election, begins_at=given.moment(9, 28, 9), at=at)
    given.all_fulfilled(election, at=at)
    stages.move_on(election.pk, to="voting", actor=given.commissioner_of(election), at=at)

    assert given.state_of(election) is State.VOTING
    assert election.rounds.get(number=1).state == "counting"


@pytest.mark.parametrize("state", ["preparation", "registration", "candidates_published", "voting"])
def test_a_round_that_goes_on_is_not_followed_before_its_count(state: str) -> None:
    assert refusal_of(open_round, given.election(State(state))) == "round-still-open"


@pytest.mark.parametrize("state", ["results", "submitted", "published"])
def test_a_round_is_followed_once(state: str) -> None:
    election = given.election(State(state))
    given.repeat_vote(election, at=given.moment(9, 20, 10))

    assert refusal_of(open_round, election) == "round-still-open"


@pytest.mark.parametrize("state", ["preparation", "announced", "registration"])
def test_annulling_skips_no_gate_on_the_way_to_the_candidate_list(state: str) -> None:
    election = given.annulled(given.election(State(state)), at=given.moment(9, 9, 10))

    assert refusal_of(open_round, election) == "round-still-open"


@pytest.mark.parametrize("state", ["preparation", "announced", "registration"])
def test_an_election_annulled_early_begins_from_the_beginning(state: str) -> None:
    election = given.annulled(given.election(State(state)), at=given.moment(9, 9, 10))

    begun = stages.open_round(
        election.pk,
        kind=RoundKind.FIRST,
        dates=given.DATES,
        decision=given.decision(paper=given.PDF),
        actor=given.commissioner_of(election),
        at=given.moment(9, 9, 11),
    )

    assert (begun.number, begun.state) == (2, State.PREPARATION)
    assert given.state_of(election) is State.PREPARATION
    assert list(begun.answers.all()) == []


@pytest.mark.parametrize("state", ["candidates_published", "voting", "counting", "published"])
def test_an_annulled_round_is_followed_once_its_candidates_were_published(state: str) -> None:
    election = given.annulled(given.election(State(state)), at=given.moment(9, 20, 10))

    assert given.repeat_vote(election, at=given.moment(9, 20, 10)).number == 2


def test_a_suspended_election_begins_no_new_round() -> None:
    election = given.suspended(given.election(State.COUNTING), at=given.moment(9, 14, 10))

    assert refusal_of(open_round, election) == "suspended"


def test_the_dates_of_a_new_round_follow_each_other_and_lie_in_the_term() -> None:
    election = given.election(State.COUNTING)

    def refused(voting: tuple[datetime | None, datetime], results: datetime) -> str:
        with pytest.raises(Refused) as refusal:
            stages.open_round(
                election.pk,
                kind=RoundKind.REPEAT_VOTE,
                dates={Stage.VOTING: voting, Stage.RESULTS: (None, results)},
                decision=given.decision(paper=given.PDF),
                actor=given.commissioner_of(election),
                at=AT,
            )
        return refusal.value.code

    first, second, third = given.moment(10, 1, 4), given.moment(10, 2, 4), given.moment(10, 3, 4)
    assert refused((second, first), third) == "stages-out-of-order"
    assert refused((first, third), second) == "stages-out-of-order"
    assert refused((first, second), third.replace(year=2028)) == "after-the-term"
    assert election.rounds.count() == 1


def test_the_database_numbers_a_round_once() -> None:
    election = given.election()

    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(election=election, number=1, state_since=AT)
