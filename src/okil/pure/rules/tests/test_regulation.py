from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.refusal import Refused
from okil.pure.rules.regulation import (
    MOST_COMPLAINT_DAYS,
    QUESTIONS,
    QUESTIONS_OF,
    RULE_OF,
    RULES,
    RULES_OF,
    SMALLEST_CELL_DEFAULT,
    SMALLEST_CELL_FLOOR,
    Part,
    Regulation,
    as_data,
    is_asked,
    read,
    regulation_from,
    unanswered,
)
from okil.pure.rules.tests.regulations import ANY_REGULATION, regulation, sound

FULL = sound()
BY_MAJORITY = sound(decision_principle="absolute_majority", majority_of="votes_cast")
NAMES = list(QUESTIONS)

# Some answers by hand, so that a word that is lost or added in the table is seen.
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


@given(ANY_REGULATION)
def test_what_is_written_is_read_back_through_json(said: Regulation) -> None:
    assert regulation_from(json.loads(json.dumps(as_data(said)))) == said


def test_every_answer_and_no_other_can_be_given() -> None:
    for question, answers in CHOICES.items():
        for answer in answers:
            assert getattr(regulation_from({question: answer}), question) == answer
        assert refused_field({question: "by_acclamation"}) == question


@given(st.sampled_from(NAMES), ANY_JSON)
def test_whatever_is_written_is_read_or_refused_by_its_name(name: str, answer: Any) -> None:
    said, wrong = read({name: answer})

    assert wrong in ((), (name,))
    assert regulation_from(as_data(said)) == said
    if wrong:
        assert said == Regulation()
        assert refused_field({name: answer}) == name


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
    assert regulation_from(dict.fromkeys(NAMES)) == Regulation()


def test_languages_are_kept_once_and_in_one_order() -> None:
    assert regulation_from({"languages": ["en", "ru", "en"]}).languages == ("ru", "en")
    assert regulation_from({"languages": []}).languages == ()


def test_a_sound_regulation_leaves_nothing_open() -> None:
    assert unanswered(FULL) == ()
    assert unanswered(BY_MAJORITY) == ()
    assert unanswered(regulation("parallel")) == ()


def test_an_empty_one_leaves_all_open_but_what_is_optional_or_asked_after_another_answer() -> None:
    follows = {
        name
        for name, question in QUESTIONS.items()
        if question.asked_if and None not in question.asked_if[1]
    }
    optional = {name for name, question in QUESTIONS.items() if question.is_optional}

    assert set(unanswered(Regulation())) == set(NAMES) - follows - optional
    assert {"voter_kind", "criteria", "closing_hours", "majority_of"} <= set(
        unanswered(Regulation())
    )
    assert {"tie_text", "candidate_documents"} <= follows
    assert {"speech_minutes", "prevailing_language"} <= optional


@pytest.mark.parametrize("name", NAMES)
def test_one_question_left_open_is_told_unless_it_is_optional_or_not_asked(name: str) -> None:
    silent = replace(BY_MAJORITY, **{name: getattr(Regulation(), name)})
    needed = not QUESTIONS[name].is_optional and is_asked(name, BY_MAJORITY)

    assert (name in unanswered(silent)) == needed


def test_more_than_half_of_what_is_not_asked_where_most_votes_are_enough() -> None:
    assert FULL.majority_of is None
    assert "majority_of" not in unanswered(FULL)
    assert unanswered(replace(BY_MAJORITY, majority_of=None)) == ("majority_of",)
    assert "majority_of" in unanswered(Regulation(decision_principle=None))


def test_a_closing_hour_is_asked_where_votes_come_in_after_the_assembly_or_that_is_not_said() -> (
    None
):
    def asked(*channels: str) -> bool:
        return is_asked("closing_hours", Regulation(vote_channels=channels))

    assert asked("email_form")
    assert asked("assembly_paper", "online")
    assert asked()
    assert not asked("assembly_paper", "roll_call")


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


def test_every_question_belongs_to_a_rule_and_every_rule_to_a_part() -> None:
    assert len(RULES) == len(set(RULES)) == 47
    assert set(RULE_OF.values()) <= set(RULES)
    assert [rule for part in Part for rule in RULES_OF[part]] == list(RULES)
    assert sorted(name for rule in RULES for name in QUESTIONS_OF[rule]) == sorted(NAMES)
    # What stands in the upper right corner is the decision itself.
    assert [rule for rule in RULES if not QUESTIONS_OF[rule]] == ["REG-19"]


# Texts, tables, regions


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("voter_definition", "people"),
        ("voter_definition", {"de": "Leute"}),
        ("voter_definition", {"ru": None}),
        ("voter_definition", {"ru": "x" * 2001}),
        ("criteria", {"criterion": {"ru": "x"}}),
        ("criteria", ["x"]),
        ("criteria", [{"criterion": "x"}]),
        ("criteria", [{"reason": {"ru": "x"}}]),
        ("criteria", [{}] * 31),
        ("regions", "KZ-75"),
        ("regions", ["Almaty"]),
        ("regions", [75]),
        ("regions", ["KZ-75"] * 201),
        ("organiser_does_not_stand", 1),
        ("organiser_does_not_stand", "yes"),
    ],
)
def test_a_text_a_table_or_a_region_of_another_form_is_refused(name: str, answer: Any) -> None:
    assert refused_field({name: answer}) == name


def test_what_is_empty_says_nothing() -> None:
    said = {
        "voter_definition": {"ru": "  ", "kk": ""},
        "criteria": [{}, {"criterion": {"ru": ""}}],
        "regions": [],
    }

    assert regulation_from(said) == Regulation()


def test_regions_are_kept_once_and_in_one_order() -> None:
    assert regulation_from({"regions": ["KZ-75", "KZ-71", "KZ-75"]}).regions == ("KZ-71", "KZ-75")


def test_all_that_cannot_be_read_is_named_and_the_rest_is_read() -> None:
    said, wrong = read({"quorum": 5, "tie": "duel", "voter_kind": "natural_person"})

    assert said == Regulation(voter_kind="natural_person")
    assert set(wrong) == {"quorum", "tie"}
