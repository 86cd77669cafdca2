from __future__ import annotations

import re

import pytest

from okil.foundation.documents.blocks import (
    Choice,
    Choices,
    Clause,
    Code,
    Column,
    Corner,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Points,
    Room,
    SignatureLine,
    Signatures,
    Table,
    Title,
)
from okil.foundation.documents.pdf import pdf
from okil.foundation.documents.tests import given, reading

LANGUAGES = ("ru", "kk", "en")
# What the typesetter would obey if it were handed over as more than text.
MARKUP = (
    '#eval("1 + 1") #import "x" $x^2$ @ref \\ *b* _i_ `raw` <label> // remark /* c */ = Head ~ -- ...'
    " #{panic()} ${1+1} [a](b) \\u{1F600} #sys.inputs \"quoted\" 'single' - item"
)
HASH = "0123456789abcdef" * 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_a_protocol_says_can_be_read_in_each_language(language: str) -> None:
    words = given.WORDS[language]

    said = reading.text(pdf(given.sheet(language=language)))

    assert words["title"].format(group=given.FACTS["group"][language]) in said
    for line in (*words["corner"], words["course_text"], *words["points"], *words["clauses"]):
        assert line in said
    for called, value in words["facts"]:
        assert f"{called} {value}" in said
    assert " ".join(words["columns"]) in said
    assert f"{words['total']} 146 15 161" in said
    for name in (*given.FACTS["commission"], given.NAME, given.PSEUDONYM):
        assert name in said


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ("№ 17/2024 · версия 1 · код K7F4-E2AC-MN30", "это его русская версия")),
        ("kk", ("№ 17/2024 · 1-нұсқа · коды K7F4-E2AC-MN30", "бұл – оның қазақша нұсқасы")),
        ("en", ("No. 17/2024 · version 1 · code K7F4-E2AC-MN30", "this is its English version")),
    ],
)
def test_number_version_and_code_stand_at_the_foot_of_each_page(
    language: str, words: tuple[str, str]
) -> None:
    foot, authority = words

    shown = reading.pages(pdf(given.sheet(language=language)))

    assert len(shown) == 2
    assert all(foot in page for page in shown)
    assert "1 / 2" in shown[0]
    assert "2 / 2" in shown[1]
    assert authority in shown[-1]


def test_a_ballot_paper_carries_nothing_that_marks_it() -> None:
    said = reading.text(pdf(given.sheet(given.BALLOT)))

    assert "Против всех" in said
    for mark in ("17/2024", "K7F4", "версия", "1 / 1", "факты"):
        assert mark not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_it_is_for_archives_and_for_all_readers(language: str) -> None:
    content = pdf(given.sheet(language=language))
    catalog, said = reading.catalog(content), reading.xmp(content)

    assert catalog["/Lang"] == language
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in said
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert f"<rdf:li>{language}</rdf:li>" in said


def test_its_parts_are_tagged_for_what_they_are() -> None:
    tags = reading.tags(pdf(given.sheet()))
    names = [name for name, _alt in tags]

    assert names.count("/H1") == 1
    assert names.count("/H2") == 5
    assert names.index("/H1") < names.index("/H2")
    assert names.count("/TH") == 4
    assert names.count("/TR") == 1 + 3 + 1
    assert {"/L", "/LI", "/Caption", "/THead", "/TBody", "/Link"} <= set(names)


def test_the_square_leads_to_the_checking_page_and_says_so_to_who_cannot_see_it() -> None:
    link = "http://localhost:8000/verify/paper/K7F4E2ACMN30/"

    content = pdf(given.sheet())

    described = [alt for name, alt in reading.tags(content) if name == "/Figure"]
    assert described == [f"Квадратный код, ведёт на страницу проверки: {link}"]
    assert reading.links(content) == [link]


def test_without_a_place_of_its_own_the_square_stands_at_the_foot() -> None:
    plain = given.sheet_of(Title("Справка"), Paragraph("Текст"))
    placed = given.sheet_of(Title("Справка"), Paragraph("Текст"), Code())

    assert plain.has_square_in_footer
    assert not placed.has_square_in_footer
    assert "K7F4-E2AC-MN30" in reading.text(pdf(plain))


def test_the_same_facts_give_the_same_bytes() -> None:
    assert pdf(given.sheet()) == pdf(given.sheet())


