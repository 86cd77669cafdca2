"""A new installation key: with the server stopped, all or nothing, and the old one opens nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.utils import translation

from okil.foundation import vault
from okil.foundation.background.worker import beat
from okil.foundation.vault import installation, keys
from okil.foundation.vault.installation import installation_key_changes
from okil.foundation.vault.models import VaultKey, VaultProbe
from okil.foundation.vault.sealing import SealBroken
from okil.foundation.vault.tests.given import AT, SECRETARIAT
from okil.foundation.vault.tests.models import Guest

pytestmark = pytest.mark.django_db
NEW_KEY = bytes(range(1, 33))


@pytest.fixture
def new_key(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "new-key"
    path.write_text(NEW_KEY.hex() + "\n")
    yield path
    keys.forget()


def rotated(new_key: Path) -> None:
    with translation.override("en"):
        call_command("vault", "rotate", "--new-key-file", str(new_key), verbosity=0)
    keys.forget()


def names() -> set[object]:
    keys.forget()
    opened = vault.open(Guest.objects.all(), "officers", actor=SECRETARIAT, at=AT)
    return {fields["name"] for fields in opened.values()}


def test_while_the_server_runs_nothing_is_rotated(new_key: Path) -> None:
    Guest.objects.create(name="Ромашкина Вера")
    beat("a worker somewhere")

    with pytest.raises(CommandError, match="stop it first") as refused:
        rotated(new_key)

    assert refused.value.returncode == 2
    assert names() == {"Ромашкина Вера"}


def test_the_old_key_opens_no_key_any_more(new_key: Path) -> None:
    for party in (1, 2):
        Guest.objects.create(name=f"Ромашкина {party}", party=party)

    rotated(new_key)

    for row in VaultKey.objects.all():
        with pytest.raises(SealBroken):
            installation.unseal_key(row)
    with override_settings(VAULT_KEY=NEW_KEY):
        assert names() == {"Ромашкина 1", "Ромашкина 2"}
        Guest.objects.create(name="Клёнова Дина")


def test_a_rotation_that_breaks_half_way_leaves_everything_under_the_old_key(new_key: Path) -> None:
    Guest.objects.create(name="Ромашкина Вера")
    before = list(VaultKey.objects.values_list("sealed_key")), list(VaultProbe.objects.values())

    def breaks(**_: object) -> None:
        raise OSError("The machine stopped.")

    installation_key_changes.connect(breaks)
    try:
        with pytest.raises(OSError, match="stopped"):
            rotated(new_key)
    finally:
        installation_key_changes.disconnect(breaks)

    kept = list(VaultKey.objects.values_list("sealed_key")), list(VaultProbe.objects.values())
    assert kept == before
    assert names() == {"Ромашкина Вера"}


@pytest.mark.django_db(transaction=True)
def test_what_was_sealed_under_the_old_key_leaves_the_file(new_key: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps old rows until VACUUM: docs/operations.md says so.")
    Guest.objects.create(name="Ромашкина Вера")
    sealed = bytes(VaultKey.objects.get().sealed_key or b"")

    rotated(new_key)

    assert sealed not in Path(connection.settings_dict["NAME"]).read_bytes()


def test_the_key_in_use_is_no_new_one(new_key: Path, settings: object) -> None:
    Guest.objects.create(name="Ромашкина Вера")
    with override_settings(VAULT_KEY=NEW_KEY), pytest.raises(CommandError, match="make a new one"):
        rotated(new_key)


def test_a_destroyed_key_stays_destroyed(new_key: Path) -> None:
    Guest.objects.create(name="Ромашкина Вера")
    vault.destroy("body-1", "officers", actor=SECRETARIAT, at=AT)

    rotated(new_key)

    assert VaultKey.objects.get().sealed_key is None
