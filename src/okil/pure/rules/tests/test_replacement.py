"""Who follows when somebody elected drops out before approval."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from okil.pure.rules.count_sheet import CountSheet, TieDecision
from okil.pure.rules.counting import count
from okil.pure.rules.replacement import Elected, Replacement, elected_by, follow
from okil.pure.rules.replacement_words import STEPS, text_of
from okil.pure.rules.tests.count_sheets import NAMES, contest, sheet, sheets
from okil.pure.rules.ties import Contenders

NEXT = "next_by_votes"


def after(one: CountSheet, *decisions: TieDecision, elsewhere: str = "") -> Elected:
    return elected_by(one, count(one), decisions=decisions, elsewhere=elsewhere)


def places(found: Replacement) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return found.members, found.alternates


def said(found: Replacement) -> list[str]:
    return [step.code for step in found.steps]


# One contest whose runner-up is alternate

SINGLE = sheet(contest(A=9, B=5, C=3, D=1))


def test_the_alternate_becomes_member_and_the_next_alternate() -> None:
    found = follow(after(SINGLE), "A", NEXT)

    assert places(found) == (("B",), ("C",))
    assert [(step.code, step.facts) for step in found.steps] == [
        ("gone", {"name": "A", "place": "member"}),
        ("moves-up", {"name": "B", "votes": 5}),
        ("next-as-alternate", {"name": "C", "votes": 3}),
    ]
    assert not found.open
    assert not found.needs_repeat_vote


def test_an_alternate_is_followed_by_the_next() -> None:
    found = follow(after(SINGLE), "B", NEXT)

    assert places(found) == (("A",), ("C",))
    assert said(found) == ["gone", "next-as-alternate"]


def test_who_holds_no_place_leaves_the_others_as_they_are() -> None:
    first = follow(after(SINGLE), "C", NEXT)

    assert (places(first), said(first)) == ((("A",), ("B",)), ["gone-not-elected"])
    # ... and does not come back as the next by votes.
    assert places(follow(first.after, "A", NEXT)) == (("B",), ("D",))


def test_one_after_the_other_may_drop_out_until_nobody_is_left() -> None:
    elected = after(SINGLE)
    seen = []
    for name in "ABCD":
        found = follow(elected, name, NEXT)
        elected = found.after
        seen.append(places(found))
        assert not found.open

    assert seen == [(("B",), ("C",)), (("C",), ("D",)), (("D",), ()), ((), ())]
    assert found.steps[-1].facts == {"place": "member"}
    assert said(found) == ["gone", "nobody-left"]


def test_an_alternate_who_moves_up_may_leave_a_vacant_place() -> None:
    found = follow(after(sheet(contest(A=9, B=5))), "A", NEXT)

    assert places(found) == (("B",), ())
    assert said(found) == ["gone", "moves-up", "nobody-left"]
    assert found.steps[-1].facts == {"place": "alternate"}
    assert not found.open


def test_equals_for_the_free_place_of_alternate_leave_it_open() -> None:
    found = follow(after(sheet(contest(A=9, B=5, C=3, D=3))), "A", NEXT)

    assert places(found) == (("B",), ())
    assert found.ties == (Contenders(("C", "D"), "alternate"),)
    assert found.open
    assert said(found)[-2:] == ["tie", "tie-open"]
    assert found.steps[-2].facts == {"names": ("C", "D"), "votes": 3, "place": "alternate"}


def test_a_recorded_decision_settles_the_tie_of_a_replacement() -> None:
    one = sheet(contest(A=9, B=5, C=3, D=3))
    found = follow(after(one, TieDecision(0, ("D", "C"))), "A", NEXT)

    assert places(found) == (("B",), ("D",))
    assert not found.open
    assert said(found) == ["gone", "moves-up", "tie", "tie-decided", "next-as-alternate"]


def test_the_order_that_settled_the_count_still_stands() -> None:
    one = replace(
        sheet(contest(A=5, B=5, C=5, D=1)), tie_decisions=(TieDecision(0, ("C", "A", "B")),)
    )
    found = follow(after(one), "A", NEXT)

    assert places(found) == (("C",), ("B",))
    assert places(follow(found.after, "C", NEXT)) == (("B",), ("D",))


def test_of_two_decisions_the_newer_one_orders() -> None:
    one = sheet(contest(A=9, B=5, C=3, D=3))
    twice = after(one, TieDecision(0, ("D", "C")), TieDecision(0, ("C", "D")))

    assert follow(twice, "A", NEXT).alternates == ("C",)


def test_a_decision_about_others_does_not_settle_the_tie() -> None:
    one = sheet(contest(A=9, B=5, C=3, D=3, E=3))

    assert follow(after(one, TieDecision(0, ("D", "C"))), "A", NEXT).open


def test_with_two_seats_equal_alternates_are_equals_for_the_one_free_seat() -> None:
    one = sheet(contest(seats=2, A=9, B=8, C=5, D=5, E=2), voted=20)
    found = follow(after(one), "B", NEXT)

    assert places(found) == (("A",), ("C", "D"))
    assert found.ties == (Contenders(("C", "D"), "member"),)

    settled = follow(after(one, TieDecision(0, ("D", "C"))), "B", NEXT)
    assert places(settled) == (("A", "D"), ("C", "E"))


def test_who_has_no_vote_follows_but_it_is_said() -> None:
    found = follow(after(sheet(contest(A=9, B=5, C=0))), "B", NEXT)

    assert found.alternates == ("C",)
    assert said(found)[-1] == "without-a-vote"


def test_who_is_elected_by_another_group_is_passed_over() -> None:
    found = follow(after(SINGLE, elsewhere="C"), "A", NEXT)

    assert places(found) == (("B",), ("D",))
    assert said(found) == ["gone", "moves-up", "passed-over", "next-as-alternate"]
    # Far behind, D would not have been next: nothing to say.
    assert "passed-over" not in said(follow(after(SINGLE, elsewhere="D"), "A", NEXT))


def test_who_is_passed_over_with_as_many_votes_as_the_next_or_before_nobody_is_named_too() -> None:
    equal = follow(after(sheet(contest(A=9, B=5, C=3, D=3)), elsewhere="C"), "B", NEXT)
    nobody = follow(after(sheet(contest(A=9, B=5, C=0)), elsewhere="C"), "B", NEXT)

    assert said(equal) == ["gone", "passed-over", "next-as-alternate"]
    assert said(nobody) == ["gone", "passed-over", "nobody-left"]


def test_an_alternate_elected_by_another_group_does_not_move_up() -> None:
    found = follow(after(SINGLE, elsewhere="B"), "A", NEXT)

    assert places(found) == (("C",), ("B",))
    assert said(found) == ["gone", "passed-over", "next-as-member"]


def test_who_is_passed_over_twice_is_named_once() -> None:
    one = sheet(contest(seats=2, A=9, B=8, C=7, D=6, E=5), voted=20)
    found = follow(after(one, elsewhere="C"), "A", NEXT)

    assert places(found) == (("B", "D"), ("C", "E"))
    assert said(found).count("passed-over") == 1


# Two parallel contests

PARALLEL = sheet(
    contest("member", A=9, B=5, C=3), contest("alternate", D=8, B=6, A=2, C=1), voted=17
)


def test_in_parallel_contests_the_next_of_the_same_contest_follows() -> None:
    elected = after(PARALLEL)
    assert (elected.members, elected.alternates) == (("A",), ("D",))

    assert places(follow(elected, "A", NEXT)) == (("B",), ("D",))
    assert places(follow(elected, "D", NEXT)) == (("A",), ("B",))


def test_who_holds_a_place_through_the_other_contest_is_passed_over() -> None:
    without_d = follow(after(PARALLEL), "D", NEXT).after
    as_member = follow(without_d, "A", NEXT)

    assert places(as_member) == (("C",), ("B",))
    assert said(as_member) == ["gone", "passed-over", "next-as-member"]
    assert [step.facts for step in as_member.steps if step.code == "passed-over"] == [{"name": "B"}]


def test_an_elected_member_is_passed_over_as_alternate() -> None:
    one = sheet(contest("member", A=9, B=5), contest("alternate", D=8, A=5, C=1), voted=14)
    found = follow(after(one), "D", NEXT)

    assert places(found) == (("A",), ("C",))
    assert said(found) == ["gone", "passed-over", "next-as-alternate"]


def test_a_decision_in_one_contest_says_nothing_about_the_other() -> None:
    one = sheet(contest("member", A=9, B=5, C=5), contest("alternate", D=19), voted=19)

    assert follow(after(one, TieDecision(1, ("C", "B"))), "A", NEXT).open
    assert follow(after(one, TieDecision(0, ("C", "B"))), "A", NEXT).members == ("C",)


# Other rules than the next by votes


@pytest.mark.parametrize(
    ("mode", "code", "again"),
    [
        ("repeat_vote", "repeat-vote", True),
        ("other", "as-described", False),
        (None, "unsaid", False),
    ],
)
@pytest.mark.parametrize(
    ("gone", "left", "place"), [("A", ((), ("B",)), "member"), ("B", (("A",), ()), "alternate")]
)
def test_any_other_rule_leaves_the_place_open(
    mode: str | None, code: str, again: bool, gone: str, left: object, place: str
) -> None:
    found = follow(after(SINGLE), gone, mode)

    assert places(found) == left
    assert found.steps[-1].code == code
    assert found.steps[-1].facts == {"place": place}
    assert (found.open, found.needs_repeat_vote) == (True, again)


def test_nothing_is_asked_for_when_nobody_elected_drops_out() -> None:
    found = follow(after(SINGLE), "D", "repeat_vote")

    assert (found.open, found.needs_repeat_vote) == (False, False)


def test_only_a_candidate_can_drop_out() -> None:
    with pytest.raises(ValueError, match="candidate"):
        follow(after(SINGLE), "Z", NEXT)


def test_an_undecided_count_is_decided_first() -> None:
    one = sheet(contest(A=5, B=5))

    with pytest.raises(ValueError, match="decided"):
        elected_by(one, count(one))


# Laws


@given(sheets(), st.data())
def test_in_one_contest_it_is_as_if_those_who_dropped_out_had_never_stood(
    one: CountSheet, data: st.DataObject
) -> None:
    one = replace(one, rule="plurality", majority_of=None)
    result = count(one)
    assume(result.decided)
    old = one.contests[0]
    gone = data.draw(st.lists(st.sampled_from(old.candidates), unique=True))
    elected, is_open = elected_by(one, result), False
    for name in gone:
        found = follow(elected, name, NEXT)
        elected, is_open = found.after, is_open or found.open
    if is_open:
        return

    stay = tuple(name for name in old.candidates if name not in gone)
    votes = {name: (old.votes or {})[name] for name in stay}
    again = count(sheet(replace(old, candidates=stay, votes=votes), voted=None))
    if again.decided and not again.contradictions:
        assert set(elected.members) == set(again.winners)
        assert set(elected.alternates) == set(again.alternates)


unequal = st.lists(st.integers(0, 20), min_size=2, max_size=5, unique=True)


@given(unequal, st.data())
def test_without_equals_it_does_not_matter_who_drops_out_first(
    votes: list[int], data: st.DataObject
) -> None:
    one = sheet(contest(**dict(zip(NAMES, votes, strict=False))))
    gone = data.draw(st.lists(st.sampled_from(one.contests[0].candidates), unique=True))
    ends = []
    for order in (gone, gone[::-1]):
        elected = after(one)
        for name in order:
            elected = follow(elected, name, NEXT).after
        ends.append((elected.members, elected.alternates))

    assert ends[0] == ends[1]


@given(unequal, unequal, st.permutations(NAMES), st.sampled_from([NEXT, "repeat_vote", "other"]))
def test_who_is_gone_holds_no_place_and_nobody_holds_two(
    members: list[int], alternates: list[int], order: list[str], mode: str
) -> None:
    contests = [
        replace(contest(place, **dict(zip(NAMES, votes, strict=False))), blank=300 - sum(votes))
        for place, votes in (("member", members), ("alternate", alternates))
    ]
    elected = after(sheet(*contests, voted=300))
    for number, name in enumerate(order, 1):
        if not any(name in votes for votes in elected.votes.values()):
            continue
        before = {"member": elected.members, "alternate": elected.alternates}
        found = follow(elected, name, mode)
        elected = found.after
        holders = [*elected.members, *elected.alternates]

        assert not set(order[:number]) & set(holders)
        assert len(holders) == len(set(holders))
        # Who did not drop out keeps the place.
        assert set(before["member"]) - {name} <= set(elected.members)
        assert set(before["alternate"]) - {name} <= set(elected.alternates)


@given(sheets(), st.data())
def test_every_step_is_a_sentence(one: CountSheet, data: st.DataObject) -> None:
    result = count(one)
    assume(result.decided)
    language = data.draw(st.sampled_from(["ru", "kk", "en"]))
    elected = elected_by(one, result, elsewhere=data.draw(st.sets(st.sampled_from(NAMES))))
    for name in data.draw(st.permutations(one.contests[0].candidates)):
        mode = data.draw(st.sampled_from([NEXT, NEXT, "repeat_vote", "other", None]))
        found = follow(elected, name, mode)
        elected = found.after
        for step in found.steps:
            text = text_of(step, language)
            assert text.endswith(".")
            assert "{" not in text


def test_every_sentence_has_its_three_languages() -> None:
    for code, sentence in STEPS.items():
        assert set(sentence) == {"ru", "kk", "en"}, code
