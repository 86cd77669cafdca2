"""Any regulation becomes whole sentences in three languages, and no answer is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from okil.areas.elections.documents.regulations.clauses import (
    GAP,
    TOLD,
    Answers,
    Written,
    clauses_of,
)
from okil.areas.elections.documents.regulations.text import compose
from okil.areas.elections.tests.given import regulation_papers as given_papers
from okil.foundation.documents.kinds import LANGUAGES
from okil.foundation.documents.layout import laid_out
from okil.pure.rules.regulation import (
    QUESTIONS,
    RULES,
    Kind,
    Question,
    Regulation,
    is_answered,
    is_asked,
)
from okil.pure.rules.tests.regulations import ANY_REGULATION, answers_to

NAMES = list(QUESTIONS)
NUMBERS = (0, 1, 2, 3, 4, 5, 11, 12, 21, 22, 25, 100, 101)
LETTERS = "абвгдеәіңqwerty"

_WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=3).map(" ".join)
_TEXTS = st.fixed_dictionaries(dict.fromkeys(LANGUAGES, _WORDS))


def plainly(question: Question) -> st.SearchStrategy[Any]:
    """Any answer; own words in letters, so that a gap or a brace is ours."""
    if question.kind is Kind.TEXT:
        return st.none() | _TEXTS
    if question.kind is Kind.ROWS:
        rows = st.fixed_dictionaries({}, optional=dict.fromkeys(question.options, _TEXTS))
        return st.lists(rows.filter(bool), max_size=2).map(tuple)
    return answers_to(question)


PLAIN_REGULATION = st.builds(
    Regulation, **{name: plainly(question) for name, question in QUESTIONS.items()}
)


def single_answers(question: Question) -> Iterator[Any]:
    match question.kind:
        case Kind.CHOICE:
            yield from question.options
        case Kind.CHOICES:
            yield from ((option,) for option in question.options)
            yield question.options
        case Kind.NUMBER:
            yield from (n for n in NUMBERS if question.least <= n <= question.most)
        case Kind.YES_NO:
            yield from (True, False)
        case Kind.TEXT:
            yield from (dict.fromkeys(LANGUAGES, word) for word in ("одно", "другое"))
        case Kind.ROWS:
            for word in ("одно", "другое"):
                yield (dict.fromkeys(question.options, dict.fromkeys(LANGUAGES, word)),)
        case Kind.REGIONS:
            yield from (("KZ-71",), ("KZ-75",), ("KZ-71", "KZ-75"), ("KZ-00",))


def with_what_asks(name: str) -> dict[str, Any]:
    """The answer without which a question is none."""
    condition = QUESTIONS[name].asked_if
    if condition is None:
        return {}
    other, answers = condition
    return {other: (answers[0],) if QUESTIONS[other].kind is Kind.CHOICES else answers[0]}


def of_rule(rule: str, regulation: Regulation, language: str) -> list[Written]:
    return list(clauses_of(rule, Answers(regulation, language)))


def sentences(clauses: list[Written]) -> str:
    return "\n".join(
        "\n".join(
            (each.text, *each.items, *each.columns, *(cell for row in each.rows for cell in row))
        )
        for each in clauses
    )


def whole(regulation: Regulation, language: str, **changed: Any) -> str:
    """All that the paper says; adopted, unless `approval` says otherwise."""
    facts = given_papers.facts(regulation, **changed)
    return given_papers.text_of(compose(facts, language, "public"))


def assert_whole_sentences(text: str) -> None:
    assert not re.search(r"[{}]|None|True|False", text), text
    assert not re.search(r"  |\s[.,;:!?]|[.,;:]{2}|\(\)", text), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_each_answer_alone_is_said_in_a_sentence_of_its_own(name: str, language: str) -> None:
    rule = QUESTIONS[name].rule
    around = with_what_asks(name)
    without = sentences(of_rule(rule, Regulation(**around), language))

    told = [
        sentences(of_rule(rule, Regulation(**around, **{name: answer}), language))
        for answer in single_answers(QUESTIONS[name])
    ]

    assert without not in told
    assert len(set(told)) == len(told)
    for text in told:
        assert_whole_sentences(text)
        assert text.split("\n")[0].endswith((".", ":"))


@given(PLAIN_REGULATION, st.sampled_from(LANGUAGES))
def test_any_regulation_is_written_without_a_gap(regulation: Regulation, language: str) -> None:
    assert_whole_sentences(whole(regulation, language))
    assert_whole_sentences(whole(regulation, language, approval=None, common=None))


@given(PLAIN_REGULATION, st.sampled_from(NAMES), st.sampled_from(LANGUAGES), st.data())
def test_no_answer_is_lost(
    regulation: Regulation, name: str, language: str, data: st.DataObject
) -> None:
    """Whatever else is answered: without it, or with another one, the adopted text is another."""
    assume(is_asked(name, regulation) and is_answered(name, regulation))
    own = getattr(regulation, name)
    other = data.draw(st.sampled_from(list(single_answers(QUESTIONS[name]))))
    said = whole(regulation, language)

    assert whole(replace(regulation, **{name: getattr(Regulation(), name)}), language) != said
    if other != own:
        assert whole(replace(regulation, **{name: other}), language) != said


@given(PLAIN_REGULATION, st.sampled_from(LANGUAGES))
def test_what_is_not_asked_is_not_said(regulation: Regulation, language: str) -> None:
    idle = [name for name in NAMES if not is_asked(name, regulation)]

    without = replace(regulation, **{name: getattr(Regulation(), name) for name in idle})

    assert whole(regulation, language) == whole(without, language)


@given(ANY_REGULATION, st.sampled_from(LANGUAGES))
def test_whatever_people_wrote_can_be_laid_out(regulation: Regulation, language: str) -> None:
    for approval in (None, given_papers.APPROVAL):
        facts = given_papers.facts(regulation, approval=approval)

        assert laid_out(compose(facts, language, "public"))


def test_a_chat_is_an_addition_only_where_there_is_something_else() -> None:
    [alone] = of_rule("REG-37", Regulation(notice_channels=("chat",)), "ru")
    [beside] = of_rule("REG-37", Regulation(notice_channels=("sites", "chat")), "ru")

    assert "в дополнение" not in alone.text
    assert "в дополнение" in beside.text


def test_own_words_are_put_in_as_they_are() -> None:
    words = {"ru": "Тот,  кто {tie} \n\n живёт {здесь}!"}

    [clause] = of_rule("REG-26", Regulation(voter_definition=words), "kk")

    assert clause.text == (
        "Сайлаушының анықтамасы: Тот, кто {tie}\nживёт {здесь}! Әр сайлаушының бір дауысы бар."
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "ru",
            {
                1: "1 рабочего дня",
                5: "5 рабочих дней",
                11: "11 рабочих дней",
                21: "21 рабочего дня",
            },
        ),
        ("kk", {1: "1 жұмыс күні", 5: "5 жұмыс күні"}),
        ("en", {1: "1 working day ", 5: "5 working days", 21: "21 working days"}),
    ],
)
def test_a_number_bends_what_it_counts(language: str, said: Mapping[int, str]) -> None:
    for number, words in said.items():
        [clause] = of_rule("REG-17", Regulation(told_days=number), language)
        assert words in clause.text.replace("\xa0", " ")


def test_a_few_are_counted_in_a_russian_form_of_their_own() -> None:
    forms = {1: "1 час ", 3: "3 часа ", 12: "12 часов ", 24: "24 часа ", 111: "111 часов "}
    for number, words in forms.items():
        [clause] = of_rule("REG-31", Regulation(closing_hours=number), "ru")
        assert words in clause.text.replace("\xa0", " ")


# The file of words itself


def every_sentence() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for rule, clauses in TOLD["rules"].items():
        for clause in clauses:
            for sentence in clause:
                yield rule, sentence


def test_each_rule_has_its_clauses_and_no_other_has() -> None:
    assert tuple(TOLD["rules"]) == RULES


def test_a_sentence_follows_only_answers_that_can_be_given() -> None:
    for rule, sentence in every_sentence():
        conditions = (*sentence.get("when", {}).items(), *sentence.get("unless", {}).items())
        for name, wanted in conditions:
            if name == "common":
                continue
            question = QUESTIONS[name]
            assert question.rule == rule, name
            if isinstance(wanted, list):
                allowed = question.options or (True, False, *range(question.most + 1))
                assert set(wanted) <= set(allowed), (rule, wanted)
            else:
                assert wanted in ("said", "one", "several"), (rule, wanted)


def test_a_gap_is_filled_only_where_its_question_is_answered() -> None:
    for rule, sentence in every_sentence():
        for language in LANGUAGES:
            for name, form in GAP.findall(sentence["text"][language]):
                assert name in sentence["when"], (rule, name)
                assert not form or form in TOLD["units"] or form in ("percent", "tasks"), form


def test_all_languages_fill_the_same_gaps_and_no_ending_is_glued_to_one() -> None:
    for rule, sentence in every_sentence():
        names = [
            {name for name, _form in GAP.findall(sentence["text"][language])}
            for language in LANGUAGES
        ]
        assert names[0] == names[1] == names[2], rule
        for language in LANGUAGES:
            assert not re.search(r"\}[-\w]|[-\w]\{", sentence["text"][language]), rule
