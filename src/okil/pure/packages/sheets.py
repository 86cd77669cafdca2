"""The count sheet of a round, read and counted as the round was held.

`okil count` takes one rule for a whole sheet, and all contests of a model. But a later round may hold only
one of them, and beside a contested contest may stand a single candidate, voted on for or against.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from okil.pure.rules.contests import Held, held
from okil.pure.rules.count_sheet import CONTESTS_OF, TWO_PARALLEL, CountSheet, sheet_from
from okil.pure.rules.counting import Result, count, count_each
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import RoundKind


def read_sheet(data: Any, round_kind: str) -> CountSheet:
    """The sheet that the data state; raises UnreadableSheet as `sheet_from` does.

    Beyond what that reads: a contest in which nobody voted needs no votes, and after the first round a
    contest for one place may stand alone.
    """
    contests = data.get("contests") if isinstance(data, dict) else None
    if not isinstance(contests, list) or not all(isinstance(each, dict) for each in contests):
        return sheet_from(data)
    contests = [each if "ballots" in each else {"votes": {}, **each} for each in contests]
    whole = {**data, "contests": contests}
    if round_kind == RoundKind.FIRST or not _stands_alone(data.get("model"), contests):
        return sheet_from(whole)
    (alone,) = contests
    (missing,) = {"member", "alternate"} - {alone["for"]}
    other = {"for": missing, "candidates": []}
    sheet = sheet_from({**whole, "model": TWO_PARALLEL, "contests": [alone, other]})
    return replace(sheet, model=str(data["model"]), contests=sheet.contests[:1])


def _stands_alone(model: Any, contests: Sequence[Mapping[str, Any]]) -> bool:
    is_known = isinstance(model, str) and model in CONTESTS_OF
    return is_known and [each.get("for") for each in contests] in (["member"], ["alternate"])


def held_contests(sheet: CountSheet, single_candidate: Any) -> tuple[Held, ...]:
    """By which rule each contest is counted: that of the sheet, or the one for a single candidate.

    `single_candidate` is what the regulation says about it (REG-92).
    """
    rules = Regulation(
        single_candidate=single_candidate,
        decision_principle=sheet.rule,
        majority_of=sheet.majority_of,
    )
    return tuple(
        held(rules, RoundKind.FIRST, candidates=len(contest.candidates), seats=contest.seats)
        for contest in sheet.contests
    )


def count_as_held(sheet: CountSheet, single_candidate: Any) -> Result:
    """As `count`, the contests of each rule by themselves."""
    if any(decision.contest >= len(sheet.contests) for decision in sheet.tie_decisions):
        return count(sheet)  # which finds the decision without a tie
    held_by = held_contests(sheet, single_candidate)
    return count_each(sheet, [(each.rule or sheet.rule, each.majority_of) for each in held_by])
