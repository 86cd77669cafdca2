"""What SQLite keeps of bytes that were replaced: nothing, if it is told so. docs/security.md says what
PostgreSQL and backups keep."""

from __future__ import annotations

from django.db import connection


def overwrite_freed_pages() -> None:
    # SQLite otherwise leaves the old bytes in the file until another row needs the place.
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def leave_no_copy() -> None:
    # ... and in the write-ahead log. Another reader may hold it a moment longer; then the log goes
    # with the next checkpoint.
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
