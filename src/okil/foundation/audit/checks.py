from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite

from okil.foundation.audit import triggers


def register() -> None:
    checks.register(journal_is_guarded)


def journal_is_guarded(
    *, databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    if _not_made_yet(connections[DEFAULT_DB_ALIAS]):
        return []
    try:
        missing = triggers.missing(DEFAULT_DB_ALIAS)
    except OperationalError:
        return [checks.Warning("The database does not answer: the journal's guards are unknown.")]
    # `migrate` asks with `databases`, and puts the guards back: it must not be stopped.
    level = checks.ERROR if databases is None else checks.WARNING
    return [
        checks.CheckMessage(
            level,
            f"The journal could be changed: the trigger {name} is missing or altered.",
            hint="Find out who took it away, then run: okil manage migrate",
            id="audit.guard",
        )
        for name in missing
    ]


def _not_made_yet(connection: BaseDatabaseWrapper) -> bool:
    """SQLite makes an empty file when it is asked anything; a check should leave nothing behind."""
    if not isinstance(connection, SQLite) or connection.is_in_memory_db():
        return False
    return not Path(connection.settings_dict["NAME"]).exists()
