"""A paper sent twice at once, a paper sent while the lists are closed, questions asked at once."""

from __future__ import annotations

import pytest

from okil.areas.elections.actions import candidate_papers as actions
from okil.areas.elections.actions import candidate_questions as questions
from okil.areas.elections.models import CandidatePaper, CandidateQuestion
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import applications
from okil.areas.elections.tests.given import candidate_papers as given_papers
from okil.areas.elections.tests.given import candidate_questions as asking
from okil.areas.elections.tests.test_at_once import DONE, Act, meeting
from okil.areas.elections.tests.test_lists_at_once import closing
from okil.foundation.audit import verify_chain

pytestmark = pytest.mark.django_db(transaction=True)
AT = applications.APPLIED_AT


def handing_in(mine: applications.Applied, content: bytes, row: int = 1) -> Act:
    return lambda: actions.put_paper(mine.ticket, row=row, content=content, at=AT)


def test_a_paper_sent_twice_at_once_is_kept_once() -> None:
    mine = applications.applied(given_papers.election())
    second = b"%PDF-1.7 the second"

    found = meeting(handing_in(mine, given.PDF), handing_in(mine, second))

    assert found == (DONE, DONE)
    assert CandidatePaper.objects.count() == 1
    assert actions.open_own_paper(mine.ticket, row=1, at=AT).content == second
    assert verify_chain() == []


def test_two_papers_sent_at_once_are_both_kept() -> None:
    mine = applications.applied(given_papers.election())

    found = meeting(handing_in(mine, given.PDF), handing_in(mine, given.PDF, row=2))

    assert found == (DONE, DONE)
    assert list(CandidatePaper.objects.values_list("row", flat=True)) == [1, 2]


def test_a_paper_that_comes_while_the_lists_are_closed_is_not_kept() -> None:
    election = given_papers.election()
    mine = applications.applied(election)

    found = meeting(closing(election), handing_in(mine, given.PDF))

    assert found == (DONE, "registration-closed")
    assert not CandidatePaper.objects.exists()


def test_two_questions_at_once_have_two_numbers() -> None:
    here = asking.world()

    found = meeting(lambda: asking.asked(here, "Первый?"), lambda: asking.asked(here, "Второй?"))

    assert found == (DONE, DONE)
    assert list(CandidateQuestion.objects.values_list("number", flat=True)) == [1, 2]


def test_a_question_answered_while_it_is_declined_is_settled_once() -> None:
    here = asking.world()
    asking.asked(here)
    ticket = here.candidate.ticket

    found = meeting(
        lambda: questions.decline_question(ticket, number=1, at=asking.ASKED_AT),
        lambda: questions.answer_question(ticket, number=1, answer="!", at=asking.ASKED_AT),
    )

    assert found == (DONE, "question-settled")
    assert CandidateQuestion.objects.get().answer == ""
    assert verify_chain() == []
