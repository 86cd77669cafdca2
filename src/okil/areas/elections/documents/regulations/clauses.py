"""The clauses that answers become: which sentences are said, and what stands in their gaps.

`words/clauses.json` has for each rule its clauses, and for each clause its sentences:
`when` and `unless` name questions with the answers under which a sentence is said or left out ("said":
any answer; "one", "several": so many); a sentence without `when` is said as soon as its rule has any
answer. A gap is `{question}` or `{question:form}`, where the form is a unit or a table of phrases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from okil.areas.elections.wording.stages import WORDS
from okil.areas.elections.wording.voters import REGIONS
from okil.foundation.web import numbers
from okil.foundation.web.languages import Texts, words_from
from okil.pure.rules import regulation_words
from okil.pure.rules.regulation import (
    QUESTIONS,
    QUESTIONS_OF,
    Kind,
    Regulation,
    is_answered,
    is_asked,
)

TOLD: Mapping[str, Any] = words_from(WORDS / "clauses.json")
GAP = re.compile(r"\{(\w+)(?::(\w+))?\}")
ENDS = (".", "!", "?", "…", ":")
NOTHING = "–"  # an empty cell
HARD_SPACE = "\xa0"
HOW_MANY = ("one", "several")

Sentence = Mapping[str, Any]


@dataclass(frozen=True)
class Answers:
    """A regulation read in one language; `around` is what clauses say beside its answers."""

    regulation: Regulation
    language: str
    around: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str) -> Any:
        """None where nothing is said, or where it is no question under the other answers."""
        if name not in QUESTIONS:
            return self.around.get(name) or None
        asked = is_asked(name, self.regulation) and is_answered(name, self.regulation)
        return getattr(self.regulation, name) if asked else None

    def word(self, name: str, **gaps: object) -> str:
        return word(name, self.language, **gaps)

    def said(self, texts: Mapping[str, str]) -> str:
        return Texts(texts).in_language(self.language)


@dataclass(frozen=True)
class Written:
    """A clause in one language, and the list or the table that follows it."""

    text: str
    items: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def clauses_of(rule: str, answers: Answers) -> Iterator[Written]:
    """None where the regulation says nothing about the rule."""
    questions = QUESTIONS_OF[rule]
    if questions and all(answers.of(name) is None for name in questions):
        return
    for clause in TOLD["rules"][rule]:
        said = [sentence for sentence in clause if _is_said(sentence, answers)]
        if said:
            yield _written(said, answers)


def word(name: str, language: str, **gaps: object) -> str:
    """A phrase of the document itself."""
    return Texts(TOLD["words"][name]).in_language(language).format(**gaps)


def phrase(table: str, option: object, answers: Answers) -> str:
    """An answer in the form that a sentence needs."""
    return answers.said(TOLD["phrases"][table][str(option)])


def capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _is_said(sentence: Sentence, answers: Answers) -> bool:
    when, unless = sentence.get("when", {}), sentence.get("unless", {})
    return all(_meets(answers.of(name), wanted) for name, wanted in when.items()) and not any(
        _meets(answers.of(name), wanted) for name, wanted in unless.items()
    )


def _meets(answer: Any, wanted: Any) -> bool:
    if answer is None:
        return False
    if wanted == "said":
        return True
    chosen = answer if isinstance(answer, tuple) else (answer,)
    if wanted in HOW_MANY:
        return (len(chosen) > 1) is (wanted == "several")
    return any(each in wanted for each in chosen)


def _written(said: Sequence[Sentence], answers: Answers) -> Written:
    text = " ".join(_sentence(each, answers) for each in said)
    last = said[-1]
    if "items" in last:
        return Written(text, items=_items(last["items"], answers))
    if "table" in last:
        return _table(text, last["table"], answers)
    return Written(text)


def _sentence(sentence: Sentence, answers: Answers) -> str:
    template = answers.said(sentence["text"])
    text = GAP.sub(lambda gap: _filled(gap[1], gap[2] or gap[1], answers), template)
    return _ended(capital(text))


def _ended(text: str) -> str:
    return text if text.endswith(ENDS) else f"{text}."


def _items(named: str, answers: Answers) -> tuple[str, ...]:
    """1) one; 2) another."""
    name, _, form = named.partition(":")
    *before, last = (phrase(form or name, each, answers) for each in answers.of(name))
    return (*(f"{each};" for each in before), f"{last}.")


def _table(text: str, name: str, answers: Answers) -> Written:
    keys = QUESTIONS[name].options
    heads = (regulation_words.option(name, key, answers.language) for key in keys)
    rows = tuple(
        tuple(_own_words(row[key], answers) if key in row else NOTHING for key in keys)
        for row in answers.of(name)
    )
    return Written(text, columns=tuple(map(capital, heads)), rows=rows)


# What stands in a gap, by the kind of its question


def _filled(name: str, form: str, answers: Answers) -> str:
    answer = answers.of(name)
    if name not in QUESTIONS:
        return str(answer)
    return FILLED[QUESTIONS[name].kind](answer, form, answers)


def _number(answer: int, form: str, answers: Answers) -> str:
    if form == "percent":
        return numbers.percent(answer, answers.language)
    shown = numbers.number(answer, answers.language)
    if form not in TOLD["units"]:
        return shown
    unit = _counted(answer, TOLD["units"][form][answers.language], answers.language)
    return f"{shown}{HARD_SPACE}{unit}"


def _counted(number: int, forms: Sequence[str], language: str) -> str:
    """Two Russian forms are of a case that knows no "few"."""
    if language == "ru":
        is_one = number % 10 == 1 and number % 100 != 11
        is_few = number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14)
    else:
        is_one, is_few = number == 1, False
    if is_one:
        return forms[0]
    return forms[1] if is_few else forms[-1]


def _choice(answer: object, form: str, answers: Answers) -> str:
    return phrase(form, answer, answers)


def _choices(answer: Sequence[str], form: str, answers: Answers) -> str:
    return _listed([phrase(form, each, answers) for each in answer], answers)


def _regions(answer: Sequence[str], form: str, answers: Answers) -> str:
    return _listed(
        [answers.said(REGIONS[code]) if code in REGIONS else code for code in answer], answers
    )


def _listed(told: Sequence[str], answers: Answers) -> str:
    *before, last = told
    return answers.word("and", first=", ".join(before), last=last) if before else last


def _own_words(answer: Mapping[str, str], answers: Answers) -> str:
    lines = (" ".join(line.split()) for line in answers.said(answer).splitlines())
    return "\n".join(line for line in lines if line)


FILLED: Mapping[Kind, Callable[[Any, str, Answers], str]] = {
    Kind.NUMBER: _number,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.REGIONS: _regions,
    Kind.TEXT: lambda answer, _form, answers: _own_words(answer, answers),
}
