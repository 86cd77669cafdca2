"""A file with a table, as rows of text: CSV as spreadsheets write it, or XLSX. Nothing in it is run."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from openpyxl import load_workbook

MOST_COLUMNS = 40
LONGEST_CELL = 400  # characters; what is longer fits no column of ours, and is told so
MOST_PARTS = 200  # files inside an XLSX
MOST_UNPACKED = 40_000_000  # bytes; twenty thousand rows need a quarter of it
DELIMITERS = ";\t,"
ENCODINGS = ("utf-8-sig", "cp1251")
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")  # "Unicode text" of a spreadsheet
# A part that declares something of its own, or is written so that we could not see that it does.
DECLARING = (b"<!DOCTYPE", b"<!ENTITY")

Rows = list[list[str]]


class NotATable(Exception):  # noqa: N818 (reads as what happened)
    """`code`: not-a-table, too-large, no-sheet."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def rows_of(raw: bytes, *, most_rows: int) -> Rows:
    """Every row of the table, empty ones too: the number of a row is its place.

    One row more than `most_rows` is read, so that somebody can see that there are too many. Raises
    NotATable.
    """
    read = _sheet_rows if raw.startswith(b"PK") else _csv_rows
    return [_cells(row) for row in islice(read(raw, most_rows + 1), most_rows + 1)]


def _cells(row: Any) -> list[str]:
    cells = [_text(value)[:LONGEST_CELL] for value in islice(row, MOST_COLUMNS)]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(value: Any) -> str:
    """A cell as people would type it; a formula is its own text."""
    if value is None:
        return ""
    if isinstance(value, date):  # a moment is one too
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    formula = getattr(value, "text", value)
    return str(formula).strip()


# CSV


def _csv_rows(raw: bytes, _most: int) -> Iterator[list[str]]:
    text = _decoded(raw)
    head = text.lstrip().split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=head.count)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        raise NotATable("not-a-table") from None


def _decoded(raw: bytes) -> str:
    if raw.startswith(UTF_16_MARKS):
        return _as_text(raw, "utf-16")
    for encoding in ENCODINGS:
        try:
            return _as_text(raw, encoding)
        except UnicodeDecodeError:
            continue
    raise NotATable("not-a-table")


def _as_text(raw: bytes, encoding: str) -> str:
    """What holds signs that no text has is no text, however it is read."""
    text = raw.decode(encoding)
    if any(sign < " " and sign not in "\t\r\n" for sign in set(text)):
        raise NotATable("not-a-table")
    return text


# XLSX


def _sheet_rows(raw: bytes, most: int) -> Iterator[Any]:
    try:
        _require_harmless(raw)
        book = load_workbook(BytesIO(raw), read_only=True, keep_links=False, keep_vba=False)
        if not book.worksheets:
            raise NotATable("no-sheet")
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a sheet says of its own size need not be true
        yield from list(sheet.iter_rows(max_row=most, max_col=MOST_COLUMNS, values_only=True))
    except NotATable:
        raise
    except Exception:
        raise NotATable("not-a-table") from None


def _require_harmless(raw: bytes) -> None:
    """Small enough when unpacked, which zipfile holds every part to, and without declarations."""
    with zipfile.ZipFile(BytesIO(raw)) as parts:
        known = parts.infolist()
        if len(known) > MOST_PARTS or sum(part.file_size for part in known) > MOST_UNPACKED:
            raise NotATable("too-large")
        for part in known:
            content = parts.read(part)
            if part.filename.endswith((".xml", ".rels")) and _declares(content):
                raise NotATable("not-a-table")


def _declares(content: bytes) -> bool:
    return content.startswith(UTF_16_MARKS) or any(word in content for word in DECLARING)
