"""What a backup is: one ZIP of tables as JSON lines, and a manifest that says what must be in it.

Read by `okil restore` before Django is set up and before anything is written. The checksums find
damage, not forgery: who may write backups is trusted with them (docs/security.md).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

FORMAT = "okil-backup"
VERSION = 1
MANIFEST = "manifest.json"
# A manifest lists tables and migrations; a larger one is no manifest.
LONGEST_MANIFEST = 10_000_000


class NotPossible(Exception):  # noqa: N818 (reads as what it says)
    """Why a backup is not written or not restored; the commands have a sentence for each code."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True)
class Table:
    model: str
    columns: list[str]
    file: str
    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    made_at: str
    program: str
    database: str
    migrations: list[list[str]]
    tables: list[Table]
    left_out: list[str]
    journal_length: int
    journal_last_hash: str
    vault_fingerprint: str

    def as_json(self) -> bytes:
        document = {"format": FORMAT, "version": VERSION, **asdict(self)}
        return json.dumps(document, ensure_ascii=False, indent=1).encode()


class Writer:
    """Writes tables one after another, each hashed as it goes."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.tables: list[Table] = []

    def add_table(self, model: str, columns: list[str], rows: Iterator[list[Any]]) -> None:
        name = f"tables/{len(self.tables) + 1:03}-{model}.jsonl"
        digest = hashlib.sha256()
        count = 0
        with self._zip.open(_member(name), "w", force_zip64=True) as member:
            for row in rows:
                line = json.dumps(row, sort_keys=True, separators=(",", ":")).encode() + b"\n"
                digest.update(line)
                member.write(line)
                count += 1
        self.tables.append(Table(model, columns, name, count, digest.hexdigest()))

    def finish(self, manifest: Manifest) -> None:
        self._zip.writestr(_member(MANIFEST), manifest.as_json())
        self._zip.close()


class Backup:
    """An opened backup file that was found whole."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(file)
            self.manifest = _manifest(self._zip)
            self._require_whole()
        except (NotPossible, MemoryError):
            raise
        except Exception as error:
            # zipfile meets damage with errors of a dozen kinds; each of them means the same here.
            raise NotPossible("backup-damaged", path=path) from error

    def rows(self, table: Table) -> Iterator[list[Any]]:
        with self._zip.open(table.file) as member:
            for line in member:
                yield json.loads(line)

    def table(self, model: str) -> Table | None:
        return next((table for table in self.manifest.tables if table.model == model), None)

    def _require_whole(self) -> None:
        expected = [table.file for table in self.manifest.tables]
        if sorted(self._zip.namelist()) != sorted([*expected, MANIFEST]):
            raise NotPossible("backup-damaged", path=self._path)
        for table in self.manifest.tables:
            digest = hashlib.sha256()
            count = 0
            with self._zip.open(table.file) as member:
                for line in member:
                    digest.update(line)
                    count += 1
            if (digest.hexdigest(), count) != (table.sha256, table.rows):
                raise NotPossible("backup-damaged", path=self._path)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """Raises NotPossible for a file that is damaged or not a backup, OSError for one that is not there."""
    with path.open("rb") as file:
        yield Backup(path, file)


@contextlib.contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name when it is complete, and else leaves nothing behind.

    An existing file is never replaced: it may be the only good backup.
    """
    if path.exists():
        raise NotPossible("backup-exists", path=path)
    # mkstemp makes it for its owner's eyes only (0600).
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    return member


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if archive.getinfo(MANIFEST).file_size > LONGEST_MANIFEST:
        raise ValueError("This is no manifest.")
    document = json.loads(archive.read(MANIFEST))
    if document.pop("format") != FORMAT:
        raise ValueError("This is not a backup of Okil.")
    if document.pop("version") > VERSION:
        raise NotPossible("backup-newer")
    tables = [Table(**table) for table in document.pop("tables")]
    return Manifest(tables=tables, **document)
