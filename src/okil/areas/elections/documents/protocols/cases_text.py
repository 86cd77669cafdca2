"""What was decided for this election alone: which question, by whom, when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from okil.areas.elections.documents.protocols.told import Told
from okil.areas.elections.wording.regulations import question_name, rule_title
from okil.foundation.documents.blocks import Block, Paragraph, Points
from okil.pure.rules.regulation import RULES
from okil.pure.rules.stages import BY_CODE


def cases_told(told: Told, decided: Sequence[Mapping[str, Any]]) -> list[Block]:
    if not decided:
        return []
    said = _(
        "What the regulation left open or did not settle soundly was decided for this election:"
    )
    return [Paragraph(said), Points(tuple(_decision(told, each) for each in decided))]


def _decision(told: Told, each: Mapping[str, Any]) -> str:
    text = (
        _("“{what}”: {by}, {day}, No. {number}") if each["number"] else _("“{what}”: {by}, {day}")
    )
    return text.format(
        what=_asked(each["asked"]),
        by=told.text(each["made_by"]),
        day=told.day(each["made_on"]),
        number=each["number"],
    )


def _asked(code: str) -> object:
    """The rule, or the question where only one was asked."""
    if code in RULES:
        return rule_title(code)
    return question_name(BY_CODE[code].question) if code in BY_CODE else code
