"""The sentences about a regulation, in three languages."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given

from okil.pure.rules import regulation_words as words
from okil.pure.rules.regulation import LANGUAGES, QUESTIONS, RULES, Kind, Part, Regulation
from okil.pure.rules.regulation.findings import (
    BREAKS,
    MUST_NAME,
    Finding,
    Level,
    Outcome,
    examine,
)
from okil.pure.rules.tests.regulations import ANY_REGULATION

FILE = files("okil.pure.rules") / "regulation_words.json"
WORDS: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
KAZAKH_LETTERS = re.compile("[әғқңөұүһі]", re.IGNORECASE)
# Whole sentences are meant; a name of one or two words may do without such a letter.
LONG = 40


def _sentences(inside: Any = WORDS, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Everything that is said, by language."""
    if set(inside) == set(LANGUAGES) and all(isinstance(each, str) for each in inside.values()):
        yield path, inside
        return
    for key, value in inside.items():
        if isinstance(value, dict):
            yield from _sentences(value, f"{path}/{key}")


SENTENCES = dict(_sentences())


def _gaps(sentence: str) -> set[str]:
    return {gap for _, gap, _, _ in string.Formatter().parse(sentence) if gap is not None}


def test_the_file_holds_no_object_that_is_neither_a_branch_nor_a_sentence() -> None:
    def leaves(inside: Any) -> Iterator[Any]:
        for value in inside.values():
            if isinstance(value, dict) and set(value) != set(LANGUAGES):
                yield from leaves(value)
            else:
                yield value

    bare = [each for each in leaves(WORDS) if isinstance(each, str)]
    assert set(bare) == {"ru", "en"}  # the language in which a source was written
    assert len(SENTENCES) > 500


@pytest.mark.parametrize("path", list(SENTENCES))
def test_each_sentence_is_there_in_three_languages_each_its_own(path: str) -> None:
    by_language = SENTENCES[path]
    said = {language: text.strip() for language, text in by_language.items()}

    if path.endswith("/hint"):
        assert len({bool(text) for text in said.values()}) == 1
    else:
        assert all(said.values())
    assert said == by_language
    if "/reasons/" in path:
        assert _gaps(said["ru"]) == _gaps(said["kk"]) == _gaps(said["en"])
    if len(said["kk"]) > LONG:
        assert KAZAKH_LETTERS.search(said["kk"])
    assert not KAZAKH_LETTERS.search(said["ru"])
    assert not re.search("[а-яё]", said["en"], re.IGNORECASE)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_rule_has_its_title_reason_wording_and_source(rule: str, language: str) -> None:
    assert words.title(rule, language)
    assert words.why(rule, language)
    assert words.remedy(rule, language)
    quoted = words.quotation(rule, language)
    assert (quoted is None) == rule.startswith("REG-9")
    if quoted:
        assert quoted.text
        assert "20" in quoted.source  # the year of the report or plan
        assert language != "kk" or quoted.is_ours


def test_what_the_source_said_is_not_called_ours_and_our_translation_is() -> None:
    russian, english = words.quotation("REG-19", "ru"), words.quotation("REG-19", "en")
    assert russian is not None
    assert english is not None
    assert russian.text == (
        "зафиксировать в верхнем правом углу Положения дату и реквизиты решения об утверждении"
    )
    assert (russian.is_ours, english.is_ours) == (False, True)

    russian, english = words.quotation("REG-21", "ru"), words.quotation("REG-21", "en")
    assert russian is not None
    assert english is not None
    assert english.text.startswith("Mandate Commissions comprising no more 3 members")
    assert (russian.is_ours, english.is_ours) == (True, False)


def test_nothing_is_worded_that_is_no_rule_question_part_or_answer() -> None:
    assert set(WORDS["rules"]) == set(RULES)
    assert list(WORDS["questions"]) == list(QUESTIONS)
    assert set(WORDS["parts"]) == set(Part)
    assert set(WORDS["levels"]) == set(Level)
    assert set(WORDS["outcomes"]) == set(Outcome)
    codes = {code for question in QUESTIONS.values() for code in question.options}
    assert set(WORDS["options"]) == {code for code in codes if isinstance(code, str)} | {
        "yes",
        "no",
    }
    for name, own in WORDS["options_of"].items():
        assert set(own) <= set(QUESTIONS[name].options)


@pytest.mark.parametrize("name", list(QUESTIONS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_and_each_answer_to_it_is_worded(name: str, language: str) -> None:
    asked = words.question(name, language)
    said = [words.option(name, code, language) for code in QUESTIONS[name].options]

    assert asked[-1] in "?."
    assert words.hint(name, language) != asked
    assert len(set(said)) == len(said)
    assert not any("_" in each for each in said)


def test_a_yes_a_no_a_number_and_a_region_are_worded() -> None:
    assert words.option("organiser_does_not_stand", True, "kk") == "иә"
    assert words.option("organiser_does_not_stand", False, "ru") == "нет"
    assert words.option("commission_size", 3, "en") == "3"
    assert words.option("minimum_turnout_percent", 0, "en") == "0"
    assert words.option("regions", "KZ-75", "ru") == "KZ-75"


def test_one_code_may_mean_another_thing_under_another_question() -> None:
    assert words.option("told_by", "protocol", "en") == "the public version of the protocol"
    assert words.option("archived", "protocol", "en") == "the protocol with its annexes"
    assert words.option("sworn_in", "protocol", "en") == "in the protocol"


@pytest.mark.parametrize("language", LANGUAGES)
def test_parts_levels_and_outcomes_have_their_names(language: str) -> None:
    for named in (
        [words.part(each, language) for each in Part],
        [words.level(each, language) for each in Level],
        [words.outcome(each, language) for each in Outcome],
    ):
        assert all(named)
        assert len(set(named)) == len(named)


def test_silence_is_told_in_the_words_of_the_rule_itself() -> None:
    silent = Finding("REG-90", Level.MUST, Outcome.NOT_REGULATED, ("tie",))

    assert words.message(silent, "en") == "The regulation does not say what to do in a tie."


def test_what_is_left_open_is_told_by_its_question() -> None:
    found = {each.rule: each for each in examine(Regulation(sworn_in="protocol"))}

    assert words.message(found["REG-04"], "en") == (
        "Not everything is said. Without an answer: "
        "Who undertakes in writing to keep personal data confidential?"
    )


def test_codes_in_a_fact_are_told_as_answers() -> None:
    found = {each.rule: each for each in examine(Regulation(sworn=("observer",)))}

    assert words.message(found["REG-04"], "ru") == (
        "Письменного обязательства не дают: члены Мандатной комиссии, организатор."
    )


@given(ANY_REGULATION)
def test_whatever_is_found_is_told_without_a_gap_or_a_code(regulation: Regulation) -> None:
    for finding in examine(regulation):
        for language in LANGUAGES:
            said = words.message(finding, language)
            assert not re.search(r"[{}_]|None|\d{5}|  ", said)


def test_every_reason_in_the_tables_has_its_sentence() -> None:
    reasons = {reason for _, reason in BREAKS.values()} | {
        reason for _, reason in MUST_NAME.values()
    }

    assert reasons <= set(WORDS["reasons"])


def test_tables_are_worded_by_their_columns() -> None:
    for name, question in QUESTIONS.items():
        if question.kind is Kind.ROWS:
            assert all(words.option(name, each, "en") for each in question.options)
