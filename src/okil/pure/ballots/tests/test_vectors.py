"""The shared vectors are what this code makes; the browser's twin is held to the same files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from okil.pure.ballots import credentials, group
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.tests import vectors

VECTORS = Path(__file__).parents[5] / "tests" / "vectors"


def _stored(name: str) -> Any:
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", list(vectors.FILES))
def test_the_stored_vectors_are_made_again_byte_for_byte(name: str) -> None:
    assert (VECTORS / name).read_text(encoding="utf-8") == vectors.made(name)


@pytest.mark.parametrize("case", _stored("group.json")["elements"], ids=lambda case: case["why"])
def test_an_element_is_accepted_in_one_writing_and_in_the_group_only(case: dict[str, Any]) -> None:
    if case["accepted"]:
        assert str(group.read_member(case["text"], where="here")) == case["text"]
    else:
        with pytest.raises(Malformed):
            group.read_member(case["text"], where="here")


@pytest.mark.parametrize("case", _stored("group.json")["scalars"], ids=lambda case: case["why"])
def test_a_scalar_is_accepted_in_one_writing_and_below_q_only(case: dict[str, Any]) -> None:
    if case["accepted"]:
        assert str(group.read_scalar(case["text"], where="here")) == case["text"]
    else:
        with pytest.raises(Malformed):
            group.read_scalar(case["text"], where="here")


@pytest.mark.parametrize(
    "case", _stored("credentials.json")["typed"], ids=lambda c: repr(c["typed"])
)
def test_what_somebody_types_is_the_code_or_refused(case: dict[str, Any]) -> None:
    if case["code"] is None:
        with pytest.raises(Malformed):
            credentials.typed_code(case["typed"])
    else:
        assert credentials.typed_code(case["typed"]) == case["code"]


def test_the_example_of_the_protocol_gives_its_check_characters() -> None:
    assert credentials.check_characters("23456789ABCDEFGHJKLMNP") == "qL"


def test_chance_that_repeats_itself_cannot_be_reached_from_the_application() -> None:
    source = Path(__file__).parents[4]
    naming = {
        path
        for path in source.rglob("*.py")
        if "tests" not in path.parts and "deterministic" in path.read_text(encoding="utf-8")
    }
    assert naming == set()
