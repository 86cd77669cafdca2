"""After a destruction nothing is left to be read: not in the database's file, not in a copy made later."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from okil.areas.elections.models import Candidate, Voter
from okil.areas.elections.queries.retention import scope_of
from okil.areas.elections.tests.given import complaints
from okil.areas.elections.tests.given import retention as given_retention
from okil.areas.elections.tests.given.retention import ARCHIVE_OVER
from okil.foundation import vault
from okil.foundation.audit import Actor
from okil.foundation.audit.tests.emptying import _journal_may_be_emptied
from okil.foundation.vault.models import VaultKey
from okil.pure.rules.retention import Holding
from okil.site import portable_rows
from tests.planting import sources
from tests.planting.hunter import find

__all__ = ["_journal_may_be_emptied"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ORGANISATION = "Ландышевка"
READER = Actor("commissioner", 1)


def planted() -> list[str]:
    """Names and words that are sealed, and one that stands beside them in plain letters."""
    voters = vault.open(Voter.objects.all(), "roll", actor=READER, at=ARCHIVE_OVER, only=["name"])
    people = vault.open(
        Candidate.objects.filter(shows_name=False), "candidates", actor=READER, at=ARCHIVE_OVER
    )
    names = [str(each["name"]) for each in (*voters.values(), *people.values()) if each["name"]]
    return [*names, complaints.NAME, complaints.WORDS, ORGANISATION]


def copied() -> dict[str, bytes]:
    """What a backup made now holds, table by table."""
    loader = MigrationLoader(connection)
    return {
        model._meta.label_lower: json.dumps(
            list(portable_rows.rows_of(model, using="default")), ensure_ascii=False
        ).encode()
        for model in portable_rows.models_at(sorted(loader.applied_migrations), loader)
    }


def test_after_a_destruction_nothing_is_left_to_be_read() -> None:
    election = given_retention.concluded()
    Voter.objects.filter(number=1).update(organisation=ORGANISATION)
    needles = planted()
    assert len(needles) > 12
    assert {each.needle for each in find([ORGANISATION], copied())} == {ORGANISATION}
    scope = scope_of(election)
    keys = {bytes(row.sealed_key or b"") for row in VaultKey.objects.filter(scope=scope)}

    for holding in Holding:
        given_retention.destroyed(election, holding, at=ARCHIVE_OVER)

    assert find(needles, {**copied(), **sources.database_files()}) == []
    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"]).read_bytes()
        assert [key for key in keys if key in file] == []
    living = VaultKey.objects.filter(scope=scope, destroyed_at=None)
    assert list(living.values_list("purpose", flat=True)) == ["documents"]
