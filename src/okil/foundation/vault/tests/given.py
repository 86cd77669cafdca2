from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection

from okil.foundation.audit import Actor
from okil.foundation.vault.tests.models import Guest, Host

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECRETARIAT = Actor("secretariat", 7)


def tables() -> None:
    """Guests and hosts have no migration: they live in the test database only."""
    there = connection.introspection.table_names()
    with connection.schema_editor() as editor:
        for model in (Guest, Host):
            if model._meta.db_table not in there:
                editor.create_model(model)


def empty_tables() -> None:
    """Django empties only the tables of installed apps after a test with real transactions."""
    Guest.objects.all().delete()
    Host.objects.all().delete()
