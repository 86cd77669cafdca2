"""The answers of a regulation in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from okil.areas.elections.documents.regulations.clauses import Answers, clauses_of
from okil.areas.elections.wording.regulations import (
    in_words,
    language,
    part_name,
    question_name,
)
from okil.pure.rules.regulation import (
    QUESTIONS_OF,
    RULE_OF,
    RULES_OF,
    Part,
    Regulation,
    is_answered,
    is_asked,
)
from okil.pure.rules.regulation.questions import QUESTIONS

__all__ = ["answers_by_part", "answers_shown", "answers_to", "clauses_by_part", "in_words"]


def answers_shown(regulation: Regulation) -> list[dict[str, Any]]:
    """What everybody who votes or stands wants to know first: the answers that the workflow, the
    count and the protocol follow from. Question, answer in words ("" = not regulated), rule."""
    return [_shown(name, regulation) for name in FOLLOWED if is_asked(name, regulation)]


def answers_to(names: Iterable[str], regulation: Regulation) -> list[dict[str, Any]]:
    """The answers to these questions."""
    return [_shown(name, regulation) for name in names]


def answers_by_part(regulation: Regulation) -> list[dict[str, Any]]:
    """All answers, part by part; what may stay open is left out where it does."""
    return [
        {
            "name": part_name(part),
            "answers": [
                _shown(name, regulation)
                for rule in RULES_OF[part]
                for name in QUESTIONS_OF[rule]
                if is_asked(name, regulation)
                and (is_answered(name, regulation) or not QUESTIONS[name].is_optional)
            ],
        }
        for part in Part
    ]


def clauses_by_part(regulation: Regulation) -> list[dict[str, Any]]:
    """What is regulated, as the sentences of the document, numbered as there."""
    answers = Answers(regulation, language())
    shown: list[dict[str, Any]] = []
    for part in Part:
        within = [(rule, each) for rule in RULES_OF[part] for each in clauses_of(rule, answers)]
        if within:
            number = len(shown) + 1
            clauses = [
                {"number": f"{number}.{index}", "rule": rule, "said": each}
                for index, (rule, each) in enumerate(within, start=1)
            ]
            shown.append({"number": number, "name": part_name(part), "clauses": clauses})
    return shown


def _shown(name: str, regulation: Regulation) -> dict[str, Any]:
    return {
        "question": question_name(name),
        "answer": in_words(name, getattr(regulation, name)),
        "rule": RULE_OF[name],
    }


FOLLOWED = (
    "voter_kind",
    "contest_model",
    "decision_principle",
    "majority_of",
    "tie",
    "single_candidate",
    "minimum_turnout_percent",
    "replacement",
    "complaint_days",
    "complaint_effect",
    "midterm",
    "commission_size",
    "smallest_cell",
    "languages",
)
