"""Brings a backup back into an empty database, then forward to what this version needs."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from okil.foundation import vault
from okil.foundation.audit import length_and_last_hash, triggers, verify_chain
from okil.site import portable_rows
from okil.site.backup_file import Backup, Manifest, NotPossible
from okil.site.portable_rows import Model

# What `migrate` and the first start write by themselves: a database with nothing else is empty.
HOUSEKEEPING = {
    "audit.journal",
    "auth.permission",
    "contenttypes.contenttype",
    "migrations.migration",
    "vault.vaultprobe",
}


def restore(backup: Backup) -> list[str]:
    """Answers what is wrong with the journal afterwards, as sentences."""
    executor = MigrationExecutor(connection)
    migrations = [(app, name) for app, name in backup.manifest.migrations]
    _require_known(migrations, executor)
    models = portable_rows.models_at(migrations, executor.loader)
    _require_same_tables(backup, models)
    _require_empty(migrations, models, executor)

    executor.migrate(portable_rows.last_of_each_app(migrations, executor.loader))
    with transaction.atomic():
        _replace_rows(backup, models)
    call_command("migrate", verbosity=0, interactive=False)  # also puts the journal's guards up
    vault.require_right_key()
    return [*_unlike(backup.manifest), *_unguarded(), *verify_chain()]


def _require_known(migrations: list[tuple[str, str]], executor: MigrationExecutor) -> None:
    if any(migration not in executor.loader.graph.nodes for migration in migrations):
        raise NotPossible("backup-newer")


def _require_same_tables(backup: Backup, models: list[Model]) -> None:
    """The columns are taken from our models, never from the file: it must have the same."""
    told = {table.model: table.columns for table in backup.manifest.tables}
    known = {model._meta.label_lower: portable_rows.columns_of(model) for model in models}
    if any(known.get(model) != columns for model, columns in told.items()):
        raise NotPossible("backup-newer")


def _require_empty(
    migrations: list[tuple[str, str]], models: list[Model], executor: MigrationExecutor
) -> None:
    applied = set(executor.loader.applied_migrations)
    there = connection.introspection.table_names()
    if applied and applied != set(migrations):
        raise NotPossible("database-not-empty")
    if not applied and there:
        raise NotPossible("database-not-empty")
    for model in models if applied else ():
        if model._meta.label_lower not in HOUSEKEEPING and _has_rows(model):
            raise NotPossible("database-not-empty")


def _has_rows(model: Model) -> bool:
    return model._base_manager.exists()


def _replace_rows(backup: Backup, models: list[Model]) -> None:
    """In one transaction; the order does not matter, foreign keys are looked at when it ends."""
    with connection.cursor() as cursor:
        for model in models:
            if _has_rows(model):  # written by a migration or the first start
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
    for model in models:
        table = backup.table(model._meta.label_lower)
        if table is not None:
            portable_rows.insert(model, backup.rows(table), connection)
    _count_on(models)


def _count_on(models: Iterable[Model]) -> None:
    """PostgreSQL's counters stand where the rows end; SQLite's follow the rows by themselves."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def _unlike(manifest: Manifest) -> list[str]:
    expected = (manifest.journal_length, manifest.journal_last_hash)
    found = length_and_last_hash()
    return [] if found == expected else [f"The journal ends with {found}, not with {expected}."]


def _unguarded() -> list[str]:
    return [f"The trigger {name} is missing." for name in triggers.missing("default")]
