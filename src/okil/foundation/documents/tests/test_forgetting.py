"""The internal version of a paper ends; the public one, and other papers, stay as they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from okil.foundation.documents import open_facts, open_file, open_published_facts
from okil.foundation.documents.forgetting import forget_internal, with_internal
from okil.foundation.documents.models import File, Issued
from okil.foundation.documents.tests import given
from okil.foundation.vault.models import VaultKey

pytestmark = pytest.mark.django_db


def forget(*papers: Issued) -> int:
    kinds = {each.kind for each in papers}
    return forget_internal(
        given.SCOPE, lambda kind: kind in kinds, actor=given.SECRETARIAT, at=given.AT
    )


def contents(issued: Issued) -> dict[tuple[str, str, str], bytes]:
    files = File.objects.filter(issued=issued)
    return {
        (file.audience, file.language, file.format): open_file(
            file, actor=given.SECRETARIAT, at=given.AT
        )
        for file in files
    }


@pytest.mark.django_db(transaction=True)
def test_inside_nothing_is_left_and_outside_everything() -> None:
    issued = given.protocol()
    before = contents(issued)
    facts = open_published_facts([issued])

    assert forget(issued) == 1

    issued = Issued.objects.get()
    assert contents(issued) == {k: v for k, v in before.items() if k[0] == "public"}
    assert open_published_facts([issued]) == facts
    left = open_facts(issued, actor=given.SECRETARIAT, at=given.AT)
    assert (left.salt, left.internal, left.public) == (b"", b"", facts[issued.pk])
    assert with_internal(given.SCOPE) == []


@pytest.mark.django_db(transaction=True)
def test_the_key_of_what_went_is_gone_from_the_file() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps old rows until VACUUM: docs/security.md says so.")
    issued = given.protocol()
    sealed = bytes(VaultKey.objects.get().sealed_key or b"")

    forget(issued)

    assert sealed not in Path(connection.settings_dict["NAME"]).read_bytes()
    assert VaultKey.objects.get(destroyed_at=None).purpose == "documents"
    assert VaultKey.objects.get(sealed_key=None).purpose == "documents.1"


def test_papers_of_another_kind_or_election_are_not_touched() -> None:
    issued = given.protocol()
    before = contents(issued)

    nothing = forget_internal(
        given.SCOPE, lambda _kind: False, actor=given.SECRETARIAT, at=given.AT
    )
    elsewhere = forget_internal(
        "election-13", lambda _kind: True, actor=given.SECRETARIAT, at=given.AT
    )

    assert (nothing, elsewhere) == (0, 0)
    assert contents(issued) == before
    assert VaultKey.objects.count() == 1
