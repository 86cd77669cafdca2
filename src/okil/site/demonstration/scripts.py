"""What happened in each group of the demonstration: its dates, its rules, its officers, its steps.

Days are those of 2024, as (month, day, hour, minute). All steps lie before 4 September, so that on
any weekday the replay stands where it should; what comes next lies on 10 September or later.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Moment = tuple[int, ...]
Dates = dict[int, tuple[Moment | None, Moment]]

COMMON_DATES: Dates = {
    1: (None, (8, 14, 18)),
    2: (None, (8, 15, 18)),
    3: ((8, 19, 9), (9, 2, 18)),
    4: (None, (9, 6, 18)),
    5: ((9, 10, 9), (9, 12, 18)),
    6: (None, (9, 23, 18)),
}


def own_dates(
    announced: Moment,
    registration: tuple[Moment, Moment],
    listed: Moment,
    voting: tuple[Moment, Moment],
    results: Moment,
) -> Dates:
    return {
        1: (None, (8, 14, 18)),
        2: (None, announced),
        3: registration,
        4: (None, listed),
        5: voting,
        6: (None, results),
    }


FULL: dict[str, Any] = {
    "voter_kind": "natural_person",
    "contest_model": "single_contest_runner_up_alternate",
    "decision_principle": "plurality",
    "tie": "repeat_vote_between_tied",
    "single_candidate": "vote_for_or_against",
    "minimum_turnout_percent": 0,
    "replacement": "next_by_votes",
    "commission_size": 2,
    "smallest_cell": 5,
    "languages": ["ru", "kk"],
}


@dataclass(frozen=True)
class Script:
    """`moves` are the moments the election entered each state, from "announced" on."""

    dates: Dates | None
    moves: dict[str, Moment]
    rules: dict[str, Any] = field(default_factory=lambda: dict(FULL))
    commission: int = 2
    observers: int = 1
    extended_at: Moment | None = None
    extended_to: Moment | None = None
    tied_at: Moment | None = None  # a repeat vote was opened then
    rules_public: bool = True
    names_organiser: bool = False  # the organiser agreed to show the name


EARLY = ((8, 16, 9), (8, 22, 18))

SCRIPTS: dict[str, Script] = {
    "shugyla": Script(
        dates=None,
        moves={},
        rules={**FULL, "tie": None, "replacement": None},
        commission=1,
        observers=0,
    ),
    "oris": Script(
        dates=own_dates(
            (8, 30, 18),
            ((9, 11, 9), (9, 20, 18)),
            (9, 24, 18),
            ((9, 26, 9), (9, 27, 18)),
            (10, 4, 18),
        ),
        moves={"announced": (8, 28, 11)},
        rules={**FULL, "smallest_cell": None},
    ),
    "qadam": Script(
        dates=None,
        moves={"announced": (8, 15, 10), "registration": (8, 19, 9, 5)},
        rules={**FULL, "tie": None, "commission_size": 3},
        commission=2,
        extended_at=(9, 2, 11),
        extended_to=(9, 12, 18),
    ),
    "auen": Script(
        dates=own_dates((8, 15, 18), EARLY, (8, 24, 18), ((8, 26, 9), (8, 27, 18)), (9, 12, 18)),
        moves={
            "announced": (8, 15, 10, 5),
            "registration": (8, 16, 9, 5),
            "candidates_published": (8, 23, 17),
            "voting": (8, 26, 9, 5),
            "counting": (8, 27, 18, 5),
        },
        tied_at=(9, 2, 10),
    ),
    "bulaq": Script(
        dates=own_dates((8, 15, 18), EARLY, (8, 28, 18), ((9, 3, 9), (9, 11, 18)), (9, 20, 18)),
        moves={
            "announced": (8, 15, 10, 10),
            "registration": (8, 16, 9, 10),
            "candidates_published": (8, 27, 15),
            "voting": (9, 3, 9, 5),
        },
        commission=3,
        names_organiser=True,
    ),
    "arna": Script(
        dates=own_dates((8, 15, 18), EARLY, (8, 27, 18), ((8, 30, 9), (9, 3, 18)), (9, 12, 18)),
        moves={
            "announced": (8, 15, 10, 15),
            "registration": (8, 16, 9, 15),
            "candidates_published": (8, 26, 12),
            "voting": (8, 30, 9, 10),
            "counting": (9, 3, 18, 10),
        },
        commission=3,
        observers=2,
    ),
    "kopir": Script(
        dates=own_dates((8, 15, 18), EARLY, (8, 26, 18), ((8, 28, 9), (8, 30, 18)), (9, 12, 18)),
        moves={
            "announced": (8, 15, 10, 20),
            "registration": (8, 16, 9, 20),
            "candidates_published": (8, 26, 10),
            "voting": (8, 28, 9, 5),
            "counting": (8, 30, 18, 5),
            "results": (9, 2, 16),
        },
        commission=3,
        names_organiser=True,
    ),
    "tirek": Script(
        dates=own_dates((8, 15, 18), EARLY, (8, 24, 18), ((8, 27, 9), (8, 28, 18)), (9, 20, 18)),
        moves={
            "announced": (8, 15, 10, 25),
            "registration": (8, 16, 9, 25),
            "candidates_published": (8, 24, 11),
            "voting": (8, 27, 9, 10),
            "counting": (8, 28, 18, 10),
            "results": (8, 29, 17),
            "submitted": (9, 2, 12),
        },
        rules={**FULL, "voter_kind": "legal_entity", "contest_model": "two_parallel_contests"},
    ),
    "samal": Script(
        dates=own_dates((8, 15, 18), EARLY, (8, 23, 18), ((8, 24, 9), (8, 25, 18)), (9, 2, 18)),
        moves={
            "announced": (8, 15, 10, 30),
            "registration": (8, 16, 9, 30),
            "candidates_published": (8, 23, 10),
            "voting": (8, 24, 9, 5),
            "counting": (8, 25, 18, 5),
            "results": (8, 26, 15),
            "submitted": (8, 27, 11),
            "published": (9, 2, 14),
        },
    ),
    "irgetas": Script(
        dates=own_dates((8, 15, 18), EARLY, (8, 23, 18), ((8, 24, 9), (8, 24, 18)), (8, 30, 18)),
        moves={
            "announced": (8, 15, 10, 35),
            "registration": (8, 16, 9, 35),
            "candidates_published": (8, 23, 10, 5),
            "voting": (8, 24, 9, 10),
            "counting": (8, 24, 18, 5),
            "results": (8, 25, 12),
            "submitted": (8, 26, 11),
            "published": (8, 29, 14),
            "concluded": (9, 3, 17),
        },
        rules={**FULL, "voter_kind": "legal_entity"},
    ),
}
