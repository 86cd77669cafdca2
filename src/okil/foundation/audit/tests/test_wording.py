from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from okil.foundation.audit import wording
from okil.foundation.audit.tests import given

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wordings_are_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "_wordings", {})


def test_an_event_nobody_gave_words_is_told_by_its_code() -> None:
    assert given.entry("round.moved").sentence() == "round.moved"


def test_gaps_are_filled_from_after_and_before() -> None:
    wording.register("round.moved", lazystr("From {before_state} to {state}, until {until}."))
    entry = given.entry(before={"state": "a", "until": "2026-09-12"}, after={"state": "b"})

    assert entry.sentence() == "From a to b, until 2026-09-12."


def test_a_code_is_said_in_words_where_the_area_knows_them() -> None:
    names = {"voting": "голосование", "registration": "регистрация"}
    wording.register("round.moved", "{before_state} → {state}", state=names.__getitem__)
    entry = given.entry(before={"state": "registration"}, after={"state": "voting"})

    assert entry.sentence() == "регистрация → голосование"


def test_a_gap_without_a_fact_is_shown_as_a_gap() -> None:
    wording.register("round.moved", "To {state}, {days} days, {numbers}.")
    entry = given.entry(after={"days": None, "numbers": [1, 2]})

    assert entry.sentence() == "To …, – days, 1, 2."


def test_a_sentence_is_said_in_the_language_of_the_reader() -> None:
    wording.register("question.answered", _("Yes"))
    entry = given.entry("question.answered")

    said = {}
    for language in ("ru", "kk", "en"):
        with translation.override(language):
            said[language] = entry.sentence()

    assert said == {"ru": "Да", "kk": "Иә", "en": "Yes"}


def test_two_packages_cannot_give_one_event_different_words() -> None:
    wording.register("round.moved", "One")

    with pytest.raises(ValueError, match=r"round\.moved"):
        wording.register("round.moved", "Another")
