from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.foundation.documents.codes import new_code, read_code, shown_code
from okil.pure.readable import LETTERS, READ_AS

CODE = "K7F4E2ACMN30"
LOOK_ALIKE = ["0ODQ", "1IL", "2Z", "5S", "6G", "8B", "UV"]


def test_a_new_code_is_read_as_itself() -> None:
    code = new_code()

    assert len(code) == 12
    assert read_code(code) == code
    assert read_code(shown_code(code)) == code


def test_no_two_letters_of_a_code_look_alike() -> None:
    for signs in LOOK_ALIKE:
        assert len(set(signs) & set(LETTERS)) == 1, signs


@pytest.mark.parametrize(
    "typed",
    [
        "K7F4-E2AC-MN30",
        " k7f4 e2ac mn30 ",
        "k7f4e2acmn3o",
        "K7F4-EZAC-MN3D",
        "К7F4–Е2АС–МN30",  # Cyrillic К, Е, А, С, М
        "k7f4.e2ac.mn30",
    ],
)
def test_a_code_is_understood_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == CODE


@pytest.mark.parametrize("typed", ["", "K7F4-E2AC-MN3", CODE + "0", "K7F4E2ACMN3Ж", "ß" * 12])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) == ""


@given(st.text(max_size=40))
def test_whatever_is_typed_gives_a_code_or_nothing(typed: str) -> None:
    read = read_code(typed)

    assert read == "" or (len(read) == 12 and read_code(read) == read)


def test_every_sign_is_read_as_one_of_ours() -> None:
    assert set(READ_AS.values()) <= set(LETTERS)
