"""The answer on terms, for the page of an application (`elections/_terms_answer.html` shows it)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from okil.areas.elections.forms.term_history import held_of
from okil.areas.elections.models import Election
from okil.areas.elections.queries.term_history import rotation_said
from okil.areas.elections.wording.term_history import ARTICLES, MEANINGS
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.rotation_words import ANSWERS, text_of

MARKS = {"free": "ok", "exhausted": "bad", "cannot_decide": "warn"}


def terms_answer(text: str, election: Election, rules: Regulation, *, place: str) -> dict[str, Any]:
    """Free, exhausted or cannot decide, with the reasons and the articles; of what the field gave."""
    found = rotation_said(held_of(text), election, rules, place=place)
    language = (get_language() or "ru")[:2]
    return {
        "code": found.answer,
        "mark": MARKS[found.answer],
        "answer": ANSWERS[found.answer][language],
        "reasons": [text_of(reason, language) for reason in found.reasons],
        "meaning": MEANINGS[found.answer],
        "articles": ARTICLES[found.answer],
    }
