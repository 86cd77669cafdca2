"""A refusal as a sentence in the reader's language. Each area's wording brings its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.forms import Form

from okil.foundation.web.templatetags.okil import moment
from okil.pure.refusal import Refused

_sentences: dict[str, Any] = {}
_words: dict[str, Callable[[Any], object]] = {}
_beside: dict[str, tuple[str, ...]] = {}


def register(
    sentences: Mapping[str, Any],
    *,
    beside: Mapping[str, tuple[str, ...]] | None = None,
    **words: Callable[[Any], object],
) -> None:
    """Sentences by refusal code; `role=role_name` says how a fact, a code, is said in words.

    `beside` names the fields a refusal speaks of: it stands at the first of them that a form has.
    """
    for code in sentences:
        if code in _sentences and _sentences[code] != sentences[code]:
            raise ValueError(f"The refusal {code} has words already.")
    _sentences.update(sentences)
    if unknown := set(beside or ()) - set(_sentences):
        raise ValueError(f"No such refusals: {sorted(unknown)}.")
    _beside.update(beside or {})
    _words.update(words)


def sentence(refused: Refused) -> str:
    """What the person reads; the bare code if nobody gave it words."""
    words = _sentences.get(refused.code)
    if words is None:
        return refused.code
    facts = {name: _said(name, value) for name, value in refused.facts.items()}
    return str(words).format_map(facts)


def add_to(form: Form, refused: Refused) -> None:
    """The refusal where the person made the mistake, else above the form."""
    field = next((name for name in _beside.get(refused.code, ()) if name in form.fields), None)
    form.add_error(field, sentence(refused))


def _said(name: str, value: Any) -> object:
    if name in _words:
        return _words[name](value)
    return moment(value) if isinstance(value, datetime) else value
