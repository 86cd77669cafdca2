"""The one way to write a package from its parts.

Whatever can be computed is computed here: the public version of the facts, the count, every hash. The
files are stored uncompressed, with one date and in one order, so the same parts give the same bytes on
every machine. Nothing is judged: `verify` does that.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from okil.pure.encoding import sha256_hex
from okil.pure.hashchain import ChainedRow, canonical_bytes
from okil.pure.packages import kinds
from okil.pure.packages.facts import commitment, public_facts, result_data
from okil.pure.packages.forms import FORMAT
from okil.pure.packages.journal import lines_of, row_data
from okil.pure.packages.sheets import count_as_held, read_sheet

DATE = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP knows
ON_UNIX = 3
PLAIN_FILE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Package:
    """What a package is made of. `papers` are the rendered files, by "internal.ru.pdf" and the like."""

    version: int
    made_at: str
    code: str
    salt: bytes
    internal: Mapping[str, Any]
    papers: Mapping[str, bytes]
    signatures: Sequence[Mapping[str, Any]]
    entries: Mapping[str, Any]
    regulation: Mapping[str, Any]
    plan: Mapping[str, Any]
    journal: Sequence[ChainedRow]  # the election's rows only
    journal_length: int  # of the whole journal
    journal_last_hash: str
    remarks: Sequence[Mapping[str, Any]] = ()
    applications: Mapping[int, bytes] = field(default_factory=dict)  # of the elected, by number
    scans: Mapping[str, bytes] = field(default_factory=dict)  # "commissioner-12.pdf": on paper


def write(parts: Package) -> bytes:
    """The package as one ZIP. Raises UnreadableSheet if the count of the facts is no count sheet."""
    files = files_of(parts)
    return zipped({**files, kinds.MANIFEST: canonical_bytes(manifest_of(parts, files))})


def fingerprint(manifest: bytes) -> str:
    """What the journal keeps of a package, and the results page shows."""
    return sha256_hex(manifest)


def paper_path(name: str) -> str:
    """Where a rendered file lies: signatures name it so."""
    return f"protocol/{name}"


def scan_path(name: str) -> str:
    """Where the scan of a signature on paper lies: "commissioner-12.pdf", by the signer's number."""
    return f"signatures/{name}"


def files_of(parts: Package) -> dict[str, bytes]:
    """Every file but the manifest."""
    sheet = read_sheet(parts.internal["count"], parts.internal["round"]["kind"])
    result = count_as_held(sheet, parts.regulation["answers"].get("single_candidate"))
    values: dict[str, Any] = {
        kinds.INTERNAL: parts.internal,
        kinds.PUBLIC: public_facts(parts.internal),
        kinds.SIGNATURES: list(parts.signatures),
        kinds.SHEET: parts.internal["count"],
        kinds.ENTRIES: parts.entries,
        kinds.RESULT: result_data(result),
        kinds.REGULATION: parts.regulation,
        kinds.PLAN: parts.plan,
        **{f"remarks/{each['number']}.json": each for each in parts.remarks},
    }
    files = {path: canonical_bytes(value) for path, value in values.items()}
    files |= {paper_path(name): paper for name, paper in parts.papers.items()}
    files |= {f"applications/{number}.pdf": paper for number, paper in parts.applications.items()}
    files |= {scan_path(name): scan for name, scan in parts.scans.items()}
    files[kinds.JOURNAL] = lines_of(row_data(row) for row in parts.journal)
    listed = kinds.checklist_of([*files, kinds.CHECKLIST])
    return {**files, kinds.CHECKLIST: canonical_bytes(listed)}


def manifest_of(parts: Package, files: Mapping[str, bytes]) -> dict[str, Any]:
    facts = parts.internal
    return {
        "format": FORMAT,
        "body": facts["body"],
        "cycle": facts["cycle"],
        "group": facts["group"],
        "round": facts["round"],
        "version": parts.version,
        "made_at": parts.made_at,
        "protocol": {
            "number": facts["number"],
            "version": facts["version"],
            "code": parts.code,
            "internal_sha256": sha256_hex(files[kinds.INTERNAL]),
            "public_sha256": sha256_hex(files[kinds.PUBLIC]),
            "salt": parts.salt.hex(),
            "commitment": commitment(parts.salt, facts),
        },
        "regulation": {
            "version": parts.regulation["version"],
            "sha256": sha256_hex(files[kinds.REGULATION]),
        },
        "journal": {"length": parts.journal_length, "last_hash": parts.journal_last_hash},
        "files": listed(files),
    }


def listed(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """The files as a manifest lists them, by path."""
    return [
        {
            "path": path,
            "kind": kinds.kind_of(path).code,
            "bytes": len(files[path]),
            "sha256": sha256_hex(files[path]),
        }
        for path in sorted(files)
    ]


def zipped(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, DATE)
            entry.create_system = ON_UNIX
            entry.external_attr = PLAIN_FILE
            package.writestr(entry, files[path])
    return stream.getvalue()
