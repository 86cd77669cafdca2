from __future__ import annotations

import pytest

from okil.foundation.documents.blocks import (
    Clause,
    Column,
    Heading,
    Paragraph,
    Points,
    Table,
    Title,
)
from okil.foundation.documents.layout import DRAWN, clean, laid_out
from okil.foundation.documents.pdf import pdf
from okil.foundation.documents.tests import given, reading


def numbers(*clauses: Clause) -> list[str]:
    laid = laid_out([Title("Положение"), *clauses])
    return [block["number"] for block in laid if block["kind"] == "clause"]


def shares(*columns: Column, rows: tuple[tuple[str, ...], ...]) -> list[int]:
    (_title, table) = laid_out([Title("Список"), Table(columns, rows)])
    return [column["share"] for column in table["columns"]]


def test_clauses_are_counted_past_those_that_bring_their_number() -> None:
    counted = numbers(Clause("а"), Clause("б", number="7.2."), Clause("в"))

    assert counted == ["1.", "7.2.", "2."]


def test_only_points_right_after_a_clause_stand_under_it() -> None:
    points = Points(("а",))
    laid = laid_out([Title("Положение"), points, Clause("б:", note="REG-01"), points, points])

    assert [block.get("of_clause") for block in laid] == [None, False, None, True, False]
    assert laid[2] == {"kind": "clause", "number": "1.", "text": "б:", "note": "REG-01"}


def test_a_document_begins_with_its_title() -> None:
    with pytest.raises(ValueError, match="title"):
        laid_out([Heading("1. Общие положения"), Title("Положение")])
    with pytest.raises(ValueError, match="title"):
        laid_out([Paragraph("Без названия")])


def test_a_row_with_too_few_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="cell"):
        laid_out([Title("Список"), Table((Column("а"), Column("б")), (("1",),))])


def test_a_total_with_too_many_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="cell"):
        laid_out([Title("Список"), Table((Column("а"),), (("1",),), total=("1", "2"))])


def test_a_long_text_gets_more_of_the_width_than_a_number() -> None:
    name, votes = shares(
        Column("Кандидат"), Column("Голоса", is_number=True), rows=(("Ромашкина Аида", "74"),)
    )

    assert name > 2 * votes


def test_a_width_that_was_asked_for_is_kept() -> None:
    assert shares(Column("а", width=3), Column("б", width=1), rows=(("x" * 90, "y"),)) == [750, 250]


def test_a_table_without_rows_still_has_its_columns() -> None:
    assert sum(shares(Column("Кандидат"), Column("Голоса"), rows=())) == pytest.approx(1000, abs=2)


def test_what_no_font_draws_becomes_a_square_and_the_rest_stays() -> None:
    assert clean("Аида 😀 мир") == "Аида □ мир"
    assert clean("Қайрат\u202eтызы\u200b") == "Қайраттызы"
    assert clean("й") == "й"  # и and a breve, as some keyboards write it
    assert clean("1\t2\r\n3") == "1 2\n3"
    assert clean("\x00\x1b\ud800\ue000") == "□□□□"


def test_each_letter_we_let_through_is_drawn() -> None:
    letters = [chr(code) for first, last in DRAWN for code in range(first, last + 1)]
    kept = [letter for letter in letters if clean(letter) == letter]

    rows = [" ".join(kept[at : at + 60]) for at in range(0, len(kept), 60)]
    drawn = reading.text(pdf(given.sheet_of(Title("Буквы"), *map(Paragraph, rows))))

    assert len(kept) > 2800
    assert {"Ә", "һ", "І", "₸", "№", "☐", "Ё"} <= set(kept) & set(drawn)
