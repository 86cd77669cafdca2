"""What happened in each group of the demonstration: its dates, its rules, its officers, its steps.

Days are those of 2024, as (month, day, hour, minute). All steps lie before 4 September, so that on
any weekday the replay stands where it should; what comes next lies on 10 September or later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from okil.pure.rules.regulation import QUESTIONS

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
EARLY = ((8, 16, 9), (8, 22, 18))
ALL = frozenset({"name", "region", "programme"})


def _regulation(name: str) -> dict[str, Any]:
    """The answers of an example, without what stands beside them in its file."""
    data = json.loads((REGULATIONS / f"{name}.json").read_text(encoding="utf-8"))
    return {key: data[key] for key in data if key in QUESTIONS}


REGULATIONS = Path(__file__).parent / "data" / "regulations"
FULL = _regulation("sound")
PARALLEL = _regulation("parallel")
GAPS = _regulation("gaps")  # as the report of 2024 found them
OF_ORGANISATIONS = {
    name: PARALLEL[name] for name in ("voter_kind", "voter_definition", "voter_fields")
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


@dataclass(frozen=True)
class Stands:
    """A candidate: `person` of the sources, or without it somebody new; what they agreed to show."""

    person: str = ""
    place: str = "both"
    shows: frozenset[str] = frozenset()  # of name, region, programme
    pseudonym: str = ""
    region: str = "KZ-71"
    has_programme: bool = True
    votes: tuple[str, ...] = ()  # of the commission; without them all admit
    withdraws: bool = False  # after the list was published


@dataclass(frozen=True)
class Applies:
    """A candidate who applies by the form, and signs with a code or not yet."""

    at: Moment
    name: str
    pseudonym: str = ""
    is_signed: bool = False
    place: str = "both"
    region: str = "KZ-71"
    term_history: str = ""  # as the form keeps it


@dataclass(frozen=True)
class Box:
    """What lay in the box: for each contest the votes by candidate, the blank and the spoilt papers.

    `slip`: in the first of both counts this candidate has a vote too few, until it is counted again.
    """

    votes: Mapping[str, Mapping[int, int]]
    blank: int = 0
    wrongly_completed: int = 0
    taken_along: int = 0  # papers that were given out and did not come back
    slip: int = 0


@dataclass(frozen=True)
class Complains:
    """A voter, a candidate or an observer, by number, on an act that happened."""

    by: str
    number: int
    act: str
    text: str
    filed_at: Moment
    decided_at: Moment | None = None


@dataclass(frozen=True)
class Script:
    """`moves` are the moments the election entered each state, from "announced" on."""

    dates: Dates | None
    moves: dict[str, Moment]
    rules: dict[str, Any] = field(default_factory=lambda: dict(FULL))
    commission: int = 2
    observers: int = 1
    unsigned: frozenset[str] = frozenset()  # roles of which somebody has not signed yet
    rules_public: bool = True
    names_organiser: bool = False  # the organiser agreed to show the name
    chat_only: bool = False  # the notice of the registration went into a chat and nowhere else
    case_decided: Mapping[str, Moment] = field(default_factory=dict)  # what the rules leave open
    extended_at: Moment | None = None
    extended_to: Moment | None = None
    voters: int = 0
    anonymous: int = 0  # how many of them gave a pseudonym or nothing
    refused: int = 0  # of the voters, by the commission
    late: int = 0  # voters who came after the end
    candidates: tuple[Stands, ...] = ()
    applies: tuple[Applies, ...] = ()
    nominated_at: Moment | None = None  # by the assembly; nobody answered yet
    papers_given: int = 0
    box: Box | None = None
    entries: int = 2  # of the count so far
    tied_at: Moment | None = None  # a repeat vote was opened then
    remark: str = ""
    dissent: str = ""
    departs: int = 0  # the number of a winner who declined
    complains: Complains | None = None


def _moves(minute: int, **moments: Moment) -> dict[str, Moment]:
    """Announced by the Secretariat one after the other, and registration begun as early as may be."""
    return {
        "announced": (8, 15, 10, minute),
        "registration": (8, 16, 9, minute),
        **moments,
    }


SCRIPTS: dict[str, Script] = {
    "shugyla": Script(
        dates=None,
        moves={},
        rules=GAPS,
        commission=1,
        observers=0,
        unsigned=frozenset({"organiser"}),
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
        rules={**FULL, "smallest_cell": None, "commission_size": 3},
        commission=3,
        unsigned=frozenset({"commissioner"}),
        chat_only=True,
    ),
    "qadam": Script(
        dates=None,
        moves={"announced": (8, 15, 10), "registration": (8, 19, 9, 5)},
        rules={
            **FULL,
            "tie": None,
            "single_candidate": None,
            "commission_size": 3,
            "review_months": 2,
            "notice_channels": ["mailing", "telephone"],
        },
        extended_at=(9, 2, 11),
        extended_to=(9, 12, 18),
        voters=9,
        anonymous=6,
        candidates=(Stands("p07", pseudonym="Тұмар", region="KZ-75"),),
        applies=(
            Applies(
                (9, 3, 9, 20),
                name="Жасминова Индира",
                pseudonym="Жұпар",
                is_signed=True,
                term_history="alternate 2022-2024 this",
            ),
            Applies((9, 3, 9, 50), name="Можжевелов Аян", region="KZ-35"),
        ),
        nominated_at=(9, 3, 10, 10),
    ),
    "auen": Script(
        dates=own_dates((8, 15, 18), EARLY, (8, 24, 18), ((8, 26, 9), (8, 27, 18)), (9, 12, 18)),
        moves=_moves(
            5,
            candidates_published=(8, 23, 17),
            voting=(8, 26, 9, 5),
            counting=(8, 27, 18, 5),
        ),
        rules={**FULL, "minimum_turnout_percent": None, "told_by": ["article"]},
        case_decided={"turnout-known": (8, 25, 15)},
        voters=15,
        anonymous=9,
        refused=1,
        candidates=(
            Stands("p06", pseudonym="Аққу", region="KZ-71"),
            Stands("p15", region="KZ-75"),
            Stands(region="KZ-35", shows=frozenset({"region", "programme"})),
        ),
        papers_given=12,
        box=Box({"both": {1: 5, 2: 5, 3: 1}}, blank=1),
        tied_at=(9, 2, 10),
    ),
    "bulaq": Script(
        dates=own_dates((8, 15, 18), EARLY, (8, 28, 18), ((9, 3, 9), (9, 11, 18)), (9, 20, 18)),
        moves=_moves(10, candidates_published=(8, 27, 15), voting=(9, 3, 9, 5)),
        rules={**FULL, "commission_size": 3},
        commission=3,
        names_organiser=True,
        voters=31,
        anonymous=14,
        refused=1,
        late=1,
        candidates=(
            Stands("p04", shows=ALL, region="KZ-63"),
            Stands("p14", pseudonym="Дала", region="KZ-55", shows=frozenset({"programme"})),
            Stands(region="KZ-35", has_programme=False),
        ),
        papers_given=11,
        complains=Complains(
            "candidate", 3, "1-vote", "Голосование открыли на пять минут позже срока.", (9, 3, 15)
        ),
    ),
    "arna": Script(
        dates=own_dates((8, 15, 18), EARLY, (8, 27, 18), ((8, 30, 9), (9, 3, 18)), (9, 12, 18)),
        moves=_moves(
            15,
            candidates_published=(8, 26, 12),
            voting=(8, 30, 9, 10),
            counting=(9, 3, 18, 10),
        ),
        rules={**FULL, "tie": "lot", "commission_size": 3, "speech_minutes": 7},
        commission=3,
        observers=2,
        voters=26,
        anonymous=10,
        refused=2,
        candidates=(
            Stands("p01", shows=ALL, region="KZ-71"),
            Stands("p11", shows=frozenset({"name", "programme"}), region="KZ-79"),
            Stands(region="KZ-61", pseudonym="Көктем"),
            Stands(region="KZ-75", votes=("refuse", "refuse", "admit")),
            Stands(region="KZ-35", withdraws=True),
        ),
        papers_given=21,
        box=Box({"both": {1: 11, 2: 7, 3: 2}}, wrongly_completed=1, slip=2),
    ),
    "kopir": Script(
        dates=own_dates((8, 15, 18), EARLY, (8, 26, 18), ((8, 28, 9), (8, 30, 18)), (9, 12, 18)),
        moves=_moves(
            20,
            candidates_published=(8, 26, 10),
            voting=(8, 28, 9, 5),
            counting=(8, 30, 18, 5),
            results=(9, 2, 16),
        ),
        rules={**FULL, "commission_size": 3},
        commission=3,
        names_organiser=True,
        voters=40,
        anonymous=12,
        refused=2,
        late=1,
        candidates=(
            Stands("p03", shows=ALL, region="KZ-71"),
            Stands("p13", shows=frozenset({"region", "programme"}), region="KZ-31"),
            Stands(region="KZ-75", pseudonym="Жаңбыр"),
        ),
        papers_given=33,
        box=Box(
            {"both": {1: 16, 2: 11, 3: 3}}, blank=1, wrongly_completed=1, taken_along=1, slip=1
        ),
        remark="Стол, за которым заполняли бюллетени, первый час стоял у прохода; после моих слов его "
        "отодвинули. На результат, по-моему, это не повлияло.",
    ),
    "tirek": Script(
        dates=own_dates((8, 15, 18), EARLY, (8, 24, 18), ((8, 27, 9), (8, 28, 18)), (9, 20, 18)),
        moves=_moves(
            25,
            candidates_published=(8, 24, 11),
            voting=(8, 27, 9, 10),
            counting=(8, 28, 18, 10),
            results=(8, 29, 17),
            submitted=(9, 2, 12),
        ),
        rules={**PARALLEL, "commission_size": 2},
        voters=12,
        candidates=(
            Stands("p10", place="member", shows=ALL, region="KZ-75"),
            Stands(place="member", shows=frozenset({"name"}), region="KZ-71"),
        ),
        papers_given=11,
        box=Box({"member": {1: 7, 2: 3}}, blank=1),
        dissent="Считаю, что встречу о месте альтерната следовало созвать за неделю, а не за день.",
    ),
    "samal": Script(
        dates=own_dates((8, 15, 18), EARLY, (8, 23, 18), ((8, 24, 9), (8, 25, 18)), (9, 2, 18)),
        moves=_moves(
            30,
            candidates_published=(8, 23, 10),
            voting=(8, 24, 9, 5),
            counting=(8, 25, 18, 5),
            results=(8, 26, 15),
            submitted=(8, 27, 11),
            published=(9, 2, 14),
        ),
        voters=24,
        anonymous=11,
        refused=1,
        candidates=(
            Stands("p02", pseudonym="Қарлығаш", region="KZ-35", shows=frozenset({"programme"})),
            Stands("p12", shows=ALL, region="KZ-71"),
            Stands(region="KZ-75"),
        ),
        papers_given=19,
        box=Box({"both": {1: 9, 2: 6, 3: 3}}, blank=1),
        remark="Голосование и подсчёт прошли при мне от начала до конца. Замечаний нет.",
        departs=1,
        complains=Complains(
            "voter",
            7,
            "1-notice",
            "О начале регистрации я узнал только из чата.",
            filed_at=(8, 24, 13),
            decided_at=(8, 26, 11),
        ),
    ),
    "irgetas": Script(
        dates=own_dates((8, 15, 18), EARLY, (8, 23, 18), ((8, 24, 9), (8, 24, 18)), (8, 30, 18)),
        moves=_moves(
            35,
            candidates_published=(8, 23, 10, 5),
            voting=(8, 24, 9, 10),
            counting=(8, 24, 18, 5),
            results=(8, 25, 12),
            submitted=(8, 26, 11),
            published=(8, 26, 16),
            concluded=(9, 3, 17),
        ),
        rules={
            **FULL,
            **OF_ORGANISATIONS,
            "complaint_days": 2,
            "midterm": "alternate_until_the_end",
        },
        voters=18,
        refused=1,
        candidates=(
            Stands("p09", shows=ALL, region="KZ-75"),
            Stands("p18", shows=ALL, region="KZ-71"),
            Stands(shows=frozenset({"name"}), region="KZ-39"),
        ),
        papers_given=16,
        box=Box({"both": {1: 8, 2: 5, 3: 2}}, wrongly_completed=1),
        remark="Всё шло по программе собрания.",
    ),
}
