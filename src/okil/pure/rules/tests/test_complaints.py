"""Until when one may complain, who decides, and when an act is settled."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.complaints import (
    EFFECTS,
    Complaint,
    is_in_time,
    may_decide,
    settled,
    term_ends,
)

ALMATY = ZoneInfo("Asia/Almaty")
FRIDAY = datetime(2024, 9, 6, 18, tzinfo=ALMATY)
HOUR = timedelta(hours=1)


def is_weekday(day: date) -> bool:
    return day.weekday() < 5


def test_the_term_counts_working_days_after_the_act_to_the_end_of_the_last() -> None:
    ends = term_ends(FRIDAY, 3, is_weekday)

    assert ends.date() == date(2024, 9, 11)
    assert ends + timedelta(microseconds=1) == datetime(2024, 9, 12, tzinfo=ALMATY)


def test_a_day_off_does_not_count() -> None:
    ends = term_ends(FRIDAY, 1, lambda day: is_weekday(day) and day != date(2024, 9, 9))

    assert ends.date() == date(2024, 9, 10)


def test_days_are_those_of_the_zone_that_is_handed_in() -> None:
    # In Almaty it is already Saturday, and the term ends there and not at midnight in Greenwich.
    evening = datetime(2024, 9, 6, 20, tzinfo=UTC)
    every_day = term_ends(evening, 1, lambda day: True, zone=ALMATY)

    assert every_day == datetime(2024, 9, 8, 23, 59, 59, 999999, tzinfo=ALMATY)
    assert term_ends(evening, 1, lambda day: True).date() == date(2024, 9, 7)


def test_a_day_on_which_the_clock_is_changed_has_its_own_end() -> None:
    paris = ZoneInfo("Europe/Paris")
    ends = term_ends(datetime(2024, 10, 26, 12, tzinfo=paris), 1, lambda day: True)

    assert ends.astimezone(UTC).hour == 22
    assert ends.utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize("days", [0, -1])
def test_a_term_without_a_day_is_refused(days: int) -> None:
    with pytest.raises(ValueError, match="a day at least"):
        term_ends(FRIDAY, days, is_weekday)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        term_ends(FRIDAY.replace(tzinfo=None), 1, is_weekday)


def test_a_calendar_without_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="no working days"):
        term_ends(FRIDAY, 1, lambda day: False)


@pytest.mark.parametrize("days_off", [59, 60])
def test_holidays_of_two_months_are_the_longest(days_off: int) -> None:
    first = FRIDAY.date() + timedelta(days=days_off + 1)

    if days_off == 59:
        assert term_ends(FRIDAY, 1, lambda day: day >= first).date() == first
    else:
        with pytest.raises(ValueError, match="no working days"):
            term_ends(FRIDAY, 1, lambda day: day >= first)


moments = st.integers(0, 1_500_000).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(
    moments, st.integers(1, 30), st.sets(st.dates(date(2024, 1, 1), date(2027, 3, 1)), max_size=9)
)
def test_between_the_act_and_the_end_lie_exactly_so_many_working_days(
    act_at: datetime, days: int, off: set[date]
) -> None:
    def works(day: date) -> bool:
        return is_weekday(day) and day not in off

    ends = term_ends(act_at, days, works, zone=ALMATY)
    begins_on = act_at.astimezone(ALMATY).date()
    after = [begins_on + timedelta(days=i + 1) for i in range((ends.date() - begins_on).days)]

    assert sum(works(day) for day in after) == days
    assert works(ends.date())
    assert ends > act_at


@given(moments, st.integers(1, 30))
def test_a_longer_term_ends_later(act_at: datetime, days: int) -> None:
    assert term_ends(act_at, days, is_weekday) < term_ends(act_at, days + 1, is_weekday)


def test_the_last_moment_is_still_in_time() -> None:
    ends = term_ends(FRIDAY, 3, is_weekday)

    assert is_in_time(ends, ends)
    assert not is_in_time(ends + timedelta(microseconds=1), ends)


def test_who_took_part_in_the_act_does_not_decide_on_it() -> None:
    assert may_decide({1, 2}, 3)
    assert not may_decide({1, 2}, 2)


def test_nothing_is_settled_before_the_term_is_over() -> None:
    ends = term_ends(FRIDAY, 3, is_weekday)

    assert not settled([], ends, ends)
    assert settled([], ends, ends + timedelta(microseconds=1))


def test_every_complaint_needs_its_answer_also_a_late_one() -> None:
    ends = term_ends(FRIDAY, 3, is_weekday)
    answered = Complaint(FRIDAY, answered_at=ends + HOUR)
    late = Complaint(ends + HOUR)

    assert settled([answered], ends, ends + HOUR)
    assert not settled([answered], ends, ends + HOUR / 2)
    assert not settled([answered, Complaint(FRIDAY)], ends, ends + HOUR)
    assert settled([answered, late], ends, ends + HOUR) is False
    assert settled([late], ends, ends + HOUR / 2)


def test_a_decision_has_one_of_four_effects() -> None:
    assert EFFECTS == ("none", "repeat_act", "repeat_vote", "annul")
