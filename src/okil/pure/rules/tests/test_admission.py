"""Whether a candidate is admitted, by the votes of two or three members."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.admission import ADMIT, REFUSE, UNDECIDED, VOTES, may_see_others, outcome


@pytest.mark.parametrize(
    ("votes", "decided"),
    [
        ([ADMIT, ADMIT], "admitted"),
        ([REFUSE, REFUSE], "refused"),
        ([ADMIT, REFUSE], "undecided"),
        ([ADMIT, UNDECIDED], "undecided"),
        ([ADMIT, ADMIT, ADMIT], "admitted"),
        ([ADMIT, ADMIT, REFUSE], "admitted"),
        ([REFUSE, REFUSE, ADMIT], "refused"),
        ([ADMIT, REFUSE, UNDECIDED], "undecided"),
        ([UNDECIDED, UNDECIDED, ADMIT], "undecided"),
        ([ADMIT, ADMIT, REFUSE, REFUSE], "undecided"),
    ],
)
def test_more_than_half_of_the_whole_commission_decides(votes: list[str], decided: str) -> None:
    assert outcome(dict(enumerate(votes)), frozenset(range(len(votes)))) == decided


def test_it_waits_for_the_last_member_even_if_two_agree() -> None:
    assert outcome({1: ADMIT, 2: ADMIT}, frozenset({1, 2, 3})) == "waiting"


@pytest.mark.parametrize("members", [frozenset(), frozenset({1})])
def test_nobody_decides_alone(members: frozenset[int]) -> None:
    assert outcome({1: ADMIT}, members) == "waiting"


def test_the_vote_of_a_former_member_does_not_count() -> None:
    assert outcome({1: ADMIT, 2: REFUSE, 3: REFUSE}, frozenset({2, 3})) == "refused"
    assert outcome({1: ADMIT, 2: ADMIT, 3: REFUSE}, frozenset({2, 3})) == "undecided"


@pytest.mark.parametrize(
    ("votes", "related", "decided"),
    [
        ({1: ADMIT, 2: ADMIT}, {3}, "admitted"),
        ({1: REFUSE, 2: REFUSE, 3: ADMIT}, {3}, "refused"),  # given before it was declared
        ({1: ADMIT, 2: REFUSE}, {3}, "undecided"),
        ({1: ADMIT}, {3}, "waiting"),
        ({1: ADMIT}, {2, 3}, "undecided"),  # nobody decides alone
        ({}, {2, 3}, "undecided"),
        ({}, {1, 2, 3}, "undecided"),
        ({1: ADMIT, 2: ADMIT, 3: ADMIT}, {9}, "admitted"),  # of another commission
    ],
)
def test_who_is_related_neither_votes_nor_is_waited_for(
    votes: dict[int, str], related: set[int], decided: str
) -> None:
    assert outcome(votes, frozenset({1, 2, 3}), frozenset(related)) == decided


def test_a_commission_of_one_waits_for_its_second_member_whoever_is_related() -> None:
    assert outcome({}, frozenset({1}), frozenset({1})) == "waiting"


def test_a_vote_that_is_none_of_the_three_is_refused() -> None:
    with pytest.raises(ValueError, match="one of three"):
        outcome({1: "yes", 2: ADMIT}, frozenset({1, 2}))


def test_the_others_votes_are_seen_only_after_ones_own() -> None:
    assert may_see_others(1, {1: REFUSE, 2: ADMIT})
    assert not may_see_others(3, {1: REFUSE, 2: ADMIT})


ballots = st.lists(st.sampled_from(VOTES), min_size=2, max_size=7)


@given(ballots)
def test_an_independent_count_agrees(votes: list[str]) -> None:
    lead = sorted(votes)[len(votes) // 2] if len(votes) % 2 else None
    decided = outcome(dict(enumerate(votes)), frozenset(range(len(votes))))

    # With an odd number, whoever has more than half stands in the middle of the sorted votes.
    if decided in ("admitted", "refused") and lead is not None:
        assert {"admitted": ADMIT, "refused": REFUSE}[decided] == lead
    others = len(votes) - votes.count(ADMIT)
    assert (decided == "admitted") == (votes.count(ADMIT) > others)


@given(ballots, st.data())
def test_it_does_not_matter_who_voted_how(votes: list[str], data: st.DataObject) -> None:
    members = frozenset(range(len(votes)))
    mixed = data.draw(st.permutations(votes))

    assert outcome(dict(enumerate(mixed)), members) == outcome(dict(enumerate(votes)), members)


@given(ballots)
def test_turning_every_vote_turns_the_decision(votes: list[str]) -> None:
    members = frozenset(range(len(votes)))
    turned = {ADMIT: REFUSE, REFUSE: ADMIT, UNDECIDED: UNDECIDED}
    opposite = {"admitted": "refused", "refused": "admitted", "undecided": "undecided"}

    before = outcome(dict(enumerate(votes)), members)
    after = outcome({at: turned[vote] for at, vote in enumerate(votes)}, members)
    assert after == opposite[before]


@given(ballots, st.data())
def test_who_is_related_counts_as_if_not_of_the_commission(
    votes: list[str], data: st.DataObject
) -> None:
    members = frozenset(range(len(votes)))
    related = data.draw(st.sets(st.sampled_from(sorted(members)), max_size=len(votes) - 2))
    cast = dict(enumerate(votes))

    assert outcome(cast, members, frozenset(related)) == outcome(cast, members - related)
