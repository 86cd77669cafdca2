"""What a database keeps of rows that are gone: overwritten, so that a copy of the disk tells nothing."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, models


def overwrite_what_is_deleted() -> None:
    """Before rows are deleted: SQLite otherwise leaves their bytes until another row needs the place."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def leave_no_versions(tables: Sequence[type[models.Model]]) -> None:
    """After the commit: tables are written anew without row versions, in the order of their keys.

    Outside a transaction. PostgreSQL rewrites these tables; SQLite the whole file, and empties the log
    beside it.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for model in tables:
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(model._meta.db_table)}")
