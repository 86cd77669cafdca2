from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from okil.areas.elections.actions import candidate_questions as actions
from okil.areas.elections.models import Candidate, CandidateQuestion, Voter
from okil.areas.elections.queries import candidate_questions as queries
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import candidate_questions as asking
from okil.areas.elections.tests.given import registration
from okil.areas.elections.tests.given.protocols import observer_of
from okil.areas.elections.tests.seen import Journal
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor
from okil.pure.refusal import Refused
from okil.pure.rules.stages import Stage, State

pytestmark = pytest.mark.django_db
AT = asking.ASKED_AT
AFTER_THE_VOTE = given.DATES[Stage.VOTING][1]


def refusal_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def everything_kept(question: CandidateQuestion) -> str:
    return str(CandidateQuestion.objects.filter(pk=question.pk).values().get())


# Asking


def test_a_question_is_sealed_and_nothing_leads_to_who_asked() -> None:
    here = asking.world()
    journal = Journal()

    question = asking.asked(here)

    assert question.asked_on == AT.date()
    assert asking.QUESTION not in everything_kept(question)
    assert not any("voter" in field.name for field in CandidateQuestion._meta.get_fields())
    assert journal.rows == [("candidate_question.asked", "voter", None)]
    assert journal.entries[0].after == {"candidate": 1, "number": 1}


def test_questions_of_a_candidate_are_numbered() -> None:
    here = asking.world()

    assert [asking.asked(here).number for _each in range(3)] == [1, 2, 3]


def test_voters_ask_while_the_vote_goes_on_too() -> None:
    assert asking.asked(asking.world(voting=True)).number == 1


def test_before_the_list_nobody_asks() -> None:
    election = registration.of_persons()
    voter = registration.registered(election)

    code = refusal_of(
        lambda: actions.ask_candidate(
            voter.ticket, number=1, text="?", at=registration.REGISTERED_AT
        )
    )

    assert code == "questions-not-open"


@pytest.mark.parametrize("state", [State.CANDIDATES_PUBLISHED, State.VOTING, State.COUNTING])
def test_when_the_vote_is_over_nobody_asks(state: State) -> None:
    here = asking.world(voting=state != State.CANDIDATES_PUBLISHED)
    if state == State.COUNTING:
        given.moved_to(state, here.election)

    assert refusal_of(lambda: asking.asked(here, at=AFTER_THE_VOTE)) == "questions-not-open"


def test_a_suspended_election_takes_no_questions() -> None:
    here = asking.world()
    given.suspended(here.election, at=AT)

    assert refusal_of(lambda: asking.asked(here)) == "suspended"


@pytest.mark.parametrize(
    "change",
    [
        {"status": "waiting"},
        {"status": "refused", "refusal": "not_of_the_group"},
        {"status": "withdrawn"},
        {"is_late": True, "status": "waiting"},
    ],
)
def test_only_voters_on_the_roll_ask(change: dict[str, object]) -> None:
    here = asking.world()
    Voter.objects.filter(pk=here.voter.voter.pk).update(**change)

    assert refusal_of(lambda: asking.asked(here)) == "question-not-by-voter"


def test_a_candidates_ticket_does_not_ask_nor_a_voters_answer() -> None:
    here = asking.world()
    question = asking.asked(here)

    asks = refusal_of(
        lambda: actions.ask_candidate(here.candidate.ticket, number=1, text="?", at=AT)
    )
    answers = refusal_of(
        lambda: actions.answer_question(
            here.voter.ticket, number=question.number, answer="!", at=AT
        )
    )

    assert (asks, answers) == ("ticket-unknown", "ticket-unknown")


@pytest.mark.parametrize("number", [0, 99])
def test_who_is_not_on_the_list_is_not_asked(number: int) -> None:
    here = asking.world()

    code = refusal_of(
        lambda: actions.ask_candidate(here.voter.ticket, number=number, text="?", at=AT)
    )

    assert code == "candidate-not-on-list"


def test_who_withdrew_is_not_asked_and_their_answers_are_gone() -> None:
    here = asking.world()
    asking.answered(here)
    row = given.round_of(here.election)
    assert queries.public_questions(row).count() == 1

    Candidate.objects.filter(pk=here.candidate.candidate.pk).update(withdrawn_at=AT)

    assert refusal_of(lambda: asking.asked(here)) == "candidate-not-on-list"
    assert queries.public_questions(row).count() == 0


@pytest.mark.parametrize("text", ["", "  \n", "я" * 601])
def test_a_question_has_words_and_not_too_many(text: str) -> None:
    assert refusal_of(lambda: asking.asked(asking.world(), text)) == "question-too-long"


def test_six_hundred_characters_are_enough_for_a_question() -> None:
    assert asking.asked(asking.world(), "я" * 600).number == 1


# Answering


def test_question_and_answer_become_public_together() -> None:
    here = asking.world()
    question = asking.asked(here)
    row = given.round_of(here.election)
    before = queries.pairs_of(list(queries.public_questions(row)))

    actions.answer_question(
        here.candidate.ticket, number=question.number, answer=asking.ANSWER, at=AT
    )
    journal = Journal()
    pairs = queries.pairs_of(list(queries.public_questions(row)))

    assert before == []
    assert [(pair.question, pair.answer) for pair in pairs] == [(asking.QUESTION, asking.ANSWER)]
    assert journal.rows == []  # what is public is read without a row


