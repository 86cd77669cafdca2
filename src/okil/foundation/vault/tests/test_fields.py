from __future__ import annotations

import json
import traceback

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.forms import model_to_dict, modelform_factory
from hypothesis import HealthCheck, settings
from hypothesis import given as whatever
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from okil.foundation import vault
from okil.foundation.vault.fields import KeyedHash, PlainTextRefused, SealedText, normalised
from okil.foundation.vault.models import VaultKey
from okil.foundation.vault.sealed import Sealed
from okil.foundation.vault.sealing import SealBroken
from okil.foundation.vault.tests.given import AT, SECRETARIAT
from okil.foundation.vault.tests.models import Guest, Host

NAME = "Клёнова Дина"

pytestmark = pytest.mark.django_db


def name_of(guest: models.Model) -> object:
    return vault.open([guest], "officers", actor=SECRETARIAT, at=AT)[guest.pk]["name"]


def everything_stored() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM vault_tests_guest")
        rows = cursor.fetchall()
    return b"|".join(
        bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
        for row in rows
        for cell in row
    )


class TestRoundTrip(TestCase):
    @settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
    @whatever(st.text(st.characters(codec=None, exclude_categories=()), max_size=60))
    def test_any_text_comes_back_as_it_was(self, text: str) -> None:
        guest = Guest.objects.create(name=text)

        assert name_of(Guest.objects.get(pk=guest.pk)) == text


def test_the_database_holds_neither_text_nor_its_parts() -> None:
    Guest.objects.create(name=NAME, phone="+7 701 000 00 00", papers=b"Passport N1234567")

    stored = everything_stored()
    assert [
        part for part in ("Клёнова", "Дина", "701", "Passport") if part.encode() in stored
    ] == []


def test_after_assignment_and_after_saving_the_attribute_is_closed() -> None:
    guest = Guest(name=NAME)
    assert str(guest.name) == "•••"

    guest.save()
    assert guest.name.is_stored_form
    guest.refresh_from_db()
    assert isinstance(guest.name, Sealed)


def test_every_way_of_creating_seals() -> None:
    Guest.objects.bulk_create([Guest(name=NAME), Guest(name=NAME)])
    Guest.objects.get_or_create(list_number=3, defaults={"name": NAME})
    Guest.objects.update_or_create(list_number=3, defaults={"name": "Ромашкина Вера"})
    Guest.objects.update_or_create(list_number=4, defaults={"name": NAME})

    names = vault.open(Guest.objects.all(), "officers", actor=SECRETARIAT, at=AT).values()
    assert sorted(name["name"] for name in names) == [NAME, NAME, NAME, "Ромашкина Вера"]
    assert "Клёнова".encode() not in everything_stored()


@pytest.mark.parametrize(
    "value",
    [NAME, NAME.encode(), Value(NAME), F("list_number"), Concat(Value(NAME), F("phone"))],
    ids=["text", "bytes", "value", "column", "function"],
)
def test_update_with_anything_unsealed_is_refused(value: object) -> None:
    guest = Guest.objects.create(name="Ромашкина Вера")

    with pytest.raises(PlainTextRefused), transaction.atomic():
        Guest.objects.update(name=value)
    assert name_of(guest) == "Ромашкина Вера"


def test_bulk_update_refuses_plain_text_and_takes_what_is_sealed() -> None:
    guest = Guest.objects.create(name=NAME)
    guest.list_number = 5
    Guest.objects.bulk_update([guest], ["list_number", "name"])
    assert name_of(Guest.objects.get(list_number=5)) == NAME

    guest.name = "Ромашкина Вера"
    with pytest.raises(TypeError), transaction.atomic():
        Guest.objects.bulk_update([guest], ["name"])
    assert name_of(Guest.objects.get(pk=guest.pk)) == NAME


def test_nothing_but_text_can_be_assigned_to_a_text() -> None:
    with pytest.raises(TypeError, match="takes text, not int"):
        Guest(name=5)
    with pytest.raises(TypeError, match="takes text, not Value"):
        Guest(name=Value(NAME))
    with pytest.raises(TypeError, match="takes bytes, not str"):
        Guest(papers=NAME)


