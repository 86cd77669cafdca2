"""What stands around the blocks: number, code, the way to check, what holds between languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from okil.foundation.documents import layout
from okil.foundation.documents.blocks import Block, Blocks, Code, Paragraph, Title
from okil.foundation.documents.codes import shown_code
from okil.foundation.documents.kinds import Kind
from okil.foundation.web.dates import day
from okil.foundation.web.languages import Texts, words_from

WORDS: Mapping[str, Texts] = words_from(Path(__file__).with_name("words.json"))
CHECKING_PATH = "/verify/paper/"


@dataclass(frozen=True)
class Before:
    """The version that this one replaces."""

    number: str
    issued_at: datetime


@dataclass(frozen=True)
class Place:
    """What a document is told of itself when it is issued."""

    number: str
    version: int
    code: str
    issued_at: datetime
    zone: str
    before: Before | None
    reason: Texts


@dataclass(frozen=True)
class Sheet:
    """One document in one language, ready to be rendered in any format."""

    language: str
    title: str  # for metadata: names the kind, never a group or a person
    blocks: list[layout.Laid]
    place: Place | None  # None: a draft
    has_footer: bool

    def word(self, name: str, **gaps: object) -> str:
        return WORDS[name].in_language(self.language).format(**gaps)

    @property
    def watermark(self) -> str:
        return "" if self.place else self.word("draft")

    @property
    def link(self) -> str:
        return link_of(self.place.code) if self.place else ""

    @property
    def footer(self) -> list[str]:
        """The lines at the foot of each page, beside the page's number."""
        if not self.has_footer:
            return []
        if self.place is None:
            return [self.word("draft")]
        told = [
            self.word("number", number=self.place.number),
            self.word("version", version=self.place.version),
            self.word("code", code=shown_code(self.place.code)),
        ]
        return [" · ".join(told), self.word("check_at", address=checking_address())]

    @property
    def has_square_in_footer(self) -> bool:
        there = any(block["kind"] == "code" for block in self.blocks)
        return self.place is not None and self.has_footer and not there


def sheet(
    kind: Kind, facts: Mapping[str, Any], *, language: str, audience: str, place: Place | None
) -> Sheet:
    with translation.override(language):
        blocks = kind.compose(facts, language, audience)
        title = str(kind.title)
    if place is not None:
        title = f"{title}, {WORDS['number'].in_language(language).format(number=place.number)}"
    noted = _with_note_of_version(blocks, place, language) if kind.has_footer else blocks
    whole = [*noted, *_closing(kind, language)]
    if place is None:
        whole = [block for block in whole if not isinstance(block, Code)]
    return Sheet(language, layout.clean(title), layout.laid_out(whole), place, kind.has_footer)


def link_of(code: str) -> str:
    return f"{settings.SITE_ADDRESS}{CHECKING_PATH}{code}/"


def checking_address() -> str:
    """As a person types it."""
    return f"{settings.SITE_ADDRESS}{CHECKING_PATH}".partition("://")[2].rstrip("/")


def _with_note_of_version(blocks: Blocks, place: Place | None, language: str) -> list[Block]:
    """A later version says under its title what it replaces, and why."""
    whole = list(blocks)
    if place is None or place.before is None:
        return whole
    issued_on = place.before.issued_at.astimezone(ZoneInfo(place.zone)).date()
    sentences = [
        WORDS["replaces"]
        .in_language(language)
        .format(
            version=place.version,
            number=place.before.number,
            day=day(issued_on, language, "dated"),
        )
    ]
    if reason := place.reason.in_language(language):
        sentences.append(WORDS["because"].in_language(language).format(reason=reason))
    at = next(number for number, block in enumerate(whole) if isinstance(block, Title)) + 1
    return [*whole[:at], Paragraph(" ".join(sentences)), *whole[at:]]


def _closing(kind: Kind, language: str) -> list[Block]:
    if len(kind.languages) == 1 or not kind.has_footer:
        return []
    return [Paragraph(WORDS["authoritative"].in_language(language), small=True)]
