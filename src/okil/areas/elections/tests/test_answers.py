"""What a group decides where its regulation is silent, and takes back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.models import Decision
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections import queries
from okil.areas.elections.actions import answers, cycles
from okil.areas.elections.models import AdoptedRegulation, Election, GateAnswer
from okil.areas.elections.tests import given
from okil.foundation.accounts.models import User
from okil.foundation.audit import history_of, length_and_last_hash
from okil.foundation.audit.models import JournalEntry
from okil.pure.refusal import Refused
from okil.pure.rules.stages import BY_CODE, GATES, Answer, State

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)
OFFICERS = ("secretariat", "organiser", "commissioner", "observer")


SILENT = {**given.RULES, "voter_kind": None, "languages": []}
ASKED = [
    (to, gate) for to, gates in GATES.items() for gate in gates if gate.answer is Answer.REGULATION
]


def silent_election() -> Election:
    """Announced, by a regulation that does not say who votes."""
    return given.election(State.ANNOUNCED, rules=SILENT)


def try_to_answer(
    election: Election,
    code: str,
    actor: User,
    *,
    at: datetime = given.AT,
    answer: str = "natural_person",
    decision: DecisionFacts | None = None,
) -> str:
    """The code of the refusal; nothing at all was written."""
    before = (GateAnswer.objects.count(), Decision.objects.count(), length_and_last_hash())
    with pytest.raises(Refused) as refusal:
        answers.answer_gate(
            election.pk,
            gate=code,
            answer=answer,
            decision=decision or given.decision(),
            actor=actor,
            at=at,
        )
    after = (GateAnswer.objects.count(), Decision.objects.count(), length_and_last_hash())
    assert after == before
    return refusal.value.code


def test_a_decision_is_one_row_of_the_journal_in_the_chapter_of_its_election() -> None:
    election = silent_election()
    actor = given.organiser_of(election)
    length = length_and_last_hash()[0]

    answer = given.answered("voter-defined", election, at=given.AT)

    row = history_of(answer).get()
    assert length_and_last_hash()[0] == length + 1
    assert (row.event, row.chapter) == ("gate.answered", f"election-{election.pk}")
    assert (row.role, row.actor_number) == ("organiser", bodies.role_of(actor).person.number)
    assert row.after == {"gate": "voter-defined"}


def test_only_the_organiser_brings_the_groups_decision() -> None:
    election = silent_election()

    for role in OFFICERS:
        if role != "organiser":
            actor = given.officer_of(role, election)
            assert try_to_answer(election, "voter-defined", actor) == "not-the-mover"


@pytest.mark.parametrize("code", sorted({*BY_CODE, "tea"}))
def test_what_is_not_asked_now_cannot_be_answered_before(code: str) -> None:
    election = given.election()

    for role in OFFICERS:
        actor = given.officer_of(role, election)
        refused = try_to_answer(election, code, actor)
        assert refused == "gate-not-asked"


def test_nothing_is_asked_of_a_concluded_election() -> None:
    election = given.election(State.CONCLUDED)

    assert (
        try_to_answer(election, "group-informed", given.organiser_of(election)) == "gate-not-asked"
    )


def test_where_the_regulation_speaks_no_decision_says_otherwise() -> None:
    election = given.election(State.ANNOUNCED)
    organiser = given.organiser_of(election)

    assert try_to_answer(election, "voter-defined", organiser) == "answered-already"


def test_what_is_decided_twice_is_written_once() -> None:
    election = silent_election()
    given.answered("voter-defined", election, at=given.AT)

    refused = try_to_answer(election, "voter-defined", given.organiser_of(election))
    assert refused == "answered-already"


def test_a_decision_for_this_case_is_none_that_is_still_to_come() -> None:
    election = silent_election()
    tomorrow = DecisionFacts(made_by="Собрание", made_on=date(2024, 8, 16))

    refused = try_to_answer(
        election, "voter-defined", given.organiser_of(election), decision=tomorrow
    )

    assert refused == "decision-in-the-future"


@pytest.mark.parametrize("held_up", ["suspended", "annulled"])
def test_while_it_does_not_run_nothing_is_said_and_nothing_taken_back(held_up: str) -> None:
    election = silent_election()
    answer = given.answered("voter-defined", election, at=given.AT)
    getattr(given, held_up)(election, at=given.AT)
    actor = given.organiser_of(election)

    assert try_to_answer(election, "languages-named", actor) == held_up
    with pytest.raises(Refused, match=held_up):
        answers.withdraw_answer(answer.pk, actor=actor, at=given.AT)
    assert GateAnswer.objects.get(pk=answer.pk).withdrawn_at is None


def test_the_database_keeps_one_answer_to_a_gate() -> None:
    election = silent_election()
    answer = given.answered("voter-defined", election, at=given.AT)
    answer.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        answer.save(force_insert=True)


# The answer counts


def answer_of(election: Election) -> str | None:
    newest = AdoptedRegulation.objects.filter(group=election.group).order_by("-version")[0]
    return newest.regulation.voter_kind


def test_the_answer_is_what_the_regulation_says_in_this_election() -> None:
    election = silent_election()

    answer = given.answered("voter-defined", election, at=given.AT)

    newest = election.group.regulations.all()[0]
    assert (newest.version, newest.case_of, newest.adopted_by) == (2, election, answer.decision)
    assert newest.content == {**SILENT, "voter_kind": "natural_person"}
    rules = queries.whereabouts_of(election).rules
    assert rules is not None
    assert rules.voter_kind == "natural_person"


def test_what_cannot_be_read_as_an_answer_is_not_kept() -> None:
    election = silent_election()
    organiser = given.organiser_of(election)

    refused = try_to_answer(election, "voter-defined", organiser, answer="duel")

    assert refused == "regulation-unreadable"
    assert answer_of(election) is None


def test_the_next_cycle_begins_without_what_was_decided_for_the_last() -> None:
    election = silent_election()
    given.answered("voter-defined", election, at=given.AT)

    cycles.open_cycle(
        body=given.body(),
        year=2027,
        term_begins_on=date(2027, 11, 1),
        term_ends_on=date(2030, 10, 31),
        groups=[election.group],
        actor=given.secretariat(),
        at=given.AT,
    )

    newest, _for_the_case, own = election.group.regulations.all()
    assert (newest.case_of, newest.content, newest.adopted_by) == (
        None,
        own.content,
        own.adopted_by,
    )
    assert answer_of(election) is None


def test_an_answer_taken_back_leaves_the_question_open_again() -> None:
    election = silent_election()
    answer = given.answered("voter-defined", election, at=given.AT)
    given.answered("languages-named", election, at=given.AT)

    answers.withdraw_answer(answer.pk, actor=given.organiser_of(election), at=given.AT)

    progress = queries.progress_of(election, at=given.AT)
    assert BY_CODE["voter-defined"] in [asked.gate for asked in progress.missing]
    assert BY_CODE["languages-named"] in [asked.gate for asked in progress.fulfilled]
    assert answer_of(election) is None
    assert election.group.regulations.all()[0].content == {**SILENT, "languages": ["ru", "kk"]}


def test_a_gap_found_after_the_announcement_is_decided_for_the_case_and_by_no_new_regulation() -> (
    None
):
    election = silent_election()

    with pytest.raises(Refused, match="rules-stand"):
        given.adopt(election.group, given.RULES)
    assert answer_of(election) is None

    given.answered("voter-defined", election, at=given.AT)
    given.answered("languages-named", election, at=given.AT)
    assert given.state_of(given.moved_to(State.REGISTRATION, election)) is State.REGISTRATION


# Taking back


def test_what_was_decided_for_this_case_stays_so_here_where_a_later_regulation_is_silent() -> None:
    election = silent_election()
    answer = given.answered("voter-defined", election, at=given.AT)
    given.annulled(election, at=given.AT)

    given.adopt(election.group, {**SILENT, "tie": "lot"})

    newest, own, *_earlier = election.group.regulations.all()
    assert (own.case_of, own.regulation.voter_kind, own.regulation.tie) == (None, None, "lot")
    assert (newest.case_of, newest.adopted_by) == (election, answer.decision)
    assert (newest.regulation.voter_kind, newest.regulation.tie) == ("natural_person", "lot")


def test_an_answer_taken_back_stays_in_the_table_and_in_the_journal() -> None:
    election = silent_election()
    answer = given.answered("voter-defined", election, at=given.AT)
    later = given.AT + given.HOUR

    answers.withdraw_answer(answer.pk, actor=given.organiser_of(election), at=later)
    again = given.answered("voter-defined", election, at=later)

    assert GateAnswer.objects.get(pk=answer.pk).withdrawn_at == later
    assert [row.event for row in history_of(answer)] == ["gate.answered", "gate.answer_withdrawn"]
    assert again.pk != answer.pk


def test_an_answer_is_taken_back_once_and_by_its_role() -> None:
    election = silent_election()
    answer = given.answered("voter-defined", election, at=given.AT)
    with pytest.raises(Refused, match="not-the-mover"):
        answers.withdraw_answer(answer.pk, actor=given.secretariat(), at=given.AT)
    answers.withdraw_answer(answer.pk, actor=given.organiser_of(election), at=given.AT)

    with pytest.raises(Refused, match="gate-not-asked"):
        answers.withdraw_answer(answer.pk, actor=given.organiser_of(election), at=given.AT)


def test_after_the_move_an_answer_stands() -> None:
    election = silent_election()
    answer = given.answered("voter-defined", election, at=given.AT)
    given.answered("languages-named", election, at=given.AT)
    given.moved_to(State.REGISTRATION, election)
    length = JournalEntry.objects.count()

    with pytest.raises(Refused, match="gate-not-asked"):
        answers.withdraw_answer(answer.pk, actor=given.organiser_of(election), at=given.AT)
    assert JournalEntry.objects.count() == length
    assert given.state_of(election) is State.REGISTRATION


def test_an_answer_of_an_earlier_round_stands() -> None:
    election = given.election(State.CANDIDATES_PUBLISHED, rules={**given.RULES, "tie": None})
    at = given.ENTERED[State.VOTING]
    answer = given.answered("tie-known", election, at=at)
    given.annulled(election, at=at)
    given.repeat_vote(election, at=at)

    with pytest.raises(Refused, match="gate-not-asked"):
        answers.withdraw_answer(answer.pk, actor=given.organiser_of(election), at=at)
