"""What can be read as a count sheet, and which numbers cannot be true at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.count_sheet import (
    TWO_PARALLEL,
    Contest,
    CountSheet,
    TieDecision,
    UnreadableSheet,
    sheet_from,
)
from okil.pure.rules.counting import Result, count
from okil.pure.rules.tests.count_sheets import contest, sheet, wrong
from okil.pure.rules.ties import Contenders

# Papers one by one


def test_ballots_are_counted_like_their_votes() -> None:
    ballots = (("A",), ("B",), ("A",), (), ("C", "A"))
    listed = Contest("both", ("A", "B", "C"), seats=2, ballots=ballots, blank=1)

    assert listed.tally() == {"A": 3, "B": 1, "C": 1}
    assert listed.papers_for_candidates(5) == 4
    assert count(sheet(listed, voted=5)).winners == ("A",)
    assert count(sheet(listed, voted=5)).ties == (Contenders(("B", "C"), "member"),)


@pytest.mark.parametrize(
    ("spoilt", "code"),
    [
        ({"ballots": (("A", "A"), ("B",))}, "ballot-names-twice"),
        ({"ballots": (("A", "B"), ("B",))}, "ballot-names-too-many"),
        ({"ballots": ((), ()), "blank": 1}, "blank-differs"),
        ({"ballots": (("A",), ("Z",))}, "vote-for-no-candidate"),
        ({"ballots": (("A",),)}, "papers-differ-from-voted"),
    ],
)
def test_ballots_that_cannot_be_are_named(spoilt: dict[str, Any], code: str) -> None:
    listed = Contest("both", ("A", "B"), **spoilt)

    assert wrong(count(sheet(listed, voted=2))) == [code]


@pytest.mark.parametrize(
    ("voted", "change", "code"),
    [
        (17, {}, "papers-differ-from-voted"),
        (16, {"seats": 2}, "too-few-votes"),
        (7, {"seats": 2, "votes": {"A": 7, "B": 7, "C": 1}}, "too-many-votes"),
        (8, {"seats": 2, "votes": {"A": 9, "B": 6}}, "candidate-exceeds-papers"),
        (2, {"seats": 2, "late": 3}, "more-papers-than-voted"),
        (15, {"votes": {"A": 9, "Z": 6}}, "vote-for-no-candidate"),
        (1001, {"blank": 986}, "voted-exceeds-registered"),
    ],
)
def test_numbers_that_cannot_be_are_named(voted: int, change: dict[str, Any], code: str) -> None:
    one = replace(contest(A=8, B=7, C=0), **change)

    assert wrong(count(sheet(one, voted=voted))) == [code]


def test_every_contradiction_is_named() -> None:
    contests = (contest("member", A=5), contest("alternate", B=7))
    decisions = (TieDecision(0, ("A", "B")),)
    result = count(sheet(*contests, voted=6, registered=5, tie_decisions=decisions))

    assert wrong(result) == [
        *("voted-exceeds-registered", "papers-differ-from-voted", "papers-differ-from-voted"),
        "decision-without-tie",
    ]


def test_blank_papers_where_nobody_stood_must_agree_too() -> None:
    assert wrong(count(sheet(Contest("both", (), blank=2), voted=3))) == [
        "papers-differ-from-voted"
    ]


# Reading


def good() -> dict[str, Any]:
    return {
        "model": "single_contest_runner_up_alternate",
        "rule": "plurality",
        "contests": [{"for": "both", "candidates": ["A", "B"], "votes": {"A": 5, "B": 3}}],
        "registered": 10,
        "voted": 8,
    }


def test_a_short_sheet_reads_with_nothing_unsaid_made_up() -> None:
    assert sheet_from(good()) == replace(sheet(contest(A=5, B=3)), registered=10)


def test_a_full_sheet_is_read_whole() -> None:
    data = {
        "model": "two_parallel_contests",
        "rule": "absolute_majority",
        "majority_of": "registered",
        "tie": "seniority_of_criteria",
        "contests": [
            {"for": "alternate", "seats": 2, "candidates": ["C"], "ballots": [["C"], []]},
            {
                "for": "member",
                "candidates": ["A"],
                "votes": {"A": 1},
                "blank": 1,
                "rejected": {"wrongly_completed": 2, "late": 3},
            },
        ],
        "tie_decisions": [{"contest": 1, "order": ["B", "A"]}],
        "registered": 9,
        "voted": 7,
        "minimum_turnout": 50,
    }

    assert sheet_from(data) == CountSheet(
        model=TWO_PARALLEL,
        rule="absolute_majority",
        majority_of="registered",
        tie="seniority_of_criteria",
        contests=(
            Contest("alternate", ("C",), seats=2, ballots=(("C",), ())),
            Contest("member", ("A",), votes={"A": 1}, blank=1, wrongly_completed=2, late=3),
        ),
        tie_decisions=(TieDecision(1, ("B", "A")),),
        registered=9,
        voted=7,
        minimum_turnout=50,
    )


def in_the_contest(**change: Any) -> dict[str, Any]:
    data = good()
    return {**data, "contests": [{**data["contests"][0], **change}]}


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        ([], "not-an-object", ""),
        (None, "not-an-object", ""),
        ({}, "key-missing", ""),
        ({**good(), "votes": 3}, "unknown-key", ""),
        ({**good(), "model": "other"}, "not-one-of", "model"),
        ({**good(), "model": ["other"]}, "not-one-of", "model"),
        ({**good(), "rule": None}, "not-one-of", "rule"),
        ({**good(), "rule": "absolute_majority"}, "majority-of-missing", "majority_of"),
        ({**good(), "majority_of": "all"}, "not-one-of", "majority_of"),
        ({**good(), "tie": 1}, "not-one-of", "tie"),
        ({**good(), "model": "two_parallel_contests"}, "contests-of-another-model", "contests"),
        ({**good(), "contests": []}, "contests-of-another-model", "contests"),
        ({**good(), "contests": good()["contests"] * 2}, "not-a-list", "contests"),
        ({**good(), "contests": [[]]}, "not-an-object", "contests[0]"),
        ({**good(), "registered": True}, "not-a-number", "registered"),
        ({**good(), "voted": "8"}, "not-a-number", "voted"),
        ({**good(), "voted": -1}, "not-a-number", "voted"),
        ({**good(), "voted": 10**9 + 1}, "not-a-number", "voted"),
        ({**good(), "minimum_turnout": 101}, "not-a-number", "minimum_turnout"),
        ({**good(), "tie_decisions": {"contest": 0}}, "not-a-list", "tie_decisions"),
        ({**good(), "tie_decisions": {}}, "not-a-list", "tie_decisions"),
        ({**good(), "tie_decisions": [{"contest": 0}]}, "key-missing", "tie_decisions[0]"),
        (
            {**good(), "tie_decisions": [{"contest": 0, "order": ["A", "A"]}]},
            "name-twice",
            "tie_decisions[0].order",
        ),
        (in_the_contest(seats=0), "not-a-number", "contests[0].seats"),
        (in_the_contest(seats=101), "not-a-number", "contests[0].seats"),
        (in_the_contest(candidates=["A", "A"]), "name-twice", "contests[0].candidates"),
        (in_the_contest(candidates=["A", " "]), "not-a-name", "contests[0].candidates"),
        (in_the_contest(candidates=["A", 2]), "not-a-name", "contests[0].candidates"),
        (in_the_contest(candidates=["A" * 201]), "not-a-name", "contests[0].candidates"),
        (in_the_contest(candidates="AB"), "not-a-list", "contests[0].candidates"),
        (in_the_contest(votes=None), "votes-or-ballots", "contests[0]"),
        (in_the_contest(ballots=[["A"]]), "votes-or-ballots", "contests[0]"),
        (in_the_contest(votes=[5, 3]), "not-an-object", "contests[0].votes"),
        (in_the_contest(votes={"A": -5}), "not-a-number", "contests[0].votes.A"),
        (in_the_contest(votes=None, ballots=["A"]), "not-a-list", "contests[0].ballots[0]"),
        (in_the_contest(rejected=2), "not-an-object", "contests[0].rejected"),
        (in_the_contest(rejected={"spoilt": 1}), "unknown-key", "contests[0].rejected"),
        (in_the_contest(rejected={"late": []}), "not-a-number", "contests[0].rejected.late"),
        (in_the_contest(blank=False), "not-a-number", "contests[0].blank"),
        (in_the_contest(weight=2), "unknown-key", "contests[0]"),
    ],
)
def test_what_is_no_sheet_says_where_and_why(data: Any, code: str, place: str) -> None:
    with pytest.raises(UnreadableSheet) as refusal:
        sheet_from(data)

    assert (refusal.value.code, refusal.value.place) == (code, place)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(key=st.sampled_from([*good(), "tie_decisions", "tie", "minimum_turnout"]), value=anything)
def test_anything_is_read_or_refused(key: str, value: Any) -> None:
    try:
        read = sheet_from({**good(), key: value})
    except UnreadableSheet as error:
        refused_at = error.place
    else:
        refused_at = key
        assert isinstance(count(read), Result)
    assert refused_at.startswith(key)
