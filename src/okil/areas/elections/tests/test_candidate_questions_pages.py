"""Questions on three pages: the voter's, the candidate's, and everybody's; and where the commission hides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from okil.areas.elections.models import CandidateQuestion, Voter
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import candidate_questions as asking
from okil.areas.elections.tests.given.candidate_questions import World
from okil.areas.elections.tests.test_pages import MOST_QUERIES, signed_in
from okil.foundation.web.tests.pages import read
from okil.pure.rules.tests.test_identity_numbers import PERSON

pytestmark = pytest.mark.django_db
PLANTED = "Planted-Wondering-2207"
SETTLED = "Planted-Answering-9314"


@pytest.fixture(autouse=True)
def _nobody_came_before() -> None:
    cache.clear()


def my(ticket: str, act: str = "", **said: Any) -> Any:
    return Client().post(reverse("my"), {"ticket": ticket, "act": act, **said})


def ask(here: World, text: str = PLANTED, candidate: str = "1") -> Any:
    return my(here.voter.ticket, "ask-send", text=text, candidate=candidate)


def answer(here: World, text: str = SETTLED, number: str = "1") -> Any:
    return my(here.candidate.ticket, "answer", number=number, answer=text)


def public(here: World) -> Any:
    address = reverse("candidate_questions", args=[2024, here.election.group.slug])
    return Client().get(address)


def hiding(here: World) -> str:
    return reverse("candidate_questions_hide", args=[2024, here.election.group.slug])


# One question's way


def test_a_question_is_asked_answered_read_by_all_and_hidden() -> None:
    here = asking.world()
    commissioner = signed_in(given.commissioner_of(here.election))

    form = read(my(here.voter.ticket, "ask"))
    sent = read(ask(here))
    unanswered = public(here).content.decode() + commissioner.get(hiding(here)).content.decode()
    waiting = read(my(here.candidate.ticket, "questions"))
    answered = read(answer(here))
    shown = read(public(here))
    hidden = commissioner.post(hiding(here), {"candidate": "1", "question": "1"}, follow=True)

    for page in (form, sent, waiting, answered, shown, read(hidden)):
        assert list(page.problems()) == []
    assert PLANTED not in unanswered
    assert PLANTED in waiting.text
    assert [word in shown.text for word in (PLANTED, SETTLED)] == [True, True]
    gone = public(here).content.decode() + hidden.content.decode()
    assert [word in gone for word in (PLANTED, SETTLED)] == [False, False]


def test_pages_of_questions_ask_little_of_the_database() -> None:
    here = asking.world()
    for n in range(5):
        asking.asked(here, f"{PLANTED} {n}")
    for n in range(1, 4):
        answer(here, number=str(n))

    pages: list[tuple[Callable[[], Any], int]] = [
        (lambda: public(here), MOST_QUERIES),
        (lambda: my(here.voter.ticket, "ask"), MOST_QUERIES),
        (lambda: my(here.candidate.ticket), MOST_QUERIES + 1),
        (lambda: my(here.candidate.ticket, "questions"), MOST_QUERIES + 8),  # and a journal row
    ]
    for open_page, most in pages:
        with CaptureQueriesContext(connection) as queries:
            response = open_page()
        assert response.status_code == 200
        assert len(queries) <= most
        assert len(response.content) < 100_000


def test_the_own_page_of_a_voter_offers_to_ask_only_while_one_can() -> None:
    here = asking.world()

    offered = 'value="ask"' in my(here.voter.ticket).content.decode()
    given.it_is(given.moment(9, 13, 14))
    over = my(here.voter.ticket)

    assert offered
    assert 'value="ask"' not in over.content.decode()
    assert my(here.voter.ticket, "ask").status_code == 422


def test_who_is_not_on_the_roll_is_told_so() -> None:
    here = asking.world()
    Voter.objects.filter(pk=here.voter.voter.pk).update(status="waiting")

    response = my(here.voter.ticket, "ask")

    assert response.status_code == 422
    assert list(read(response).problems()) == []
    assert ask(here).status_code == 422
    assert not CandidateQuestion.objects.exists()


# Mistakes


@pytest.mark.parametrize(
    ("text", "candidate"),
    [
        ("", "1"),
        (PLANTED, ""),
        (PLANTED, "99"),
        (PLANTED, "first"),
        ("я" * 601, "1"),
        (f"{PLANTED} {PERSON}", "1"),
        (f"{PLANTED}\0", "1"),
    ],
    ids=["no words", "nobody", "not on the list", "no number", "long", "identity number", "null"],
)
def test_a_mistake_in_a_question_is_told_and_what_was_typed_stays(
    text: str, candidate: str
) -> None:
    response = ask(asking.world(), text, candidate)
    page = read(response)

    assert response.status_code == 422
    assert page.html.count("is-bad") >= 1
    assert PLANTED in page.html or PLANTED not in text
    assert list(page.problems()) == []
    assert not CandidateQuestion.objects.exists()


@pytest.mark.parametrize("text", ["", "я" * 2001, f"{SETTLED} {PERSON}"])
def test_a_mistake_in_an_answer_is_told_beside_it(text: str) -> None:
    here = asking.world()
    ask(here)

    response = answer(here, text)
    page = read(response)

    assert response.status_code == 422
    assert list(page.problems()) == []
    assert PLANTED in page.text
    assert PLANTED not in public(here).content.decode()


@pytest.mark.parametrize("number", ["", "0", "77", "one", "9" * 30])
@pytest.mark.parametrize("act", ["answer", "decline"])
def test_a_question_that_there_is_not_is_no_fault(act: str, number: str) -> None:
    here = asking.world()

    response = my(here.candidate.ticket, act, number=number, answer=SETTLED)

    assert response.status_code == 422


def test_three_questions_a_day_and_no_more() -> None:
    here = asking.world()

    statuses = [ask(here, f"{PLANTED} {n}").status_code for n in range(4)]

    assert statuses == [200, 200, 200, 422]
    assert CandidateQuestion.objects.count() == 3


# Who reads what


def test_a_declined_question_is_read_by_nobody() -> None:
    here = asking.world()
    ask(here)

    done = my(here.candidate.ticket, "decline", number="1")

    assert done.status_code == 200
    pages = [public(here), my(here.candidate.ticket, "questions")]
    assert not any(PLANTED in page.content.decode() for page in pages)


def test_the_page_leaves_no_trace_of_who_asked() -> None:
    here = asking.world()
    Voter.objects.filter(pk=here.voter.voter.pk).update(number=4711)
    ask(here)
    answer(here)

    page = public(here)

    assert here.voter.ticket not in page.content.decode()
    assert "4711" not in page.content.decode()
    assert page.cookies == {}


@pytest.mark.parametrize("role", ["secretariat", "organiser", "observer"])
def test_only_the_commission_has_a_page_to_hide(role: str) -> None:
    here = asking.world()
    ask(here)
    answer(here)
    browser = signed_in(given.officer_of(role, here.election))

    assert browser.get(hiding(here)).status_code == 404
    assert browser.post(hiding(here), {"candidate": "1", "question": "1"}).status_code == 404
    assert SETTLED in public(here).content.decode()


@pytest.mark.parametrize(
    ("said", "status"),
    [({"candidate": "1"}, 200), ({"candidate": "x", "question": "1"}, 404), ({}, 404)],
)
def test_hiding_what_there_is_not_is_no_fault(said: dict[str, str], status: int) -> None:
    here = asking.world()
    browser = signed_in(given.commissioner_of(here.election))

    assert browser.post(hiding(here), said, follow=True).status_code == status


def test_before_anybody_asked_the_pages_say_so() -> None:
    here = asking.world()

    for response in (public(here), my(here.candidate.ticket, "questions")):
        assert 'class="empty"' in response.content.decode()
        assert list(read(response).problems()) == []


def test_many_answers_are_shown_page_by_page() -> None:
    here = asking.world()
    for n in range(1, 18):
        asking.asked(here, f"{PLANTED} {n}")
        answer(here, f"{SETTLED} {n}", str(n))

    first = public(here).content.decode()

    assert first.count("<blockquote>") == 15
    assert "?page=2" in first
