"""The plan drawn on a line of time, as numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from okil.areas.elections.models import PlanAction
from okil.areas.elections.views.plan_line import LEFT, WIDTH, line
from okil.foundation.web.languages import Texts

TODAY = date(2024, 8, 14)


def action(number: int, kind: str, on: date | None, *after: int, stage: int = 1) -> PlanAction:
    return PlanAction(
        number=number,
        stage=stage,
        title=Texts({"ru": "Длинное название действия, которое не поместится целиком"}),
        deadline_kind=kind,
        deadline_on=on,
        depends_on=list(after),
    )


def drawn(*actions: PlanAction, wrong: tuple[int, ...] = ()) -> dict[int, dict[str, Any]]:
    found = line(actions, on=TODAY, language="ru", wrong=wrong)
    assert found is not None
    return {row["number"]: row for part in found["parts"] for row in part["rows"]}


def test_a_plan_without_days_is_not_drawn() -> None:
    assert line([action(1, "open", None)], on=TODAY, language="ru") is None


def test_a_bar_lasts_from_what_it_waits_for_to_its_own_day() -> None:
    rows = drawn(
        action(1, "by", date(2024, 8, 5)),
        action(2, "by", date(2024, 8, 12)),
        action(3, "by", date(2024, 8, 19), 1, 2),
    )

    assert rows[3]["left"] == rows[2]["at"]
    assert rows[3]["left"] + rows[3]["length"] == pytest.approx(rows[3]["at"])
    assert not rows[3]["is_backwards"]


def test_an_action_before_what_it_waits_for_runs_backwards() -> None:
    rows = drawn(
        action(1, "by", date(2024, 8, 19)), action(2, "on", date(2024, 8, 12), 1), wrong=(2,)
    )

    assert (rows[2]["is_backwards"], rows[2]["is_wrong"], rows[2]["kind"]) == (True, True, "on")
    assert rows[2]["left"] == rows[2]["at"]


def test_beginnings_and_open_ends_have_no_bar() -> None:
    rows = drawn(action(1, "from", date(2024, 8, 5)), action(2, "open", None))

    assert (rows[1]["kind"], rows[2]["kind"]) == ("from", "open")
    assert "left" not in rows[1]


def test_all_lies_between_the_names_and_the_edge() -> None:
    first, last = date(2024, 8, 7), date(2024, 12, 30)
    found = line([action(1, "by", first), action(2, "by", last, stage=6)], on=TODAY, language="kk")
    assert found is not None

    xs = [tick["x"] for tick in found["ticks"]] + [off["x"] for off in found["days_off"]]
    assert all(LEFT <= x <= WIDTH for x in [*xs, found["today"]])
    assert [part["name"][0] for part in found["parts"]] == ["1", "6"]
    assert found["ticks"][0]["text"] == "5 там"


def test_a_long_plan_is_told_by_months_and_today_only_where_it_falls() -> None:
    found = line(
        [action(1, "by", date(2025, 1, 10)), action(2, "by", date(2026, 3, 1))],
        on=TODAY,
        language="ru",
    )
    assert found is not None

    assert [tick["text"] for tick in found["ticks"]][:3] == ["фев", "мар", "апр"]
    assert (found["days_off"], found["today"]) == ([], None)
