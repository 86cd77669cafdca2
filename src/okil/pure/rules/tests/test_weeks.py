"""A plan moved by whole weeks."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from okil.pure.rules.weeks import weeks_to

days = some.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_the_plan_of_2024_moved_to_2027_begins_on_the_first_such_weekday() -> None:
    monday, chosen = date(2024, 8, 5), date(2027, 8, 4)  # a Wednesday

    assert monday + weeks_to([date(2024, 9, 30), monday], chosen) == date(2027, 8, 9)


def test_a_plan_without_days_is_not_moved() -> None:
    assert weeks_to([], date(2027, 8, 4)) == timedelta()


@given(some.lists(days, min_size=1, max_size=10), days)
def test_each_day_stays_its_weekday_and_the_earliest_falls_into_the_chosen_week(
    planned: list[date], first: date
) -> None:
    moved = [each + weeks_to(planned, first) for each in planned]

    assert [each.weekday() for each in moved] == [each.weekday() for each in planned]
    assert timedelta(0) <= min(moved) - first < timedelta(days=7)
