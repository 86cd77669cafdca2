"""`okil plan check | repair`: what in a plan cannot be kept, and dates that can."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from okil.foundation.web import dates
from okil.pure.rules import plan_words
from okil.pure.rules.days_off import is_working_day
from okil.pure.rules.plan import (
    Action,
    DeadlineKind,
    Finding,
    Level,
    NotAPlan,
    Plan,
    examine,
    plan_from,
)
from okil.pure.rules.plan_file import MEGABYTES_AT_MOST, data_from
from okil.pure.rules.repair import Move, Repair, repair
from okil.site.command_line.arguments import Arguments
from okil.site.command_line.ballot_words import printable
from okil.site.command_line.plan_words import DAYS, word
from okil.site.command_line.words import LANGUAGES

MARKS = {Level.ERROR: "✗", Level.WARNING: "!", Level.INFO: "·"}
# Each act answers with an exit status, what a program reads, and what people read.
Answer = tuple[int, dict[str, Any], list[str]]


def run(arguments: list[str], language: str) -> int:
    chosen = _parsed(arguments, language)
    try:
        data = _read(Path(chosen.file))
        status, answer, lines = ACTS[chosen.act](data, plan_from(data), language)
    except NotAPlan as error:
        reason = plan_words.failure(error, language, DAYS)
        sentence = word("not-a-plan", language, path=chosen.file, reason=reason)
        return _unusable(sentence)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _unusable(word("cannot-open", language, path=chosen.file, reason=reason))
    if chosen.format == "json":
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines))
    return status


def _parsed(arguments: list[str], language: str) -> argparse.Namespace:
    def say(code: str) -> str:
        return word(code, language)

    parser = Arguments("plan", language)
    acts = "; ".join(f"{act}: {say(f'about-{act}')}" for act in ACTS)
    parser.add_argument("act", choices=tuple(ACTS), help=acts)
    parser.add_argument("file", metavar="FILE", help=say("option-file"))
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help=say("option-format")
    )
    return parser.parse_args(arguments)


def _unusable(sentence: str) -> int:
    print(printable(sentence), file=sys.stderr)
    return 2


def _read(path: Path) -> Any:
    with path.open("rb") as stream:
        return data_from(stream.read(MEGABYTES_AT_MOST * 1_000_000 + 1))


# Checking


def check(data: dict[str, Any], plan: Plan, language: str) -> Answer:
    found = examine(plan, is_working_day=is_working_day)
    year = plan_words.unsaid_year(plan)
    answer = {"findings": [_as_json(each, language, year) for each in found]}
    status = int(any(each.level is Level.ERROR for each in found))
    return status, answer, _text(found, language, year)


def _as_json(finding: Finding, language: str, year: int | None) -> dict[str, Any]:
    """What docs/schemas/plan-check.json describes."""
    return {
        "code": finding.code.value,
        "level": finding.level.value,
        "actions": list(finding.actions),
        "message": plan_words.message(finding, language, DAYS, year),
        "days": finding.days,
    }


def _text(found: Sequence[Finding], language: str, year: int | None) -> list[str]:
    lines = []
    for later, group in groupby(found, key=lambda each: each.actions[-1:]):
        code = "action" if later else "whole-plan"
        lines.append(word(code, language, number=later[0] if later else None))
        for each in group:
            label = plan_words.level(each.level, language)
            told = plan_words.message(each, language, DAYS, year)
            lines.append(f"  {MARKS[each.level]} {label}: {told}")
        lines.append("")
    lines.append(plan_words.counts(found, language) or word("all-well", language))
    return [*lines, word("calendar", language)]


# Repairing


def mend(data: dict[str, Any], plan: Plan, language: str) -> Answer:
    repaired = repair(plan, is_working_day=is_working_day)
    year = plan_words.unsaid_year(repaired.plan) if plan_words.unsaid_year(plan) else None
    told = [plan_words.move(each, language, DAYS, year) for each in repaired.moves]
    closing = ["proposal", "calendar"] if told else ["nothing-moved", "calendar"]
    lines = [*told, *([""] if told else []), *(word(each, language) for each in closing)]
    return 0, _with_new_dates(data, repaired, told), lines


def _with_new_dates(data: dict[str, Any], repaired: Repair, told: Sequence[str]) -> dict[str, Any]:
    """The plan as it came in, its dates and the words about them renewed, and the moves beside."""
    moves = {move.action: (move, why) for move, why in zip(repaired.moves, told, strict=True)}
    actions = [
        _with_new_date(each, action) if action.number in moves else each
        for each, action in zip(data["actions"], repaired.plan.actions, strict=True)
    ]
    listed = [_move_as_json(move, why) for move, why in moves.values()]
    return {**data, "actions": actions, "moves": listed}


def _with_new_date(each: dict[str, Any], action: Action) -> dict[str, Any]:
    day = action.deadline.day
    assert day is not None  # an open deadline is not moved
    new = {**each, "deadline": {**each["deadline"], "date": day.isoformat()}}
    for language in LANGUAGES:
        if f"deadline_{language}" in each:
            new[f"deadline_{language}"] = _on_paper(action.deadline.kind, day, language)
    return new


def _on_paper(kind: DeadlineKind, day: date, language: str) -> str:
    phrase = {DeadlineKind.BY: dates.by, DeadlineKind.FROM: dates.since}.get(kind, dates.day)
    return phrase(day, language, "plain", unsaid_year=day.year).replace("\xa0", " ")


def _move_as_json(each: Move, message: str) -> dict[str, Any]:
    """What docs/schemas/plan-repair.json describes."""
    return {
        "action": each.action,
        "from": each.before.isoformat(),
        "to": each.after.isoformat(),
        "days": each.days,
        "because_of": each.other,
        "message": message,
    }


ACTS = {"check": check, "repair": mend}
