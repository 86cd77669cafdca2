"""What outweighs what in a repair: order above exact dates, those above actions, actions above days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from okil.pure.rules.plan import Action, Deadline, DeadlineKind, Plan
from okil.pure.rules.repair import repair

FIRST = date(2024, 8, 5)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def action(number: int, on: int, *depends_on: int, exact: bool = False) -> Action:
    kind = DeadlineKind.ON if exact else DeadlineKind.BY
    return Action(number, 1, Deadline(kind, day(on)), depends_on, participants=("observers",))


def moved(*actions: Action, rest: range = range(0)) -> list[tuple[int, date]]:
    """By number, and to which day; on the days named nobody works."""
    off = {day(number) for number in rest}
    plan = Plan(actions, approved_on=FIRST)
    repaired = repair(plan, is_working_day=lambda each: each not in off)
    return [(each.action, each.after) for each in repaired.moves]


def test_one_action_moves_far_back_before_two_move_forward_a_little() -> None:
    found = moved(action(1, 10), action(2, 9, 1), action(3, 9, 1), rest=range(2, 10))

    assert found == [(1, day(1))]


def test_one_action_moves_far_forward_before_two_move_back_a_little() -> None:
    found = moved(action(1, 2), action(2, 2), action(3, 1, 1, 2), rest=range(2, 10))

    assert found == [(3, day(10))]


@pytest.mark.parametrize("apart", [1, 2, 9])
def test_the_order_is_kept_even_if_an_exact_date_has_to_move_for_it(apart: int) -> None:
    found = moved(action(1, apart, exact=True), action(2, 0, 1, exact=True))

    assert found == [(1, day(0))]
