from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.refusal import Refused
from okil.pure.rules.regulation import (
    MOST_COMPLAINT_DAYS,
    RULE_OF,
    SMALLEST_CELL_DEFAULT,
    SMALLEST_CELL_FLOOR,
    Regulation,
    as_data,
    regulation_from,
    unanswered,
)

FULL = Regulation(
    voter_kind="natural_person",
    contest_model="single_contest_runner_up_alternate",
    decision_principle="plurality",
    tie="repeat_vote_between_tied",
    single_candidate="vote_for_or_against",
    minimum_turnout_percent=0,
    replacement="next_by_votes",
    complaint_days=3,
    complaint_effect="does_not_suspend",
    midterm="by_election",
    commission_size=2,
    smallest_cell=5,
    languages=("ru", "kk"),
)
BY_MAJORITY = replace(FULL, decision_principle="absolute_majority", majority_of="votes_cast")
QUESTIONS = [field.name for field in fields(Regulation)]

# The answers by hand, so that a word that is lost or added in the table is seen.
CHOICES: dict[str, list[Any]] = {
    "voter_kind": ["natural_person", "legal_entity"],
    "contest_model": ["single_contest_runner_up_alternate", "two_parallel_contests", "other"],
    "decision_principle": ["plurality", "absolute_majority"],
    "majority_of": ["votes_cast", "votes_for_candidates", "registered"],
    "tie": ["repeat_vote_between_tied", "lot", "seniority_of_criteria", "other"],
    "single_candidate": ["vote_for_or_against", "elected_without_vote", "extend_registration"],
    "replacement": ["repeat_vote", "next_by_votes", "other"],
    "complaint_days": list(range(1, 31)),
    "complaint_effect": ["suspends", "does_not_suspend"],
    "midterm": ["by_election", "alternate_until_the_end", "other"],
    "commission_size": [2, 3],
    "minimum_turnout_percent": list(range(101)),
    "smallest_cell": list(range(3, 101)),
}
LANGUAGES = ["ru", "kk", "en"]

REGULATIONS = st.builds(
    Regulation,
    **{name: st.none() | st.sampled_from(answers) for name, answers in CHOICES.items()},
    languages=st.sets(st.sampled_from(LANGUAGES)).map(
        lambda chosen: tuple(code for code in LANGUAGES if code in chosen)
    ),
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=5,
)


def refused_field(data: dict[str, Any]) -> str:
    with pytest.raises(Refused) as refusal:
        regulation_from(data)
    assert refusal.value.code == "regulation-unreadable"
    return str(refusal.value.facts["field"])


@given(REGULATIONS)
def test_what_is_written_is_read_back_through_json(regulation: Regulation) -> None:
    assert regulation_from(json.loads(json.dumps(as_data(regulation)))) == regulation


def test_every_answer_and_no_other_can_be_given() -> None:
    for question, answers in CHOICES.items():
        for answer in answers:
            assert getattr(regulation_from({question: answer}), question) == answer
        assert refused_field({question: "by_acclamation"}) == question