def test_looking_for_a_text_in_the_sealed_column_is_refused() -> None:
    with pytest.raises(FieldError):
        Guest.objects.filter(name__contains="Клён")
    for question in ({"name": NAME}, {"name__in": [NAME]}):
        with pytest.raises(PlainTextRefused):
            Guest.objects.filter(**question).exists()
    with pytest.raises(PlainTextRefused):
        Guest.objects.get_or_create(name=NAME)


def test_lists_sort_and_filter_without_opening() -> None:
    for number in (2, 3, 1):
        Guest.objects.create(list_number=number, name=NAME, phone="1" if number > 1 else None)

    listed = Guest.objects.filter(phone__isnull=False).order_by("list_number")
    assert [guest.list_number for guest in listed] == [2, 3]
    assert {type(name) for name in Guest.objects.values_list("name", flat=True)} == {Sealed}


def test_no_form_shows_or_takes_a_sealed_field() -> None:
    guest = Guest.objects.create(name=NAME)

    assert list(modelform_factory(Guest, fields="__all__")(instance=guest).fields) == [
        "list_number",
        "party",
        "note",
    ]
    with pytest.raises(FieldError):
        modelform_factory(Guest, fields=["name"])
    assert "name" not in model_to_dict(guest)


def test_a_dump_of_the_table_is_sealed_and_can_be_read_again() -> None:
    guest = Guest.objects.create(name=NAME, papers=b"1")

    dumped = json.loads(serializers.serialize("json", Guest.objects.all()))[0]["fields"]
    field = Guest._meta.get_field("name")

    assert NAME not in dumped.values()
    assert field.to_python(dumped["name"]).sealed_bytes() == guest.name.sealed_bytes()
    with pytest.raises(ValueError):
        field.to_python("Ромашкина Вера")
    with pytest.raises(SealBroken):
        field.to_python("UmFtYXNo")


def test_what_is_nothing_stays_nothing_and_what_is_empty_stays_empty() -> None:
    guest = Guest.objects.create(name="", phone=None)

    opened = vault.open([guest], "officers", actor=SECRETARIAT, at=AT)
    assert opened == {guest.pk: {"name": "", "phone": None}}
    with pytest.raises(DatabaseError), transaction.atomic():
        Guest.objects.create()


def test_a_sealed_text_moved_to_another_field_or_table_does_not_open() -> None:
    guest = Guest.objects.create(name=NAME)
    host = Host.objects.create(name="Ромашкина Вера", nickname=guest.name)
    with pytest.raises(SealBroken):
        vault.open([host], "officers", actor=SECRETARIAT, at=AT)

    Guest.objects.update(phone=guest.name)
    with pytest.raises(SealBroken):
        vault.open(Guest.objects.all(), "officers", actor=SECRETARIAT, at=AT)


def test_a_sealed_text_moved_to_another_scope_does_not_open_and_is_not_saved() -> None:
    guest = Guest.objects.create(name=NAME, party=1)
    Guest.objects.update(party=2)
    with pytest.raises(SealBroken):
        vault.open(Guest.objects.all(), "officers", actor=SECRETARIAT, at=AT)

    guest.party = 2
    with pytest.raises(ValueError, match="was not sealed in body-2"), transaction.atomic():
        guest.save()


def test_a_record_without_a_scope_is_not_saved() -> None:
    with pytest.raises(ValueError, match="body-None"), transaction.atomic():
        Guest.objects.create(name=NAME, party=None)


def test_a_failing_save_leaves_no_name_among_the_local_variables_of_its_traceback() -> None:
    guests = {"without a scope": Guest(party=None), "without a number": Guest(list_number=None)}
    for guest in guests.values():
        guest.name, guest.phone = guest_name_and_phone()
        try:
            with transaction.atomic():
                guest.save()
        except (DatabaseError, ValueError) as error:
            told = traceback.TracebackException.from_exception(error, capture_locals=True)
            assert "Клёнова" not in "".join(told.format())
        else:
            pytest.fail("A guest without a scope or a number was saved.")


def guest_name_and_phone() -> tuple[str, str]:
    return "Клёнова Дина", "+7 701 000 00 00"