def test_an_answer_is_corrected_while_the_vote_goes_on_and_keeps_its_day() -> None:
    here = asking.world()
    first = asking.answered(here)
    journal = Journal()

    later = actions.answer_question(
        here.candidate.ticket, number=first.number, answer="Иначе.", at=AT + timedelta(days=1)
    )

    assert (later.answer, later.answered_at) == ("Иначе.", AT)
    assert [event for event, *_who in journal.rows] == ["candidate_question.corrected"]
    code = refusal_of(
        lambda: actions.answer_question(
            here.candidate.ticket, number=first.number, answer="Поздно.", at=AFTER_THE_VOTE
        )
    )
    assert code == "questions-not-open"


def test_a_declined_question_is_settled_and_nobody_reads_it() -> None:
    here = asking.world()
    question = asking.asked(here)

    actions.decline_question(here.candidate.ticket, number=question.number, at=AT)

    assert queries.public_questions(given.round_of(here.election)).count() == 0
    assert actions.open_own_questions(here.candidate.ticket, at=AT) == []
    for act in (
        lambda: actions.answer_question(here.candidate.ticket, number=1, answer="!", at=AT),
        lambda: actions.decline_question(here.candidate.ticket, number=1, at=AT),
    ):
        assert refusal_of(act) == "question-settled"


def test_what_was_answered_is_not_declined() -> None:
    here = asking.world()
    question = asking.answered(here)

    code = refusal_of(
        lambda: actions.decline_question(here.candidate.ticket, number=question.number, at=AT)
    )

    assert code == "question-settled"


def test_a_candidate_answers_only_what_that_candidate_was_asked() -> None:
    here = asking.world()
    actions.ask_candidate(here.voter.ticket, number=2, text=asking.QUESTION, at=AT)

    code = refusal_of(
        lambda: actions.answer_question(here.candidate.ticket, number=1, answer="!", at=AT)
    )

    assert code == "question-unknown"


@pytest.mark.parametrize("answer", ["", " ", "я" * 2001])
def test_an_answer_has_words_and_not_too_many(answer: str) -> None:
    here = asking.world()
    question = asking.asked(here)

    code = refusal_of(
        lambda: actions.answer_question(
            here.candidate.ticket, number=question.number, answer=answer, at=AT
        )
    )

    assert code == "question-too-long"


def test_the_candidate_reads_the_questions_on_the_record() -> None:
    here = asking.world()
    asking.answered(here)
    asking.asked(here, "Второй?")
    journal = Journal()

    found = actions.open_own_questions(here.candidate.ticket, at=AT)

    assert [(question.number, text) for question, text in found] == [
        (2, "Второй?"),
        (1, asking.QUESTION),
    ]
    assert journal.rows == [("vault.opened", "candidate", None)]
    assert queries.counted(here.candidate.candidate) == queries.Counted(waiting=1, answered=1)


def test_with_the_key_go_the_questions_and_what_was_public_of_them() -> None:
    here = asking.world()
    asking.answered(here)
    scope = f"election-{here.election.pk}"
    vault.destroy(scope, "candidates", actor=Actor("secretariat", 1), at=AT)

    found = list(queries.public_questions(given.round_of(here.election)))

    assert queries.pairs_of(found) == []
    code = refusal_of(lambda: actions.open_own_questions(here.candidate.ticket, at=AT))
    assert code == "vault-key-destroyed"


# Hiding


def test_the_commission_hides_a_pair_without_telling_it_again() -> None:
    here = asking.world()
    question = asking.answered(here)
    journal = Journal()

    actions.hide_question(
        here.candidate.candidate.pk,
        number=question.number,
        actor=given.commissioner_of(here.election),
        at=AT,
    )

    row = given.round_of(here.election)
    assert (queries.public_questions(row).count(), queries.hidden_in(row)) == (0, 1)
    assert [event for event, *_who in journal.rows] == ["candidate_question.hidden"]
    assert journal.entries[0].after == {"candidate": 1, "number": 1}
    code = refusal_of(
        lambda: actions.answer_question(here.candidate.ticket, number=1, answer="!", at=AT)
    )
    assert code == "question-settled"


def test_what_nobody_reads_is_not_hidden() -> None:
    here = asking.world()
    asking.asked(here)
    commissioner = given.commissioner_of(here.election)
    pk = here.candidate.candidate.pk

    codes = [
        refusal_of(lambda: actions.hide_question(pk, number=n, actor=commissioner, at=AT))  # noqa: B023
        for n in (1, 7)
    ]

    assert codes == ["question-not-public", "question-unknown"]


@pytest.mark.parametrize("role", ["organiser", "secretariat", "observer"])
def test_nobody_else_hides(role: str) -> None:
    here = asking.world()
    question = asking.answered(here)
    makers: dict[str, Callable[[], User]] = {
        "organiser": lambda: given.organiser_of(here.election),
        "secretariat": given.secretariat,
        "observer": lambda: observer_of(here.election),
    }
    actor = makers[role]()

    code = refusal_of(
        lambda: actions.hide_question(
            here.candidate.candidate.pk, number=question.number, actor=actor, at=AT
        )
    )

    assert code == "not-allowed"
