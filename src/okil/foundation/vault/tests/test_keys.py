from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from okil.foundation import vault
from okil.foundation.vault import installation, keys
from okil.foundation.vault.models import VaultKey, VaultProbe
from okil.foundation.vault.tests.given import AT, SECRETARIAT
from okil.foundation.vault.tests.models import Guest, Host
from okil.pure.refusal import Refused

pytestmark = pytest.mark.django_db

OTHER_KEY = bytes(range(1, 33))


def name_of(guest: Guest) -> object:
    return vault.open([guest], "officers", actor=SECRETARIAT, at=AT)[guest.pk]["name"]


def test_each_scope_and_purpose_has_one_key_and_no_key_is_stored_open() -> None:
    Guest.objects.create(party=1, name="Ромашкина Вера", papers=b"1")
    Guest.objects.create(party=2, name="Клёнова Дина", phone="1")

    kept = set(VaultKey.objects.values_list("scope", "purpose"))
    assert kept == {("body-1", "officers"), ("body-1", "candidates"), ("body-2", "officers")}
    for row in VaultKey.objects.all():
        secret = installation.unseal_key(row)
        assert len(secret) == 32
        assert row.sealed_key is not None
        assert secret not in bytes(row.sealed_key)


def test_a_key_moved_to_another_scope_or_purpose_opens_nothing() -> None:
    Guest.objects.create(name="Ромашкина Вера")
    VaultKey.objects.update(scope="body-2")

    with pytest.raises(vault.SealBroken):
        keys.known_key("body-2", "officers")


def test_a_second_key_for_one_scope_and_purpose_cannot_be_stored() -> None:
    Guest.objects.create(name="Ромашкина Вера")

    with pytest.raises(IntegrityError), transaction.atomic():
        VaultKey.objects.create(pk=1, scope="body-1", purpose="officers", sealed_key=b"1")


@pytest.mark.django_db(transaction=True)
def test_two_first_writers_at_once_end_with_one_key() -> None:
    both_ready = threading.Barrier(8)
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            both_ready.wait(timeout=30)
            with transaction.atomic():
                Guest.objects.create(list_number=number, name=f"Ромашкина {number}")
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert VaultKey.objects.count() == 1
    keys.forget()
    assert [name_of(guest) for guest in Guest.objects.order_by("list_number")] == [
        f"Ромашкина {number}" for number in range(8)
    ]


@pytest.mark.django_db(transaction=True)
def test_a_key_made_in_a_transaction_is_asked_for_once_in_it() -> None:
    Guest.objects.create(name="Ромашкина Вера")

    with CaptureQueriesContext(connection) as queries:
        Guest.objects.bulk_create(Guest(name=f"Клёнова Дина {n}") for n in range(50))

    assert [each["sql"] for each in queries if VaultKey._meta.db_table in each["sql"]] == []


def test_a_key_made_in_a_part_that_was_rolled_back_is_not_known_to_the_rest() -> None:
    with transaction.atomic():
        Guest.objects.create(name="Ромашкина Вера")
        transaction.set_rollback(True)

    assert keys.known_key("body-1", "officers") is None
    guest = Guest.objects.create(name="Клёнова Дина")
    assert name_of(guest) == "Клёнова Дина"


def test_a_key_destroyed_in_a_transaction_seals_nothing_more_in_it() -> None:
    Guest.objects.create(name="Ромашкина Вера")
    vault.destroy("body-1", "officers", actor=SECRETARIAT, at=AT)

    with pytest.raises(Refused, match="vault-key-destroyed"):
        Guest.objects.create(name="Клёнова Дина")


def test_a_key_whose_transaction_was_rolled_back_seals_nothing() -> None:
    guest = Guest(name="Ромашкина Вера")
    with transaction.atomic():
        guest.save()
        transaction.set_rollback(True)

    later = Guest.objects.create(name="Клёнова Дина")
    keys.forget()
    assert name_of(later) == "Клёнова Дина"
    guest.pk = None
    with pytest.raises(ValueError, match="assign its text again"):
        guest.save()


@pytest.mark.django_db(transaction=True)
def test_a_known_key_is_read_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    Guest.objects.create(name="Ромашкина Вера")

    with django_assert_num_queries(1):
        Guest.objects.create(name="Клёнова Дина", phone="1")


