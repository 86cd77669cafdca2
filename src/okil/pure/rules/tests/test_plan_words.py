"""The sentences about a plan, in three languages."""

from __future__ import annotations

import json
import string
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from okil.pure.rules import plan_words
from okil.pure.rules.plan import (
    Action,
    Code,
    Deadline,
    DeadlineKind,
    Finding,
    Level,
    NotAPlan,
    Plan,
)
from okil.pure.rules.plan_words import Days
from okil.pure.rules.repair import Move

LANGUAGES = ("ru", "kk", "en")
MONDAY, TUESDAY, SATURDAY = date(2024, 8, 12), date(2024, 8, 13), date(2024, 8, 17)
PAGES = files("okil.pure.rules") / "plan_words.json"


def _day(each: date, language: str, style: str = "", *, unsaid_year: int | None = None) -> str:
    told = f"{each:%d.%m}" if each.year == unsaid_year else f"{each:%d.%m.%Y}"
    return told if style == "plain" else f"{each:%a} {told}"


DAYS = Days(
    day=_day,
    weekday=lambda each, language: f"{each:%A}",
)


def said(finding: Finding, language: str = "en", year: int | None = 2024) -> str:
    return plan_words.message(finding, language, DAYS, year)


# What is said about each kind


@pytest.mark.parametrize(
    ("finding", "sentence"),
    [
        (
            Finding(Code.ORDER_INVERTED, (1, 2), 1),
            "Action 2 must come after action 1 but is due 1\xa0day before it.",
        ),
        (
            Finding(Code.ORDER_INVERTED, (1, 2), 2),
            "Action 2 must come after action 1 but is due 2\xa0days before it.",
        ),
        (
            Finding(Code.ZERO_SLACK, (1, 2), facts={"date": MONDAY}),
            (
                "Actions 1 and 2 depend on one another but share one deadline, Mon 12.08. "
                "There is no time to spare."
            ),
        ),
        (
            Finding(Code.STAGE_OVERLAP, (2, 4), 3, {"earlier_stage": 1, "later_stage": 2}),
            "Action 2 (stage 1) ends 3\xa0days later than action 4 (stage 2).",
        ),
        (Finding(Code.NOT_APPROVED), "The plan is not approved: the date of approval is empty."),
        (Finding(Code.MISSING_PARTICIPANTS, (3,)), "Action 3 names no participants."),
        (
            Finding(Code.WEEKEND_DEADLINE, (3,), facts={"date": SATURDAY}),
            "Action 3 is due on 17.08, Saturday: a day off.",
        ),
        (
            Finding(Code.WEEKEND_DEADLINE, (3,), facts={"date": date(2024, 8, 30)}),
            "Action 3 is due on 30.08, Constitution Day: a day off.",
        ),
        (
            Finding(Code.WEEKEND_DEADLINE, (3,), facts={"date": date(2024, 5, 8)}),
            "Action 3 is due on 08.05, day off instead of 04.05.2024: a day off.",
        ),
        (
            Finding(Code.DEADLINE_OPEN_END, (3,), facts={"date": MONDAY}),
            "Action 3 has a start, 12.08, but no end.",
        ),
        (
            Finding(Code.DEADLINE_OPEN_END, (3,), facts={"date": None}),
            "Action 3 has no deadline.",
        ),
        (
            Finding(Code.NUMBERING_GAP, (3,), facts={"missing": 4}),
            "The list in action 3 has no item 4.",
        ),
        (
            Finding(Code.NUMBERING_REPEATED, (3,), facts={"number": 4}),
            "In the list of action 3 the number 4 appears twice.",
        ),
    ],
)
def test_a_finding_is_a_sentence_that_stands_alone(finding: Finding, sentence: str) -> None:
    assert said(finding) == sentence


def test_another_year_than_the_unsaid_one_is_said() -> None:
    assert "12.08.2024" in said(
        Finding(Code.DEADLINE_OPEN_END, (3,), facts={"date": MONDAY}), year=None
    )


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (1, "противоречие"),
        (2, "противоречия"),
        (4, "противоречия"),
        (5, "противоречий"),
        (11, "противоречий"),
        (12, "противоречий"),
        (14, "противоречий"),
        (21, "противоречие"),
        (22, "противоречия"),
        (111, "противоречий"),
    ],
)
def test_a_russian_word_takes_the_form_of_its_number(number: int, form: str) -> None:
    assert plan_words.count(Level.ERROR, number, "ru") == f"{number}\xa0{form}"


def test_the_counts_name_each_level_that_has_findings_the_gravest_first() -> None:
    found = [Finding(Code.NOT_APPROVED), *[Finding(Code.ORDER_INVERTED, (1, 2), 1)] * 2]

    assert plan_words.counts(found, "en") == "2\xa0contradictions, 1\xa0warning"
    assert plan_words.counts(found, "kk") == "2\xa0қайшылық, 1\xa0ескерту"
    assert plan_words.counts([], "en") == ""


