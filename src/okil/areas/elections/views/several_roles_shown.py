"""A question about two roles in two groups, as it is shown: never which group the other is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from okil.areas.elections.queries.several_roles import Question
from okil.areas.elections.wording import several_roles as wording
from okil.pure.rules.regulation import SMALLEST_CELL_DEFAULT
from okil.pure.rules.several_roles import BY_CODE, Follows

MARKS = {"asked": "wait", "for_the_body": "warn", "stays": "ok", "leaves": "bad", "over": "gap"}


def question_shown(question: Question) -> dict[str, Any]:
    situation = BY_CODE[question.situation]
    other = situation.one if situation.other == question.capacity else situation.other
    stand = "over" if question.is_over else str(question.stand)
    return {
        "question": question,
        "who": wording.CAPACITIES[question.capacity].format(number=question.number),
        "situation": wording.SITUATIONS[question.situation],
        "elsewhere": wording.ELSEWHERE[other],
        "follows": wording.FOLLOWS[question.follows],
        "follows_for_you": wording.FOLLOWS_FOR_YOU[question.follows],
        "own_rule": wording.OWN_RULE.get(question.own_rule, "")
        if question.follows is Follows.UNREGULATED
        else "",
        "gives_way": _("Unless the other one ends, it is this role that ends.")
        if question.follows is Follows.FORBIDDEN and situation.gives_way == question.capacity
        else "",
        "answer": wording.ANSWERS.get(question.answer, ""),
        "answered": wording.ANSWERED[question.answer],
        "ruled": wording.RULED.get(question.ruling, ""),
        "stand": wording.STANDS[stand],
        "mark": MARKS[stand],
    }


def few(number: int) -> str:
    """A number of people; small ones are not told."""
    if 0 < number < SMALLEST_CELL_DEFAULT:
        return _("fewer than {number}").format(number=SMALLEST_CELL_DEFAULT)
    return str(number)
