"""Files of voters as organisers have them: from a spreadsheet, from a list, broken, hostile."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook

HEADS = ("Номер", "Имя", "Регион", "Организация", "Кто подтверждает", "День согласия")
NAMES = ("Ромашкина Аида", "Клёнова Вера", "")
ROWS = (
    ("", NAMES[0], "Алматы", "Фонд «Дала»", "организация", "26.8.2024"),
    ("17", NAMES[2], "г. Астана", "", "документы", "2024-08-26"),
    ("", NAMES[1], "Карагандинская обл.", "", "со слов", "26 августа 2024"),
)
# What of them is on the roll afterwards: number, region, organisation, source, way.
UNDERSTOOD = [
    (17, "KZ-71", "", "papers", "file"),
    (18, "KZ-75", "Фонд «Дала»", "organisation", "file"),
    (19, "KZ-35", "", "own_word", "file"),
]


def as_csv(
    rows: Iterable[Sequence[str]] = ROWS,
    *,
    heads: Sequence[str] = HEADS,
    delimiter: str = ";",
    encoding: str = "utf-8",
) -> bytes:
    lines = [delimiter.join(row) for row in (heads, *rows)]
    return "\r\n".join(lines).encode(encoding)


def as_xlsx(rows: Iterable[Sequence[Any]] = ROWS, *, heads: Sequence[Any] = HEADS) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (heads, *rows):
        sheet.append([value or None for value in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def with_dates_and_numbers() -> bytes:
    """As a spreadsheet keeps them: a number, a date, and a formula where a name should be."""
    return as_xlsx([(17.0, "=1+1", "Алматы", None, "документы", date(2024, 8, 26))])


def with_part(name: str, content: bytes) -> bytes:
    """A sound XLSX in which one part is another."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(as_xlsx())) as sound, zipfile.ZipFile(written, "w") as changed:
        for part in sound.namelist():
            changed.writestr(part, content if part == name else sound.read(part))
    return written.getvalue()


def bomb(size: int = 50_000_000) -> bytes:
    """Small on the way, large when unpacked."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * size)
    return written.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
_OF_A_SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HOSTILE = {
    "empty": b"\n",
    "noise": bytes(range(256)) * 20,
    "a zip of nothing": b"PK\x05\x06" + b"\0" * 18,
    "half a zip": as_xlsx()[:700],
    "a zip bomb": bomb(),
    "no xml": with_part(SHEET, b"\x89PNG"),
    "entities": with_part(
        SHEET,
        f'<!DOCTYPE x [<!ENTITY a "Ромашкина">]><worksheet {_OF_A_SHEET}/>'.encode(),
    ),
    "entities in another alphabet": with_part(
        SHEET, '<!DOCTYPE x [<!ENTITY a "a">]><x/>'.encode("utf-16")
    ),
    "a row that does not count": with_part(
        SHEET,
        f'<worksheet {_OF_A_SHEET}><sheetData><row r="x"><c r="?"><v>1</v></c></row></sheetData>'
        "</worksheet>".encode(),
    ),
    "a string that is not there": with_part(
        SHEET,
        f'<worksheet {_OF_A_SHEET}><sheetData><row r="1"><c r="A1" t="s"><v>99</v></c></row>'
        "</sheetData></worksheet>".encode(),
    ),
    "an endless quote": b'"' + b"x" * 300_000,
    "headings only": as_csv([]),
    "no headings": as_csv(heads=ROWS[0]),
    "two names": as_csv(heads=("Имя", "ФИО", "Регион", "", "", "")),
}  # fmt: skip
