"""The kinds of files a package is made of: where each lies, how many there are, what form it has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from okil.pure.encoding import NotCanonical, read_json
from okil.pure.hashchain import canonical_bytes
from okil.pure.packages import forms
from okil.pure.packages.facts import PROTOCOL
from okil.pure.packages.failures import Faulty
from okil.pure.packages.shapes import Anything, Shape

MANIFEST = "manifest.json"
JOURNAL, SIGNATURES = "journal.jsonl", "protocol/signatures.json"
INTERNAL, PUBLIC = "protocol/internal.json", "protocol/public.json"
SHEET, ENTRIES, RESULT = "count/sheet.json", "count/entries.json", "count/result.json"
REGULATION, PLAN, CHECKLIST = "regulation.json", "plan.json", "checklist.json"
# Who registered and who voted stays with the group (6.04): these are refused by name.
NEVER = frozenset({"roll", "voters", "voted", "attendance", "ballots"})
LONGEST_LINE = 20_000  # bytes of a row of the journal
BEGINNINGS = {
    "pdf": b"%PDF-",
    "docx": b"PK\x03\x04",
    "html": b"<!doctype html>",
    "jpeg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """`path` is a regular expression; without `shape` the file is no JSON."""

    code: str
    path: str
    shape: Shape | None = None
    least: int = 1
    most: int = 1
    is_always_listed: bool = True  # on the checklist, even where there is no such file

    def holds(self, path: str) -> bool:
        return re.fullmatch(self.path, path) is not None


KINDS: Sequence[Kind] = (
    Kind("protocol-facts-internal", re.escape(INTERNAL), PROTOCOL),
    Kind("protocol-facts-public", re.escape(PUBLIC), PROTOCOL),
    Kind(
        "protocol-file",
        r"protocol/(internal|public)\.(ru|kk|en)\.(pdf|docx|html)",
        least=2,
        most=18,
    ),
    Kind("signatures", re.escape(SIGNATURES), forms.SIGNATURES),
    Kind(
        "signature-scan",
        r"signatures/(commissioner|organiser)-[1-9][0-9]{0,9}\.(pdf|jpeg|png)",
        least=0,
        most=100,
        is_always_listed=False,
    ),
    Kind("count-sheet", re.escape(SHEET), Anything("count-input.json")),
    Kind("count-entries", re.escape(ENTRIES), forms.ENTRIES),
    Kind("result", re.escape(RESULT), forms.RESULT),
    Kind("remark", r"remarks/[1-9][0-9]{0,3}\.json", forms.REMARK, least=0, most=200),
    Kind("application", r"applications/[1-9][0-9]{0,9}\.pdf", least=0, most=200),
    Kind("journal", re.escape(JOURNAL)),
    Kind("regulation", re.escape(REGULATION), forms.REGULATION),
    Kind("plan", re.escape(PLAN), Anything("plan.json")),
    Kind("checklist", re.escape(CHECKLIST), forms.CHECKLIST),
)
BY_CODE: Mapping[str, Kind] = {kind.code: kind for kind in KINDS}


def kind_of(path: str) -> Kind:
    """The kind of the file that lies here; raises Faulty if none may."""
    for kind in KINDS:
        if kind.holds(path):
            return kind
    raise Faulty("no-such-file", path=path)


def read_plain(raw: bytes, path: str) -> Any:
    """The JSON value in its one writing: sorted names, no spaces, whole numbers, UTF-8."""
    try:
        value = read_json(raw)
        is_canonical = canonical_bytes(value) == raw
    except (NotCanonical, TypeError, RecursionError) as error:
        raise Faulty("not-json", path=path) from error
    if not is_canonical:
        raise Faulty("not-canonical", path=path)
    return value


def read_file(path: str, raw: bytes) -> Any:
    """What the file of its kind holds: a JSON value, the rows of the journal, or just the bytes."""
    kind = kind_of(path)
    try:
        if kind.shape is not None:
            value = read_plain(raw, path)
            kind.shape.check(value, "")
            return value
        if kind.code == "journal":
            return read_rows(raw)
    except Faulty as faulty:
        raise Faulty(faulty.reason, **{"path": path, **faulty.facts}) from faulty
    except RecursionError as error:
        raise Faulty("not-json", path=path) from error
    if not raw.lower().startswith(BEGINNINGS[path.rpartition(".")[2]].lower()):
        raise Faulty("not-what-its-name-says", path=path)
    return raw


def read_rows(raw: bytes) -> list[dict[str, Any]]:
    """The rows of a journal's extract, one in each line."""
    if not raw.endswith(b"\n"):
        raise Faulty("last-line-cut-off")
    rows = []
    for number, line in enumerate(raw[:-1].split(b"\n"), 1):
        if len(line) > LONGEST_LINE:
            raise Faulty("wrong-form", place=f"[{number}]")
        row = read_plain(line, JOURNAL)
        forms.ROW.check(row, f"[{number}]")
        rows.append(row)
    return rows


def checklist_of(paths: Sequence[str]) -> dict[str, Any]:
    """Each kind with the files that are there (6.07); a kind with none is listed too, except scans:
    where everybody signed on screen there is nothing to miss."""
    found = ((kind, sorted(filter(kind.holds, paths))) for kind in KINDS)
    return {
        "items": [
            {"kind": kind.code, "paths": there}
            for kind, there in found
            if kind.code != "checklist" and (there or kind.is_always_listed)
        ]
    }