@given(st.sampled_from(QUESTIONS), ANY_JSON)
def test_an_answer_is_read_as_it_stands_or_refused_by_its_name(question: str, answer: Any) -> None:
    if question == "languages":
        known = isinstance(answer, list) and all(code in LANGUAGES for code in answer)
    else:
        known = any(answer == one and type(answer) is type(one) for one in CHOICES[question])
    if answer is None or known:
        said = regulation_from({question: answer})
        assert as_data(said) == as_data(regulation_from(as_data(said)))
    else:
        assert refused_field({question: answer}) == question


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("voter_kind", ["natural_person"]),
        ("voter_kind", True),
        ("voter_kind", ""),
        ("commission_size", "2"),
        ("commission_size", 2.0),
        ("commission_size", True),
        ("commission_size", 1),
        ("commission_size", 4),
        ("minimum_turnout_percent", "50"),
        ("minimum_turnout_percent", 50.0),
        ("minimum_turnout_percent", False),
        ("minimum_turnout_percent", -1),
        ("minimum_turnout_percent", 101),
        ("majority_of", "half"),
        ("majority_of", ["registered"]),
        ("complaint_days", 0),
        ("complaint_days", 31),
        ("complaint_days", "3"),
        ("complaint_days", 3.0),
        ("complaint_days", True),
        ("complaint_effect", True),
        ("midterm", ""),
        ("smallest_cell", 2),
        ("smallest_cell", 0),
        ("smallest_cell", 101),
        ("smallest_cell", 5.0),
        ("smallest_cell", True),
        ("languages", "ru"),
        ("languages", ""),
        ("languages", 0),
        ("languages", False),
        ("languages", {"ru": True}),
        ("languages", {}),
        ("languages", ["de"]),
        ("languages", [["ru"]]),
        ("languages", [None]),
    ],
)
def test_a_wrong_type_or_number_is_refused(question: str, answer: Any) -> None:
    assert refused_field({question: answer}) == question


@pytest.mark.parametrize("key", ["quorum", "Tie", "tie ", "", "cell", "__class__"])
def test_an_unknown_key_is_refused_by_its_name(key: str) -> None:
    assert refused_field({**as_data(FULL), key: None}) == key


def test_a_missing_key_and_null_both_mean_that_nothing_is_said() -> None:
    assert regulation_from({}) == Regulation()
    assert regulation_from(dict.fromkeys(QUESTIONS)) == Regulation()


def test_languages_are_kept_once_and_in_one_order() -> None:
    assert regulation_from({"languages": ["en", "ru", "en"]}).languages == ("ru", "en")
    assert regulation_from({"languages": []}).languages == ()


def test_a_full_regulation_leaves_nothing_open_and_an_empty_one_everything() -> None:
    assert unanswered(BY_MAJORITY) == ()
    assert unanswered(Regulation()) == tuple(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS)
def test_one_question_left_open_is_told(question: str) -> None:
    silent: Any = () if question == "languages" else None

    assert unanswered(replace(BY_MAJORITY, **{question: silent})) == (question,)


def test_more_than_half_of_what_is_not_asked_where_most_votes_are_enough() -> None:
    assert FULL.majority_of is None
    assert unanswered(FULL) == ()
    assert unanswered(replace(BY_MAJORITY, majority_of=None)) == ("majority_of",)
    assert "majority_of" in unanswered(Regulation(decision_principle=None))


def test_no_minimum_is_an_answer() -> None:
    said = regulation_from({"minimum_turnout_percent": 0})

    assert said.minimum_turnout_percent == 0
    assert "minimum_turnout_percent" not in unanswered(said)


def test_a_term_for_complaints_has_a_day_and_at_most_a_month() -> None:
    assert MOST_COMPLAINT_DAYS == 30
    assert regulation_from({"complaint_days": 1}).complaint_days == 1
    assert regulation_from({"complaint_days": 30}).complaint_days == 30


def test_the_smallest_cell_has_a_default_and_a_floor_but_the_question_stays_open() -> None:
    assert SMALLEST_CELL_DEFAULT == 5
    assert SMALLEST_CELL_FLOOR == 3
    assert Regulation().cell == 5
    assert "smallest_cell" in unanswered(Regulation())
    assert regulation_from({"smallest_cell": 3}).cell == 3
    assert regulation_from({"smallest_cell": 12}).cell == 12


@pytest.mark.parametrize("cell", [-1, 0, 1, 2])
def test_no_smaller_cell_is_ever_published_however_the_regulation_was_made(cell: int) -> None:
    assert Regulation(smallest_cell=cell).cell >= SMALLEST_CELL_FLOOR


def test_every_question_names_its_rule() -> None:
    assert list(RULE_OF) == QUESTIONS