def test_metadata_names_the_kind_and_the_number_and_no_person() -> None:
    content = pdf(given.sheet())
    facts = reading.metadata(content)

    assert facts["/Title"] == "Протокол о результатах, № 17/2024"
    assert facts["/CreationDate"] == facts["/ModDate"] == "D:20240907084015Z"
    assert set(facts) == {"/Title", "/Creator", "/CreationDate", "/ModDate"}
    for name in (given.NAME, given.PSEUDONYM, "Самал", "Клюквина"):
        assert name not in reading.xmp(content)
        assert name not in str(facts)


@pytest.mark.parametrize(
    "blocks",
    [
        (Title(MARKUP, above=MARKUP),),
        (Title("Проба"), Paragraph(MARKUP), Paragraph(MARKUP, small=True), Heading(MARKUP)),
        (Title("Проба"), Corner((MARKUP,)), Clause(MARKUP), Clause("б", number=MARKUP)),
        (Title("Проба"), Points((MARKUP,)), Points((MARKUP,), numbered=True)),
        (Title("Проба"), Facts(((MARKUP, MARKUP),), caption=MARKUP)),
        (Title("Проба"), Table((Column(MARKUP),), ((MARKUP,),), caption=MARKUP, total=(MARKUP,))),
        (Title("Проба"), Signatures((SignatureLine(MARKUP, MARKUP, MARKUP),))),
        (Title("Проба"), Choices((Choice(MARKUP, MARKUP),))),
    ],
)
def test_signs_of_the_typesetter_are_shown_and_never_obeyed(blocks: tuple[Title, ...]) -> None:
    planted = str(blocks).count(repr(MARKUP))

    said = reading.text(pdf(given.sheet_of(*blocks)))

    assert planted >= 1
    # Narrow columns wrap, and a wrapped line has no sign of it: spaces are left out on both sides.
    assert said.replace(" ", "").count(MARKUP.replace(" ", "")) == planted


def test_the_template_takes_texts_from_nowhere_but_the_handed_over_facts() -> None:
    template = given.TEMPLATE.read_text(encoding="utf-8")

    assert re.findall(r"\b(?:eval|read|plugin)\(|#(?:include|import)", template) == []
    assert template.count("sys.inputs") == 1


@pytest.mark.parametrize(("language", "word"), [("ru", "ПРОЕКТ"), ("kk", "ЖОБА"), ("en", "DRAFT")])
def test_a_draft_says_so_across_each_page_and_has_no_code(language: str, word: str) -> None:
    content = given.draft(language)
    said = reading.pages(content)

    assert all(page.count(word) == 2 for page in said)  # across it, and at its foot
    assert given.PLACE.code[:4] not in " ".join(said)
    assert "verify/paper" not in " ".join(said)
    assert "____" in said[0]


def test_a_draft_is_the_same_whenever_it_is_made() -> None:
    assert given.draft("ru") == given.draft("ru")
    assert "pdfaid" not in reading.xmp(given.draft("ru"))


def test_the_head_of_a_long_table_stands_on_each_page() -> None:
    rows = tuple((str(at), f"Ромашкина {at}") for at in range(1, 201))
    table = Table(
        (Column("Номер", is_number=True), Column("Кандидат")), rows, total=("200", "Итого")
    )

    shown = reading.pages(pdf(given.sheet_of(Title("Список"), table)))

    assert len(shown) > 4
    assert all("Номер Кандидат" in page for page in shown)
    assert [page for page in shown if "200 Итого" in page] == shown[-1:]


def test_a_long_word_breaks_and_stays_whole_for_who_copies_it() -> None:
    narrow = Table(tuple(Column(f"К{at}") for at in range(6)), ((HASH,) * 6,))

    said = reading.text(pdf(given.sheet_of(Title("Отпечаток"), Paragraph(HASH), narrow)))

    assert said.replace(" ", "").count(HASH) >= 1
    assert said.replace(" ", "").count("0123456789") >= 8


def test_a_hash_in_a_paragraph_is_copied_as_it_is() -> None:
    content = pdf(given.sheet_of(Title("Отпечаток"), Paragraph(f"Отпечаток: {HASH[:64]}")))

    assert HASH[:64] in reading.reader(content).pages[0].extract_text()


def test_room_breaks_and_empty_lists_are_no_trouble() -> None:
    empty = (Points(()), Facts(()), Signatures(()), Choices(()))

    shown = reading.pages(
        pdf(given.sheet_of(Title("Лист"), Room(4), PageBreak(), *empty, Paragraph("Конец")))
    )

    assert len(shown) == 2
    assert shown[1].startswith("Конец")
