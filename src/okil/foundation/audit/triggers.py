"""The database itself refuses to change what the journal holds.

A person with the database's own password can take these triggers away; then the hash chain and the
heads published before still tell (docs/decisions/0004).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from okil.foundation.audit.models import Journal, JournalEntry, PublishedHead

APPEND_ONLY = (JournalEntry, PublishedHead)

# The function's text is compared with what the database holds, so a changed one is noticed.
REFUSAL = """
BEGIN
    RAISE EXCEPTION '% on %: rows of the journal never change.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
"""

AWAKE_ON_POSTGRESQL = """
SELECT pg_get_triggerdef(pg_trigger.oid, true) FROM pg_trigger
JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE tgenabled = 'A' AND proname = 'audit_refuse' AND prosrc = %s
"""


@dataclass(frozen=True)
class Trigger:
    name: str
    table: str
    create: str


def install(using: str) -> None:
    """The triggers, and the row that writers hold. Before the first migration: nothing."""
    connection = connections[using]
    if not _tables_exist(connection):
        return
    # At once, so that no moment is without them.
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql "
                f"AS $refusal${REFUSAL}$refusal$"
            )
        for trigger in wanted(connection):
            cursor.execute(drop(connection, trigger))
            cursor.execute(trigger.create)
            if connection.vendor == "postgresql":
                # ALWAYS: also in a session that plays a replica, where triggers else stay silent.
                cursor.execute(f"ALTER TABLE {trigger.table} ENABLE ALWAYS TRIGGER {trigger.name}")
    Journal.objects.using(using).get_or_create(pk=Journal.ONLY)


def missing(using: str) -> list[str]:
    """Triggers that are not there, or not as we wrote them. Before the first migration: none."""
    connection = connections[using]
    if not _tables_exist(connection):
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(AWAKE_ON_POSTGRESQL, [REFUSAL])
        else:
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        there = {definition for (definition,) in cursor.fetchall()}
    return [trigger.name for trigger in wanted(connection) if trigger.create not in there]


def _tables_exist(connection: BaseDatabaseWrapper) -> bool:
    tables = {model._meta.db_table for model in (Journal, *APPEND_ONLY)}
    return tables <= set(connection.introspection.table_names())


def wanted(connection: BaseDatabaseWrapper) -> list[Trigger]:
    write = _for_postgresql if connection.vendor == "postgresql" else _for_sqlite
    return [trigger for model in APPEND_ONLY for trigger in write(model)]


def _for_sqlite(model: type[JournalEntry] | type[PublishedHead]) -> list[Trigger]:
    table = model._meta.db_table
    # REPLACE removes the old row without asking the DELETE trigger, so the INSERT is asked instead;
    # also by the hidden rowid, which a statement may name.
    keys = ["rowid", *(field.column for field in model._meta.concrete_fields if field.unique)]
    same_key = " OR ".join(f"{key} = NEW.{key}" for key in keys)
    conditions = {
        "update": "BEFORE UPDATE ON {table}",
        "delete": "BEFORE DELETE ON {table}",
        "replace": "BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same_key})",
    }
    return [
        Trigger(
            name=f"{table}_refuse_{kind}",
            table=table,
            create=f"CREATE TRIGGER {table}_refuse_{kind} {condition.format(table=table)} "
            f"BEGIN SELECT RAISE(ABORT, '{kind} on {table}: rows of the journal never change.'); "
            "END",
        )
        for kind, condition in conditions.items()
    ]


def _for_postgresql(model: type[JournalEntry] | type[PublishedHead]) -> list[Trigger]:
    table = model._meta.db_table
    return [
        Trigger(
            name=f"{table}_refuse_{kind}",
            table=table,
            create=f"CREATE TRIGGER {table}_refuse_{kind} BEFORE {kind.upper()} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
        )
        for kind in ("update", "delete", "truncate")
    ]


def drop(connection: BaseDatabaseWrapper, trigger: Trigger) -> str:
    where = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {trigger.name}{where}"
