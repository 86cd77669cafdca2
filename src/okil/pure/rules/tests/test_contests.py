from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.contests import Held, held
from okil.pure.rules.regulation import SINGLE_CANDIDATE, Regulation
from okil.pure.rules.stages import RoundKind

PLURALITY = Regulation(decision_principle="plurality", single_candidate="vote_for_or_against")
MAJORITY = Regulation(decision_principle="absolute_majority", majority_of="registered")


def test_a_contest_of_several_is_counted_by_the_regulation() -> None:
    one = held(PLURALITY, RoundKind.FIRST, candidates=3, seats=1)
    other = held(MAJORITY, RoundKind.REPEAT_VOTE, candidates=3, seats=1)

    assert one == Held(True, False, "plurality", None)
    assert other == Held(True, False, "absolute_majority", "registered")


def test_a_second_round_asks_for_no_majority() -> None:
    assert held(MAJORITY, RoundKind.SECOND_ROUND, candidates=2, seats=1).rule == "plurality"


def test_a_single_candidate_is_voted_for_or_against_by_half_of_all_papers() -> None:
    found = held(PLURALITY, RoundKind.FIRST, candidates=1, seats=1)

    assert found == Held(True, True, "absolute_majority", "votes_cast")


def test_who_is_elected_without_a_vote_needs_no_paper() -> None:
    rules = Regulation(
        decision_principle="absolute_majority",
        majority_of="votes_cast",
        single_candidate="elected_without_vote",
    )

    assert held(rules, RoundKind.FIRST, candidates=1, seats=1) == Held(
        False, False, "plurality", None
    )
    assert held(rules, RoundKind.FIRST, candidates=2, seats=2).is_voted_on is False
    assert held(rules, RoundKind.FIRST, candidates=2, seats=1).is_voted_on is True


@given(st.sampled_from([None, *SINGLE_CANDIDATE]), st.integers(1, 3))
def test_where_nobody_stands_there_is_no_vote(single: str | None, seats: int) -> None:
    rules = Regulation(decision_principle="plurality", single_candidate=single)

    assert not held(rules, RoundKind.FIRST, candidates=0, seats=seats).is_voted_on


def test_what_the_regulation_leaves_open_nobody_counts() -> None:
    half_of_what = Regulation(decision_principle="absolute_majority")

    assert held(Regulation(), RoundKind.FIRST, candidates=2, seats=1).rule is None
    assert held(half_of_what, RoundKind.FIRST, candidates=2, seats=1).rule is None
