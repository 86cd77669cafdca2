"""Words for events. Each package registers its own; this one knows only how to fill their gaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

ToWords = Callable[[Any], object]


@dataclass(frozen=True)
class _Wording:
    sentence: str | Promise
    words: Mapping[str, ToWords]


class _Facts(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return "…"


_wordings: dict[str, _Wording] = {}


def register(event: str, sentence: str | Promise, **words: ToWords) -> None:
    """Words for an event, as a lazy translation: `register("round.moved", _("Moved to {state}."))`.

    A gap `{state}` is filled from `after`, else from `before`; `{before_state}` from `before` only.
    `state=state_name` says how the value kept in the journal, a code, is said in words.
    """
    known = _wordings.get(event)
    if known and known.sentence != sentence:
        raise ValueError(f"The event {event} has words already.")
    _wordings[event] = _Wording(sentence, words)


def sentence(event: str, *, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The event in the reader's language; its bare code if nobody gave it words."""
    wording = _wordings.get(event)
    if wording is None:
        return event
    return str(wording.sentence).format_map(_facts(before, after, wording.words))


def registered() -> dict[str, str]:
    """Each event that has words, and these words with their gaps, in the reader's language."""
    return {event: str(wording.sentence) for event, wording in _wordings.items()}


def _facts(
    before: Mapping[str, Any], after: Mapping[str, Any], words: Mapping[str, ToWords]
) -> _Facts:
    facts = _Facts()
    for name, value in {**before, **after}.items():
        facts[name] = _said(value, words.get(name))
    for name, value in before.items():
        facts[f"before_{name}"] = _said(value, words.get(name))
    return facts


def _said(value: Any, to_words: ToWords | None) -> object:
    if value is None:
        return "–"
    if to_words is not None:
        return to_words(value)
    return ", ".join(str(one) for one in value) if isinstance(value, list) else value
