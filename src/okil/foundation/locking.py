"""Rows are locked here and nowhere else, so that the order of locks can be read in one search."""

from __future__ import annotations

from typing import TypeVar

from django.db import models, transaction

Row = TypeVar("Row", bound=models.Model)


def locked(model: type[Row], pk: object) -> Row:
    """The row, read and held until the transaction ends.

    On SQLite the whole database is held already (immediate transactions); there the row is only read.
    Raises the model's DoesNotExist. Must be called inside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("locked() needs a transaction")
    # no_key: rows that refer to this one may still be inserted; nobody here changes a primary key.
    return model._default_manager.select_for_update(no_key=True).get(pk=pk)
