"""Kazakhstan's days off, beside the library they were taken from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from holidays import country_holidays

from okil.pure.rules.days_off import (
    days_off,
    holiday,
    is_working_day,
    names,
    row_of_days_off,
)

FIRST, LAST = date(2006, 1, 1), date(2077, 12, 31)
LANGUAGES = ("ru", "kk", "en")


def _numbers(day: date, language: str) -> str:
    return f"{day:%d.%m.%Y}"


def _each_day() -> list[date]:
    return [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]


def test_every_day_is_off_or_not_as_the_library_has_it() -> None:
    library = country_holidays("KZ", years=range(FIRST.year, LAST.year + 1))

    assert [day for day in _each_day() if is_working_day(day)] == [
        day for day in _each_day() if library.is_working_day(day)
    ]
    assert sorted(days_off()) == sorted(library)


def test_every_day_off_of_the_table_has_a_name_in_three_languages() -> None:
    for day in days_off():
        assert all(holiday(day, language, _numbers) for language in LANGUAGES)


def test_every_name_is_of_a_day_off() -> None:
    called = {holiday(day, "ru", _numbers) for day in days_off()}

    assert {name["ru"] for name in names() if name["ru"] != "Курбан-айт"} < called
    assert all(set(name) == set(LANGUAGES) for name in names())


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 9, 20), True),  # a Friday
        (date(2024, 9, 21), False),
        (date(2024, 9, 22), False),
        (date(2024, 9, 23), True),
        (date(2024, 8, 30), False),  # Constitution Day, a Friday
        (date(2026, 8, 31), True),
        (date(2024, 12, 17), True),  # since 2022 Independence Day is one day
        (date(2024, 7, 8), False),  # Capital City Day was on a Saturday
        (date(2024, 5, 8), False),
        (date(2024, 5, 4), True),  # a Saturday, worked instead of 8 May
        (date(2025, 6, 6), False),  # Kurban Ait
        (date(2005, 12, 16), True),  # before the table
        (date(2078, 1, 1), False),  # after it, a Saturday
    ],
)
def test_weekends_and_holidays_are_no_working_days(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_a_bodys_own_days_outweigh_the_table_and_the_weekend() -> None:
    saturday, holiday_, friday = date(2024, 9, 21), date(2024, 8, 30), date(2024, 9, 20)
    own = {saturday: True, holiday_: True, friday: False}

    assert [is_working_day(day, own) for day in (saturday, holiday_, friday)] == [True, True, False]
    assert is_working_day(date(2024, 9, 23), own)


@pytest.mark.parametrize(
    ("day", "length"),
    [
        (date(2024, 9, 20), 0),
        (date(2024, 9, 21), 2),
        (date(2024, 9, 22), 2),
        (date(2024, 8, 30), 3),  # a Friday, and the weekend
        (date(2024, 3, 23), 5),  # Nauryz from Thursday, and the Monday after
    ],
)
def test_days_off_in_a_row_are_counted_from_each_of_them(day: date, length: int) -> None:
    assert row_of_days_off(day) == length


def test_a_bodys_own_days_join_two_rows_and_part_one() -> None:
    friday, saturday = date(2024, 8, 30), date(2024, 8, 31)

    assert row_of_days_off(date(2024, 8, 28), {date(2024, 8, 28): False}) == 1
    assert row_of_days_off(date(2024, 8, 29), {date(2024, 8, 29): False}) == 4
    assert row_of_days_off(friday, {saturday: True}) == 1


@pytest.mark.parametrize(
    "pair",
    [(date(1, 1, 1), date(1, 1, 2)), (date(9999, 12, 30), date(9999, 12, 31))],
)
def test_a_row_ends_where_the_calendar_does(pair: tuple[date, date]) -> None:
    own = dict.fromkeys(pair, False)

    assert [row_of_days_off(day, own) for day in pair] == [2, 2]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2024, 8, 30), "День Конституции Республики Казахстан"),
        (date(2026, 8, 30), None),
        (date(2027, 3, 15), "День Конституции Республики Казахстан"),
        (date(2024, 10, 25), "День Республики"),
        (date(2026, 10, 25), "День Республики Казахстан"),
        (date(2021, 12, 1), "День Первого Президента Республики Казахстан"),
        (date(2022, 12, 1), None),
        (date(2024, 3, 22), "Наурыз мейрамы"),
        (date(2024, 3, 25), "Наурыз мейрамы (перенесённый выходной)"),
        (date(2024, 6, 16), "Курбан-айт"),
        (date(2027, 5, 16), "Курбан-айт (дата предварительная)"),
        (date(2032, 3, 22), "Наурыз мейрамы, Курбан-айт (дата предварительная)"),
        (date(2024, 5, 8), "выходной вместо 04.05.2024"),
        (date(2024, 8, 12), None),
    ],
)
def test_a_holiday_is_called_by_our_name(day: date, name: str | None) -> None:
    assert holiday(day, "ru", _numbers) == name


def test_no_row_of_days_off_is_longer_than_a_complaint_can_wait() -> None:
    in_a_row, longest = 0, 0
    for day in _each_day():
        in_a_row = 0 if is_working_day(day) else in_a_row + 1
        longest = max(longest, in_a_row)
    assert longest <= 7
