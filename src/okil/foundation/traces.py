"""What a database keeps of bytes that were replaced or deleted: nothing, if it is told so. What
PostgreSQL's log and backups keep, docs/security.md says."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, models


def overwrite_freed_pages() -> None:
    """Before the change: SQLite otherwise leaves the old bytes in the file until another row needs the
    place."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def leave_no_copy() -> None:
    """After the commit: nor in SQLite's write-ahead log. Another reader may hold it a moment longer; then
    the log goes with the next checkpoint."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def leave_no_versions(tables: Sequence[type[models.Model]]) -> None:
    """After the commit, outside a transaction: these tables are written anew, without old versions of
    rows, in the order of their keys. SQLite writes the whole file anew."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
        else:
            for model in tables:
                cursor.execute(f"VACUUM FULL {connection.ops.quote_name(model._meta.db_table)}")
    leave_no_copy()
