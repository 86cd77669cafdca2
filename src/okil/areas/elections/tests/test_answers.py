"""What people say before a move, decide where the regulation is silent, and take back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.models import Decision
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import stages
from okil.areas.elections.models import Election, GateAnswer
from okil.areas.elections.tests import given
from okil.foundation.accounts.models import User
from okil.foundation.audit import history_of, length_and_last_hash
from okil.foundation.audit.models import JournalEntry
from okil.pure.refusal import Refused
from okil.pure.rules.stages import BY_CODE, GATES, ORDER, Answer, Gate, State

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)
OFFICERS = ("secretariat", "organiser", "commissioner", "observer")


STATED = [
    (to, gate) for to, gates in GATES.items() for gate in gates if gate.answer is Answer.STATEMENT
]


def try_to_answer(
    election: Election,
    code: str,
    actor: User,
    *,
    at: datetime = given.AT,
    done_on: date | None = None,
    decision: DecisionFacts | None = None,
) -> str:
    """The code of the refusal; nothing at all was written."""
    before = (GateAnswer.objects.count(), Decision.objects.count(), length_and_last_hash())
    with pytest.raises(Refused) as refusal:
        stages.answer_gate(
            election.pk,
            gate=code,
            done_on=done_on or given.AT.date(),
            decision=decision,
            actor=actor,
            at=at,
        )
    after = (GateAnswer.objects.count(), Decision.objects.count(), length_and_last_hash())
    assert after == before
    return refusal.value.code


def test_a_statement_is_one_row_of_the_journal_in_the_chapter_of_its_election() -> None:
    election = given.election()
    actor = given.secretariat()
    length = length_and_last_hash()[0]

    answer = given.answered("announcement-ready", election, at=given.AT)

    row = history_of(answer).get()
    assert length_and_last_hash()[0] == length + 1
    assert (row.event, row.chapter) == ("gate.answered", f"election-{election.pk}")
    assert (row.role, row.actor_number) == ("secretariat", bodies.role_of(actor).person.number)
    assert row.after == {"gate": "announcement-ready", "done_on": "2024-08-15"}


@pytest.mark.parametrize(("to", "gate"), STATED, ids=[gate.code for _to, gate in STATED])
def test_only_the_role_that_does_it_says_that_it_is_done(to: State, gate: Gate) -> None:
    election = given.election(ORDER[ORDER.index(to) - 1])

    for role in OFFICERS:
        if role != gate.by:
            actor = given.officer_of(role, election)
            assert try_to_answer(election, gate.code, actor) == "not-the-mover"


@pytest.mark.parametrize("code", sorted({*BY_CODE, "tea"} - {"announcement-ready"}))
def test_what_is_not_asked_now_cannot_be_answered_before(code: str) -> None:
    election = given.election()

    for role in OFFICERS:
        actor = given.officer_of(role, election)
        refused = try_to_answer(election, code, actor, decision=given.decision())
        assert refused == "gate-not-asked"


def test_nothing_is_asked_of_a_concluded_election() -> None:
    election = given.election(State.CONCLUDED)

    assert (
        try_to_answer(election, "group-informed", given.organiser_of(election)) == "gate-not-asked"
    )


def test_where_the_regulation_is_silent_a_word_is_not_enough() -> None:
    election = given.election(State.ANNOUNCED, rules={**given.RULES, "voter_kind": None})
    organiser = given.organiser_of(election)

    assert try_to_answer(election, "voter-defined", organiser) == "needs-decision"


def test_where_the_regulation_speaks_no_decision_says_otherwise() -> None:
    election = given.election(State.ANNOUNCED)
    organiser = given.organiser_of(election)

    refused = try_to_answer(election, "voter-defined", organiser, decision=given.decision())

    assert refused == "answered-already"


def test_what_is_said_twice_is_written_once() -> None:
    election = given.election()
    given.answered("announcement-ready", election, at=given.AT)

    assert try_to_answer(election, "announcement-ready", given.secretariat()) == "answered-already"


def test_nothing_is_done_on_a_day_to_come_where_the_body_is() -> None:
    election = given.election()
    actor = given.secretariat()
    evening = given.moment(8, 15, 18, 59)  # in Astana one minute to midnight

    for day in (date(2024, 8, 17), date(2024, 8, 16)):
        refused = try_to_answer(election, "announcement-ready", actor, at=evening, done_on=day)
        assert refused == "day-to-come"
    stages.answer_gate(
        election.pk,
        gate="announcement-ready",
        done_on=date(2024, 8, 16),
        actor=actor,
        at=evening + timedelta(minutes=1),
    )


def test_a_decision_for_this_case_is_none_that_is_still_to_come() -> None:
    election = given.election(State.ANNOUNCED, rules={**given.RULES, "voter_kind": None})
    tomorrow = DecisionFacts(made_by="Собрание", made_on=date(2024, 8, 16))

    refused = try_to_answer(
        election, "voter-defined", given.organiser_of(election), decision=tomorrow
    )

    assert refused == "decision-in-the-future"


@pytest.mark.parametrize("held_up", ["suspended", "annulled"])
def test_while_it_does_not_run_nothing_is_said_and_nothing_taken_back(held_up: str) -> None:
    election = given.election()
    answer = given.answered("announcement-ready", election, at=given.AT)
    getattr(given, held_up)(election, at=given.AT)
    actor = given.secretariat()

    assert try_to_answer(election, "announcement-ready", actor) == held_up
    with pytest.raises(Refused, match=held_up):
        stages.withdraw_answer(answer.pk, actor=actor, at=given.AT)
    assert GateAnswer.objects.get(pk=answer.pk).withdrawn_at is None


def test_the_database_keeps_one_answer_to_a_gate() -> None:
    election = given.election()
    answer = given.answered("announcement-ready", election, at=given.AT)
    answer.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        answer.save(force_insert=True)


# Taking back


def test_an_answer_taken_back_stays_in_the_table_and_in_the_journal() -> None:
    election = given.election()
    answer = given.answered("announcement-ready", election, at=given.AT)
    later = given.AT + given.HOUR

    stages.withdraw_answer(answer.pk, actor=given.secretariat(), at=later)
    again = given.answered("announcement-ready", election, at=later)

    assert GateAnswer.objects.get(pk=answer.pk).withdrawn_at == later
    assert [row.event for row in history_of(answer)] == ["gate.answered", "gate.answer_withdrawn"]
    assert again.pk != answer.pk


def test_an_answer_is_taken_back_once_and_by_its_role() -> None:
    election = given.election()
    answer = given.answered("announcement-ready", election, at=given.AT)
    with pytest.raises(Refused, match="not-the-mover"):
        stages.withdraw_answer(answer.pk, actor=given.organiser_of(election), at=given.AT)
    stages.withdraw_answer(answer.pk, actor=given.secretariat(), at=given.AT)

    with pytest.raises(Refused, match="gate-not-asked"):
        stages.withdraw_answer(answer.pk, actor=given.secretariat(), at=given.AT)


def test_after_the_move_an_answer_stands() -> None:
    election = given.election(State.ANNOUNCED)
    answer = GateAnswer.objects.get(gate="announcement-ready")
    length = JournalEntry.objects.count()

    with pytest.raises(Refused, match="gate-not-asked"):
        stages.withdraw_answer(answer.pk, actor=given.secretariat(), at=given.AT)
    assert JournalEntry.objects.count() == length
    assert given.state_of(election) is State.ANNOUNCED


def test_an_answer_of_an_earlier_round_stands() -> None:
    election = given.election(State.CANDIDATES_PUBLISHED)
    at = given.ENTERED[State.VOTING]
    answer = given.answered("assembly-called", election, at=at)
    given.annulled(election, at=at)
    given.repeat_vote(election, at=at)

    with pytest.raises(Refused, match="gate-not-asked"):
        stages.withdraw_answer(answer.pk, actor=given.organiser_of(election), at=at)
