"""The answers of a regulation in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from okil.areas.elections.wording import ANSWERS, QUESTIONS
from okil.pure.rules.regulation import RULE_OF, Regulation, is_asked

LANGUAGE_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


def answers_shown(regulation: Regulation) -> list[dict[str, Any]]:
    """Question, answer in words ("" = not regulated), rule."""
    return [
        {
            "question": question,
            "answer": in_words(name, getattr(regulation, name)),
            "rule": RULE_OF[name],
        }
        for name, question in QUESTIONS.items()
        if is_asked(name, regulation)
    ]


def in_words(name: str, value: Any) -> str:
    if value is None or value == ():
        return ""
    if name == "languages":
        return ", ".join(LANGUAGE_NAMES[code] for code in value)
    if name == "minimum_turnout_percent":
        return _("{percent} %").format(percent=value) if value else _("no minimum")
    return str(ANSWERS.get(value, value))
