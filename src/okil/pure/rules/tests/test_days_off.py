from __future__ import annotations

from datetime import date, timedelta

import pytest

from okil.pure.rules.days_off import HOLIDAYS, holiday_on, is_working_day


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 9, 20), True),  # a Friday
        (date(2024, 9, 21), False),
        (date(2024, 9, 22), False),
        (date(2024, 9, 23), True),
        (date(2024, 8, 30), False),  # Constitution Day, a Friday
        (date(2026, 8, 31), True),
        (date(2024, 12, 16), False),
        (date(2024, 12, 17), True),  # since 2022 Independence Day is one day
    ],
)
def test_weekends_and_fixed_holidays_are_no_working_days(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_every_holiday_of_the_table_falls_on_its_days() -> None:
    for name, days, first, last in HOLIDAYS:
        for month, day in days:
            year = max(first, 1991)
            assert holiday_on(date(year, month, day)) == name
            assert last < 9999 or holiday_on(date(9999, month, day)) == name


def test_no_row_of_days_off_is_longer_than_a_complaint_can_wait() -> None:
    day, in_a_row, longest = date(2000, 1, 1), 0, 0
    while day < date(2060, 1, 1):
        in_a_row = 0 if is_working_day(day) else in_a_row + 1
        longest = max(longest, in_a_row)
        day += timedelta(days=1)
    assert longest <= 7
