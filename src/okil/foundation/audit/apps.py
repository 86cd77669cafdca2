from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "okil.foundation.audit"
    label = "audit"

    def ready(self) -> None:
        from okil.foundation.audit import checks

        checks.register()
        post_migrate.connect(guard, sender=self)


def guard(using: str, **_: Any) -> None:
    # After every migration: SQLite rebuilds a table that changes, and drops its triggers with it.
    from okil.foundation.audit import triggers

    triggers.install(using)
