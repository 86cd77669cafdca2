from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.again import LaterVote, LeftOpen, left_open, settle
from okil.pure.rules.count_sheet import Contest, CountSheet, TieDecision
from okil.pure.rules.counting import count
from okil.pure.rules.ties import Contenders


def single(votes: Mapping[str, int], *, seats: int = 1, **given: Any) -> CountSheet:
    voted = sum(votes.values())
    contest = Contest("both", tuple(votes), seats, dict(votes))
    named: dict[str, Any] = {"rule": "plurality", "registered": 1000, "voted": voted, **given}
    return CountSheet("single_contest_runner_up_alternate", contests=(contest,), **named)


def parallel(member: Mapping[str, int], alternate: Mapping[str, int], **given: Any) -> CountSheet:
    contests = (
        Contest("member", tuple(member), 1, dict(member)),
        Contest("alternate", tuple(alternate), 1, dict(alternate)),
    )
    voted = sum(member.values())
    named: dict[str, Any] = {"rule": "plurality", "registered": 1000, "voted": voted, **given}
    return CountSheet("two_parallel_contests", contests=contests, **named)


def open_in(sheet: CountSheet) -> tuple[LeftOpen, ...]:
    return left_open(sheet, count(sheet))


# What is left open


def test_a_decided_count_leaves_nothing_open() -> None:
    assert open_in(single({"1": 5, "2": 3})) == ()


def test_a_tie_is_voted_on_between_those_who_are_equal() -> None:
    assert open_in(single({"1": 7, "2": 5, "3": 5})) == (LeftOpen(0, "both", ("2", "3"), "tie", 1),)


def test_a_second_round_is_held_for_the_seats_without_a_majority() -> None:
    sheet = single({"1": 4, "2": 4, "3": 3}, rule="absolute_majority", majority_of="votes_cast")

    assert open_in(sheet) == (LeftOpen(0, "both", ("1", "2"), "second_round", 1),)


def test_a_void_vote_is_held_again_with_everybody() -> None:
    sheet = single({"1": 4, "2": 3}, minimum_turnout=50)

    assert open_in(sheet) == (LeftOpen(0, "both", ("1", "2"), "anew", 1),)


def test_who_did_not_win_for_or_against_is_open() -> None:
    sheet = single({"1": 4}, rule="absolute_majority", majority_of="registered")

    assert open_in(sheet) == (LeftOpen(0, "both", ("1",), "anew", 1),)


def test_of_two_contests_only_the_open_one_is_held_again() -> None:
    sheet = parallel({"1": 6, "2": 4}, {"3": 5, "4": 5})

    assert open_in(sheet) == (LeftOpen(1, "alternate", ("3", "4"), "tie", 1),)


def test_contradictory_numbers_leave_nothing_to_vote_on() -> None:
    assert open_in(single({"1": 5, "2": 3}, voted=99)) == ()


# What a later vote settles


def test_a_repeat_vote_gives_the_places_in_its_order() -> None:
    settled = settle(single({"1": 5, "2": 5, "3": 2}), [LaterVote("both", {"1": 3, "2": 7})])

    result = count(settled.sheet)
    assert (result.winners, result.alternates, result.decided) == (("2",), ("1",), True)
    assert settled.tied_again == ()


def test_a_vote_between_others_settles_nothing() -> None:
    sheet = single({"1": 5, "2": 5, "3": 2})

    assert settle(sheet, [LaterVote("both", {"1": 3, "3": 7})]).sheet == sheet
    assert settle(sheet, [LaterVote("member", {"1": 3, "2": 7})]).sheet == sheet


def test_equals_of_the_repeat_vote_stay_open_where_it_matters() -> None:
    sheet = single({"1": 7, "2": 5, "3": 5, "4": 5})
    matters = LaterVote("both", {"2": 7, "3": 7, "4": 3})
    does_not = LaterVote("both", {"2": 3, "3": 7, "4": 3})

    assert settle(sheet, [matters]).tied_again == (Contenders(("2", "3"), "alternate"),)
    assert settle(sheet, [matters]).sheet == sheet
    assert count(settle(sheet, [does_not]).sheet).alternates == ("3",)


def test_a_third_vote_or_a_lot_settles_what_the_second_left_equal() -> None:
    sheet = single({"1": 7, "2": 5, "3": 5, "4": 5})
    again = {"2": 7, "3": 7, "4": 3}

    by_vote = settle(sheet, [LaterVote("both", again), LaterVote("both", {"2": 1, "3": 2})])
    by_lot = settle(sheet, [LaterVote("both", again, orders=(("3", "2"),))])

    assert by_vote == by_lot
    assert by_lot.sheet.tie_decisions == (TieDecision(0, ("3", "2", "4")),)


def test_a_tie_for_the_second_round_is_settled_too() -> None:
    sheet = single({"1": 4, "2": 3, "3": 3}, rule="absolute_majority", majority_of="votes_cast")

    settled = settle(sheet, [LaterVote("both", {"2": 1, "3": 5})])

    assert open_in(settled.sheet) == (LeftOpen(0, "both", ("1", "3"), "second_round", 1),)


votes = st.dictionaries(st.sampled_from("123456"), st.integers(0, 4), min_size=2, max_size=6)


@given(votes, st.data())
def test_who_was_not_tied_keeps_the_place(first: dict[str, int], data: st.DataObject) -> None:
    sheet = single(first)
    before = count(sheet)
    later = [
        LaterVote(
            each.place, {name: data.draw(st.integers(0, 3), label=name) for name in each.between}
        )
        for each in left_open(sheet, before)
    ]

    settled = settle(sheet, later)
    after = count(settled.sheet)

    tied = {name for tie in before.ties for name in tie.between}
    assert set(before.winners) <= set(after.winners)
    assert set(before.alternates) <= set(after.alternates)
    assert {*after.winners, *after.alternates} <= {*before.winners, *before.alternates, *tied}
    assert after.contradictions == ()


@given(votes, st.permutations("123456"))
def test_strict_repeat_votes_always_decide(first: dict[str, int], order: list[str]) -> None:
    sheet = single(first)
    for _each in range(3):
        later = [
            LaterVote(each.place, {name: order.index(name) for name in each.between})
            for each in open_in(sheet)
        ]
        sheet = settle(sheet, later).sheet

    assert count(sheet).decided
