"""Voters from files: read as organisers have them, refused in words, taken over whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions.voters import enter_voter, enter_voters
from okil.areas.elections.forms.voter_files import MOST_ROWS, VoterFileForm
from okil.areas.elections.forms.voter_tables import NotATable, rows_of
from okil.areas.elections.models import Election, Voter
from okil.areas.elections.tests import given as worlds
from okil.areas.elections.tests.given import voter_files as files
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.tests.test_pages import MOST_QUERIES
from okil.areas.elections.tests.test_voters_pages import address, browser, day, registering
from okil.foundation import vault
from okil.foundation.audit import Actor, entries_of
from okil.foundation.web.tests.pages import read
from okil.pure.refusal import Refused

pytestmark = pytest.mark.django_db
PLANTED = files.NAMES[0]
SOUND = files.as_xlsx()  # once: it holds the moment at which it was made, and so do its bytes


def sent(client: Client, election: Election, content: bytes, **more: str) -> Any:
    data = {"kind": "person", "source": "", "act": "check", **more}
    attached = SimpleUploadedFile("Ромашкина.csv", content)
    return client.post(address("voters_file", election), {**data, "file": attached})


def seen_of(response: Any) -> str:
    (seen,) = (e["value"] for e in read(response).main.all("input") if e["name"] == "seen")
    return str(seen)


def on_the_roll() -> list[Any]:
    fields = ("number", "region", "organisation", "source", "way")
    return list(Voter.objects.order_by("number").values_list(*fields))


# Reading


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_a_csv_is_read_whatever_program_wrote_it(encoding: str, delimiter: str) -> None:
    rows = [tuple(cell.replace(",", "") for cell in row) for row in files.ROWS]

    found = rows_of(files.as_csv(rows, delimiter=delimiter, encoding=encoding), most_rows=10)

    assert found == [list(files.HEADS), *map(list, rows)]


def test_a_csv_of_an_old_spreadsheet_is_read() -> None:
    assert rows_of(files.as_csv(encoding="cp1251"), most_rows=10)[1][1] == PLANTED


def test_cells_of_a_spreadsheet_are_text_and_a_formula_is_not_reckoned() -> None:
    _heads, row = rows_of(files.with_dates_and_numbers(), most_rows=10)

    assert row == ["17", "=1+1", "Алматы", "", "документы", "26.8.2024"]


def test_of_an_endless_table_one_row_too_many_is_read() -> None:
    endless = files.as_csv([("", "", "Алматы", "", "", "")] * 50)

    assert len(rows_of(endless, most_rows=10)) == 11


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode()))
def test_any_bytes_are_rows_or_no_table(raw: bytes) -> None:
    try:
        found = rows_of(raw, most_rows=20)
    except NotATable:
        return
    assert all(isinstance(cell, str) for row in found for cell in row)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_spreadsheet_with_any_damage_is_rows_or_no_table(data: Any) -> None:
    raw = bytearray(SOUND)
    for _each in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(2, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        rows_of(bytes(raw), most_rows=20)
    except NotATable:
        return


def test_a_column_is_known_by_its_heading_in_three_languages() -> None:
    for heads in (
        ("№", "ФИО", "Область", "НПО", "Кто подтвердил", "Дата согласия"),
        ("Нөмір", "Аты-жөні", "Өңір", "Ұйым", "Кім растайды", "Келісім күні"),
        ("Number", "Pseudonym:", "REGION", "Organization", "Who confirms", "Consent"),
    ):
        form = form_of(files.as_csv(heads=heads))
        assert form.is_valid(), form.errors
        assert [line.facts.region for line in form.lines if line.facts] == [
            "KZ-75",
            "KZ-71",
            "KZ-35",
        ]
        assert not form.has_mistakes


def form_of(content: bytes, **said: str) -> VoterFileForm:
    return VoterFileForm(
        {"kind": "person", "source": "", **said},
        {"file": SimpleUploadedFile("x", content)},
        today=date(2024, 8, 28),
    )


# Numbers of people's documents


def fitting(first_eleven: str) -> str:
    from okil.pure.rules.identity_numbers import is_identity_number

    (found,) = (f"{first_eleven}{d}" for d in range(10) if is_identity_number(f"{first_eleven}{d}"))
    return found


@pytest.mark.parametrize("head", ["ИИН", "Заметки", "ЖСН", ""])
def test_a_column_of_identity_numbers_is_refused_also_when_it_would_be_left_out(head: str) -> None:
    rows = [(*row, fitting("85061530012")) for row in files.ROWS]

    form = form_of(files.as_csv(rows, heads=(*files.HEADS, head)))

    assert not form.is_valid()
    assert [error.code for error in form.errors.as_data()["file"]] == ["number-of-a-person"]


def test_an_identity_number_in_a_cell_is_said_by_line_and_column_and_not_repeated() -> None:
    election = registering()
    number = fitting("85061530012")
    rows = [*files.ROWS, ("", f"Пихтова {number}", "Алматы", "", "документы", "26.8.2024")]

    response = sent(browser("organiser", election), election, files.as_csv(rows), act="take")

    assert response.status_code == 422
    (said,) = (item.text for item in read(response).main.classed("is-bad")[0].all("li"))
    assert said.startswith(("Строка 5", "Line 5"))
    assert number not in response.content.decode()
    assert on_the_roll() == []


# From the file to the roll


@pytest.mark.parametrize("written", [files.as_csv, files.as_xlsx])
def test_a_file_is_shown_and_taken_over_when_it_is_chosen_again(written: Any) -> None:
    election = registering()
    client = browser("organiser", election)

    shown = sent(client, election, written())
    assert shown.status_code == 200
    assert list(read(shown).problems()) == []
    assert on_the_roll() == []
    done = sent(client, election, written(), act="take", seen=seen_of(shown))

    assert done.status_code == 302
    assert on_the_roll() == files.UNDERSTOOD
    row = entries_of(election.chapter).last()
    assert row is not None
    assert (row.event, row.after) == ("voters.imported", {"count": 3, "first": 17, "last": 19})


def test_another_file_than_the_one_shown_is_shown_first() -> None:
    election = registering()
    client = browser("organiser", election)
    seen = seen_of(sent(client, election, files.as_csv()))

    other = sent(client, election, files.as_csv(files.ROWS[:2]), act="take", seen=seen)
    otherwise = sent(client, election, files.as_csv(), act="take", seen=seen, kind="organisation")

    assert (other.status_code, otherwise.status_code) == (200, 200)
    assert read(other).main.classed("is-warn")
    assert on_the_roll() == []


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("", "Пихтова", "Карагонда", "", "со слов", "26.8.2024"), "Регион"),
        (("", "Пихтова", "Алматы", "", "со слов", "32.8.2024"), "День согласия"),
        (("", "Пихтова", "Алматы", "", "со слов", "26.8.2025"), "День согласия"),
        (("", "Пихтова", "Алматы", "", "сорока", "26.8.2024"), "Кто подтверждает"),
        (("минус", "Пихтова", "Алматы", "", "со слов", "26.8.2024"), "Номер"),
        (("100000", "Пихтова", "Алматы", "", "со слов", "26.8.2024"), "Номер"),
        (("17", "Пихтова", "Алматы", "", "со слов", "26.8.2024"), "Номер"),
        (("", "ромашкина  аида", "Алматы", "", "со слов", "26.8.2024"), "Имя"),
        (("", "Калинина Ирина", "Алматы", "", "со слов", "26.8.2024"), "Имя"),
        (("", "П" * 300, "Алматы", "", "со слов", "26.8.2024"), "Имя"),
    ],
)
def test_of_a_file_with_one_mistake_nothing_is_entered(row: Any, column: str) -> None:
    election = registering()
    given_voters.voter(election, name="Калинина Ирина")
    client = browser("organiser", election)

    response = sent(client, election, files.as_csv([*files.ROWS, row]), act="take")

    assert response.status_code == 422
    said = [item.text for item in read(response).main.classed("is-bad")[0].all("li")]
    assert len(said) == 1
    assert "5" in said[0]
    assert column in said[0]
    assert Voter.objects.count() == 1


def test_the_mistakes_of_a_bad_file_are_told_up_to_a_hundred() -> None:
    election = registering()
    rows = [("", "", "Нигде", "", "документы", "26.8.2024")] * 3000

    response = sent(browser("organiser", election), election, files.as_csv(rows))

    assert response.status_code == 422
    assert len(read(response).main.classed("is-bad")[0].all("li")) == 100
    assert list(read(response).problems()) == []


def test_what_the_file_leaves_out_is_said_once_for_all() -> None:
    election = registering()
    client = browser("organiser", election)
    content = files.as_csv([("UIC-7",), ("UIC-8",)], heads=("Код",))
    more = {"source": "organisation", **day("consented_on", "20 8 2024")}

    assert sent(client, election, content).status_code == 422
    seen = seen_of(sent(client, election, content, **more))
    assert sent(client, election, content, act="take", seen=seen, **more).status_code == 302

    assert [(n, way) for n, _region, _org, _source, way in on_the_roll()] == [
        (1, "file"),
        (2, "file"),
    ]


# How to reach somebody, and an organisation's number

MORE_HEADS = (
    ("Имя", "Организация", "Контакты", "БИН"),
    ("Аты-жөні", "Ұйым", "Байланыс", "БСН"),
    ("Name", "Organisation", "E-mail", "Registration number"),
)
ONE = ("Ромашкина Аида", "Фонд «Дала»", "+7 702 555 98 76", "050440001234")
OTHER = ("Клёнова Вера", "Фонд «Гүлдер»", "через Сауле", "050440001235")


def of_organisations(**more: str) -> dict[str, str]:
    told = {"kind": "organisation", "source": "papers", **day("consented_on", "20 8 2024")}
    return {**told, **more}


@pytest.mark.parametrize("heads", MORE_HEADS)
def test_how_to_reach_somebody_is_sealed_and_a_register_number_is_kept(heads: Any) -> None:
    election = registering()
    client = browser("organiser", election)
    content = files.as_csv([ONE, OTHER], heads=heads)
    seen = seen_of(sent(client, election, content, **of_organisations()))

    done = sent(client, election, content, **of_organisations(act="take", seen=seen))

    assert done.status_code == 302
    voters = Voter.objects.order_by("number")
    assert [voter.organisation_number for voter in voters] == [ONE[3], OTHER[3]]
    reader = Actor("organiser", 1)
    told = vault.open(voters, "roll", actor=reader, at=given_voters.ENTERED_AT, only=["contact"])
    assert [told[voter.pk]["contact"] for voter in voters] == [ONE[2], OTHER[2]]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ((*ONE[:3], "850101300121"), "Регистрационный номер организации"),
        ((*ONE[:3], "1" * 41), "Регистрационный номер организации"),
        (("Пихтова", *OTHER[1:]), "Регистрационный номер организации"),
        (("Пихтова", "", "", "050440009999"), "Регистрационный номер организации"),
        (("Пихтова", "", fitting("85061530012"), ""), "Как связаться"),
        (("Пихтова", "", "п" * 201, ""), "Как связаться"),
    ],
)
def test_what_is_wrong_with_them_is_said_by_line_and_column(row: Any, column: str) -> None:
    election = registering()
    client = browser("organiser", election)
    content = files.as_csv([("Ивина", "", "", "050440009999")], heads=MORE_HEADS[0])
    seen = seen_of(sent(client, election, content, **of_organisations()))
    sent(client, election, content, **of_organisations(act="take", seen=seen))

    rows = files.as_csv([OTHER, row], heads=MORE_HEADS[0])
    response = sent(client, election, rows, **of_organisations(act="take"))

    assert response.status_code == 422
    said = [item.text for item in read(response).main.classed("is-bad")[0].all("li")]
    assert len(said) == 1
    assert said[0].startswith(f"Строка 3, {column}")
    assert Voter.objects.count() == 1


def test_people_may_come_from_one_organisation() -> None:
    form = form_of(
        files.as_csv([ONE, ("Пихтова", *ONE[1:])], heads=MORE_HEADS[0]),
        source="papers",
        **day("consented_on", "20 8 2024"),
    )

    assert form.is_valid()
    assert not form.has_mistakes


def test_an_organisation_that_registered_meanwhile_is_not_entered_again() -> None:
    election = registering()
    facts = given_voters.facts(kind="organisation", organisation_number=ONE[3])
    organiser = worlds.organiser_of(election)
    at = given_voters.ENTERED_AT
    enter_voter(election.pk, facts=facts, actor=organiser, at=at)

    another = replace(facts, organisation_number=OTHER[3])
    for others, code in (
        ([facts], "organisation-twice"),
        ([another, another], "organisation-repeated"),
    ):
        with pytest.raises(Refused) as refusal:
            enter_voters(
                election.pk,
                facts=[replace(each, name=bodies.a_name()) for each in others],
                actor=organiser,
                at=at,
            )
        assert refusal.value.code == code
    assert Voter.objects.count() == 1


# Hostile files


@pytest.mark.parametrize("what", files.HOSTILE)
def test_a_hostile_file_is_answered_in_words(what: str) -> None:
    election = registering()

    response = sent(browser("organiser", election), election, files.HOSTILE[what], act="take")

    assert response.status_code == 422
    assert list(read(response).problems()) == []
    assert on_the_roll() == []


def test_a_file_with_too_much_in_it_is_refused() -> None:
    row = ("", "", "Алматы", "", "документы", "26.8.2024")

    for content in (files.as_csv([row] * (MOST_ROWS + 1)), b"\xd0\x98;" * 2_000_000):
        form = form_of(content)
        assert not form.is_valid()
        assert [error.code for error in form.errors.as_data()["file"]] == ["too-large"]


def test_nothing_chosen_is_said_beside_the_field() -> None:
    election = registering()
    client = browser("organiser", election)

    for data in ({}, {"act": "take", "seen": "x", "kind": "person"}, {"file": "text"}):
        response = client.post(address("voters_file", election), data)
        assert response.status_code == 422
        assert list(read(response).problems()) == []


# Whose page it is


def test_the_page_is_light_and_says_no_name_in_title_or_address() -> None:
    election = registering()
    client = browser("organiser", election)

    rows = [("", f"Имя {n}", "Алматы", "", "документы", "26.8.2024") for n in range(60)]
    with CaptureQueriesContext(connection) as queries:
        response = sent(client, election, files.as_csv([*files.ROWS, *rows]))

    page = read(response)
    assert list(page.problems()) == []
    assert len(queries) <= MOST_QUERIES
    assert "Ромашкина" not in page.title
    assert "Ромашкина.csv" not in response.content.decode()


def test_who_may_not_enter_voters_may_not_send_files() -> None:
    election = registering()

    for role in ("secretariat", "commissioner", "observer"):
        assert sent(browser(role, election), election, files.as_csv()).status_code == 404
    assert on_the_roll() == []


def test_after_the_end_a_file_is_kept_and_marked_late() -> None:
    election = registering()
    worlds.it_is(given_voters.LATE_AT)
    client = browser("organiser", election)
    seen = seen_of(sent(client, election, files.as_csv()))

    sent(client, election, files.as_csv(), act="take", seen=seen)

    assert set(Voter.objects.values_list("is_late", flat=True)) == {True}


def test_the_empty_table_can_be_filled_in_and_read_in_each_language() -> None:
    election = registering()
    client = browser("organiser", election)

    for language in ("ru", "kk", "en"):
        url = address("voters_file_empty", election).replace("/ru/", f"/{language}/", 1)
        response = client.get(url)
        form = form_of(response.content)
        assert form.is_valid(), (language, form.errors)
    assert response["Content-Disposition"] == 'attachment; filename="table.csv"'
