from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from okil.areas.elections.forms.term_history import TermHistoryField, held_of, said_of, typed_of
from okil.areas.elections.tests import given
from okil.areas.elections.views.term_history import terms_answer
from okil.areas.elections.wording.term_history import FAULTS
from okil.foundation.web.forms import OkilForm
from okil.pure.rules import term_history as rule
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import State

TWO_TERMS = "member 2018-2021 this\nmember 2021-2024 this"


class AForm(OkilForm):
    term_history = TermHistoryField(this_year=2024)


def row(number: int, **said: str) -> dict[str, str]:
    usual = {"position": "member", "from": "2018", "to": "2021", "group": "this"}
    return {f"term_history-{number}-{name}": value for name, value in {**usual, **said}.items()}


def test_rows_become_the_lines_that_are_kept() -> None:
    form = AForm({**row(1), **row(4, **{"from": "2021", "to": "2024"})})

    assert form.is_valid()
    assert form.cleaned_data["term_history"] == TWO_TERMS


def test_nothing_filled_in_is_nothing_kept() -> None:
    form = AForm({})

    assert form.is_valid()
    assert form.cleaned_data["term_history"] == ""


def test_a_mistake_is_told_with_its_row_and_what_was_typed_stays() -> None:
    form = AForm({**row(1), **row(2, **{"from": "21", "to": "2024"})})

    with translation.override("en"):
        assert form.errors["term_history"] == ["Row 2: write the year with four digits."]
    page = form["term_history"].as_widget()
    assert 'value="21"' in page
    assert 'value="2018"' in page


def test_the_folded_rows_open_where_something_is_written_in_them() -> None:
    assert "<details>" in AForm({**row(1)})["term_history"].as_widget()
    assert "<details open>" in AForm({**row(4)})["term_history"].as_widget()


def test_what_is_kept_comes_back_into_the_form() -> None:
    form = AForm(initial={"term_history": TWO_TERMS + "\nalternate 2015- other doubtful"})

    page = form["term_history"].as_widget()
    assert [page.count(f'value="{year}"') for year in (2015, 2018, 2021, 2024)] == [1, 1, 2, 1]
    assert page.count(" checked") == 2
    assert typed_of(TWO_TERMS)[0] == {**typed_of(TWO_TERMS)[1], "from": "2018", "to": "2021"}


def test_own_words_of_an_older_application_are_shown_and_not_read() -> None:
    assert held_of("Была в 2018 году.") == ()
    assert said_of("Была в 2018 году.") == ["Была в 2018 году."]
    assert AForm(initial={"term_history": "Была."})["term_history"].as_widget()


def test_the_commission_reads_a_sentence_for_each_row() -> None:
    with translation.override("en"):
        told = said_of("member 2018-2021 this\nalternate 2021- unsure doubtful")

    assert told == [
        "2018–2021, member, for this group",
        "2021–, alternate, I do not know for which group, held now, the years are not certain",
    ]


def test_every_fault_has_its_words() -> None:
    codes = {
        fault.code
        for typed in (
            {"position": ""},
            {"from": ""},
            {"from": "1"},
            {"from": "1999"},
            {"from": "2030"},
            {"to": ""},
            {"to": "2017"},
            {"still": "on"},
            {"group": ""},
        )
        for fault in rule.read(
            [{"position": "member", "from": "2018", "to": "2021", "group": "this", **typed}],
            this_year=2024,
        ).faults
    }

    assert codes | {"rows-overlap", "too-many-rows"} == set(FAULTS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("", "free"),
        (TWO_TERMS, "exhausted"),
        ("alternate 2018-2021 this\nmember 2021-2024 this", "cannot_decide"),
    ],
)
@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_answer_has_its_reasons_and_articles(said: str, answer: str, language: str) -> None:
    election = given.election(State.REGISTRATION)

    with translation.override(language):
        found = terms_answer(said, election, Regulation(), place="member")
        page = render_to_string("elections/_terms_answer.html", {"terms": found})

    assert (found["code"], found["reasons"] != []) == (answer, True)
    assert "REG-24" in page
    assert all(_plain(reason) in page for reason in found["reasons"])


def _plain(text: Any) -> str:
    return str(text).replace("'", "&#x27;")
