"""Destroying a key: what it sealed can then be opened by nobody, here or in a later backup."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.foundation.vault import keys
from okil.foundation.vault.models import VaultKey
from okil.pure.refusal import Refused


@transaction.atomic
def destroy(scope: str, purpose: str, *, actor: Actor, at: datetime) -> None:
    number = (
        VaultKey.objects.filter(scope=scope, purpose=purpose).values_list("pk", flat=True).first()
    )
    if number is None:
        raise Refused("nothing-sealed-to-destroy", scope=scope, purpose=purpose)
    row = locked(VaultKey, number)
    if row.destroyed_at is not None:
        raise Refused("vault-key-destroyed", destroyed_at=row.destroyed_at)

    _overwrite_freed_pages()
    row.sealed_key = None
    row.destroyed_at = at
    row.save(update_fields=["sealed_key", "destroyed_at"])
    record(
        "vault.destroyed",
        actor=actor,
        subject=row,
        at=at,
        after={"purpose": purpose, "scope": scope},
    )
    keys.forget()
    transaction.on_commit(_leave_no_copy)


def _overwrite_freed_pages() -> None:
    # SQLite otherwise leaves the old bytes in the file until another row needs the place.
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _leave_no_copy() -> None:
    keys.forget()
    # ... and in the write-ahead log. Another reader may hold it a moment longer; then the log goes
    # with the next checkpoint. docs/security.md says what PostgreSQL and backups keep.
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
