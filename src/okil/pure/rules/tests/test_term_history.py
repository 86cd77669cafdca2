"""The cases are the sources' own: C23, C24, C25 of the contradictions, requirements 11.01-11.05."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from okil.pure.rules.rotation import CANNOT_DECIDE, EXHAUSTED, FREE, Rule
from okil.pure.rules.term_history import (
    COLUMNS,
    GROUPS,
    MOST_ROWS,
    POSITIONS,
    Fault,
    Held,
    as_text,
    from_text,
    may_stand,
    read,
    tenures_of,
)

IN_2024 = date(2024, 11, 1)
IN_2027 = date(2027, 11, 1)
AT_NEW_YEAR = date(2025, 1, 1)
UNSAID = Rule()  # two terms in a row; nothing is said of alternates (11.04)
COUNT = Rule(alternates_count=True)
PASS = Rule(alternates_count=False)
BY_GROUP = Rule(counts="group")


def member(first: int, last: int | None, group: str = "this", *, doubtful: bool = False) -> Held:
    return Held("member", first, last, group, doubtful)


def alternate(first: int, last: int | None, group: str = "this") -> Held:
    return Held("alternate", first, last, group)


CASES: list[tuple[str, list[Held], date, Rule, str, list[str]]] = [
    ("11.01: nothing before", [], IN_2024, UNSAID, FREE, ["in-a-row"]),
    ("11.02: one term", [member(2021, 2024)], IN_2024, UNSAID, FREE, ["in-a-row"]),
    (
        "11.02, 11.03: two terms as member, and no alternate after them (the note on p. 1 of 2024)",
        [member(2018, 2021), member(2021, 2024)],
        IN_2024,
        UNSAID,
        EXHAUSTED,
        ["in-a-row", "alternate-too"],
    ),
    (
        "C23: member for another group in 2021, now for the group of the same people",
        [member(2021, 2024, "other")],
        IN_2024,
        UNSAID,
        FREE,
        ["in-a-row", "other-group-counts"],
    ),
    (
        "C23 after two terms: the limit is the person's",
        [member(2018, 2021, "other"), member(2021, 2024)],
        IN_2024,
        UNSAID,
        EXHAUSTED,
        ["in-a-row", "alternate-too", "other-group-counts"],
    ),
    (
        "11.05: or the group's, where its regulation says so",
        [member(2018, 2021, "other"), member(2021, 2024)],
        IN_2024,
        BY_GROUP,
        FREE,
        ["in-a-row", "other-group-does-not-count"],
    ),
    (
        "11.05: nobody knows for which group",
        [member(2018, 2021, "unsure"), member(2021, 2024)],
        IN_2024,
        BY_GROUP,
        CANNOT_DECIDE,
        ["in-a-row-between", "group-unknown"],
    ),
    (
        "C24: 'continues', but the tables name somebody else: one term that may not have been",
        [member(2021, 2024, doubtful=True)],
        IN_2024,
        UNSAID,
        FREE,
        ["in-a-row-between"],
    ),
    (
        "C25: the table of 2019-2021 may list leaders of new groups, so it is in doubt",
        [member(2019, 2021, doubtful=True), member(2021, 2024)],
        IN_2024,
        UNSAID,
        CANNOT_DECIDE,
        ["in-a-row-between", "uncertain-entry"],
    ),
    (
        "C25, remembered for certain: 2019 to 2021 may be two years or three",
        [member(2019, 2021), member(2021, 2024)],
        IN_2024,
        UNSAID,
        CANNOT_DECIDE,
        ["in-a-row-between", "uncertain-entry"],
    ),
    (
        "C25, if both are terms: as Tyulpanova",
        [member(2018, 2021), member(2021, 2024)],
        IN_2024,
        UNSAID,
        EXHAUSTED,
        ["in-a-row", "alternate-too"],
    ),
    (
        "11.04: member, then alternate, and the rules are silent on alternates",
        [member(2021, 2024), alternate(2024, None)],
        IN_2027,
        UNSAID,
        CANNOT_DECIDE,
        ["in-a-row-between", "alternates-unsaid"],
    ),
    (
        "11.04: they count",
        [member(2021, 2024), alternate(2024, None)],
        IN_2027,
        COUNT,
        EXHAUSTED,
        ["in-a-row", "alternate-too", "alternate-counts"],
    ),
    (
        "11.04: they do not",
        [member(2021, 2024), alternate(2024, None)],
        IN_2027,
        PASS,
        FREE,
        ["in-a-row", "alternate-does-not-count"],
    ),
    (
        "an alternate who became member held one term",
        [member(2018, 2021), alternate(2021, 2023), member(2023, 2024)],
        IN_2024,
        COUNT,
        EXHAUSTED,
        ["in-a-row", "alternate-too", "alternate-counts"],
    ),
    (
        "an alternate of one year who became member for two, where alternates do not count",
        [member(2018, 2021), alternate(2021, 2022), member(2022, 2024)],
        IN_2024,
        PASS,
        CANNOT_DECIDE,
        ["in-a-row-between", "uncertain-entry", "alternate-does-not-count"],
    ),
    (
        "8.17: part of a term does not count",
        [member(2018, 2021), member(2023, 2024)],
        IN_2024,
        UNSAID,
        FREE,
        ["in-a-row", "part-term-does-not-count"],
    ),
    (
        "a term left out ends the row",
        [member(2015, 2018), member(2018, 2021)],
        IN_2024,
        UNSAID,
        FREE,
        ["in-a-row"],
    ),
    (
        "years with a year between them",
        [member(2017, 2020), member(2021, 2024)],
        IN_2024,
        UNSAID,
        CANNOT_DECIDE,
        ["in-a-row-between", "gap"],
    ),
    (
        "six years in one row",
        [member(2018, 2024)],
        IN_2024,
        UNSAID,
        CANNOT_DECIDE,
        ["in-a-row-between", "long-entry"],
    ),
    (
        "terms from January to December, written as people do",
        [member(2019, 2021), member(2022, 2024)],
        AT_NEW_YEAR,
        UNSAID,
        EXHAUSTED,
        ["in-a-row", "alternate-too"],
    ),
    (
        "or to the January after",
        [member(2019, 2022), member(2022, None)],
        AT_NEW_YEAR,
        UNSAID,
        EXHAUSTED,
        ["in-a-row", "alternate-too"],
    ),
]


@pytest.mark.parametrize(("case", "rows", "day", "rule", "answer", "codes"), CASES)
def test_the_sources_cases_are_answered_as_by_hand(
    case: str, rows: list[Held], day: date, rule: Rule, answer: str, codes: list[str]
) -> None:
    found = may_stand(rows, position="alternate", term_begins_on=day, rule=rule)

    assert (found.answer, [reason.code for reason in found.reasons]) == (answer, codes), case


def test_a_member_is_not_told_of_alternates() -> None:
    found = may_stand(
        [member(2018, 2021), member(2021, 2024)],
        position="member",
        term_begins_on=IN_2024,
        rule=UNSAID,
    )

    assert [reason.code for reason in found.reasons] == ["in-a-row"]


def test_who_came_in_the_year_of_the_election_held_part_of_the_term_before_it() -> None:
    only = tenures_of([member(2024, None)], term_begins_on=IN_2024, rule=UNSAID)

    assert [(each.begins_on, each.ends_on) for each in only] == [(date(2024, 1, 1), None)]


def test_a_leap_day_is_no_obstacle() -> None:
    found = may_stand(
        [member(2021, 2024)], position="member", term_begins_on=date(2024, 2, 29), rule=UNSAID
    )

    assert (found.answer, found.in_a_row) == (FREE, 1)


# Reading


def typed(**said: str) -> dict[str, str]:
    usual = {"position": "member", "from": "2018", "to": "2021", "group": "this"}
    return {**usual, **said}


EMPTY = dict.fromkeys(COLUMNS, "")


def test_rows_are_read_as_typed_and_empty_ones_left_out() -> None:
    rows = [EMPTY, typed(), typed(**{"from": "2021", "to": "", "still": "on", "doubtful": "on"})]

    said = read(rows, this_year=2024)

    assert said.faults == ()
    assert said.rows == (member(2018, 2021), member(2021, None, doubtful=True))


@pytest.mark.parametrize(
    ("said", "column", "code"),
    [
        ({"position": ""}, "position", "position-missing"),
        ({"position": "chair"}, "position", "position-missing"),
        ({"from": ""}, "from", "first-year-missing"),
        ({"from": "18"}, "from", "year-unreadable"),
        ({"from": "²018"}, "from", "year-unreadable"),
        ({"from": "1999"}, "from", "year-too-early"),
        ({"from": "2025", "to": "2025"}, "from", "year-to-come"),
        ({"to": ""}, "to", "last-year-missing"),
        ({"to": "later"}, "to", "year-unreadable"),
        ({"to": "2025"}, "to", "year-to-come"),
        ({"to": "2017"}, "to", "ends-before-it-begins"),
        ({"still": "on"}, "to", "still-and-a-year"),
        ({"group": ""}, "group", "group-missing"),
        ({"group": "mine"}, "group", "group-missing"),
    ],
)
def test_each_mistake_is_named_once_in_its_row(
    said: dict[str, str], column: str, code: str
) -> None:
    found = read([EMPTY, typed(**said)], this_year=2024)

    assert found.faults == (Fault(2, column, code),)


@pytest.mark.parametrize(
    ("second", "overlaps"),
    [
        (("2021", "2024"), False),
        (("2016", "2018"), False),
        (("2020", "2022"), True),
        (("2018", "2021"), True),
        (("2019", "2019"), True),
    ],
)
def test_nobody_held_two_places_in_the_same_years(second: tuple[str, str], overlaps: bool) -> None:
    found = read([typed(), typed(**{"from": second[0], "to": second[1]})], this_year=2024)

    assert found.faults == ((Fault(2, "from", "rows-overlap"),) if overlaps else ())


def test_more_rows_than_there_is_room_for_are_refused() -> None:
    rows = [typed(**{"from": str(2001 + i), "to": str(2002 + i)}) for i in range(MOST_ROWS + 1)]

    assert read(rows, this_year=2024).faults == (Fault(7, "position", "too-many-rows"),)


anything = st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=8))
nearly = st.fixed_dictionaries(
    {
        "position": st.sampled_from([*POSITIONS, ""]),
        "from": st.sampled_from(["2018", "2021", "99", ""]),
        "to": st.sampled_from(["2021", "2024", "9999", ""]),
        "still": st.sampled_from(["on", ""]),
        "group": st.sampled_from([*GROUPS, ""]),
    }
)


@given(st.lists(anything | nearly, max_size=8))
def test_whatever_is_typed_is_rows_or_faults_and_never_breaks(rows: list[dict[str, str]]) -> None:
    said = read(rows, this_year=2024)

    assert all(1 <= fault.row <= len(rows) and fault.column in COLUMNS for fault in said.faults)
    if not said.faults:
        assert from_text(as_text(said.rows)) == said.rows


# Kept as text

held = st.builds(
    lambda position, first, length, group, doubtful: Held(
        position, first, None if length is None else min(first + length, 2024), group, doubtful
    ),
    st.sampled_from(POSITIONS),
    st.integers(2000, 2024),
    st.none() | st.integers(0, 7),
    st.sampled_from(GROUPS),
    st.booleans(),
)
histories = st.lists(held, max_size=MOST_ROWS)
rules = st.builds(
    Rule,
    terms_in_a_row=st.integers(1, 3),
    counts=st.sampled_from(["person", "group", None]),
    alternates_count=st.sampled_from([True, False, None]),
    part_terms_count=st.sampled_from([True, False, None]),
)
days = st.sampled_from([IN_2024, AT_NEW_YEAR, date(2024, 3, 1)])


def answered(rows: list[Held], day: date, rule: Rule) -> str:
    return may_stand(rows, position="member", term_begins_on=day, rule=rule).answer


@given(histories)
def test_what_is_kept_is_what_was_said(rows: list[Held]) -> None:
    assert from_text(as_text(rows)) == tuple(rows)


@pytest.mark.parametrize("text", ["Был членом СКК.", "member 2018-2021", "member 2018-2021 this\n"])
def test_own_words_are_not_taken_for_rows(text: str) -> None:
    assert from_text(text) is None


# Laws


@given(histories, days, rules, st.randoms(use_true_random=False))
def test_the_order_in_which_places_are_told_does_not_matter(
    rows: list[Held], day: date, rule: Rule, chance: Random
) -> None:
    mixed = list(rows)
    chance.shuffle(mixed)

    assert answered(mixed, day, rule) == answered(rows, day, rule)


whole_terms = st.lists(st.sampled_from([2000 + 3 * i for i in range(8)]), unique=True)


@given(whole_terms, whole_terms, st.sampled_from([IN_2024, AT_NEW_YEAR]), rules)
def test_more_terms_never_make_an_exhausted_person_free(
    firsts: list[int], more: list[int], day: date, rule: Rule
) -> None:
    shift = day.year - 2024  # terms from November to October, or from January to December
    length = 3 - shift

    def terms(years: list[int]) -> list[Held]:
        return [member(year + shift, year + shift + length) for year in years]

    order = [FREE, CANNOT_DECIDE, EXHAUSTED]
    few = answered(terms(firsts), day, rule)
    many = answered(terms(sorted({*firsts, *more})), day, rule)
    assert order.index(many) >= order.index(few)


@given(histories, days, rules)
def test_doubt_never_decides(rows: list[Held], day: date, rule: Rule) -> None:
    typed_apart = [
        each for i, each in enumerate(rows) if not any(_touch(each, other) for other in rows[:i])
    ]
    assume(typed_apart)
    doubted = [Held(e.position, e.from_year, e.to_year, e.group, True) for e in typed_apart]

    before, after = answered(typed_apart, day, rule), answered(doubted, day, rule)
    assert after != EXHAUSTED
    assert after in (CANNOT_DECIDE, before)


def _touch(one: Held, other: Held) -> bool:
    return one.from_year <= (other.to_year or 2024) and other.from_year <= (one.to_year or 2024)
