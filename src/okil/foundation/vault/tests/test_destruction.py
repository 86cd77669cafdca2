"""What a key sealed is gone with it, but for what is sealed anew; and the name may be used again."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from okil.foundation import vault
from okil.foundation.audit.models import JournalEntry
from okil.foundation.vault import keys
from okil.foundation.vault.models import VaultKey
from okil.foundation.vault.tests.given import AT, SECRETARIAT
from okil.foundation.vault.tests.models import Guest, Host
from okil.pure.refusal import Refused

pytestmark = pytest.mark.django_db


def hosts() -> tuple[Host, Host]:
    return (
        Host.objects.create(name="Ромашкина Вера", nickname="Лютик"),
        Host.objects.create(name="Клёнова Дина"),
    )


def keep(*kept: Host) -> None:
    records = [(Host, [each.pk for each in kept])]
    vault.keep_only("body-1", "officers", records, actor=SECRETARIAT, at=AT)


def opened(host: Host) -> dict[str, object]:
    host.refresh_from_db()
    return vault.open([host], "officers", actor=SECRETARIAT, at=AT)[host.pk]


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_opens_under_a_new_key_and_the_rest_is_gone() -> None:
    stays, goes = hosts()
    (before,) = VaultKey.objects.values_list("pk", flat=True)

    keep(stays)

    assert opened(stays) == {"name": "Ромашкина Вера", "nickname": "Лютик"}
    with pytest.raises(Refused, match="vault-key-destroyed"):
        opened(goes)
    old, new = VaultKey.objects.get(pk=before), VaultKey.objects.exclude(pk=before).get()
    assert (old.purpose, old.sealed_key, old.destroyed_at) == ("officers.1", None, AT)
    assert (new.purpose, new.destroyed_at) == ("officers", None)
    later = Host.objects.create(name="Липова Анжелика")
    assert opened(later)["name"] == "Липова Анжелика"


@pytest.mark.django_db(transaction=True)
def test_no_old_key_and_no_plain_text_stays_in_the_file() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps old rows until VACUUM: docs/security.md says so.")
    stays, _goes = hosts()
    kept_key = VaultKey.objects.get().sealed_key
    assert kept_key is not None

    keep(stays)

    assert bytes(kept_key) not in Path(connection.settings_dict["NAME"]).read_bytes()


def test_it_may_happen_twice_and_each_leaves_its_row() -> None:
    stays, _goes = hosts()
    keep(stays)
    keep()

    assert sorted(VaultKey.objects.values_list("purpose", flat=True)) == [
        "officers.1",
        "officers.2",
    ]
    told = JournalEntry.objects.filter(event="vault.destroyed").order_by("number")
    assert [(each.after or {})["purpose"] for each in told] == ["officers.1", "officers.2"]
    with pytest.raises(Refused, match="vault-key-destroyed"):
        opened(stays)


def test_a_broken_part_changes_nothing() -> None:
    stays, goes = hosts()
    Host.objects.filter(pk=goes.pk).update(name=Guest.objects.create(name="Осокина").name)

    with pytest.raises(vault.SealBroken):
        keep(stays, goes)

    keys.forget()
    assert opened(stays)["name"] == "Ромашкина Вера"
    assert VaultKey.objects.get(purpose="officers").destroyed_at is None


@pytest.mark.django_db(transaction=True)
def test_a_destroyed_name_may_be_used_again_and_opens_nothing_old() -> None:
    host, _other = hosts()
    vault.destroy("body-1", "officers", actor=SECRETARIAT, at=AT)
    with pytest.raises(Refused):
        Host.objects.create(name="Липова Анжелика")

    vault.begin_anew("body-1")

    assert opened(Host.objects.create(name="Липова Анжелика"))["name"] == "Липова Анжелика"
    with pytest.raises(Refused, match="vault-key-destroyed"):
        opened(host)
    vault.begin_anew("body-1")  # nothing more to make room for
    assert sorted(VaultKey.objects.values_list("purpose", flat=True)) == ["officers", "officers.1"]


def test_what_was_published_and_destroyed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Guest, "published_by_owner", True)
    here = Guest.objects.create(name="Ромашкина Вера")
    elsewhere = Guest.objects.create(name="Клёнова Дина", party=2)
    vault.destroy("body-1", "officers", actor=SECRETARIAT, at=AT)

    assert vault.open_published(Guest.objects.all(), only=("name",)) == {
        elsewhere.pk: {"name": "Клёнова Дина"}
    }
    assert here.pk != elsewhere.pk
