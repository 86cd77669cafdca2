from __future__ import annotations

from typing import Any

import pytest

from okil.pure.hashchain import BEGINNING, row_hash
from okil.pure.packages.failures import Faulty
from okil.pure.packages.journal import require_head, require_standing, require_whole, standing

Row = dict[str, Any]
OTHER = "f" * 64


def rows_numbered(*numbers: int, first: str = BEGINNING) -> list[Row]:
    """Rows of one election, linked where their numbers are neighbours."""
    rows: list[Row] = []
    for number in numbers:
        previous_hash = first
        if rows:
            is_neighbour = rows[-1]["number"] == number - 1
            previous_hash = rows[-1]["hash"] if is_neighbour else OTHER
        content = {"number": number, "chapter": "election-9"}
        digest = row_hash(previous_hash, content)
        rows.append({**content, "previous_hash": previous_hash, "hash": digest})
    return rows


def fault_of(rows: list[Row], length: int, last_hash: str) -> str | None:
    try:
        require_whole(rows, {"length": length, "last_hash": last_hash})
    except Faulty as faulty:
        return str(faulty)
    return None


def test_a_journal_from_its_first_row_on_is_whole() -> None:
    rows = rows_numbered(1, 2, 3)
    assert fault_of(rows, 3, rows[-1]["hash"]) is None
    assert fault_of(rows, 9, OTHER) is None


def test_the_first_row_names_the_beginning() -> None:
    rows = rows_numbered(1, 2, first=OTHER)
    assert fault_of(rows, 9, OTHER) == "row-not-linked, number 1"
    assert fault_of(rows_numbered(2, 3, first=OTHER), 9, OTHER) is None


def test_only_rows_with_neighbouring_numbers_name_each_other() -> None:
    assert fault_of(rows_numbered(4, 6, 8, first=OTHER), 9, OTHER) is None
    unlinked = [*rows_numbered(4, first=OTHER), *rows_numbered(5, first=OTHER)]
    assert fault_of(unlinked, 9, OTHER) == "row-not-linked, number 5"


def test_a_row_comes_once() -> None:
    (row,) = rows_numbered(4, first=OTHER)
    assert fault_of([row, row], 9, OTHER) == "rows-out-of-order, number 4"


def test_the_last_row_may_be_the_journals_last_and_none_may_come_after_it() -> None:
    rows = rows_numbered(4, 5, first=OTHER)
    assert fault_of(rows, 5, rows[-1]["hash"]) is None
    assert fault_of(rows, 5, OTHER) == "head-differs, number 5"
    assert fault_of(rows, 4, rows[0]["hash"]) == "row-after-the-head, number 5"


def test_the_row_after_a_head_names_its_hash_even_if_the_heads_row_is_another_elections() -> None:
    rows = rows_numbered(4, 6, first=OTHER)
    require_head(rows, {"length": 5, "last_hash": OTHER})
    with pytest.raises(Faulty, match="head-differs, number 6"):
        require_head(rows, {"length": 5, "last_hash": "0" * 64})
    require_head(rows, {"length": 7, "last_hash": "0" * 64})


def test_facts_know_no_more_of_the_journal_than_the_package() -> None:
    rows = rows_numbered(4, 5, first=OTHER)
    said = standing(rows, length=5, last_hash=rows[-1]["hash"])
    require_standing(rows, said, {"length": 5, "last_hash": rows[-1]["hash"]})
    with pytest.raises(Faulty, match="facts-after-the-head"):
        require_standing(rows, said, {"length": 4, "last_hash": rows[0]["hash"]})
