"""What kinds of documents there are: each area registers its own when it loads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from okil.foundation.documents.blocks import Blocks

INTERNAL, PUBLIC = "internal", "public"
LANGUAGES = ("ru", "kk", "en")

# facts, language, audience; called while that language is active
Compose = Callable[[Mapping[str, Any], str, str], Blocks]


@dataclass(frozen=True)
class Kind:
    code: str
    requirement: str  # the number in the list of documents, such as "7.20"
    title: str | Promise  # names the kind only, never a group or a person
    compose: Compose
    audiences: tuple[str, ...] = (INTERNAL, PUBLIC)
    languages: tuple[str, ...] = LANGUAGES
    is_editable: bool = False  # people adopt or edit its text: DOCX too
    has_footer: bool = True  # number, version, code and what holds between languages

    @property
    def formats(self) -> tuple[str, ...]:
        return ("pdf", "html", "docx") if self.is_editable else ("pdf", "html")


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    known = _kinds.get(kind.code)
    if known is not None and known != kind:
        raise ValueError(f"The kind {kind.code} is registered already.")
    _kinds[kind.code] = kind


def kind_of(code: str) -> Kind:
    """Raises KeyError for a kind that nobody registered."""
    return _kinds[code]


def title_of(code: str) -> str:
    """In the reader's language; the bare code of a kind that is no longer made."""
    kind = _kinds.get(code)
    return str(kind.title) if kind else code
