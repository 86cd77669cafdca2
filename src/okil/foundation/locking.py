"""Rows are locked here and nowhere else, so that the order of locks can be read in one search."""

from __future__ import annotations

from typing import TypeVar

from django.db import connection, models, transaction

Row = TypeVar("Row", bound=models.Model)


def locked(model: type[Row], pk: object) -> Row:
    """The row, read and held until the transaction ends.

    On SQLite the whole database is held already (immediate transactions); there the row is only read.
    Raises the model's DoesNotExist. Must be called inside a transaction.
    """
    _require_transaction("locked()")
    # no_key: rows that refer to this one may still be inserted; nobody here changes a primary key.
    return model._default_manager.select_for_update(no_key=True).get(pk=pk)


def shared(model: type[Row], pk: int) -> Row:
    """The row, read and kept from changing until the transaction ends: many may hold it so at once, and
    `locked` waits for all of them.

    On SQLite, and in what it raises, as `locked`.
    """
    _require_transaction("shared()")
    if connection.vendor == "postgresql":
        table, column = (
            connection.ops.quote_name(name)
            for name in (model._meta.db_table, str(model._meta.pk.column))
        )
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE {column} = %s FOR SHARE", [pk])
    return model._default_manager.get(pk=pk)


def _require_transaction(what: str) -> None:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{what} needs a transaction")
