from __future__ import annotations

from typing import Any

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, OperationalError

from okil.foundation.audit import triggers


def register() -> None:
    checks.register(journal_is_guarded)


def journal_is_guarded(**_: Any) -> list[checks.CheckMessage]:
    try:
        missing = triggers.missing(DEFAULT_DB_ALIAS)
    except OperationalError:
        return [
            checks.Warning("The database does not answer: nobody looked at the journal's guards.")
        ]
    return [
        checks.Error(
            f"The journal could be changed: the trigger {name} is missing or altered.",
            hint="Find out who took it away, then run: okil manage migrate --skip-checks",
            id="audit.E001",
        )
        for name in missing
    ]
