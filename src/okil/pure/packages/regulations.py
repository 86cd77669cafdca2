"""Was counted by the rules of the group's regulation, and by those only?

What the regulation answers, holds. Where it is silent, the group may have decided for this round. And where
it provides for it, another majority is asked for: for or against a single candidate (REG-92), most votes
in a second round (REG-33).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okil.pure.packages.failures import Faulty
from okil.pure.refusal import Refused
from okil.pure.rules.contests import Held, held
from okil.pure.rules.count_sheet import CountSheet
from okil.pure.rules.regulation import Regulation, regulation_from
from okil.pure.rules.stages import VOTED_ON_AGAIN, RoundKind

MAJORITY: Mapping[str, str] = {"decision_principle": "rule", "majority_of": "majority_of"}


def rules_of(regulation: Mapping[str, Any], sheet: CountSheet) -> Regulation:
    """The regulation, filled up with what was decided for this round where it is silent.

    Raises Faulty if something else was decided, but by which majority the sheet was counted.
    """
    answers, decided = regulation["answers"], regulation["decided_here"]
    _read(answers)
    for question, answer in decided.items():
        counted_so = question in MAJORITY and answer == getattr(sheet, MAJORITY[question])
        if answer is None or (answers.get(question) is not None and not counted_so):
            raise Faulty("decided-against-the-regulation", question=question)
    said = {question: answer for question, answer in answers.items() if answer is not None}
    return _read({**decided, **said})


def _read(answers: Mapping[str, Any]) -> Regulation:
    try:
        return regulation_from(answers)
    except Refused as refused:
        raise Faulty("answer-unreadable", question=refused.facts["field"]) from refused


def require_counted_by(
    rules: Regulation, sheet: CountSheet, *, round_kind: str, decided: Mapping[str, Any]
) -> None:
    """The sheet repeats what the rules say: model, majority, ties, turnout."""
    by_kind = round_kind
    if round_kind in VOTED_ON_AGAIN and decided.get("decision_principle") == "plurality":
        by_kind = RoundKind.SECOND_ROUND  # between those equal in a second round is voted as in it
    contests = [
        held(rules, by_kind, candidates=len(contest.candidates), seats=contest.seats)
        for contest in sheet.contests
    ]
    is_voted_on = any(contest.is_voted_on for contest in contests)
    may_lack_turnout = sheet.minimum_turnout is None and not is_voted_on
    agree = {
        "contest_model": sheet.model == rules.contest_model,
        "decision_principle": _majority(sheet.rule, sheet.majority_of) in _majorities(contests),
        "tie": sheet.tie == rules.tie,
        "minimum_turnout_percent": may_lack_turnout
        or sheet.minimum_turnout == rules.minimum_turnout_percent,
    }
    for question, does_agree in agree.items():
        if not does_agree:
            raise Faulty("counted-by-another-rule", question=question)


def _majorities(contests: list[Held]) -> set[tuple[str | None, str | None]]:
    """Those by which the sheet may have been counted: of what is contested, if anything is."""
    voted_on = [contest for contest in contests if contest.is_voted_on]
    contested = [contest for contest in voted_on if not contest.for_or_against]
    return {_majority(each.rule, each.majority_of) for each in contested or voted_on or contests}


def _majority(rule: str | None, of: str | None) -> tuple[str | None, str | None]:
    """Half of what is no question where most votes decide."""
    return rule, of if rule == "absolute_majority" else None
