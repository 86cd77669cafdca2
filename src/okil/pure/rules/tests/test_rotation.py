from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.regulation import Regulation
from okil.pure.rules.rotation import (
    CANNOT_DECIDE,
    EXHAUSTED,
    FREE,
    Composition,
    Rule,
    Tenure,
    composition,
    rule_of,
)
from okil.pure.rules.tests.tenures import (
    ALL_SAID,
    ANNA,
    ELSEWHERE,
    HERE,
    NEXT_TERM,
    TERMS,
    asked,
    codes,
    held,
)

BEGINNINGS = {"2018": date(2018, 11, 1), "2021": date(2021, 11, 1), "2024": date(2024, 11, 1)}
BELLA, VERA, GALA = 2, 3, 4


def sat(person: int, cycle: str, *, uncertain: bool = False, position: str = "member") -> Tenure:
    return Tenure(person, cycle, position, BEGINNINGS[cycle], uncertain)


HISTORY = [
    sat(ANNA, "2018"),
    sat(BELLA, "2018"),
    sat(BELLA, "2021"),
    sat(VERA, "2021"),
    sat(ANNA, "2024"),
    sat(BELLA, "2024"),
    sat(GALA, "2024"),
]


def test_new_returning_and_continuing_people_are_told_apart() -> None:
    found = composition(HISTORY, "2024", vacant=1)

    assert found == Composition(first_time=1, returning=1, continuing=1, undecidable=0, vacant=1)
    assert found.renewal == Fraction(2, 3)


def test_of_the_oldest_cycle_nothing_can_be_said() -> None:
    found = composition(HISTORY, "2018", vacant=0)

    assert found == Composition(first_time=0, returning=0, continuing=0, undecidable=2, vacant=0)
    assert found.renewal is None


def test_a_cycle_nobody_sat_in_is_empty() -> None:
    found = composition(HISTORY, "2030", vacant=2)

    assert found == Composition(first_time=0, returning=0, continuing=0, undecidable=0, vacant=2)
    assert found.renewal is None


@pytest.mark.parametrize("earlier", ["2018", "2021"])
def test_an_uncertain_entry_that_would_decide_leaves_it_undecided(earlier: str) -> None:
    history = [sat(VERA, "2018"), sat(VERA, "2021"), sat(ANNA, earlier, uncertain=True)]

    found = composition([*history, sat(ANNA, "2024")], "2024", vacant=0)

    assert found.undecidable == 1
    assert found.renewal is None


def test_an_uncertain_entry_that_cannot_change_the_answer_is_no_obstacle() -> None:
    history = [sat(ANNA, "2018", uncertain=True), sat(ANNA, "2021"), sat(ANNA, "2024")]

    assert composition(history, "2024", vacant=0).continuing == 1


def test_who_was_alternate_before_continues_as_member() -> None:
    history = [sat(ANNA, "2021", position="alternate"), sat(ANNA, "2024", position="member")]

    assert composition(history, "2024", vacant=0).continuing == 1


def test_who_held_two_places_in_a_cycle_is_one_person() -> None:
    history = [sat(VERA, "2021"), sat(ANNA, "2024"), sat(ANNA, "2024", position="alternate")]

    assert composition(history, "2024", vacant=0).people == 1


tenures = st.builds(
    sat,
    person=st.integers(1, 6),
    cycle=st.sampled_from(sorted(BEGINNINGS)),
    uncertain=st.booleans(),
    position=st.sampled_from(["member", "alternate"]),
)
histories = st.lists(tenures, max_size=12)
cycles = st.sampled_from(sorted(BEGINNINGS))


@given(histories, cycles)
def test_the_four_counts_share_out_the_people_of_a_cycle(history: list[Tenure], cycle: str) -> None:
    found = composition(history, cycle, vacant=0)

    assert found.people == len({each.person for each in history if each.cycle == cycle})


@given(histories, cycles)
def test_renewal_is_a_share_or_cannot_be_told(history: list[Tenure], cycle: str) -> None:
    found = composition(history, cycle, vacant=0)

    assert (found.renewal is None) == (found.undecidable > 0 or found.people == 0)
    assert found.renewal is None or 0 <= found.renewal <= 1


