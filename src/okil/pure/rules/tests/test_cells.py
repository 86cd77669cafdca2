"""What is published by region adds up, and gives away no small number."""

from __future__ import annotations

import itertools
from collections import defaultdict
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.cells import Merged, merge

cells = st.dictionaries(st.sampled_from("ABCDEFGHIJ"), st.integers(0, 20), max_size=10)
leasts = st.integers(0, 9)


def test_regions_with_enough_people_are_all_shown_the_largest_first() -> None:
    assert merge({"B": 5, "A": 5, "C": 9}, 5) == Merged((("C", 9), ("A", 5), ("B", 5)), 0, ())


def test_small_regions_become_one_row() -> None:
    assert merge({"A": 9, "B": 4, "C": 3}, 5) == Merged((("A", 9),), 7, ("B", "C"))


def test_one_small_region_takes_the_next_smallest_with_it() -> None:
    assert merge({"A": 9, "B": 7, "C": 4}, 5) == Merged((("A", 9),), 11, ("B", "C"))


def test_a_row_that_is_still_too_small_takes_the_next_smallest_with_it() -> None:
    assert merge({"A": 9, "B": 6, "C": 1, "D": 1}, 5) == Merged((("A", 9),), 8, ("B", "C", "D"))


def test_a_row_of_exactly_the_least_is_large_enough() -> None:
    assert merge({"A": 9, "C": 3, "D": 2}, 5) == Merged((("A", 9),), 5, ("C", "D"))


def test_of_two_equals_the_first_by_code_goes_with_the_small_one() -> None:
    assert merge({"C": 7, "B": 7, "A": 1}, 5) == Merged((("C", 7),), 8, ("A", "B"))


def test_a_total_below_the_least_is_all_there_is_to_see() -> None:
    assert merge({"A": 1, "B": 2}, 5) == Merged((), 3, ("A", "B"))


def test_a_region_without_people_is_not_listed_and_not_hidden() -> None:
    assert merge({"A": 9, "B": 0}, 5) == Merged((("A", 9),), 0, ())


def test_the_floor_holds_below_whatever_is_asked_for() -> None:
    assert merge({"A": 3, "B": 2, "C": 1}, 1) == Merged((("A", 3),), 3, ("B", "C"))


def test_fewer_than_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="below 0"):
        merge({"A": -1}, 5)


@given(cells, leasts)
def test_the_sums_are_kept(numbers: dict[str, int], least: int) -> None:
    found = merge(numbers, least)

    assert found.total == sum(numbers.values())
    assert found.other == sum(numbers[code] for code in found.merged)
    listed = {code for code, _ in found.shown} | set(found.merged)
    assert listed == {code for code, number in numbers.items() if number}


@given(cells, leasts)
def test_nothing_below_the_least_is_shown(numbers: dict[str, int], least: int) -> None:
    found = merge(numbers, least)

    assert all(number >= max(least, 3) for _, number in found.shown)
    assert all(numbers[code] == number for code, number in found.shown)
    assert found.other == 0 or found.other >= max(least, 3) or not found.shown


@given(cells, leasts)
def test_no_region_is_the_only_hidden_one_beside_shown_ones(
    numbers: dict[str, int], least: int
) -> None:
    found = merge(numbers, least)

    assert len(found.merged) != 1 or not found.shown


@given(cells, leasts)
def test_no_more_is_hidden_than_needed(numbers: dict[str, int], least: int) -> None:
    found = merge(numbers, least)
    large = [code for code in found.merged if numbers[code] >= max(least, 3)]

    if large:
        last = max(large, key=lambda code: (numbers[code], code))
        without = found.other - numbers[last]
        assert without < max(least, 3) or len(found.merged) == 2
        assert all(number >= numbers[last] for _, number in found.shown)


@given(cells, leasts, st.randoms(use_true_random=False))
def test_the_order_of_the_cells_does_not_matter(
    numbers: dict[str, int], least: int, chance: Random
) -> None:
    mixed = list(numbers.items())
    chance.shuffle(mixed)

    assert merge(dict(mixed), least) == merge(numbers, least)


@pytest.mark.parametrize(("least", "regions"), [(3, "ABC"), (3, "ABCD"), (5, "ABC")])
def test_who_knows_the_rule_still_cannot_tell_a_small_number(least: int, regions: str) -> None:
    """All small worlds, sorted by what is published of them.

    As long as there is a region without people, no publication leaves one answer for a small one.
    """
    most = least + 4
    worlds = defaultdict(list)
    for numbers in itertools.product(range(most + 4), repeat=len(regions)):
        world = dict(zip(regions, numbers, strict=True))
        found = merge(world, least)
        worlds[found.shown, found.other].append((world, found.merged))

    for alike in worlds.values():
        possible = {code: {world[code] for world, _ in alike} for code in regions}
        for world, merged in alike:
            if min(world.values()) == 0 and max(world.values()) <= most:
                small = [code for code in merged if world[code] < least]
                assert all(len(possible[code]) > 1 for code in small)
