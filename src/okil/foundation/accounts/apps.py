from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "okil.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        # Read here for what they register: signal receivers, regular work, words for the journal.
        for part in ("rotation", "second_factor", "tasks", "wording"):
            import_module(f"{self.name}.{part}")
        post_migrate.connect(create_cache_table, sender=self)


def create_cache_table(using: str, **_: Any) -> None:
    """Rate limits live in it; without it nobody could sign in. A table that is there is left alone."""
    call_command("createcachetable", database=using, verbosity=0)