@given(histories, cycles, st.randoms(use_true_random=False))
def test_the_order_of_the_entries_does_not_matter(
    history: list[Tenure], cycle: str, chance: Random
) -> None:
    mixed = list(history)
    chance.shuffle(mixed)

    assert composition(mixed, cycle, vacant=0) == composition(history, cycle, vacant=0)


@given(histories, cycles)
def test_what_came_later_does_not_change_a_cycle(history: list[Tenure], cycle: str) -> None:
    until_then = [each for each in history if each.begins_on <= BEGINNINGS[cycle]]

    assert composition(until_then, cycle, vacant=0) == composition(history, cycle, vacant=0)


# May somebody stand again? Anna stands for the term that begins in 2028.


def test_who_never_sat_may_stand() -> None:
    found = asked()

    assert (found.answer, found.in_a_row) == (FREE, 0)
    assert [reason.facts for reason in found.reasons] == [{"terms": 0, "limit": 2}]


def test_who_served_one_term_may_stand_again() -> None:
    assert (asked(held("2024")).answer, asked(held("2024")).in_a_row) == (FREE, 1)


@pytest.mark.parametrize("position", ["member", "alternate"])
def test_who_served_two_terms_in_a_row_may_be_neither_member_nor_alternate(position: str) -> None:
    found = asked(held("2021"), held("2024"), position=position)

    assert (found.answer, found.in_a_row) == (EXHAUSTED, 2)
    assert ("alternate-too" in codes(found)) == (position == "alternate")


def test_the_limit_is_the_rules_own() -> None:
    both = (held("2021"), held("2024"))

    assert asked(*both, rule=Rule(terms_in_a_row=3)).answer == FREE
    assert asked(*both, rule=Rule(terms_in_a_row=1)).answer == EXHAUSTED
    # Terms of three years are parts of terms of six.
    assert asked(*both, rule=Rule(term_years=6)).in_a_row == 0


def test_a_term_left_out_ends_the_row() -> None:
    assert asked(held("2018"), held("2021")).in_a_row == 0
    assert asked(held("2018"), held("2024")).in_a_row == 1


def test_a_place_still_held_counts_until_the_new_term() -> None:
    found = asked(held("2021"), held("2024", "alternate", ends_on=None))

    assert found.answer == EXHAUSTED
    assert found.reasons[1].facts == {"term": "2025–2027"}


def test_what_begins_with_the_new_term_or_later_is_not_before_it() -> None:
    later = held("2024", begins_on=NEXT_TERM, ends_on=None)

    assert (asked(later).in_a_row, codes(asked(later))) == (0, ["in-a-row"])


def test_an_election_held_half_a_year_early_or_late_breaks_no_row() -> None:
    early = held("2021", ends_on=date(2024, 7, 2))
    late = held("2024", begins_on=date(2025, 1, 1))

    assert (late.begins_on - (early.ends_on or NEXT_TERM)).days - 1 == 182
    assert asked(early, late).answer == EXHAUSTED


def test_a_longer_gap_that_would_decide_leaves_it_undecided() -> None:
    found = asked(
        held("2018", begins_on=date(2018, 1, 1)), held("2024", begins_on=date(2024, 1, 1))
    )

    assert (found.answer, found.in_a_row) == (CANNOT_DECIDE, 1)
    assert [reason.facts for reason in found.reasons] == [
        {"least": 1, "most": 2, "limit": 2},
        {"term": "2018–2021", "days": 730},
    ]


@pytest.mark.parametrize(
    ("days", "answer"),
    [(183, EXHAUSTED), (184, CANNOT_DECIDE), (911, CANNOT_DECIDE), (912, FREE)],
)
def test_half_a_year_is_no_gap_and_a_term_is_one(days: int, answer: str) -> None:
    second = held("2021", begins_on=date(2022, 1, 1) + timedelta(days), ends_on=NEXT_TERM)

    found = asked(held("2018"), second, rule=Rule(part_terms_count=True))

    assert found.answer == answer