@pytest.mark.django_db(transaction=True)
def test_a_remembered_key_is_asked_for_again_after_a_while(
    django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    Guest.objects.create(name="Ромашкина Вера")

    monkeypatch.setattr(keys, "FORGOTTEN_AFTER_SECONDS", 0)
    with django_assert_num_queries(1):
        keys.known_key("body-1", "officers")


@pytest.mark.django_db(transaction=True)
def test_what_a_destroyed_key_sealed_is_gone_for_good() -> None:
    guest = Guest.objects.create(name="Ромашкина Вера", papers=b"1")
    vault.destroy("body-1", "officers", actor=SECRETARIAT, at=AT)

    with pytest.raises(Refused) as refusal:
        name_of(guest)
    assert refusal.value.code == "vault-key-destroyed"
    assert not vault.find(Guest, "name", "Ромашкина Вера", scope="body-1").exists()
    with pytest.raises(Refused):
        Guest.objects.create(name="Клёнова Дина")

    # The other purpose, and the record with its other columns, live on.
    guest.list_number = 4
    guest.save()
    assert vault.open([guest], "candidates", actor=SECRETARIAT, at=AT) == {
        guest.pk: {"papers": b"1"}
    }


@pytest.mark.django_db(transaction=True)
def test_the_sealed_key_leaves_the_database_file_too() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps old rows until VACUUM: docs/security.md says so.")
    Guest.objects.create(name="Ромашкина Вера")
    row = VaultKey.objects.get()
    assert row.sealed_key is not None
    sealed = bytes(row.sealed_key)

    vault.destroy("body-1", "officers", actor=SECRETARIAT, at=AT)

    file = Path(connection.settings_dict["NAME"])
    log = file.with_name(f"{file.name}-wal")
    assert sealed not in file.read_bytes()
    assert not log.exists() or sealed not in log.read_bytes()


def test_a_key_is_destroyed_once() -> None:
    Guest.objects.create(name="Ромашкина Вера")
    vault.destroy("body-1", "officers", actor=SECRETARIAT, at=AT)

    codes = []
    for purpose in ("officers", "roll"):
        with pytest.raises(Refused) as refusal:
            vault.destroy("body-1", purpose, actor=SECRETARIAT, at=AT)
        codes.append(refusal.value.code)
    assert codes == ["vault-key-destroyed", "nothing-sealed-to-destroy"]


def test_the_right_key_is_recognised_again() -> None:
    vault.require_right_key()
    vault.require_right_key()

    assert VaultProbe.objects.count() == 1


def test_a_wrong_key_is_told_by_source_and_both_fingerprints(settings: object) -> None:
    vault.require_right_key()
    kept = VaultProbe.objects.get().fingerprint

    with override_settings(VAULT_KEY=OTHER_KEY), pytest.raises(vault.WrongVaultKey) as wrong:
        vault.require_right_key()

    sentence = str(wrong.value)
    assert installation.key_source() in sentence
    assert vault.fingerprint(OTHER_KEY) in sentence
    assert kept in sentence
    assert OTHER_KEY.hex() not in sentence


def test_a_wrong_key_is_found_out_though_the_probe_is_lost() -> None:
    Guest.objects.create(name="Ромашкина Вера")
    VaultProbe.objects.all().delete()

    with override_settings(VAULT_KEY=OTHER_KEY), pytest.raises(vault.WrongVaultKey):
        vault.require_right_key()
    assert not VaultProbe.objects.exists()


def test_a_wrong_key_seals_nothing() -> None:
    Guest.objects.create(name="Ромашкина Вера")

    with override_settings(VAULT_KEY=OTHER_KEY), pytest.raises(vault.WrongVaultKey):
        Guest.objects.create(party=2, name="Клёнова Дина")


def test_a_key_of_another_length_is_told() -> None:
    with override_settings(VAULT_KEY=b"short"), pytest.raises(vault.WrongVaultKey, match="32"):
        vault.require_right_key()


def test_after_rotation_only_the_new_key_opens(tmp_path: Path) -> None:
    guest = Guest.objects.create(name="Ромашкина Вера")
    new_key = tmp_path / "new-key"
    new_key.write_text(OTHER_KEY.hex() + "\n")

    call_command("vault", "rotate", "--new-key-file", str(new_key), verbosity=0)

    with pytest.raises(vault.WrongVaultKey):
        vault.require_right_key()
    keys.forget()
    with override_settings(VAULT_KEY=OTHER_KEY):
        vault.require_right_key()
        assert name_of(guest) == "Ромашкина Вера"


def test_a_new_key_that_is_no_key_changes_nothing(tmp_path: Path) -> None:
    vault.require_right_key()
    for content in ("", "abc", "zz" * 32, "00" * 31):
        (tmp_path / "new-key").write_text(content)
        with pytest.raises(CommandError, match="64"):
            call_command("vault", "rotate", "--new-key-file", str(tmp_path / "new-key"))
    with pytest.raises(CommandError, match="nowhere"):
        call_command("vault", "rotate", "--new-key-file", str(tmp_path / "nowhere"))
    vault.require_right_key()


@pytest.mark.parametrize("scope", ["", "body", "body-", "body-None", "Body-1", "body-1 ", 5])
def test_a_scope_is_a_word_and_a_number(scope: str) -> None:
    host = Host()
    host.vault_scope = scope

    with pytest.raises(ValueError, match="vault_scope"):
        keys.scope_of(host)