def test_a_year_goes_without_saying_if_the_plan_has_no_other() -> None:
    def plan(*days: date | None) -> Plan:
        kinds = [DeadlineKind.BY if day else DeadlineKind.OPEN for day in days]
        pairs = enumerate(zip(kinds, days, strict=True), 1)
        return Plan(tuple(Action(number, 1, Deadline(*each)) for number, each in pairs))

    assert plan_words.unsaid_year(plan(MONDAY, None, TUESDAY)) == 2024
    assert plan_words.unsaid_year(plan(MONDAY, date(2025, 1, 3))) is None
    assert plan_words.unsaid_year(plan(None)) is None


# Moves


def test_a_move_names_the_action_that_forced_it() -> None:
    later = Move(2, MONDAY, TUESDAY, other=1, other_day=TUESDAY)
    earlier = Move(1, TUESDAY, MONDAY, other=2, other_day=MONDAY)

    assert plan_words.move(later, "en", DAYS, 2024) == (
        "Action 2: 13.08 instead of 12.08. It comes after action 1, which is due on 13.08."
    )
    assert plan_words.move(earlier, "en", DAYS, 2024) == (
        "Action 1: 12.08 instead of 13.08. Action 2, due on 12.08, comes after it."
    )


def test_a_move_past_days_off_and_of_a_point_says_so() -> None:
    far = Move(2, MONDAY, date(2024, 8, 19), other=1, other_day=SATURDAY, is_point=True)

    assert plan_words.move(far, "en", DAYS, 2024).endswith(
        "due on 17.08. No working day is nearer. This date is exact or common to all groups: "
        "without moving one there is no order."
    )


# What cannot be read


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            NotAPlan("circle", actions=(2, 3, 4)),
            "Actions 2, 3 and 4 wait for one another in a circle.",
        ),
        (NotAPlan("circle", actions=(2,)), "Action 2 waits for itself."),
        (NotAPlan("no-working-days", day=MONDAY), "There are no working days near 12.08.2024."),
        (
            NotAPlan("field-wrong", place="actions[1].no"),
            "The field “actions[1].no” is missing or does not hold what it should.",
        ),
    ],
)
def test_what_is_no_plan_is_explained(error: NotAPlan, sentence: str) -> None:
    assert plan_words.failure(error, "en", DAYS) == sentence


# The file of words


def _sentences() -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Each thing that is said, by language; with its plural forms where it has them."""
    words = json.loads(PAGES.read_text("utf-8"))
    said_by: dict[str, Any] = {**words["findings"], **words["words"]}
    said_by |= {f"{level}-{key}": one[key] for level, one in words["levels"].items() for key in one}
    said_by |= {f"{code}-mark": forms for code, forms in words["marks"].items()}
    for code, by_language in said_by.items():
        yield (
            code,
            {
                language: list(forms.values()) if isinstance(forms, dict) else [forms]
                for language, forms in by_language.items()
            },
        )


@pytest.mark.parametrize(("code", "by_language"), list(_sentences()))
def test_each_sentence_is_there_in_three_languages_with_the_same_gaps(
    code: str, by_language: dict[str, list[str]]
) -> None:
    def gaps(sentence: str) -> set[str | None]:
        return {gap for _, gap, _, _ in string.Formatter().parse(sentence) if gap is not None}

    assert set(by_language) == set(LANGUAGES)
    every = [frozenset(gaps(form)) for forms in by_language.values() for form in forms]
    assert len(set(every)) == 1, code


@pytest.mark.parametrize(
    ("number", "language", "said"),
    [
        (1, "ru", "1 противоречие мешает утвердить"),
        (21, "ru", "21 противоречие мешает утвердить"),
        (23, "ru", "23 противоречия мешают утвердить"),
        (11, "ru", "11 противоречий мешают утвердить"),
        (23, "kk", "23 қайшылық бекітуге кедергі"),
        (1, "en", "1 contradiction stands in the way of approval"),
        (23, "en", "23 contradictions stand in the way of approval"),
    ],
)
def test_what_contradictions_are_for_agrees_with_their_number(
    number: int, language: str, said: str
) -> None:
    count = plan_words.count(Level.ERROR, number, language)
    meaning = plan_words.meaning(Level.ERROR, number, language)
    assert f"{count} {meaning}".replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_level_and_each_code_has_its_words(language: str) -> None:
    assert all(plan_words.mark(code, language) for code in Code)
    for level in Level:
        assert plan_words.level(level, language) != plan_words.meaning(level, 1, language)
    assert {*map(str, Code)} <= {code for code, _ in _sentences()}
