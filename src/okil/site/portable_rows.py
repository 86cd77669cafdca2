"""Rows of every table as JSON values and back: the same for SQLite and PostgreSQL.

Not Django's serializers: they cut microseconds, and the journal's hashes are over microseconds.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, TypeAlias
from uuid import UUID

from django.apps import apps
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.utils.duration import duration_string

from okil.foundation.vault.sealed import Sealed

Model = type[models.Model]
Field: TypeAlias = "models.Field[Any, Any]"

READ_AT_ONCE = 2_000
WRITTEN_AT_ONCE = 500


def models_at(migrations: Iterable[tuple[str, str]], loader: MigrationLoader) -> list[Model]:
    """The models with a table, as they were when these migrations, and no others, had been run."""
    state = loader.project_state(last_of_each_app(migrations, loader))
    return sorted(
        (
            model
            for model in state.apps.get_models(include_auto_created=True)
            if model._meta.managed and not model._meta.proxy
        ),
        key=lambda model: model._meta.label_lower,
    )


def last_of_each_app(
    migrations: Iterable[tuple[str, str]], loader: MigrationLoader
) -> list[tuple[str, str]]:
    known = set(migrations)
    return [
        node
        for node in sorted(known)
        if not any(
            child.key in known and child.key[0] == node[0]
            for child in loader.graph.node_map[node].children
        )
    ]


def sessions() -> set[str]:
    """Left out of backups: whoever holds one of these rows is signed in."""
    return {
        model._meta.label_lower
        for model in apps.get_models()
        if issubclass(model, AbstractBaseSession)
    }


def fields_of(model: Model) -> list[Field]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def columns_of(model: Model) -> list[str]:
    return [str(field.column) for field in fields_of(model)]


def rows_of(model: Model, *, using: str) -> Iterator[list[Any]]:
    fields = fields_of(model)
    rows = model._base_manager.using(using).order_by("pk")
    for row in rows.values_list(*(field.attname for field in fields)).iterator(READ_AT_ONCE):
        yield [_portable(field, value) for field, value in zip(fields, row, strict=True)]


def insert(model: Model, rows: Iterator[list[Any]], connection: BaseDatabaseWrapper) -> None:
    """Raw inserts: nothing is computed anew, neither hashes nor moments."""
    fields = fields_of(model)
    quote = connection.ops.quote_name
    statement = (
        f"INSERT INTO {quote(model._meta.db_table)} "
        f"({', '.join(map(quote, columns_of(model)))}) "
        f"VALUES ({', '.join('%s' for _ in fields)})"
    )
    with connection.cursor() as cursor:
        while some := list(islice(rows, WRITTEN_AT_ONCE)):
            cursor.executemany(
                statement,
                [
                    [
                        _for_database(field, value, connection)
                        for field, value in zip(fields, row, strict=True)
                    ]
                    for row in some
                ],
            )


def _portable(field: Field, value: Any) -> Any:
    if isinstance(field, models.JSONField) or value is None:
        return value
    match value:
        case Sealed():
            return base64.b64encode(value.sealed_bytes()).decode("ascii")
        case bytes() | memoryview():
            return base64.b64encode(value).decode("ascii")
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return duration_string(value)
        case Decimal() | UUID():
            return str(value)
        case bool() | int() | float() | str():
            return value
    raise TypeError(f"{field} holds a {type(value).__name__}, which a backup cannot carry.")


def _for_database(field: Field, value: Any, connection: BaseDatabaseWrapper) -> Any:
    if isinstance(field, models.JSONField):
        if value is None and not field.null:  # the JSON value null, not a missing one
            return connection.ops.adapt_json_value(None, field.encoder)
        return field.get_db_prep_save(value, connection)
    return field.get_db_prep_save(field.to_python(value), connection)
