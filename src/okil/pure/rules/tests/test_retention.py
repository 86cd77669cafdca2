"""When what an election holds of people may be destroyed: a table written by hand, and laws."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.regulation import Regulation
from okil.pure.rules.retention import (
    KEPT,
    Ended,
    Holding,
    Standing,
    due_on,
    holds_paper,
    months_after,
    obstacle,
)

ENDED = Ended(concluded_on=date(2024, 9, 25), complaints_until=date(2024, 9, 23))
RULES = Regulation(personal_data_months=6, archive_years=5)
CALM = Standing(ENDED, suspended=False, complaints_open=0)
DUE = date(2025, 3, 24)


@pytest.mark.parametrize(
    ("holding", "rules", "due"),
    [
        # Six months after 23 September: the 23rd of March still belongs to the term.
        (Holding.ROLL, RULES, date(2025, 3, 24)),
        (Holding.CANDIDATES, RULES, date(2025, 3, 24)),
        (Holding.COMPLAINTS, RULES, date(2025, 3, 24)),
        (Holding.ARCHIVE, RULES, date(2029, 9, 26)),
        # At once: the day after the term, but never before the election is concluded.
        (Holding.ROLL, Regulation(personal_data_months=0), date(2024, 9, 25)),
        (Holding.ARCHIVE, Regulation(personal_data_months=0), None),
        (Holding.ROLL, Regulation(archive_years=5), None),
        (Holding.ROLL, Regulation(), None),
    ],
)
def test_a_holding_is_due_as_the_regulation_says(
    holding: Holding, rules: Regulation, due: date | None
) -> None:
    assert due_on(holding, rules, ENDED) == due


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 5, 5), 0, date(2024, 5, 5)),
    ],
)
def test_a_month_that_is_too_short_ends_the_term_on_its_last_day(
    day: date, months: int, later: date
) -> None:
    assert months_after(day, months) == later


@pytest.mark.parametrize(
    ("standing", "today", "code"),
    [
        (CALM, DUE, None),
        (CALM, DUE - timedelta(days=1), "destruction-not-due"),
        (Standing(None, suspended=False, complaints_open=0), DUE, "destruction-before-conclusion"),
        (Standing(ENDED, suspended=True, complaints_open=0), DUE, "suspended"),
        (Standing(ENDED, suspended=False, complaints_open=1), DUE, "complaints-open"),
    ],
)
def test_nothing_is_destroyed_before_its_day_or_while_somebody_waits(
    standing: Standing, today: date, code: str | None
) -> None:
    for decided in (False, True):  # no decision shortens what was promised
        refused = obstacle(Holding.ROLL, RULES, standing, today, decided=decided)
        assert (refused.code if refused else None) == code


def test_where_the_regulation_is_silent_the_groups_body_decides() -> None:
    silent = Regulation()
    refused = obstacle(Holding.ROLL, silent, CALM, DUE)
    assert refused is not None
    assert refused.code == "destruction-undated"
    assert obstacle(Holding.ROLL, silent, CALM, DUE, decided=True) is None


def test_every_key_and_paper_belongs_to_one_holding() -> None:
    purposes = [purpose for kept in KEPT.values() for purpose in kept.keys]
    assert sorted(purposes) == ["candidates", "complaints", "officers", "protocol", "roll"]
    for kind in ("voter-roll", "admission-decision", "results-protocol", "unheard-of"):
        assert sum(holds_paper(holding, kind) for holding in Holding) == 1


DAYS = st.dates(date(2020, 1, 1), date(2060, 1, 1))


@given(DAYS, st.integers(0, 400), st.integers(0, 30))
def test_longer_terms_never_end_earlier(day: date, months: int, more: int) -> None:
    assert months_after(day, months) <= months_after(day, months + more)


@given(DAYS, DAYS, st.integers(0, 120), st.sampled_from(list(Holding)))
def test_nothing_is_ever_due_before_the_conclusion(
    concluded: date, until: date, months: int, holding: Holding
) -> None:
    rules = Regulation(personal_data_months=months, archive_years=1 + months // 2)
    due = due_on(holding, rules, Ended(concluded, until))
    assert due is not None
    assert due >= concluded
