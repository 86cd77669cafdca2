from __future__ import annotations

from pathlib import Path

import pytest
from django.core import checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, connection, models, transaction

from okil.foundation.audit import publish_head, triggers
from okil.foundation.audit.apps import guard
from okil.foundation.audit.checks import journal_is_guarded
from okil.foundation.audit.models import JournalEntry
from okil.foundation.audit.tests import given
from okil.foundation.audit.tests.emptying import take_guards_away

COLUMNS = (
    "at, role, actor_number, event, subject_kind, subject_number, chapter, before, after, "
    "previous_hash, hash"
)
# A copy of row 1 that claims row 1's number, hash or place.
REPLACEMENTS = {
    "number": f"(number, {COLUMNS}) SELECT number, at, 'x', 1, event, subject_kind, "
    "subject_number, chapter, before, after, 'new', 'new'",
    "hash": f"(number, {COLUMNS}) SELECT 9, at, 'x', 1, event, subject_kind, "
    "subject_number, chapter, before, after, 'new', hash",
    "previous hash": f"(number, {COLUMNS}) SELECT 9, at, 'x', 1, event, subject_kind, "
    "subject_number, chapter, before, after, previous_hash, 'new'",
    "rowid": f"(rowid, number, {COLUMNS}) SELECT rowid, 9, at, 'x', 1, event, subject_kind, "
    "subject_number, chapter, before, after, 'new', 'new'",
}

OVERWRITE = (
    f"INSERT INTO audit_journalentry {REPLACEMENTS['number']} FROM audit_journalentry "
    "ON CONFLICT (number) DO UPDATE SET role = 'x'"
)

on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'")
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'")


def _refused(sql: str) -> None:
    with (
        pytest.raises(IntegrityError, match="never change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_journalentry SET role = 'x'",
        "DELETE FROM audit_journalentry",
        "UPDATE audit_publishedhead SET length = 2",
        "DELETE FROM audit_publishedhead",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_row(sql: str) -> None:
    entry = given.entry()
    publish_head(given.AT, "Asia/Almaty")

    _refused(sql)

    assert list(JournalEntry.objects.values_list("role", "hash")) == [("secretariat", entry.hash)]


@on_sqlite
@pytest.mark.django_db
@pytest.mark.parametrize("claimed", REPLACEMENTS)
def test_sqlite_refuses_to_replace_a_row(claimed: str) -> None:
    given.entry()

    _refused(
        f"INSERT OR REPLACE INTO audit_journalentry {REPLACEMENTS[claimed]} FROM audit_journalentry"
    )

    assert list(JournalEntry.objects.values_list("number", "role")) == [(1, "secretariat")]


@on_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "TRUNCATE audit_journalentry",
        "TRUNCATE audit_publishedhead",
        OVERWRITE,
    ],
)
def test_postgresql_refuses_to_truncate_or_overwrite(sql: str) -> None:
    given.entry()

    _refused(sql)


@on_postgresql
@pytest.mark.django_db
def test_postgresql_refuses_also_in_a_session_that_plays_a_replica() -> None:
    given.entry()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")

    _refused("DELETE FROM audit_journalentry")


@pytest.mark.django_db
def test_check_says_nothing_while_all_triggers_are_there() -> None:
    assert journal_is_guarded() == []


@pytest.mark.django_db
def test_check_fails_when_one_trigger_is_gone() -> None:
    where = "" if connection.vendor == "sqlite" else " ON audit_journalentry"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_journalentry_refuse_delete{where}")

    with pytest.raises(SystemCheckError, match="audit_journalentry_refuse_delete is missing"):
        call_command("check")


@on_sqlite
@pytest.mark.django_db
def test_check_fails_when_a_trigger_of_that_name_does_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER audit_journalentry_refuse_update")
        cursor.execute(
            "CREATE TRIGGER audit_journalentry_refuse_update "
            "BEFORE UPDATE ON audit_journalentry BEGIN SELECT 1; END"
        )

    assert triggers.missing("default") == ["audit_journalentry_refuse_update"]


@on_postgresql
@pytest.mark.django_db
def test_check_fails_when_a_trigger_is_asleep() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE audit_journalentry DISABLE TRIGGER audit_journalentry_refuse_update"
        )

    assert triggers.missing("default") == ["audit_journalentry_refuse_update"]


@on_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize(
    "guards",
    [
        "BEFORE INSERT ON audit_journalentry FOR EACH STATEMENT",
        "BEFORE UPDATE ON audit_publishedhead FOR EACH STATEMENT",
        "BEFORE UPDATE ON audit_journalentry FOR EACH STATEMENT WHEN (false)",
    ],
)
def test_check_fails_when_a_trigger_of_that_name_guards_something_else(guards: str) -> None:
    name = "audit_journalentry_refuse_update"
    table = guards.split()[3]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name} ON audit_journalentry")
        cursor.execute(f"CREATE TRIGGER {name} {guards} EXECUTE FUNCTION audit_refuse()")
        cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")

    assert triggers.missing("default") == [name]


@on_postgresql
@pytest.mark.django_db
def test_check_fails_when_the_function_of_the_triggers_does_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RETURN NULL; END $$"
        )

    assert len(triggers.missing("default")) == 6


@pytest.mark.django_db
def test_check_lets_a_migration_through_that_puts_them_back() -> None:
    take_guards_away()

    messages = journal_is_guarded(databases=["default"])

    assert {message.level for message in messages} == {checks.WARNING}


@on_sqlite
@pytest.mark.django_db
def test_check_makes_no_database_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_guards_away()
    monkeypatch.setitem(connection.settings_dict, "NAME", tmp_path / "none.sqlite3")

    assert journal_is_guarded() == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_the_triggers_are_there_again_after_a_migration_that_rebuilds_the_table() -> None:
    given.entry()
    before = JournalEntry._meta.get_field("chapter")
    after = models.CharField(max_length=61, blank=True)
    after.set_attributes_from_name("chapter")
    after.model = JournalEntry

    with connection.schema_editor() as editor:
        editor.alter_field(JournalEntry, before, after, strict=True)
    lost = triggers.missing("default")
    guard(using="default")
    with connection.schema_editor() as editor:
        editor.alter_field(JournalEntry, after, before, strict=True)
    guard(using="default")

    if connection.vendor == "sqlite":  # else the test would show nothing
        assert "audit_journalentry_refuse_update" in lost
    assert triggers.missing("default") == []
    _refused("UPDATE audit_journalentry SET role = 'x'")


@pytest.mark.django_db(transaction=True)
def test_before_the_first_migration_there_is_nothing_to_miss() -> None:
    take_guards_away()
    with connection.schema_editor() as editor:
        editor.delete_model(JournalEntry)
    try:
        assert triggers.missing("default") == []
        guard(using="default")
    finally:
        with connection.schema_editor() as editor:
            editor.create_model(JournalEntry)
        guard(using="default")
    assert triggers.missing("default") == []


@pytest.mark.django_db(transaction=True)
def test_migrate_itself_puts_the_triggers_back() -> None:
    take_guards_away()

    call_command("migrate", verbosity=0)

    assert triggers.missing("default") == []
