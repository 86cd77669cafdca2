"""Gathers everything into one file, from one moment, while the site goes on.

One portable form for both databases instead of each one's own dump: what a village hall kept in SQLite
can go on in PostgreSQL, no outside program is needed, and one path is tested instead of two.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader
from psycopg import IsolationLevel

from okil.foundation import vault
from okil.foundation.audit import Actor, record
from okil.foundation.audit.models import JournalEntry
from okil.foundation.vault.models import VaultProbe
from okil.pure import hashchain
from okil.site import portable_rows
from okil.site.backup_file import Manifest, NotPossible, Writer, written_whole

SNAPSHOT = "snapshot"


def write_backup(path: Path, *, at: datetime) -> Manifest:
    """Raises NotPossible if there is nothing to keep, WrongVaultKey if the key at hand is another."""
    _require_tables()
    vault.require_right_key()
    with written_whole(path) as file, _one_moment():
        writer = Writer(file)
        loader = MigrationLoader(connections[SNAPSHOT])
        left_out = portable_rows.sessions()
        applied = sorted(loader.applied_migrations)
        for model in portable_rows.models_at(applied, loader):
            if model._meta.label_lower not in left_out:
                writer.add_table(
                    model._meta.label_lower,
                    portable_rows.columns_of(model),
                    portable_rows.rows_of(model, using=SNAPSHOT),
                )
        manifest = _manifest(writer, applied, sorted(left_out), at=at)
        writer.finish(manifest)
    return manifest


@transaction.atomic
def note_backup(path: Path, manifest: Manifest, *, at: datetime) -> None:
    """The journal's row, after the file: whoever destroys data asks which copies are older. Neither the
    place nor the name of the file, only what recognises it."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    record(
        "backup.made",
        actor=Actor("system", None),
        subject=VaultProbe.objects.get(),
        at=at,
        after={"sha256": digest, "journal": manifest.journal_length},
    )


def _manifest(
    writer: Writer, applied: list[tuple[str, str]], left_out: list[str], *, at: datetime
) -> Manifest:
    entries = JournalEntry.objects.using(SNAPSHOT).order_by("number")
    length, last_hash = entries.values_list("number", "hash").last() or (0, hashchain.BEGINNING)
    return Manifest(
        made_at=at.isoformat(),
        program=version("okil"),
        database=connections[SNAPSHOT].vendor,
        migrations=[list(migration) for migration in applied],
        tables=writer.tables,
        left_out=left_out,
        journal_length=length,
        journal_last_hash=last_hash,
        vault_fingerprint=VaultProbe.objects.using(SNAPSHOT).get().fingerprint,
    )


def _require_tables() -> None:
    if not MigrationLoader(connections["default"]).applied_migrations:
        raise NotPossible("nothing-to-back-up")


@contextmanager
def _one_moment() -> Iterator[None]:
    """A second connection that sees the database as it is now, and stops nobody from writing."""
    settings = copy.deepcopy(connections["default"].settings_dict)
    if connections["default"].vendor == "sqlite":
        # Django's own engine and a deferred transaction: a reader of the write-ahead log, no writer.
        settings["ENGINE"] = "django.db.backends.sqlite3"
        settings["OPTIONS"] = {"transaction_mode": "DEFERRED", "timeout": 20}
    else:
        settings["OPTIONS"]["isolation_level"] = IsolationLevel.REPEATABLE_READ
    connections.databases[SNAPSHOT] = settings
    try:
        with transaction.atomic(using=SNAPSHOT):
            yield
    finally:
        connections[SNAPSHOT].close()
        del connections[SNAPSHOT]
        del connections.databases[SNAPSHOT]
