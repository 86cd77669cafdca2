from __future__ import annotations

import io
import zipfile

import pytest
from docx.oxml.ns import qn

from okil.foundation.documents.blocks import (
    Choice,
    Choices,
    Column,
    PageBreak,
    Paragraph,
    Points,
    Room,
    Table,
    Title,
)
from okil.foundation.documents.tests import given, reading
from okil.foundation.documents.word import word

LOCALES = [("ru", "ru-RU"), ("kk", "kk-KZ"), ("en", "en-GB")]


@pytest.mark.parametrize(("language", "locale"), LOCALES)
def test_a_protocol_says_the_same_as_on_paper(language: str, locale: str) -> None:
    words = given.WORDS[language]

    content = word(given.sheet(language=language))

    said = reading.word_text(content)
    for line in (*words["corner"], words["course_text"], *words["points"], words["caption"]):
        assert line in said
    document = reading.word(content)
    languages = document.styles["Normal"].element.rPr.findall(qn("w:lang"))
    assert [one.get(qn("w:val")) for one in languages] == [locale]


def test_heads_are_heads_and_tables_repeat_theirs() -> None:
    document = reading.word(word(given.sheet()))
    styles = [one.style.name for one in document.paragraphs if one.style is not None]

    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") == 6  # with the one over the code
    assert styles.count("List Bullet") == 2
    marked = [table.rows[0]._tr.trPr for table in document.tables]
    assert [one is not None and one.find(qn("w:tblHeader")) is not None for one in marked] == [
        False,  # facts
        True,  # votes
        False,  # signatures
    ]


def test_each_numbered_list_begins_at_one() -> None:
    lists = Points(("а", "б"), numbered=True), Points(("в", "г"), numbered=True)
    document = reading.word(word(given.sheet_of(Title("Проба"), *lists)))

    items = [one for one in document.paragraphs if one.style and one.style.name == "List Number"]
    numbers = [one._p.xpath("./w:pPr/w:numPr/w:numId/@w:val") for one in items]

    assert len(items) == 4
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_it_has_no_author_and_no_name_in_what_is_said_about_it() -> None:
    content = word(given.sheet())
    about = reading.word(content).core_properties

    assert (about.author, about.last_modified_by, about.comments, about.subject) == ("", "", "", "")
    assert about.title == "Протокол о результатах, № 17/2024"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        properties = b"".join(parts.read(name) for name in parts.namelist() if "docProps" in name)
    assert b"python-docx" not in properties
    assert given.NAME.encode() not in properties


def test_its_foot_names_number_and_code() -> None:
    footer = reading.word(word(given.sheet())).sections[0].footer.paragraphs[0]

    assert "№ 17/2024 · версия 1 · код K7F4-E2AC-MN30" in footer.text
    fields = [one.get(qn("w:instr")) for one in footer._p.findall(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_square_stands_in_it_and_is_described() -> None:
    (square,) = reading.word(word(given.sheet())).inline_shapes

    link = "http://localhost:8000/verify/paper/K7F4E2ACMN30/"
    assert square._inline.docPr.get("descr").endswith(link)


def test_a_draft_says_so_on_each_page() -> None:
    document = reading.word(given.draft("kk", "docx"))

    assert document.sections[0].header.paragraphs[0].text == "ЖОБА"


def test_ballots_room_and_breaks_are_written_too() -> None:
    blocks = (
        Title("Бюллетень"),
        Choices((Choice("Ромашкина Аида", "врач"),)),
        Room(2),
        PageBreak(),
        Table((Column("Голоса", is_number=True),), (("1",),)),
        Paragraph("Первая\nвторая"),
    )

    said = reading.word_text(word(given.sheet_of(*blocks)))

    assert "☐\tРомашкина Аида\nврач" in said
    assert said.count("_" * 74) == 2
    assert "Первая\nвторая" in said
