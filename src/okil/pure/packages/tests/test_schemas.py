from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from okil.pure.packages import forms, kinds
from okil.pure.packages.facts import PROTOCOL
from okil.pure.packages.failures import Faulty
from okil.pure.packages.shapes import (
    Day,
    Each,
    Either,
    Fields,
    Flag,
    Maybe,
    Moment,
    Name,
    Named,
    Number,
    Shape,
    Text,
    Texts,
)
from okil.pure.packages.tests import schemas
from okil.pure.packages.tests.spoiling import good, unzipped

SCHEMAS = Path(__file__).parents[5] / "docs" / "schemas"


@pytest.mark.parametrize("name", list(schemas.schemas()))
def test_the_printed_schemas_are_those_of_the_code(name: str) -> None:
    printed = schemas.printed(schemas.schemas()[name])
    assert (SCHEMAS / name).read_text(encoding="utf-8") == printed


def test_every_file_that_a_schema_names_is_there() -> None:
    for name in ("count-input.json", "plan.json"):
        assert f'"$ref": "{name}"' in schemas.printed(schemas.schemas())
        assert (SCHEMAS / name).exists()


def test_the_files_of_a_good_package_have_the_form_of_their_kind() -> None:
    files = unzipped(good())
    forms.MANIFEST.check(json.loads(files.pop(kinds.MANIFEST)), "")
    for path, raw in files.items():
        kinds.read_file(path, raw)
    PROTOCOL.check(json.loads(files[kinds.PUBLIC]), "")


FITS: list[tuple[Shape, list[Any], list[Any]]] = [
    (Text(least=1), ["x"], ["", 1, None]),
    (Text(pattern="[0-9]{2}"), ["12"], ["1", "123", "12\n", "x12"]),
    (Number(), [0, 10**9], [-1, True, 1.0, "1", None, 10**9 + 1]),
    (Flag(), [True, False], [0, 1, None]),
    (Either((1, "a")), [1, "a"], [True, "b", 1.0, None]),
    (Maybe(Flag()), [None, True], [0]),
    (Each(Flag(), most=2, least=1), [[True], [True, False]], [[], [1], [True] * 3, {}]),
    (Named(Number(), key="[ab]"), [{}, {"a": 1}], [{"c": 1}, {"ab": 1}, {"a": "1"}, []]),
    (Fields({"a": Flag()}), [{"a": True}], [{}, {"a": True, "b": 1}, {"a": 1}, [], None]),
    (
        forms.Answer(),
        ["x", 1, True, None, [], ["x", 1], {"ru": "я"}, [{"name": {"ru": "я", "kk": "x"}}]],
        [1.5, [1.5], {"A": "x"}, {"ru": 1.5}, {"x" * 41: "x"}],
    ),
    (Texts(least=1), [{"ru": "я"}], [{}, {"ru": " "}, {"de": "ich"}, {"ru": 1}, "я"]),
    (Name(), ["x", {"kk": "х"}, {}], [1, None, {"kk": 1}]),
    (Day(), ["2024-09-07"], ["2024-13-01", "20240907", "2024-09-07T10:00", 20240907]),
    (
        Moment(),
        ["2024-09-07T10:00:00+05:00", "2024-09-07T10:00:00.000001+00:00"],
        ["2024-09-07T10:00:00", "2024-09-07", "1024-09-07T10:00:00+05:00", "soon", 7],
    ),
    (forms.Fact(), [1, None, "x", [["a", 1]]], [{}, 1.5, [{}]]),
]


@pytest.mark.parametrize(
    ("shape", "good_ones", "bad_ones"), FITS, ids=lambda each: type(each).__name__
)
def test_a_form_takes_what_fits_and_nothing_else(
    shape: Shape, good_ones: list[Any], bad_ones: list[Any]
) -> None:
    for value in good_ones:
        shape.check(value, "here")
    for value in bad_ones:
        with pytest.raises(Faulty):
            shape.check(value, "here")
    assert shape.schema()


def test_a_fault_says_where() -> None:
    with pytest.raises(Faulty) as faulty:
        PROTOCOL.check({**json.loads(unzipped(good())[kinds.INTERNAL]), "cycle": "2024"}, "")
    assert faulty.value.facts == {"place": "cycle"}