def test_an_alternates_term_counts_if_the_rules_say_so() -> None:
    tenures = (held("2021", "alternate"), held("2024"))

    counted = asked(*tenures, rule=Rule(alternates_count=True))
    passed = asked(*tenures, rule=Rule(alternates_count=False))

    assert (counted.answer, codes(counted)) == (EXHAUSTED, ["in-a-row", "alternate-counts"])
    assert (passed.answer, codes(passed)) == (FREE, ["in-a-row", "alternate-does-not-count"])


def test_rules_silent_on_alternates_leave_undecided_what_hangs_on_it() -> None:
    silent = Rule(alternates_count=None)
    found = asked(held("2021", "alternate"), held("2024"), rule=silent)

    assert (found.answer, found.in_a_row) == (CANNOT_DECIDE, 1)
    assert codes(found) == ["in-a-row-between", "alternates-unsaid"]
    assert asked(held("2024", "alternate"), rule=silent).answer == FREE
    assert (
        asked(held("2018", "alternate"), held("2021"), held("2024"), rule=silent).answer
        == EXHAUSTED
    )


def test_an_uncertain_entry_that_would_decide_who_may_stand_is_named() -> None:
    found = asked(held("2021", uncertain=True), held("2024"))

    assert (found.answer, found.in_a_row) == (CANNOT_DECIDE, 1)
    assert found.reasons[1].facts == {"term": "2022–2024"}
    assert codes(found) == ["in-a-row-between", "uncertain-entry"]


def test_doubt_that_does_not_decide_is_still_in_the_number_of_terms() -> None:
    free = asked(held("2024", uncertain=True))
    exhausted = asked(*map(held, TERMS), rule=replace(ALL_SAID, terms_in_a_row=2))
    perhaps_more = asked(held("2018", uncertain=True), held("2021"), held("2024"))

    assert (free.answer, codes(free)) == (FREE, ["in-a-row-between"])
    assert free.reasons[0].facts == {"least": 0, "most": 1, "limit": 2}
    assert exhausted.reasons[0].facts == {"terms": 3, "limit": 2}
    assert perhaps_more.answer == EXHAUSTED
    assert perhaps_more.reasons[0].facts == {"least": 2, "most": 3, "limit": 2}


def test_only_what_is_really_open_is_named_as_open() -> None:
    doubtful = held("2021", uncertain=True)
    elsewhere = replace(doubtful, group=ELSEWHERE)
    open_rule = Rule(counts=None, part_terms_count=None)

    said = ["in-a-row-between", "uncertain-entry"]
    assert codes(asked(doubtful, held("2024"), rule=open_rule)) == said
    assert codes(asked(elsewhere, held("2024"))) == [*said, "other-group-counts"]
    # Half a year between two terms is no gap, so it is not what makes this one doubtful.
    half_a_year_before = replace(doubtful, ends_on=date(2024, 7, 1))
    assert codes(asked(half_a_year_before, held("2024"))) == said


def test_two_open_questions_about_one_term_are_both_named() -> None:
    became = date(2023, 9, 1)
    as_alternate = held("2021", "alternate", ends_on=became - timedelta(days=1))
    as_member = held("2021", begins_on=became)
    silent = Rule(alternates_count=None, part_terms_count=None)

    found = asked(as_alternate, as_member, held("2024"), rule=silent)
    doubtful = asked(replace(as_member, uncertain=True), held("2024"), rule=silent)

    assert codes(found) == ["in-a-row-between", "alternates-unsaid", "part-terms-unsaid"]
    assert codes(doubtful) == ["in-a-row-between", "uncertain-entry", "part-terms-unsaid"]


def test_an_uncertain_entry_may_stand_for_a_whole_term() -> None:
    short = held("2021", uncertain=True, begins_on=date(2024, 1, 1))

    assert asked(short, held("2024")).answer == CANNOT_DECIDE


def test_a_term_in_another_group_counts_for_the_person_and_is_said() -> None:
    found = asked(held("2021", group=ELSEWHERE), held("2024"))

    assert (found.answer, codes(found)) == (EXHAUSTED, ["in-a-row", "other-group-counts"])


def test_a_term_in_another_group_does_not_count_where_groups_count() -> None:
    found = asked(held("2021", group=ELSEWHERE), held("2024"), rule=Rule(counts="group"))

    assert (found.answer, codes(found)) == (FREE, ["in-a-row", "other-group-does-not-count"])
    assert asked(held("2021"), held("2024"), rule=Rule(counts="group")).answer == EXHAUSTED


