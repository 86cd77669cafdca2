"""Days on which nobody works in Kazakhstan: weekends, and the holidays that have a fixed date.

Not known here: Kurban Ait, which follows the moon, and days off that the Government moves.
"""

from __future__ import annotations

from datetime import date

# Name, days (month, day), first and last year.
HOLIDAYS: tuple[tuple[str, tuple[tuple[int, int], ...], int, int], ...] = (
    ("new_year", ((1, 1), (1, 2)), 1, 9999),
    ("orthodox_christmas", ((1, 7),), 2006, 9999),
    ("womens_day", ((3, 8),), 1, 9999),
    ("nauryz", ((3, 21), (3, 22), (3, 23)), 2010, 9999),
    ("unity_day", ((5, 1),), 1, 9999),
    ("defender_day", ((5, 7),), 2013, 9999),
    ("victory_day", ((5, 9),), 1, 9999),
    ("capital_day", ((7, 6),), 2009, 9999),
    ("constitution_day", ((8, 30),), 1996, 2025),
    ("constitution_day", ((3, 15),), 2027, 9999),
    ("republic_day", ((10, 25),), 2022, 2025),
    ("republic_of_kazakhstan_day", ((10, 25),), 2026, 9999),
    ("first_president_day", ((12, 1),), 2012, 2021),
    ("independence_day", ((12, 16),), 1, 9999),
    ("independence_day", ((12, 17),), 1, 2021),
)
BY_DAY = {
    (month, day): [one for one in HOLIDAYS if (month, day) in one[1]]
    for _, days, _, _ in HOLIDAYS
    for month, day in days
}
SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Neither a weekend nor a holiday of this table."""
    return day.weekday() < SATURDAY and holiday_on(day) is None


def holiday_on(day: date) -> str | None:
    """The code of the holiday that falls on this day."""
    for name, _, first, last in BY_DAY.get((day.month, day.day), ()):
        if first <= day.year <= last:
            return name
    return None
