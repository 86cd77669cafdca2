"""From numbers to seats: every branch by an example."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from okil.pure.rules.count_sheet import Contest, TieDecision
from okil.pure.rules.counting import Result, count, turnout_is_enough
from okil.pure.rules.tests.count_sheets import contest, majority, names, said, sheet, wrong
from okil.pure.rules.ties import Contenders

# One contest whose runner-up is alternate


def test_most_votes_make_the_member_and_the_next_the_alternate() -> None:
    result = count(sheet(contest(A=3, B=9, C=5)))

    assert names(result) == (("B",), ("C",))
    assert result.decided
    assert said(result) == [
        *("took-part", "no-minimum-turnout", "contest", "papers", "votes", "plurality"),
        *("elected-member", "next-by-votes", "decided"),
    ]


def test_several_seats_take_as_many_alternates() -> None:
    result = count(sheet(contest(seats=2, A=3, B=9, C=5, D=4, E=1), voted=15))

    assert names(result) == (("B", "C"), ("D", "A"))


def test_equals_who_get_the_same_place_are_no_tie() -> None:
    result = count(sheet(contest(seats=2, A=5, B=5, C=3, D=3), voted=10))

    assert names(result) == (("A", "B"), ("C", "D"))
    assert result.ties == ()
    assert result.decided


def test_one_candidate_is_elected_and_the_alternates_seat_stays_vacant() -> None:
    result = count(sheet(contest(A=7)))

    assert names(result) == (("A",), ())
    assert result.decided
    assert {"only-candidate", "vacant"} <= set(said(result))


def test_without_a_candidate_the_seats_stay_vacant() -> None:
    result = count(sheet(Contest("both", ()), voted=0))

    assert names(result) == ((), ())
    assert result.decided
    assert said(result)[-2:] == ["no-candidate", "decided"]


def test_fewer_candidates_than_seats_leave_seats_vacant() -> None:
    result = count(sheet(contest(seats=3, A=5, B=4), voted=9))
    vacant = [step.facts for step in result.steps if step.code == "vacant"]

    assert names(result) == (("A", "B"), ())
    assert vacant == [{"place": "member", "seats": 1}, {"place": "alternate", "seats": 3}]


def test_who_has_no_vote_takes_a_place_but_it_is_said() -> None:
    result = count(sheet(contest(A=7, B=0)))

    assert names(result) == (("A",), ("B",))
    assert [step.facts for step in result.steps if step.code == "without-a-vote"] == [{"name": "B"}]


def test_a_plurality_asks_for_no_number_of_votes() -> None:
    assert names(count(sheet(contest(A=0)))) == (("A",), ())
    assert count(sheet(contest(A=0, B=0))).ties == (Contenders(("A", "B"), "member"),)


# Ties


def test_where_the_regulation_names_no_rule_the_steps_say_so() -> None:
    tied = sheet(contest(A=5, B=5))
    settled = replace(tied, tie_decisions=(TieDecision(0, ("A", "B")),))

    for one, code in ((tied, "tie-open"), (settled, "tie-decided")):
        rules = [step.facts["rule"] for step in count(one).steps if step.code == code]
        assert rules == ["unsaid"]
        rules = [
            step.facts["rule"] for step in count(replace(one, tie="lot")).steps if step.code == code
        ]
        assert rules == ["lot"]


def test_a_tie_for_member_is_an_answer_and_decides_nobody() -> None:
    result = count(sheet(contest(A=5, B=5, C=2), tie="lot"))

    assert names(result) == ((), ())
    assert result.ties == (Contenders(("A", "B"), "member"),)
    assert not result.decided
    assert result.steps[-2].facts == {"rule": "lot"}


def test_a_tie_for_alternate_leaves_the_member_elected() -> None:
    result = count(sheet(contest(A=9, B=4, C=4)))

    assert names(result) == (("A",), ())
    assert result.ties == (Contenders(("B", "C"), "alternate"),)
    assert not result.decided


def test_a_tie_says_how_many_of_the_equals_get_the_place() -> None:
    result = count(sheet(contest(seats=2, A=5, B=5, C=5), voted=8))
    tie = next(step.facts for step in result.steps if step.code == "tie")

    assert tie == {"names": ("A", "B", "C"), "votes": 5, "places": 2, "place": "member"}


def test_a_tie_below_the_places_is_no_tie() -> None:
    assert count(sheet(contest(A=9, B=5, C=4, D=4))).ties == ()


def test_two_ties_in_one_contest_are_two_answers() -> None:
    tied = sheet(contest(seats=2, A=9, B=5, C=5, D=3, E=3), voted=20)

    assert count(tied).winners == ("A",)
    assert count(tied).ties == (
        Contenders(("B", "C"), "member"),
        Contenders(("D", "E"), "alternate"),
    )

    settled = (TieDecision(0, ("E", "D")), TieDecision(0, ("C", "B")))
    assert names(count(replace(tied, tie_decisions=settled))) == (("A", "C"), ("B", "E"))


def test_a_recorded_decision_orders_equals() -> None:
    tied = sheet(
        contest(A=5, B=5, C=5), tie="lot", tie_decisions=(TieDecision(0, ("C", "A", "B")),)
    )
    result = count(tied)

    assert names(result) == (("C",), ("A",))
    assert result.ties == ()
    assert result.decided
    assert "tie-decided" in said(result)


@pytest.mark.parametrize(
    "decisions",
    [
        (TieDecision(0, ("A", "B")),),  # not all who are equal
        (TieDecision(0, ("A", "B", "C", "D")),),  # one who is not
        (TieDecision(1, ("A", "B", "C")),),  # no such contest
        (TieDecision(0, ("A", "B", "C")), TieDecision(0, ("A", "B", "C"))),  # twice
        (TieDecision(0, ("A", "B", "C")), TieDecision(0, ("C", "B", "A"))),  # twice, and otherwise
    ],
)
def test_a_decision_about_another_tie_is_a_contradiction(decisions: Any) -> None:
    tied = sheet(contest(A=5, B=5, C=5, D=1), tie_decisions=decisions)

    assert wrong(count(tied)) == ["decision-without-tie"]


def test_a_decision_where_there_is_no_tie_is_a_contradiction() -> None:
    result = count(sheet(contest(A=6, B=5), tie_decisions=(TieDecision(0, ("B", "A")),)))

    assert wrong(result) == ["decision-without-tie"]
    assert result == Result(contradictions=result.contradictions)


# Absolute majority


@pytest.mark.parametrize(
    ("of", "needed", "decided"),
    [("votes_for_candidates", 9, True), ("votes_cast", 10, False), ("registered", 11, False)],
)
def test_more_than_half_is_needed_of_what_the_regulation_names(
    of: str, needed: int, decided: bool
) -> None:
    one = replace(contest(A=9, B=7), blank=1, wrongly_completed=1, late=1)
    result = count(majority(one, of=of, registered=20))
    facts = next(step.facts for step in result.steps if step.code == "majority-needed")

    assert facts["needed"] == needed
    assert result.decided is decided
    assert names(result) == ((("A",), ("B",)) if decided else ((), ()))
    assert result.second_round == (() if decided else (Contenders(("A", "B"), "member"),))


def test_half_is_no_majority() -> None:
    result = count(majority(contest(A=8, B=5, C=3)))

    assert result.second_round == (Contenders(("A", "B"), "member"),)
    assert names(result) == ((), ())
    assert not result.decided


def test_equals_for_the_last_place_in_the_second_round_are_a_tie() -> None:
    tied = majority(contest(A=8, B=5, C=5))

    assert count(tied).second_round == (Contenders(("A",), "member"),)
    assert count(tied).ties == (Contenders(("B", "C"), "second_round"),)

    decided = count(replace(tied, tie_decisions=(TieDecision(0, ("C", "B")),)))
    assert decided.second_round == (Contenders(("A", "C"), "member"),)
    assert not decided.decided


def test_two_equals_without_a_majority_meet_in_the_second_round() -> None:
    result = count(majority(contest(A=9, B=9)))

    assert result.second_round == (Contenders(("A", "B"), "member"),)
    assert result.ties == ()


def test_all_equal_nobody_is_sure_of_the_second_round() -> None:
    result = count(majority(contest(A=6, B=6, C=6)))

    assert result.second_round == ()
    assert result.ties == (Contenders(("A", "B", "C"), "second_round"),)


def test_one_candidate_without_a_majority_is_not_elected() -> None:
    result = count(majority(replace(contest(A=7), blank=7), of="votes_cast"))

    assert names(result) == ((), ())
    assert not result.decided
    assert "second-round-without-choice" in said(result)


def test_who_has_a_majority_is_elected_and_two_for_each_open_seat_stand_again() -> None:
    result = count(majority(contest(seats=2, A=15, B=8, C=6, D=4), voted=20))

    assert names(result) == (("A",), ())
    assert result.second_round == (Contenders(("B", "C"), "member"),)


def test_more_majorities_than_seats_are_ranked() -> None:
    result = count(majority(contest(seats=2, A=12, B=15, C=11), voted=20))

    assert names(result) == (("B", "A"), ("C",))


def test_everyone_with_a_majority_leaves_no_second_round() -> None:
    result = count(majority(contest(seats=3, A=15, B=12), voted=20))

    assert names(result) == (("A", "B"), ())
    assert result.decided


# Two parallel contests


def test_an_elected_member_is_passed_over_as_alternate() -> None:
    result = count(sheet(contest("member", A=9, B=3), contest("alternate", A=7, B=3, C=2)))

    assert names(result) == (("A",), ("B",))
    assert [step.facts for step in result.steps if step.code == "passed-over"] == [{"name": "A"}]


def test_the_order_of_the_contests_does_not_matter() -> None:
    contests = (contest("alternate", A=7, B=3, C=2), contest("member", A=9, B=3))

    assert names(count(sheet(*contests))) == (("A",), ("B",))


def test_alternates_wait_for_a_tie_that_may_make_one_of_them_member() -> None:
    tied = sheet(contest("member", A=6, B=6), contest("alternate", A=8, C=4))

    waiting = count(tied)
    assert names(waiting) == ((), ())
    assert waiting.ties == (Contenders(("A", "B"), "member"),)
    assert not waiting.decided
    assert "waits-for-members" in said(waiting)

    for first, alternate in (("A", "C"), ("B", "A")):
        order = (first, "B" if first == "A" else "A")
        decided = count(replace(tied, tie_decisions=(TieDecision(0, order),)))
        assert names(decided) == ((first,), (alternate,))


@pytest.mark.parametrize("order", [("A", "C"), ("C", "A")])
def test_a_decision_about_alternates_who_wait_comes_too_early(order: tuple[str, ...]) -> None:
    tied = sheet(contest("member", A=6, B=6), contest("alternate", A=6, C=6))
    early = (TieDecision(1, order),)

    assert wrong(count(replace(tied, tie_decisions=early))) == ["decision-without-tie"]


def test_alternates_do_not_wait_for_a_tie_that_cannot_touch_them() -> None:
    result = count(sheet(contest("member", A=6, B=6), contest("alternate", A=3, C=9)))

    assert names(result) == ((), ("C",))
    assert not result.decided


def test_alternates_wait_also_for_a_second_round() -> None:
    result = count(majority(contest("member", A=6, B=6), contest("alternate", A=8, C=4)))

    assert result.second_round == (Contenders(("A", "B"), "member"),)
    assert result.alternates == ()


def test_a_tie_decision_belongs_to_its_contest() -> None:
    tied = sheet(contest("member", A=6, B=6), contest("alternate", C=6, D=6))
    decisions = (TieDecision(1, ("D", "C")), TieDecision(0, ("B", "A")))

    assert names(count(replace(tied, tie_decisions=decisions))) == (("B",), ("D",))


def test_nobody_stands_for_alternate() -> None:
    result = count(sheet(contest("member", A=6, B=4), Contest("alternate", ())))

    assert names(result) == (("A",), ())
    assert result.decided
    assert "no-candidate" in said(result)


def test_who_stood_for_both_alone_leaves_the_alternates_seat_vacant() -> None:
    result = count(sheet(contest("member", A=6), contest("alternate", A=6)))

    assert names(result) == (("A",), ())
    assert said(result)[-3:] == ["passed-over", "no-candidate", "decided"]


# Turnout


def test_below_the_minimum_turnout_nobody_is_elected() -> None:
    result = count(sheet(contest(A=6, B=3), registered=20, minimum_turnout=50))

    assert result == Result(steps=result.steps)
    assert said(result) == ["took-part", "turnout-too-low", "undecided"]


def test_exactly_the_minimum_turnout_is_enough() -> None:
    result = count(sheet(contest(A=6, B=4), registered=20, minimum_turnout=50))

    assert names(result) == (("A",), ("B",))
    assert "turnout-enough" in said(result)


def test_without_a_minimum_any_turnout_is_enough() -> None:
    assert turnout_is_enough(sheet(contest(A=0), minimum_turnout=0))
    assert turnout_is_enough(sheet(contest(A=0), minimum_turnout=None))
    assert not turnout_is_enough(sheet(contest(A=0), minimum_turnout=1))
