from __future__ import annotations

from datetime import date
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.rotation import Composition, Tenure, composition

BEGINNINGS = {"2018": date(2018, 11, 1), "2021": date(2021, 11, 1), "2024": date(2024, 11, 1)}
ANNA, BELLA, VERA, GALA = 1, 2, 3, 4


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
