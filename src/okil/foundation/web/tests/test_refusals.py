from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms

from okil.foundation.web import refusals
from okil.pure.refusal import Refused


class Asked(forms.Form):
    day = forms.CharField()
    other = forms.CharField()


@pytest.fixture(autouse=True)
def _words_of_this_test() -> Iterator[None]:
    tables: list[dict[str, Any]] = [refusals._sentences, refusals._words, refusals._beside]
    known = [dict(each) for each in tables]
    refusals.register(
        {"test-too-late": "Too late by {count}, {role}."},
        beside={"test-too-late": ("elsewhere", "day")},
        role=str.upper,
    )
    yield
    for kept, before in zip(tables, known, strict=True):
        kept.clear()
        kept.update(before)


def test_a_refusal_is_a_sentence_with_its_facts_in_words() -> None:
    refused = Refused("test-too-late", count=2, role="observer")
    assert refusals.sentence(refused) == "Too late by 2, OBSERVER."


def test_a_refusal_nobody_worded_is_its_code() -> None:
    assert refusals.sentence(Refused("test-nobody-knows")) == "test-nobody-knows"


def test_a_refusal_stands_at_the_first_of_its_fields_that_the_form_has() -> None:
    form = Asked({"day": "1", "other": "2"})
    refusals.add_to(form, Refused("test-too-late", count=1, role="x"))
    assert list(form.errors) == ["day"]


def test_a_refusal_without_a_field_stands_above_the_form() -> None:
    form = Asked({"day": "1", "other": "2"})
    refusals.add_to(form, Refused("test-nobody-knows"))
    assert form.non_field_errors() == ["test-nobody-knows"]


def test_two_sentences_for_one_refusal_are_a_fault() -> None:
    with pytest.raises(ValueError, match="has words already"):
        refusals.register({"test-too-late": "Something else."})


def test_a_place_for_a_refusal_that_does_not_exist_is_a_fault() -> None:
    with pytest.raises(ValueError, match="No such refusals"):
        refusals.register({}, beside={"test-nobody-knows": ("day",)})
