"""The seven situations against a table written by hand from the sources (10.01-10.05, 8.03)."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.incompatibilities import TABLE, Reach
from okil.pure.rules.regulation import QUESTIONS
from okil.pure.rules.regulation.findings import COMMON_QUESTIONS
from okil.pure.rules.several_roles import (
    BY_CODE,
    OFFERED,
    SITUATIONS,
    Answer,
    Capacity,
    Follows,
    Stand,
    follows,
    situation_of,
    stand,
)

# As the sources list them: the pair, its number, and what holds before there is a consensus.
FROM_THE_SOURCES = [
    ("X1", "voter", "voter", "unregulated"),  # 10.01
    ("X2", "commissioner", "voter", "unregulated"),  # 10.02
    ("X3", "candidate", "voter", "unregulated"),  # 10.03
    ("X4", "commissioner", "commissioner", "unregulated"),  # 10.04
    ("X5", "candidate", "candidate", "unregulated"),  # 10.05
    ("X6", "commissioner", "candidate", "unregulated"),  # completes the matrix
    ("X7", "organiser", "candidate", "forbidden"),  # 8.03: whoever organises stands nowhere
]
# What the groups may decide, and what then follows.
DECIDED = [
    ("X1", "several", "allowed"),
    ("X1", "several_declared", "declare"),
    ("X1", "one_choice", "choose"),
    ("X2", "allowed", "allowed"),
    ("X2", "declared", "declare"),
    ("X2", "forbidden", "forbidden"),
    ("X3", "allowed", "allowed"),
    ("X3", "declared", "declare"),
    ("X3", "forbidden", "forbidden"),
]


@pytest.mark.parametrize(("code", "one", "other", "before"), FROM_THE_SOURCES)
def test_each_situation_of_the_sources_is_known_and_open_until_there_is_a_consensus(
    code: str, one: str, other: str, before: str
) -> None:
    found = situation_of(other, one)

    assert found is not None
    assert found is situation_of(one, other)
    assert (found.code, {found.one, found.other}) == (code, {one, other})
    assert follows(code, {}) == before


def test_no_other_pair_of_roles_is_asked_about() -> None:
    listed = {frozenset((one, other)) for _code, one, other, _before in FROM_THE_SOURCES}

    for one, other in product(Capacity, Capacity):
        assert (situation_of(one, other) is not None) == (frozenset((one, other)) in listed)


@pytest.mark.parametrize(("code", "said", "then"), DECIDED)
def test_what_the_groups_decided_together_follows(code: str, said: str, then: str) -> None:
    assert follows(code, {BY_CODE[code].question: said}) == then


def test_every_answer_to_a_common_question_is_in_the_table() -> None:
    for situation in SITUATIONS:
        if situation.question and situation.question != "most_commissions":
            options = {said for code, said, _then in DECIDED if code == situation.code}
            assert options == set(QUESTIONS[situation.question].options)
    asked = {situation.question for situation in SITUATIONS} - {""}
    assert asked <= set(COMMON_QUESTIONS)


@pytest.mark.parametrize(
    ("most", "commissions", "then"),
    [(1, 2, "choose"), (2, 2, "allowed"), (2, 3, "choose"), (9, 3, "allowed")],
)
def test_on_how_many_commissions_one_may_serve(most: int, commissions: int, then: str) -> None:
    assert follows("X4", {"most_commissions": most}, commissions=commissions) == then


def test_a_ban_through_the_whole_body_is_no_business_of_the_groups() -> None:
    banned = {frozenset((ban.one, ban.other)) for ban in TABLE if ban.reach is Reach.BODY}

    for situation in SITUATIONS:
        is_banned = frozenset((situation.one, situation.other)) in banned
        assert (follows(situation.code, {}) is Follows.FORBIDDEN) == is_banned


@pytest.mark.parametrize(
    ("then", "answer", "where"),
    [
        ("allowed", "", "stays"),
        ("allowed", "not_me", "stays"),
        ("allowed", "elsewhere", "leaves"),
        ("declare", "", "asked"),
        ("declare", "both", "stays"),
        ("declare", "here", "stays"),
        ("declare", "elsewhere", "leaves"),
        ("declare", "not_me", "for_the_body"),
        ("choose", "", "asked"),
        ("choose", "here", "stays"),
        ("choose", "elsewhere", "leaves"),
        ("choose", "both", "for_the_body"),
        ("choose", "not_me", "for_the_body"),
        ("forbidden", "", "asked"),
        ("forbidden", "here", "stays"),
        ("forbidden", "elsewhere", "leaves"),
        ("forbidden", "not_me", "for_the_body"),
        ("unregulated", "", "asked"),
        ("unregulated", "both", "for_the_body"),
        ("unregulated", "here", "stays"),
        ("unregulated", "elsewhere", "leaves"),
        ("unregulated", "not_me", "for_the_body"),
    ],
)
def test_what_a_persons_answer_settles(then: str, answer: str, where: str) -> None:
    assert stand(then, answer=answer) == where


def test_who_says_twice_that_they_stay_has_not_chosen() -> None:
    for then in ("choose", "forbidden", "unregulated"):
        assert stand(then, answer="here", other_answer="here") is Stand.FOR_THE_BODY
    assert stand("declare", answer="here", other_answer="here") is Stand.STAYS


everything = st.sampled_from(Follows), st.sampled_from(Answer)


@given(*everything, st.sampled_from(Answer))
def test_when_the_other_role_is_over_nothing_is_left_to_ask(
    then: Follows, answer: Answer, other: Answer
) -> None:
    found = stand(then, answer=answer, other_answer=other, other_is_over=True)

    assert found is (Stand.LEAVES if answer is Answer.ELSEWHERE else Stand.STAYS)


@given(*everything, st.sampled_from(("stays", "leaves")), st.booleans())
def test_the_bodys_ruling_stands_above_all_answers(
    then: Follows, answer: Answer, ruling: str, over: bool
) -> None:
    assert stand(then, answer=answer, ruling=ruling, other_is_over=over) == ruling


@given(st.sampled_from(Follows))
def test_an_answer_that_is_offered_settles_or_goes_to_the_body(then: Follows) -> None:
    assert Answer.ELSEWHERE in OFFERED[then]
    assert all(stand(then, answer=answer) is not Stand.ASKED for answer in OFFERED[then])
