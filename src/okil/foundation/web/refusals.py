"""A refusal as a sentence in the reader's language. Each area's wording brings its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from okil.foundation.web.templatetags.okil import moment
from okil.pure.refusal import Refused

_sentences: dict[str, Any] = {}
_words: dict[str, Callable[[Any], object]] = {}


def register(sentences: Mapping[str, Any], **words: Callable[[Any], object]) -> None:
    """Sentences by refusal code; `role=role_name` says how a fact, a code, is said in words."""
    for code in sentences:
        if code in _sentences and _sentences[code] != sentences[code]:
            raise ValueError(f"The refusal {code} has words already.")
    _sentences.update(sentences)
    _words.update(words)


def sentence(refused: Refused) -> str:
    """What the person reads; the bare code if nobody gave it words."""
    words = _sentences.get(refused.code)
    if words is None:
        return refused.code
    facts = {name: _said(name, value) for name, value in refused.facts.items()}
    return str(words).format_map(facts)


def _said(name: str, value: Any) -> object:
    if name in _words:
        return _words[name](value)
    return moment(value) if isinstance(value, datetime) else value
