"""Questions about unclear rules: asked by officers, settled by the organiser, kept for the next time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import rule_questions as actions
from okil.areas.elections.models import Election, RuleQuestion
from okil.areas.elections.queries.rule_questions import (
    Status,
    answered_in,
    counted,
    counted_by_rule,
    proposals_for,
    seen_in,
    status_of,
)
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given.rule_questions import (
    ANSWER,
    PROPOSAL,
    TEXT,
    answered,
    asked,
    closed,
    proposed,
    reopened,
)
from okil.foundation.audit import entries_of, history_of, length_and_last_hash
from okil.foundation.web.languages import Texts
from okil.pure.refusal import Refused

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def rows() -> list[Any]:
    return list(RuleQuestion.objects.order_by("pk").values())


def refusal_of(act: Callable[[], object]) -> str:
    before = (rows(), length_and_last_hash())
    with pytest.raises(Refused) as refusal:
        act()
    assert (rows(), length_and_last_hash()) == before
    return refusal.value.code


def election() -> Election:
    return given.election(commission=2)


def two_elections() -> list[Election]:
    groups = [bodies.group(given.body()) for _each in range(2)]
    for group in groups:
        given.prepared(group)
    return list(given.cycle(groups).elections.select_related("cycle__body", "group__body"))


def test_officers_ask_in_their_own_role_or_for_a_voter_or_a_candidate() -> None:
    where = election()

    for role in ("secretariat", "organiser", "commissioner"):
        asked(where, role, text=f"{role}?")
    asked(where, text="voter?", on_behalf_of="voter")
    asked(where, text="candidate?", on_behalf_of="candidate", rule="")

    kept = where.rule_questions.values_list("number", "by", "rule")
    assert list(kept) == [
        (1, "secretariat", "REG-21"),
        (2, "organiser", "REG-21"),
        (3, "commissioner", "REG-21"),
        (4, "voter", "REG-21"),
        (5, "candidate", ""),
    ]


def test_the_journal_keeps_that_it_was_asked_and_none_of_the_words() -> None:
    where = election()

    question = asked(where, on_behalf_of="voter")
    question = proposed(answered(question, text="Иначе?"))

    told = [(row.event, row.after) for row in history_of(question)]
    about = {"number": 1, "rule": "REG-21"}
    assert told == [
        ("rule_question.asked", {**about, "by": "voter"}),
        ("rule_question.answered", {**about, "reworded": True}),
        ("rule_question.proposed", about),
    ]
    assert TEXT not in str([(row.before, row.after) for row in entries_of(where.chapter)])


def test_a_second_press_of_the_button_asks_nothing() -> None:
    where = election()
    asked(where)

    assert refusal_of(lambda: asked(where)) == "question-asked-already"
    assert asked(where, text="Другое?").number == 2


def test_people_of_other_groups_do_not_ask_here() -> None:
    where = election()
    other = bodies.organiser_of(bodies.group(where.group.body))

    def asking() -> RuleQuestion:
        return actions.ask_question(
            where.pk, text=TEXT, rule="", on_behalf_of="", actor=other, at=given.AT
        )

    assert refusal_of(asking) == "not-allowed"


@pytest.mark.parametrize("role", [RoleName.SECRETARIAT, RoleName.COMMISSIONER])
def test_only_the_organiser_answers(role: str) -> None:
    question = asked(election())
    actor = given.officer_of(role, question.election)

    assert refusal_of(lambda: answered(question, actor=actor)) == "not-allowed"


def test_everybody_reads_what_is_answered_until_the_answer_is_taken_back() -> None:
    where = election()
    question = asked(where)
    assert list(answered_in(where)) == []

    question = answered(question, at=given.AT + HOUR)
    assert list(answered_in(where)) == [question]
    assert (question.answer, question.answered_at) == (ANSWER, given.AT + HOUR)
    question = reopened(question)

    assert list(answered_in(where)) == []
    assert status_of(question) is Status.OPEN
    assert question.answer == ANSWER  # the next answer begins from its words


def test_an_answer_may_be_changed_until_the_question_ends() -> None:
    question = answered(asked(election()))
    again = Texts(ru="Нет.")

    question = answered(question, answer=again)
    assert question.answer == again
    question = closed(question)

    assert refusal_of(lambda: answered(question)) == "question-ended"
    assert refusal_of(lambda: reopened(question)) == "question-ended"
    assert refusal_of(lambda: proposed(question)) == "question-ended"
    assert refusal_of(lambda: closed(question)) == "question-ended"


def test_a_question_ends_only_with_an_answer() -> None:
    question = asked(election())

    assert refusal_of(lambda: proposed(question)) == "question-not-answered"
    assert refusal_of(lambda: closed(question)) == "question-not-answered"
    assert refusal_of(lambda: reopened(question)) == "question-not-answered"


def test_of_two_who_settle_at_once_the_second_is_told() -> None:
    question = asked(election())
    seen = seen_in(question)
    answered(question)

    late = Texts(ru="Нет.")
    assert refusal_of(lambda: answered(question, answer=late, seen=seen)) == "changed-meanwhile"


def test_proposals_wait_for_the_next_regulation_and_not_for_the_one_after() -> None:
    where = election()
    group = where.group
    entered = group.regulations.get().entered_at
    question = proposed(answered(asked(where)), at=entered + HOUR)

    assert question.proposal == PROPOSAL
    assert list(proposals_for(group, since=entered)) == [question]
    assert list(proposals_for(group, since=entered + HOUR)) == []


def test_the_secretariat_counts_per_rule_over_all_groups() -> None:
    one, other = two_elections()
    asked(one)
    answered(asked(other, text="Второй?"))
    proposed(answered(asked(one, text="Третий?", rule="REG-04")))
    closed(answered(asked(one, text="Четвёртый?", rule="")))

    none = dict.fromkeys(Status, 0)
    assert counted_by_rule(one.cycle) == {
        "": {**none, Status.CLOSED: 1},
        "REG-04": {**none, Status.PROPOSED: 1},
        "REG-21": {**none, Status.OPEN: 1, Status.ANSWERED: 1},
    }
    assert counted(one) == {
        Status.OPEN: 1,
        Status.ANSWERED: 0,
        Status.PROPOSED: 1,
        Status.CLOSED: 1,
    }
