"""A plan checked and repaired: `python -m benchmarks.plan`.

`--check` ends with 1 if a claim is missed tenfold: for CI, against hanging.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from okil.pure.rules.days_off import is_working_day
from okil.pure.rules.plan import Deadline, DeadlineKind, Plan, examine, plan_from
from okil.pure.rules.repair import repair

RESULTS = Path(__file__).with_name("RESULTS.md")
MARKS = "<!-- plan -->", "<!-- end of plan -->"
PLAN_2024 = Path(__file__).parents[1] / "tests" / "vectors" / "plans" / "plan_2024.json"
SIZE, COPIES = 25, 80
MONDAY = date(2024, 8, 5)

Row = tuple[str, Callable[[], Any], float | None]  # what, how, and the milliseconds we claim


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--write", action="store_true", help="into RESULTS.md")
    parser.add_argument("--check", action="store_true", help="1 if a claim is missed tenfold")
    chosen = parser.parse_args()
    rows = [row for row in _rows() if row[2] is not None or not chosen.check]
    taken = [_milliseconds(act, chosen.rounds) for _, act, _ in rows]
    report = _report(rows, taken)
    print(report)
    if chosen.write:
        _write(report)
    claims = [claim for _, _, claim in rows]
    missed = any(claim and ms > 10 * claim for ms, claim in zip(taken, claims, strict=True))
    return 1 if chosen.check and missed else 0


def _rows() -> list[Row]:
    data = json.loads(PLAN_2024.read_text("utf-8"))
    plan = plan_from(data)
    long = plan_from({"actions": _one_after_another(data["actions"]), "approval_date": None})
    shuffled = _shuffled(long)
    return [
        ("25 read and checked", lambda: _checked(plan_from(data)), 50),
        ("2,000 checked: the plan of 2024 eighty times, one after the other",
         lambda: _checked(long), 1000),
        (f"2,000 checked, every date shuffled ({len(_checked(shuffled)):,} findings)",
         lambda: _checked(shuffled), None),
        ("25 repaired", lambda: _repaired(plan), 1000),
        ("25 repaired that stand in reverse order", lambda: _repaired(_reversed(plan)), 1000),
    ]  # fmt: skip


def _checked(plan: Plan) -> tuple[Any, ...]:
    return examine(plan, is_working_day=is_working_day)


def _repaired(plan: Plan) -> Any:
    return repair(plan, is_working_day=is_working_day)


def _one_after_another(actions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each copy begins when the one before it is over, eight weeks later."""
    return [
        each
        | {
            "no": each["no"] + copy * SIZE,
            "stage": each["stage"] + copy * 6,
            "deadline": each["deadline"] | {"date": _later(each["deadline"]["date"], 8 * copy)},
            "depends_on_inferred": [number + copy * SIZE for number in each["depends_on_inferred"]]
            or [number for number in [copy * SIZE] if number],
        }
        for copy in range(COPIES)
        for each in actions
    ]


def _later(day: str, weeks: int) -> str:
    return (date.fromisoformat(day) + timedelta(weeks=weeks)).isoformat()


def _shuffled(plan: Plan) -> Plan:
    dates = [action.deadline for action in plan.actions]
    random.Random(2024).shuffle(dates)
    return _with_deadlines(plan, dates)


def _reversed(plan: Plan) -> Plan:
    days = [MONDAY + timedelta(days=2 * (SIZE - place)) for place in range(SIZE)]
    chained = tuple(
        replace(action, depends_on=(plan.actions[place - 1].number,) if place else ())
        for place, action in enumerate(plan.actions)
    )
    return _with_deadlines(
        replace(plan, actions=chained), [Deadline(DeadlineKind.BY, day) for day in days]
    )


def _with_deadlines(plan: Plan, deadlines: list[Deadline]) -> Plan:
    pairs = zip(plan.actions, deadlines, strict=True)
    return replace(plan, actions=tuple(replace(one, deadline=new) for one, new in pairs))


def _milliseconds(act: Callable[[], object], rounds: int) -> float:
    act()  # the first reads the table of days off
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        taken.append(1000 * (time.perf_counter() - began))
    return median(taken)


def _report(rows: list[Row], taken: list[float]) -> str:
    cores = len(os.sched_getaffinity(0))
    lines = [
        f"Python {platform.python_version()}, {cores} cores; medians.",
        "",
        "| actions | takes | claim |",
        "|---|---|---|",
        *(
            f"| {what} | {ms:,.1f} ms | {f'{claim:,.0f} ms' if claim else '–'} |"
            for (what, _, claim), ms in zip(rows, taken, strict=True)
        ),
    ]
    return "\n".join(lines)


def _write(report: str) -> None:
    text = RESULTS.read_text(encoding="utf-8")
    begin, end = MARKS
    before, rest = text.split(begin, 1)
    after = rest.split(end, 1)[1]
    RESULTS.write_text(f"{before}{begin}\n\n{report}\n\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
