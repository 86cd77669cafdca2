"""Two people at one question at the same moment: one is heard, the other is told."""

from __future__ import annotations

import pytest

from okil.areas.elections.actions import rule_questions as actions
from okil.areas.elections.queries.rule_questions import seen_in
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given.rule_questions import ANSWER, answered, asked
from okil.areas.elections.tests.test_at_once import DONE, meeting
from okil.foundation.audit import verify_chain
from okil.foundation.web.languages import Texts

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_ask_at_once_get_two_numbers() -> None:
    election = given.election()

    found = meeting(
        lambda: asked(election, text="Первый?"),
        lambda: asked(election, "organiser", text="Второй?"),
    )

    assert found == (DONE, DONE)
    assert list(election.rule_questions.values_list("number", flat=True)) == [1, 2]
    assert verify_chain() == []


def test_of_two_answers_at_once_the_second_is_told() -> None:
    question = asked(given.election())
    seen = seen_in(question)

    found = meeting(
        lambda: answered(question, seen=seen),
        lambda: answered(question, seen=seen, answer=Texts(ru="Нет.")),
    )

    assert found == (DONE, "changed-meanwhile")
    question.refresh_from_db()
    assert question.answer == ANSWER


def test_what_is_closed_while_its_answer_is_taken_back_ends_once() -> None:
    question = answered(asked(given.election()))
    seen, organiser = seen_in(question), given.organiser_of(question.election)

    found = meeting(
        lambda: actions.close_question(question.pk, seen=seen, actor=organiser, at=given.AT),
        lambda: actions.reopen_question(question.pk, seen=seen, actor=organiser, at=given.AT),
    )

    assert found == (DONE, "changed-meanwhile")
    question.refresh_from_db()
    assert (question.end, question.answered_at) == ("closed", given.AT)