def test_rules_silent_on_groups_leave_undecided_what_hangs_on_it() -> None:
    found = asked(held("2021", group=ELSEWHERE), held("2024"), rule=Rule(counts=None))

    assert (found.answer, codes(found)) == (CANNOT_DECIDE, ["in-a-row-between", "groups-unsaid"])


@pytest.mark.parametrize(("of_the_term", "now"), [(None, HERE), (HERE, None)])
def test_a_group_that_is_not_known_leaves_it_undecided_where_groups_count(
    of_the_term: int | None, now: int | None
) -> None:
    found = asked(
        held("2021", group=of_the_term), held("2024"), rule=Rule(counts="group"), group=now
    )

    assert found.answer == CANNOT_DECIDE
    assert set(codes(found)) == {"in-a-row-between", "group-unknown"}


def test_part_of_a_term_does_not_count_unless_the_rules_say_so() -> None:
    part = held("2021", begins_on=date(2023, 9, 1))

    left_out = asked(part, held("2024"))
    counted = asked(part, held("2024"), rule=replace(ALL_SAID, part_terms_count=True))
    unsaid = asked(part, held("2024"), rule=replace(ALL_SAID, part_terms_count=None))

    assert (left_out.answer, codes(left_out)) == (FREE, ["in-a-row", "part-term-does-not-count"])
    assert (counted.answer, codes(counted)) == (EXHAUSTED, ["in-a-row", "part-term-counts"])
    assert unsaid.answer == CANNOT_DECIDE
    assert codes(unsaid) == ["in-a-row-between", "part-terms-unsaid"]


@pytest.mark.parametrize(("missing", "in_a_row"), [(184, 1), (185, 0)])
def test_a_term_half_a_year_short_is_still_a_whole_one(missing: int, in_a_row: int) -> None:
    begins_on = TERMS["2024"][0] + timedelta(days=missing)

    # The three years 2025-2027 have 1095 days.
    assert asked(held("2024", begins_on=begins_on - timedelta(days=1))).in_a_row == in_a_row


def test_an_alternate_who_became_member_held_one_term() -> None:
    became = date(2023, 9, 1)
    as_alternate = held("2021", "alternate", ends_on=became - timedelta(days=1))
    as_member = held("2021", begins_on=became)

    both = (as_alternate, as_member, held("2024"))
    assert asked(*both, rule=Rule(alternates_count=True)).in_a_row == 2
    assert asked(*both, rule=Rule(alternates_count=False)).in_a_row == 1
    undecided = asked(*both, rule=Rule(alternates_count=None))
    assert undecided.answer == CANNOT_DECIDE
    assert "alternates-unsaid" in codes(undecided)


def test_an_entry_as_long_as_two_terms_leaves_open_how_many_they_were() -> None:
    found = asked(held("2021", ends_on=TERMS["2024"][1]))

    assert (found.answer, found.in_a_row) == (CANNOT_DECIDE, 1)
    assert codes(found) == ["in-a-row-between", "long-entry"]


def test_entries_of_no_known_cycle_are_terms_by_themselves() -> None:
    assert asked(*(replace(held(cycle), cycle="") for cycle in TERMS)).in_a_row == 3


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Regulation(), Rule()),
        (Regulation(most_terms=1), Rule(terms_in_a_row=1)),
        (Regulation(most_terms=5), Rule()),  # the body's limit stands
        (Regulation(terms_for_other_groups="count"), Rule()),
        (Regulation(terms_for_other_groups="do_not_count"), Rule(counts="group")),
        (Regulation(alternate_terms="count"), Rule(alternates_count=True)),
        (Regulation(alternate_terms="do_not_count"), Rule(alternates_count=False)),
    ],
)
def test_a_regulation_says_what_counts_and_narrows_the_limit(
    said: Regulation, expected: Rule
) -> None:
    assert rule_of(said, terms_in_a_row=2, term_years=3) == expected


def test_the_body_says_how_many_terms_and_how_long() -> None:
    assert rule_of(Regulation(), terms_in_a_row=3, term_years=4) == Rule(3, 4)