def test_a_partial_save_keeps_text_and_hash_together() -> None:
    guest = Guest.objects.create(name=NAME)
    guest.name = "Ромашкина Вера"
    for half in (["name"], ["name_hash"]):
        with pytest.raises(ValueError, match="together"):
            guest.save(update_fields=half)

    guest.save(update_fields=["name", "name_hash"])
    assert vault.find(Guest, "name", "Ромашкина Вера", scope="body-1").get() == guest
    assert not vault.find(Guest, "name", NAME, scope="body-1").exists()


def test_a_partial_save_of_something_else_touches_neither() -> None:
    guest = Guest.objects.create(name=NAME)
    guest.phone = None
    guest.list_number = 2

    guest.save(update_fields=["phone", "list_number"])

    assert vault.find(Guest, "name", NAME, scope="body-1").get().list_number == 2


@pytest.mark.parametrize("hidden", [["name"], ["name_hash"], ["name", "name_hash"]])
def test_a_record_loaded_in_part_keeps_text_and_hash_together(hidden: list[str]) -> None:
    pk = Guest.objects.create(name=NAME).pk

    part = Guest.objects.defer(*hidden).get(pk=pk)
    part.list_number = 9
    part.save()
    assert vault.find(Guest, "name", NAME, scope="body-1").get().list_number == 9

    part = Guest.objects.defer(*hidden).get(pk=pk)
    part.name = "Ромашкина Вера"
    part.save()
    found = vault.find(Guest, "name", "Ромашкина Вера", scope="body-1").get()
    assert name_of(found) == "Ромашкина Вера"


def test_search_is_exact_but_for_case_spaces_and_yo() -> None:
    guest = Guest.objects.create(name="Клёнова  Дина ")

    for spelling in ("Клёнова Дина", "КЛЕНОВА ДИНА", " клёнова\tдина"):
        assert vault.find(Guest, "name", spelling, scope="body-1").get() == guest
    for other in ("Клёнова", "Клёнова Дин", "Дина Клёнова", ""):
        assert not vault.find(Guest, "name", other, scope="body-1").exists()


def test_search_stays_inside_its_scope() -> None:
    one = Guest.objects.create(name=NAME, party=1)
    two = Guest.objects.create(name=NAME, party=2)

    assert one.name_hash != two.name_hash
    assert vault.find(Guest, "name", NAME, scope="body-2").get() == two
    assert not vault.find(Guest, "name", NAME, scope="body-3").exists()
    assert not VaultKey.objects.filter(scope="body-3").exists()
    with pytest.raises(TypeError, match="no KeyedHash"):
        vault.find(Guest, "phone", "1", scope="body-1")


def test_names_that_look_alike_are_one_for_search() -> None:
    assert normalised("ﬁ Ёлка\u00a0 STRASSE") == normalised("FI ЕЛКА straße")
    assert normalised("Кле\u0308нова") == normalised("Кленова")


@pytest.mark.parametrize("field", Guest._meta.concrete_fields, ids=lambda field: field.name)
def test_a_migration_can_write_the_field_down_and_read_it_again(
    field: models.Field[object, object],
) -> None:
    _name, path, args, options = field.deconstruct()
    again = type(field)(*args, **options)

    assert again.deconstruct()[1:] == (path, args, options)
    written, imports = MigrationWriter.serialize(again)
    assert "editable" not in written or not path.startswith("okil")
    assert all(
        one.startswith(("import okil.foundation.vault.fields", "from django")) for one in imports
    )


def test_a_hash_in_the_wrong_place_is_found_by_check() -> None:
    class Below(models.Model):
        name = SealedText(purpose="officers")
        name_hash = KeyedHash(of="name")
        lost_hash = KeyedHash(of="lost")
        own_hash = KeyedHash(of="name_hash")

        class Meta:
            app_label = "vault_tests"

    found = {error.obj.name: error.msg for error in Below.check() if error.id == "vault.E001"}
    assert found == {
        "name_hash": "Declare 'name_hash' above 'name', the field it hashes.",
        "lost_hash": "There is no field 'lost' to hash.",
        "own_hash": "'name_hash' is not a SealedText.",
    }
    assert Guest.check() == []
