"""Blocks as plain data, once for all formats: texts cleaned, clauses counted, columns measured."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache, singledispatch
from itertools import pairwise
from math import sqrt
from typing import Any

from okil.foundation.documents.blocks import (
    Block,
    Blocks,
    Choices,
    Clause,
    Code,
    Column,
    Corner,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Points,
    Room,
    Signatures,
    Table,
    Title,
)

Laid = dict[str, Any]

# What the typesetter's own fonts can draw; a letter that they cannot would stop the whole document.
# A test draws each of these.
DRAWN = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x377), (0x384, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1),
    (0x3A3, 0x484), (0x487, 0x4FF), (0x531, 0x556), (0x559, 0x58A), (0x10D0, 0x10FF),
    (0x1E00, 0x1F15), (0x2010, 0x2027), (0x202F, 0x2040), (0x2044, 0x2052), (0x2070, 0x2071),
    (0x2074, 0x208E), (0x20A0, 0x20C0), (0x2100, 0x211E), (0x2126, 0x2151), (0x2153, 0x2184),
    (0x2190, 0x23FF), (0x2460, 0x2606), (0x2609, 0x262F), (0xFFFD, 0xFFFD),
)  # fmt: skip
NOT_DRAWN = "□"

SIGNS_ACROSS = 78  # of a line of text, more or less
LONGEST_WORD = 24  # what is longer may break: a hash, an address
GAP = 3  # signs between two columns


def laid_out(blocks: Blocks) -> list[Laid]:
    """Raises ValueError where a document does not begin as one, or a table is not one."""
    _require_title_first(blocks)
    counted = 0
    laid = []
    for block in blocks:
        if isinstance(block, Clause) and not block.number:
            counted += 1
            block = Clause(block.text, f"{counted}.", block.note)
        laid.append(_mapped(_laid(block), clean))
    return [_after(before, block) for before, block in pairwise((None, *laid)) if block]


def _after(before: Laid | None, block: Laid) -> Laid:
    """The points of a clause stand under its text."""
    if block["kind"] != "points":
        return block
    return block | {"of_clause": before is not None and before["kind"] == "clause"}


def clean(text: str) -> str:
    """What can be drawn: one form of each letter, no signs that turn the direction of writing."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return "".join(map(_drawn, composed))


@lru_cache(1_000)  # all the letters of three languages
def _drawn(sign: str) -> str:
    if sign == "\n" or any(first <= ord(sign) <= last for first, last in DRAWN):
        return sign
    return "" if unicodedata.category(sign) in ("Cf", "Mn") else NOT_DRAWN


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _mapped(inner, change) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_mapped(inner, change) for inner in value]
    return value


def _require_title_first(blocks: Blocks) -> None:
    """Readers for the blind go from head to head: the first must be the title."""
    heads = [block for block in blocks if isinstance(block, Title | Heading)]
    if not heads or isinstance(heads[0], Heading):
        raise ValueError("A document begins with its title.")


@singledispatch
def _laid(block: Block) -> Laid:
    raise TypeError(f"{type(block).__name__} is no block.")


@_laid.register
def _(block: Title) -> Laid:
    return {"kind": "title", "above": block.above, "text": block.text}


@_laid.register
def _(block: Corner) -> Laid:
    return {"kind": "corner", "lines": block.lines}


@_laid.register
def _(block: Heading) -> Laid:
    return {"kind": "heading", "text": block.text}


@_laid.register
def _(block: Paragraph) -> Laid:
    return {"kind": "paragraph", "text": block.text, "small": block.small}


@_laid.register
def _(block: Clause) -> Laid:
    return {"kind": "clause", "number": block.number, "text": block.text, "note": block.note}


@_laid.register
def _(block: Points) -> Laid:
    return {"kind": "points", "items": block.items, "numbered": block.numbered}


@_laid.register
def _(block: Facts) -> Laid:
    return {"kind": "facts", "caption": block.caption, "rows": block.rows}


@_laid.register
def _(block: Table) -> Laid:
    rows = [*block.rows, *([block.total] if block.total else [])]
    if not block.columns or any(len(row) != len(block.columns) for row in rows):
        raise ValueError("Each row of a table has a cell for each column.")
    shares = _shares(block.columns, rows)
    return {
        "kind": "table",
        "caption": block.caption,
        "columns": [
            {"title": column.title, "is_number": column.is_number, "share": share}
            for column, share in zip(block.columns, shares, strict=True)
        ],
        "rows": block.rows,
        "total": block.total,
    }


@_laid.register
def _(block: Signatures) -> Laid:
    return {
        "kind": "signatures",
        "lines": [{"role": one.role, "name": one.name, "note": one.note} for one in block.lines],
    }


@_laid.register
def _(block: Choices) -> Laid:
    return {
        "kind": "choices",
        "items": [{"text": one.text, "note": one.note} for one in block.items],
    }


@_laid.register
def _(block: Room) -> Laid:
    return {"kind": "room", "lines": list(range(block.lines))}


@_laid.register
def _(block: PageBreak) -> Laid:
    return {"kind": "break"}


@_laid.register
def _(block: Code) -> Laid:
    return {"kind": "code"}


def _shares(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[int]:
    """Of the table's width, in thousandths: first what each longest word needs, the rest by length."""
    if any(column.width for column in columns):
        wanted: list[float] = [column.width or 1 for column in columns]
    else:
        cells = [[column.title, *(row[at] for row in rows)] for at, column in enumerate(columns)]
        least = [_longest_word(texts) + GAP for texts in cells]
        more = [
            0.1 if column.is_number else sqrt(max(map(len, texts)))
            for column, texts in zip(columns, cells, strict=True)
        ]
        rest = max(0, SIGNS_ACROSS - sum(least))
        wanted = [
            needed + rest * part / sum(more) for needed, part in zip(least, more, strict=True)
        ]
    return [max(1, round(1000 * share / sum(wanted))) for share in wanted]


def _longest_word(texts: Sequence[str]) -> int:
    return min(max((len(word) for text in texts for word in text.split()), default=1), LONGEST_WORD)
