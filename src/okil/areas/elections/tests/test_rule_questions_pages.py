"""The pages of questions about unclear rules."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from okil.areas.elections.models import Election, RuleQuestion
from okil.areas.elections.queries.rule_questions import seen_in
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given.rule_questions import (
    PROPOSAL,
    TEXT,
    answered,
    asked,
    closed,
    proposed,
)
from okil.areas.elections.tests.test_pages import MOST_BYTES, MOST_QUERIES, signed_in
from okil.foundation.web.languages import Texts
from okil.foundation.web.tests.pages import read
from okil.pure.rules.stages import State
from okil.pure.rules.tests.test_identity_numbers import PERSON

pytestmark = pytest.mark.django_db
OFFICERS = ("secretariat", "organiser", "commissioner", "observer")
LONG = "Слово " * 190  # as long as a form lets it be
IIN = PERSON


def browser(role: str, election: Election) -> Client:
    return signed_in(given.officer_of(role, election))


def at(name: str, election: Election, *more: object) -> str:
    return reverse(name, args=[election.cycle.year, election.group.slug, *more])


def posted(client: Client, url: str, **said: Any) -> Any:
    return client.post(url, said)


def many(election: Election) -> None:
    """As many and as long as people may write them."""
    words = Texts(ru=LONG * 2, kk=LONG * 2)
    for number in range(30):
        question = asked(election, text=f"{LONG}{number}?")
        if number % 4:
            question = answered(question, answer=words)
        if number % 4 == 2:
            proposed(question, proposal=words)
        if number % 4 == 3:
            closed(question)


@pytest.mark.parametrize("role", OFFICERS)
def test_pages_are_sound_and_light_and_open_for_those_they_are_for(role: str) -> None:
    election = given.election()
    many(election)
    client = browser(role, election)

    for name, more in PAGES:
        url = at(name, election, *more)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        settles = name in ("rule_question_answer", "rule_question_propose")
        assert response.status_code == (404 if settles and role != "organiser" else 200), url
        assert len(queries) <= MOST_QUERIES, (url, len(queries))
        assert len(response.content) <= MOST_BYTES, (url, len(response.content))
        if response.status_code == 200:
            assert read(response).problems() == [], url


PAGES: list[tuple[str, list[int]]] = [
    ("rule_questions", []),
    ("rule_question_ask", []),
    ("rule_question", [1]),
    ("rule_question", [2]),
    ("rule_question", [3]),
    ("rule_question_answer", [1]),
    ("rule_question_propose", [2]),
    ("rule_proposals", []),
    ("group_rule_questions", []),
]


def test_who_is_no_officer_here_reads_only_what_is_answered() -> None:
    election = given.election()
    asked(election, text="Тайное?")
    answered(asked(election, text="Явное?", on_behalf_of="voter"))

    for name, more in PAGES[:-1]:
        assert Client().get(at(name, election, *more)).status_code == 302, name
    page = Client().get(at("group_rule_questions", election)).content.decode()
    assert "Явное?" in page
    assert "Тайное?" not in page
    assert "избиратель" not in page


def test_a_question_is_asked_answered_and_becomes_a_proposal() -> None:
    election = given.election()
    there = at("rule_questions", election)

    reply = posted(
        browser("commissioner", election),
        at("rule_question_ask", election),
        text=TEXT, rule="REG-21", on_behalf_of="candidate",
    )  # fmt: skip
    assert (reply.status_code, reply["Location"]) == (302, there)
    question = RuleQuestion.objects.get()
    organiser = browser("organiser", election)
    one = at("rule_question", election, 1)
    reply = posted(
        organiser,
        at("rule_question_answer", election, 1),
        seen=seen_in(question), text="Короче?", answer_ru="Да.", answer_kk="Иә.",
    )  # fmt: skip
    assert (reply.status_code, reply["Location"]) == (302, one)
    question.refresh_from_db()
    assert (question.text, question.answer) == ("Короче?", {"ru": "Да.", "kk": "Иә."})
    reply = posted(
        organiser,
        at("rule_question_propose", election, 1),
        seen=seen_in(question), proposal_ru=PROPOSAL["ru"],
    )  # fmt: skip
    assert (reply.status_code, reply["Location"]) == (302, one)
    question.refresh_from_db()
    assert (question.end, question.proposal) == ("proposal", PROPOSAL)


def test_an_answer_is_taken_back_and_a_question_closed_by_buttons() -> None:
    election = given.election()
    question = answered(asked(election))
    organiser = browser("organiser", election)

    posted(organiser, at("rule_question_reopen", election, 1), seen=seen_in(question))
    question.refresh_from_db()
    assert question.answered_at is None
    again = answered(question)
    posted(organiser, at("rule_question_close", election, 1), seen="something-else")
    posted(organiser, at("rule_question_close", election, 1))
    again.refresh_from_db()
    assert again.end == ""
    posted(organiser, at("rule_question_close", election, 1), seen=seen_in(again))
    again.refresh_from_db()
    assert again.end == "closed"
    assert posted(browser("observer", election), at("rule_question_close", election, 1),
                  seen="").status_code == 404  # fmt: skip


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 1201}, "text"),
        ({"text": "\x00"}, "text"),
        ({"text": f"Человек {IIN} может?"}, "text"),
        ({"text": TEXT}, "text"),
        ({"rule": "REG-999"}, "rule"),
        ({"on_behalf_of": "secretariat"}, "on_behalf_of"),
    ],
)
def test_what_cannot_be_asked_is_refused_beside_its_field(said: dict[str, str], field: str) -> None:
    election = given.election()
    asked(election, rule="REG-01")

    filled = {"text": "Другой вопрос?", "rule": "REG-01", "on_behalf_of": "", **said}
    reply = posted(browser("commissioner", election), at("rule_question_ask", election), **filled)

    assert reply.status_code == 422
    assert set(reply.context["form"].errors) == {field}
    assert read(reply).problems() == []
    assert RuleQuestion.objects.count() == 1


def test_of_two_who_answer_at_once_the_second_sees_what_stands_and_may_send_it_again() -> None:
    election = given.election()
    question = asked(election)
    seen = seen_in(question)
    answered(question)
    organiser = browser("organiser", election)
    mine = {"seen": seen, "text": TEXT, "answer_ru": "Нет."}

    reply = posted(organiser, at("rule_question_answer", election, 1), **mine)

    assert reply.status_code == 422
    page = reply.content.decode()
    assert "Да: в правилах назван день" in page
    assert "Нет." in page
    form = next(each for each in read(reply).forms if "answer_ru" in each.values)
    posted(organiser, at("rule_question_answer", election, 1),
           **{name: values[0] for name, values in form.values.items()})  # fmt: skip
    question.refresh_from_db()
    assert question.answer == {"ru": "Нет."}


def test_an_answer_holds_no_identity_number() -> None:
    election = given.election()
    question = asked(election)

    reply = posted(
        browser("organiser", election),
        at("rule_question_answer", election, 1),
        seen=seen_in(question), text=f"Кто {IIN}?", answer_ru=f"Это {IIN}.",
    )  # fmt: skip

    assert reply.status_code == 422
    assert set(reply.context["form"].errors) == {"text", "answer"}


def test_the_list_is_filtered_by_state_and_an_unknown_state_shows_all() -> None:
    election = given.election()
    asked(election, text="Первый?")
    answered(asked(election, text="Второй?"))
    client = browser("observer", election)

    def shown(query: str) -> tuple[bool, bool]:
        page = client.get(at("rule_questions", election) + query).content.decode()
        return "Первый?" in page, "Второй?" in page

    assert shown("") == (True, True)
    assert shown("?status=open") == (True, False)
    assert shown("?status=answered&page=7") == (False, True)
    assert shown("?status=closed") == (False, False)
    assert shown("?status=nonsense&page=x") == (True, True)


def test_the_secretariat_sees_numbers_per_rule() -> None:
    election = given.election()
    asked(election)
    answered(asked(election, text="Второй?", rule=""))
    url = reverse("cycle_rule_questions", args=[election.cycle.year])

    reply = browser("secretariat", election).get(url)

    assert read(reply).problems() == []
    assert "REG-21" in reply.content.decode()
    assert TEXT not in reply.content.decode()
    assert browser("organiser", election).get(url).status_code == 404
    overview = browser("secretariat", election).get(reverse("overview", args=[election.cycle.year]))
    assert url in [way["href"] for way in read(overview).main.all("a")]


def test_whoever_writes_the_next_regulation_finds_the_proposals() -> None:
    election = given.election()
    organiser = browser("organiser", election)
    parts, there = at("election_regulation_parts", election), at("rule_proposals", election)
    assert there not in organiser.get(parts).content.decode()

    proposed(answered(asked(election)), at=given.AT + given.HOUR)

    assert there in [way["href"] for way in read(organiser.get(parts)).main.all("a")]
    page = organiser.get(there).content.decode()
    assert PROPOSAL["ru"] in page
    assert "edit/" in page


def test_a_question_without_an_answer_is_a_finding_when_the_election_is_concluded() -> None:
    election = given.election(State.CONCLUDED)
    client = browser("organiser", election)
    there = at("rule_questions", election) + "?status=open"
    workspace = at("workspace", election)
    assert there not in client.get(workspace).content.decode()

    question = asked(election)

    assert there in client.get(workspace).content.decode()
    answered(question)
    assert there not in client.get(workspace).content.decode()


def test_the_group_page_leads_to_the_answers() -> None:
    election = given.election()

    page = read(Client().get(at("group", election)))

    assert at("group_rule_questions", election) in [way["href"] for way in page.main.all("a")]
