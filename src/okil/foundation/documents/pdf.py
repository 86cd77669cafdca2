"""PDF that a reader for the blind can read and an archive can keep: PDF/UA-1 and PDF/A-2a at once."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from okil.foundation.documents.codes import shown_code
from okil.foundation.documents.layout import SIGNS_ACROSS, Laid
from okil.foundation.documents.sheets import Sheet, checking_address
from okil.foundation.documents.squares import square_as_svg

TEMPLATE = Path(__file__).with_name("typst") / "document.typ"
# A draft is not for archives, which would ask for a date that it does not have.
STANDARDS: dict[bool, list[Any]] = {True: ["ua-1"], False: ["a-2a", "ua-1"]}

NO_WIDTH_SPACE = "\u200b"


def pdf(sheet: Sheet) -> bytes:
    """The same sheet gives the same bytes."""
    made_at = sheet.place.issued_at.astimezone(UTC) if sheet.place else None
    made: bytes = typst.compile(
        _template(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"sheet": json.dumps(_handed_over(sheet, made_at), ensure_ascii=False)},
        pdf_standards=STANDARDS[made_at is None],
        timestamp=int(made_at.timestamp()) if made_at else 0,
    )
    return made


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


@cache
def _fonts() -> typst.Fonts:
    # The wheel's own fonts only: the same letters, and the same bytes, on every machine.
    return typst.Fonts(include_system_fonts=False)


def _handed_over(sheet: Sheet, made_at: datetime | None) -> dict[str, Any]:
    place = sheet.place
    return {
        "language": sheet.language,
        "title": sheet.title,
        "made_at": _moment(made_at) if made_at else None,
        "watermark": sheet.watermark,
        "footer": sheet.footer,
        "square_in_footer": sheet.has_square_in_footer,
        "square": square_as_svg(sheet.link) if place else "",
        "square_alt": sheet.word("square", link=sheet.link),
        "check": {
            "title": sheet.word("check"),
            "how": sheet.word("check_how"),
            "address": checking_address(),
            "link": sheet.link,
            "code": shown_code(place.code) if place else "",
        },
        "blocks": [_breakable_block(block) for block in sheet.blocks],
    }


def _moment(at: datetime) -> dict[str, int]:
    return {
        name: getattr(at, name) for name in ("year", "month", "day", "hour", "minute", "second")
    }


# Long words: a hash, an address. They break where a line ends, and nowhere else.


def _breakable_block(block: Laid) -> Laid:
    if block["kind"] == "table":
        return _breakable_table(block)
    across = (
        SIGNS_ACROSS // 3 if block["kind"] in ("facts", "signatures", "corner") else SIGNS_ACROSS
    )
    return {name: _breakable(value, across) for name, value in block.items()}


def _breakable_table(table: Laid) -> Laid:
    widths = [SIGNS_ACROSS * column["share"] // 1000 for column in table["columns"]]
    return table | {
        "rows": [_breakable_row(row, widths) for row in table["rows"]],
        "total": table["total"] and _breakable_row(table["total"], widths),
        "columns": [
            column | {"title": _breakable(column["title"], width)}
            for column, width in zip(table["columns"], widths, strict=True)
        ],
    }


def _breakable_row(row: list[str], widths: list[int]) -> list[str]:
    return [_breakable(cell, width) for cell, width in zip(row, widths, strict=True)]


def _breakable(value: Any, across: int) -> Any:
    if isinstance(value, str):
        words = value.split(" ")
        if all(len(word) <= across for word in words):
            return value
        return " ".join(
            word if len(word) <= across else NO_WIDTH_SPACE.join(word) for word in words
        )
    if isinstance(value, list):
        return [_breakable(inner, across) for inner in value]
    if isinstance(value, dict):
        return {name: _breakable(inner, across) for name, inner in value.items()}
    return value
