"""Two people count one box: what differs, what does not add up, what goes to the count."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.count_sheet import (
    RUNNER_UP_ALTERNATE,
    TWO_PARALLEL,
    Contest,
    CountSheet,
    TieDecision,
    UnreadableSheet,
    contradictions,
    sheet_from,
)
from okil.pure.rules.counting import count as counted
from okil.pure.rules.papers import (
    GRAVEST,
    ContestCount,
    CountOfBox,
    Difference,
    Imbalance,
    Papers,
    box_data,
    box_from,
    count_data,
    differences,
    imbalances,
    sheet,
)
from okil.pure.rules.tests.count_sheets import sheets

PAPERS = Papers(printed=25, issued=18, unused=7, found=18)
BOTH = ContestCount("both", {"1": 8, "2": 5, "10": 2}, blank=1, wrongly_completed=2)
BOX = CountOfBox(PAPERS, (BOTH,))


def regulated(box: CountOfBox, **said: Any) -> CountSheet:
    rules: dict[str, Any] = {
        "model": RUNNER_UP_ALTERNATE,
        "rule": "plurality",
        "majority_of": None,
        "tie": "lot",
        "minimum_turnout": 50,
        "registered": 20,
        "seats": 1,
        "candidates": {"both": [1, 2, 10]},
    }
    return sheet(box, **{**rules, **said})


def contest(**facts: Any) -> CountOfBox:
    return replace(BOX, contests=(replace(BOTH, **facts),))


def papers(**facts: Any) -> CountOfBox:
    return replace(BOX, papers=replace(PAPERS, **facts))


# Two counts


def test_two_equal_counts_do_not_differ() -> None:
    assert differences(BOX, replace(BOX)) == ()


def test_each_line_that_differs_is_named_papers_first_and_candidates_by_number() -> None:
    other = CountOfBox(
        replace(PAPERS, unused=6),
        (ContestCount("both", {"10": 3, "2": 4, "1": 8}, blank=1, wrongly_completed=1, late=1),),
    )

    assert differences(BOX, other) == (
        Difference("", "unused", 7, 6),
        Difference("both", "2", 5, 4),
        Difference("both", "10", 2, 3),
        Difference("both", "wrongly_completed", 2, 1),
        Difference("both", "late", 0, 1),
    )


def test_a_line_that_one_count_does_not_have_differs_from_no_votes() -> None:
    less = contest(votes={"1": 8, "2": 5})
    none = contest(votes={"1": 8, "2": 5, "10": 0})

    assert differences(less, none) == (Difference("both", "10", None, 0),)
    assert differences(none, less) == (Difference("both", "10", 0, None),)


numbers = st.integers(0, 3)
contests = st.builds(
    ContestCount,
    place=st.sampled_from(["member", "alternate"]),
    votes=st.dictionaries(st.sampled_from("123"), numbers),
    blank=numbers,
    wrongly_completed=numbers,
    late=numbers,
)
boxes = st.builds(
    CountOfBox,
    st.builds(Papers, numbers, numbers, numbers, numbers),
    st.lists(contests, max_size=2, unique_by=lambda one: one.place).map(tuple),
)


@given(boxes, boxes)
def test_counts_differ_if_and_only_if_they_say_different_things(
    a: CountOfBox, b: CountOfBox
) -> None:
    same = a.papers == b.papers and {c.place: c for c in a.contests} == {
        c.place: c for c in b.contests
    }
    assert (differences(a, b) == ()) == same


@given(boxes, boxes)
def test_who_counted_first_makes_no_difference(a: CountOfBox, b: CountOfBox) -> None:
    there = {(each.contest, each.line, each.first, each.second) for each in differences(a, b)}
    back = {(each.contest, each.line, each.second, each.first) for each in differences(b, a)}

    assert there == back


@given(boxes)
def test_a_count_is_kept_as_it_was_entered(box: CountOfBox) -> None:
    assert box_from(json.loads(json.dumps(box_data(box)))) == box


# One count


def test_a_count_that_adds_up_has_nothing_to_explain() -> None:
    assert imbalances(BOX, signed_for=18) == ()


@pytest.mark.parametrize(
    ("box", "signed_for", "expected"),
    [
        (papers(printed=26), 18, Imbalance("printed-differs-from-used-and-unused", 26, 25)),
        (papers(unused=8), 18, Imbalance("printed-differs-from-used-and-unused", 25, 26)),
        (BOX, 17, Imbalance("issued-differs-from-signed-for", 17, 18)),
        (papers(issued=19, unused=6), 19, Imbalance("found-below-issued", 19, 18)),
        (papers(issued=17, unused=8), 17, Imbalance(GRAVEST, 17, 18)),
        (contest(blank=0), 18, Imbalance("contest-differs-from-found", 18, 17, "both")),
        (contest(late=1), 18, Imbalance("contest-differs-from-found", 18, 19, "both")),
    ],
)
def test_each_sum_that_is_wrong_is_said_with_both_numbers(
    box: CountOfBox, signed_for: int, expected: Imbalance
) -> None:
    assert imbalances(box, signed_for=signed_for) == (expected,)
    assert expected.may_be_explained == (expected.contest == "")


def test_more_papers_in_the_box_than_were_given_out_come_first() -> None:
    box = CountOfBox(Papers(printed=9, issued=5, unused=3, found=6), (BOTH,))

    assert [each.code for each in imbalances(box, signed_for=4)] == [
        GRAVEST,
        "contest-differs-from-found",
        "issued-differs-from-signed-for",
        "printed-differs-from-used-and-unused",
    ]


def test_a_contest_in_which_nobody_stood_is_not_missing_from_the_papers() -> None:
    nobody = ContestCount("alternate", {})

    assert imbalances(replace(BOX, contests=(BOTH, nobody)), signed_for=18) == ()


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ({"1": 12, "2": 12, "3": 6}, []),
        ({"1": 5, "2": 10}, []),
        ({"1": 5, "2": 9}, [("fewer-votes-than-papers", 15, 14)]),
        ({"1": 11, "2": 11, "3": 9}, [("more-votes-than-papers-give", 30, 31)]),
        ({"1": 15, "2": 16}, [("more-votes-than-papers-give", 30, 31), ("candidate-exceeds-papers", 15, 16)]),
        ({"1": 15}, []),
        ({"1": 16}, [("more-votes-than-papers-give", 15, 16), ("candidate-exceeds-papers", 15, 16)]),
    ],
)  # fmt: skip
def test_with_two_seats_a_paper_gives_one_vote_or_two(
    votes: dict[str, int], expected: list[tuple[str, int, int]]
) -> None:
    found = imbalances(contest(votes=votes), signed_for=18, seats=2)

    assert [(each.code, each.expected, each.found) for each in found] == expected
    assert all(each.contest == "both" for each in found)


@pytest.mark.parametrize(("blank", "total"), [(16, None), (17, 34)])
def test_more_blank_papers_than_papers_differ_from_the_box(blank: int, total: int | None) -> None:
    found = imbalances(
        contest(votes={"1": 15 if total else 0}, blank=blank), signed_for=18, seats=2
    )

    expected = (
        () if total is None else (Imbalance("contest-differs-from-found", 18, total, "both"),)
    )
    assert found == expected


def test_votes_beside_a_box_of_blank_papers_are_too_many() -> None:
    found = imbalances(contest(votes={"1": 1}, blank=16), signed_for=18, seats=2)

    assert [(each.code, each.expected, each.found) for each in found] == [
        ("more-votes-than-papers-give", 0, 1),
        ("candidate-exceeds-papers", 0, 1),
    ]


@given(boxes, st.integers(0, 3), st.integers(1, 2))
def test_what_adds_up_here_contradicts_nothing_in_the_count(
    box: CountOfBox, signed_for: int, seats: int
) -> None:
    candidates = {each.place: list(each.votes) for each in box.contests}
    made = regulated(box, model=TWO_PARALLEL, candidates=candidates, registered=99, seats=seats)
    here = {each.contest for each in imbalances(box, signed_for=signed_for, seats=seats)} - {""}
    there = {finding.facts["contest"] for finding in contradictions(made)}

    assert here == there


# The sheet


def test_the_sheet_has_the_numbers_of_the_count_and_the_rules_of_the_regulation() -> None:
    made = regulated(BOX, tie_decisions=[TieDecision(0, ("2", "1"))])

    assert made == CountSheet(
        model=RUNNER_UP_ALTERNATE,
        rule="plurality",
        contests=(
            Contest("both", ("1", "2", "10"), votes=BOTH.votes, blank=1, wrongly_completed=2),
        ),
        registered=20,
        voted=18,
        tie="lot",
        tie_decisions=(TieDecision(0, ("2", "1")),),
        minimum_turnout=50,
    )


def test_the_sheet_can_be_counted() -> None:
    result = counted(regulated(BOX))

    assert (result.winners, result.alternates) == (("1",), ("2",))


def test_two_parallel_contests_stand_in_the_order_of_the_model() -> None:
    member = ContestCount("member", {"1": 18})
    alternate = ContestCount("alternate", {"2": 15}, late=3)
    made = regulated(
        CountOfBox(PAPERS, (alternate, member)),
        model=TWO_PARALLEL,
        rule="absolute_majority",
        majority_of="votes_cast",
        candidates={"member": [1], "alternate": ["2"]},
        seats=2,
    )

    assert made.contests == (
        Contest("member", ("1",), 2, votes={"1": 18}),
        Contest("alternate", ("2",), 2, votes={"2": 15}, late=3),
    )
    assert (made.rule, made.majority_of) == ("absolute_majority", "votes_cast")


def test_a_contest_nobody_stands_in_needs_no_count() -> None:
    member = ContestCount("member", {"1": 18})
    made = regulated(CountOfBox(PAPERS, (member,)), model=TWO_PARALLEL, candidates={"member": [1]})

    assert made.contests[1] == Contest("alternate", ())
    assert counted(made).winners == ("1",)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"model": "other"}, "not-one-of"),
        ({"rule": "absolute_majority"}, "majority-of-missing"),
        ({"model": TWO_PARALLEL, "candidates": {"member": [1]}}, "votes-or-ballots"),
    ],
)
def test_what_cannot_be_counted_is_no_sheet(said: dict[str, Any], code: str) -> None:
    with pytest.raises(UnreadableSheet) as refusal:
        regulated(BOX, **said)

    assert refusal.value.code == code


@given(sheets(), st.booleans())
def test_a_sheet_survives_being_written_and_read(one: CountSheet, has_turnout: bool) -> None:
    one = replace(one, minimum_turnout=30 if has_turnout else None)
    if counted(one).ties:
        one = replace(one, tie_decisions=(TieDecision(0, counted(one).ties[0].between),))

    assert sheet_from(json.loads(json.dumps(count_data(one)))) == one


def test_a_sheet_of_listed_ballots_survives_being_written_and_read() -> None:
    ballots = (("1",), (), ("2", "1"))
    one = replace(regulated(BOX), contests=(Contest("both", ("1", "2"), 2, ballots=ballots),))

    assert sheet_from(json.loads(json.dumps(count_data(one)))) == one


@given(boxes)
def test_the_sheet_of_a_count_survives_too(box: CountOfBox) -> None:
    candidates = {each.place: list(each.votes) for each in box.contests}
    made = regulated(box, model=TWO_PARALLEL, candidates=candidates)

    assert sheet_from(json.loads(json.dumps(count_data(made)))) == made
    assert made.voted == box.papers.found
