"""A group's Election Regulation as it is adopted (7.28): from the facts alone, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from okil.areas.elections.documents.regulations.clauses import (
    Answers,
    Written,
    capital,
    clauses_of,
    phrase,
    word,
)
from okil.foundation.documents.blocks import (
    Block,
    Clause,
    Column,
    Corner,
    Heading,
    PageBreak,
    Paragraph,
    Points,
    Room,
    Table,
    Title,
)
from okil.foundation.web import dates
from okil.pure.rules import regulation_words
from okil.pure.rules.regulation import RULES_OF, Part, open_questions, regulation_from

Facts = Mapping[str, Any]

LEFT_OPEN = "●"  # stands where a clause would have its number
BY_HAND = "_" * 34
LINES_OF_FIELD = {"basis_of_belonging": 2}
LINES_WITHOUT_FIELDS = 6


def compose(facts: Facts, language: str, audience: str) -> list[Block]:
    """Whole only when it is adopted; until then a draft, which says what is left open."""
    answers = Answers(
        regulation_from(facts["answers"]), language, _around(facts["common"], language)
    )
    names = {"group": answers.said(facts["group"]), "body": answers.said(facts["body"])}
    blocks: list[Block] = [
        Corner(tuple(_approval(facts["approval"], answers, names["group"]))),
        Title(answers.word("title", **names)),
        Paragraph(answers.word("preamble", **names)),
        Paragraph(answers.word("terms", **names)),
    ]
    if facts["approval"]:
        blocks.append(Paragraph(" ".join(_edition(facts, answers))))
    number = 0
    for part in Part:
        if within := list(_part(part, number + 1, facts, answers)):
            number += 1
            head = regulation_words.part(part, language)
            blocks += [Heading(f"{number}. {head}"), *within]
    if answers.of("voter_form_annexed"):
        blocks += _voter_form(answers, names["group"])
    return blocks


def _around(common: Facts | None, language: str) -> dict[str, str]:
    """The decision that holds for all groups, as a clause names it."""
    if common is None:
        return {}
    day = dates.day(date.fromisoformat(common["made_on"]), language, "dated")
    name = "common_numbered" if common["number"] else "common"
    return {
        "common": word(name, language, made_by=common["body"], day=day, number=common["number"])
    }


def _approval(approval: Facts | None, answers: Answers, group: str) -> Iterator[str]:
    """Top right (REG-19): who, in which form, which group, when, which number; lines, where unknown."""
    yield answers.word("approved")
    if approval is None:
        yield BY_HAND
        yield answers.word("body_by_hand")
        yield answers.word("group", group=group)
        yield answers.word("day_by_hand")
        yield answers.word("minutes", number="________")
        return
    yield approval["body"]
    yield from _form_of_approval(approval["body"], answers)
    yield answers.word("group", group=group)
    yield dates.day(date.fromisoformat(approval["made_on"]), answers.language, "dated")
    if approval["number"]:
        yield answers.word("minutes", number=approval["number"])


def _form_of_approval(body: str, answers: Answers) -> Iterator[str]:
    """Forum, assembly or another, unless the body's name says it already."""
    kind = answers.of("approval_kind")
    if kind is None:
        return
    own = answers.of("approval_kind_text")
    said = answers.said(own) if own else phrase("approval_kind", kind, answers)
    if body.casefold() not in said.casefold() and said.casefold() not in body.casefold():
        yield said


def _edition(facts: Facts, answers: Answers) -> Iterator[str]:
    yield answers.word("edition", edition=facts["edition"])
    if facts["only_for"]:
        yield answers.word("case", year=facts["only_for"])


def _part(part: Part, number: int, facts: Facts, answers: Answers) -> Iterator[Block]:
    counted = 0
    for rule in RULES_OF[part]:
        for written in clauses_of(rule, answers):
            counted += 1
            yield Clause(written.text, f"{number}.{counted}.", rule)
            yield from _after(written)
        if facts["approval"] is None and (left := open_questions(rule, answers.regulation)):
            asked = (regulation_words.question(name, answers.language) for name in left)
            text = " ".join((f"{answers.word('not_regulated')}.", *asked))
            yield Clause(text, LEFT_OPEN, rule)


def _after(written: Written) -> Iterator[Block]:
    if written.items:
        yield Points(written.items, numbered=True)
    if written.columns:
        yield Table(tuple(map(Column, written.columns)), written.rows)


def _voter_form(answers: Answers, group: str) -> list[Block]:
    """The annex (REG-27): exactly the fields that the regulation names, to be filled in by hand."""
    blocks: list[Block] = [
        PageBreak(),
        Heading(answers.word("annex")),
        Paragraph(answers.word("annex_lead", group=group)),
    ]
    fields = answers.of("voter_fields") or ()
    for number, each in enumerate(fields, 1):
        blocks.append(Paragraph(f"{number}. {capital(phrase('voter_fields', each, answers))}"))
        blocks.append(Room(LINES_OF_FIELD.get(each, 1)))
    if not fields:
        blocks.append(Room(LINES_WITHOUT_FIELDS))
    return [
        *blocks,
        Paragraph(answers.word("annex_day")),
        Room(1),
        Paragraph(answers.word("annex_only"), small=True),
    ]
