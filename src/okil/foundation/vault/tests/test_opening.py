from __future__ import annotations

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from okil.foundation import vault
from okil.foundation.audit.models import JournalEntry
from okil.foundation.vault import keys
from okil.foundation.vault.models import VaultKey
from okil.foundation.vault.tests.given import AT, SECRETARIAT
from okil.foundation.vault.tests.models import Guest, Host
from okil.pure.refusal import Refused

pytestmark = pytest.mark.django_db


def test_one_opening_is_one_row_with_purpose_and_record_numbers() -> None:
    vera = Guest.objects.create(name="Ромашкина Вера", phone="1")
    dina = Guest.objects.create(name="Клёнова Дина")

    opened = vault.open(
        Guest.objects.order_by("pk"), "officers", actor=SECRETARIAT, at=AT, chapter="body-1"
    )

    assert opened == {
        vera.pk: {"name": "Ромашкина Вера", "phone": "1"},
        dina.pk: {"name": "Клёнова Дина", "phone": None},
    }
    entry = JournalEntry.objects.get()
    assert (entry.event, entry.role, entry.actor_number, entry.at, entry.chapter) == (
        "vault.opened",
        "secretariat",
        7,
        AT,
        "body-1",
    )
    assert entry.after == {
        "purpose": "officers",
        "scopes": ["body-1"],
        "model": "vault_tests.guest",
        "count": 2,
        "records": [vera.pk, dina.pk],
    }


def test_each_purpose_opens_its_own_fields() -> None:
    guest = Guest.objects.create(name="Ромашкина Вера", papers=b"\x00\xffpdf\x80\x00\x00")

    opened = vault.open([guest], "candidates", actor=SECRETARIAT, at=AT)

    assert opened == {guest.pk: {"papers": b"\x00\xffpdf\x80\x00\x00"}}


def test_opening_for_a_purpose_the_record_does_not_have_is_refused() -> None:
    guest = Guest.objects.create(name="Ромашкина Вера")

    with pytest.raises(Refused) as refusal:
        vault.open([guest], "roll", actor=SECRETARIAT, at=AT)

    assert refusal.value.code == "opened-for-another-purpose"
    assert not JournalEntry.objects.exists()


def test_opening_nothing_writes_nothing() -> None:
    guest = Guest.objects.create(name="Ромашкина Вера")

    assert vault.open(Guest.objects.none(), "officers", actor=SECRETARIAT, at=AT) == {}
    vault.open([guest], "candidates", actor=SECRETARIAT, at=AT)  # it has no papers
    assert not JournalEntry.objects.exists()


def test_records_of_two_kinds_are_not_opened_together() -> None:
    rows = [Guest.objects.create(name="Ромашкина Вера"), Host.objects.create(name="Клёнова Дина")]

    with pytest.raises(TypeError):
        vault.open(rows, "officers", actor=SECRETARIAT, at=AT)


def test_what_was_assigned_but_not_saved_is_not_opened() -> None:
    guest = Guest.objects.create(name="Ромашкина Вера")
    guest.name = "Клёнова Дина"

    with pytest.raises(ValueError, match="save it, then open it"):
        vault.open([guest], "officers", actor=SECRETARIAT, at=AT)


def test_records_of_several_scopes_are_opened_with_one_row_that_names_them() -> None:
    for party in (2, 1):
        Guest.objects.create(name="Ромашкина Вера", party=party)

    vault.open(Guest.objects.all(), "officers", actor=SECRETARIAT, at=AT)

    after = JournalEntry.objects.get().after
    assert after is not None
    assert after["scopes"] == ["body-1", "body-2"]


def test_only_what_its_owner_published_is_opened_without_a_row() -> None:
    shown = Guest.objects.create(name="Ромашкина Вера", phone="1")
    hidden = Guest.objects.create(name="Клёнова Дина")
    doubtful = Guest.objects.create(name="Липова Анна")
    shown.published_by_owner = True
    doubtful.published_by_owner = "yes"  # type: ignore[assignment]  # not True, so no

    rows = [shown, hidden, doubtful]
    assert vault.open_published(rows, only=["name"]) == {shown.pk: {"name": "Ромашкина Вера"}}
    assert vault.open_published(rows) == {
        shown.pk: {"name": "Ромашкина Вера", "phone": "1", "papers": None}
    }
    assert vault.open_published([hidden]) == {}
    assert not JournalEntry.objects.exists()


def test_a_field_with_its_own_consent_is_opened_by_that_one_alone() -> None:
    one, other = Guest.objects.create(name="Вера", phone="1"), Guest.objects.create(name="Дина")
    other.published_by_owner = True

    opened = vault.open_published(
        [one, other], only=["phone"], is_published=lambda guest: guest.pk == one.pk
    )

    assert opened == {one.pk: {"phone": "1"}}


def test_many_records_are_opened_with_one_question_for_their_key(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    Guest.objects.bulk_create(Guest(name="Ромашкина Вера") for _ in range(50))
    guests = list(Guest.objects.all())
    for guest in guests:
        guest.published_by_owner = True
    keys.forget()

    with django_assert_num_queries(1):
        assert len(vault.open_published(guests)) == 50


def test_the_journal_says_it_in_words() -> None:
    guest = Guest.objects.create(name="Ромашкина Вера")
    vault.open([guest], "officers", actor=SECRETARIAT, at=AT)
    vault.destroy("body-1", "officers", actor=SECRETARIAT, at=AT)

    assert [entry.event for entry in JournalEntry.objects.order_by("number")] == [
        "vault.opened",
        "vault.destroyed",
    ]
    with override("en"):
        assert [entry.sentence() for entry in JournalEntry.objects.order_by("number")] == [
            "Sealed data opened. Purpose: people with a role; records: 1.",
            "Key destroyed, and with it all data sealed for: people with a role.",
        ]
    assert VaultKey.objects.get().destroyed_at == AT


def test_only_the_fields_that_are_needed_are_opened() -> None:
    guest = Guest.objects.create(name="Ромашкина Вера", phone="1")

    opened = vault.open([guest], "officers", actor=SECRETARIAT, at=AT, only=["name"])

    assert opened == {guest.pk: {"name": "Ромашкина Вера"}}
    assert JournalEntry.objects.get().event == "vault.opened"
