from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, OperationalError

from okil.foundation.audit import triggers


def register() -> None:
    checks.register(journal_is_guarded)


def journal_is_guarded(
    *, databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
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
