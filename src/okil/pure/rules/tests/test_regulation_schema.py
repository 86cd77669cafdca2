"""The schema allows what is read, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.regulation import QUESTIONS, Regulation, as_data, read
from okil.pure.rules.regulation_file import contents_of, empty
from okil.pure.rules.regulation_schema import schema
from okil.pure.rules.tests.regulations import ANY_REGULATION

VALIDATOR = jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker())
OPTIONS = sorted({str(each) for question in QUESTIONS.values() for each in question.options})
CODES = st.sampled_from(["ru", "kk", "en", "de", "criterion", "proof", "document", "x"])
WORDS = st.sampled_from([*OPTIONS, "", "KZ-75", "KZ-1234", "kz-75", "x" * 2000, "x" * 2001])
# Close to an answer, so that many are one and many are not.
NEARLY = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 150) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CODES, inner, max_size=2),
    max_leaves=4,
)
ROWS = st.lists(st.dictionaries(CODES, st.dictionaries(CODES, WORDS, max_size=2), max_size=2))


@given(ANY_REGULATION)
def test_whatever_can_be_said_fits(said: Regulation) -> None:
    assert VALIDATOR.is_valid(json.loads(json.dumps(as_data(said))))


@given(st.sampled_from(list(QUESTIONS)), NEARLY | ROWS)
def test_what_fits_is_read_and_what_does_not_fit_is_not(name: str, answer: Any) -> None:
    wrong = read({name: answer})[1]

    assert VALIDATOR.is_valid({name: answer}) == (not wrong)


@given(
    st.sampled_from(["approval", "common"]),
    NEARLY
    | st.dictionaries(
        st.sampled_from(["body", "kind", "date", "number", "voter_in_many", "tie"]),
        st.sampled_from([None, 1, 9, 10, "", "forum", "one_choice", "2024-06-20", "2024-6-2"]),
    ),
)
def test_what_stands_beside_the_answers_fits_if_it_is_read(key: str, given_there: Any) -> None:
    data = {key: given_there}
    wrong = contents_of(json.dumps(data).encode()).wrong

    assert VALIDATOR.is_valid(data) == (not wrong)


def test_an_unknown_key_does_not_fit() -> None:
    assert VALIDATOR.is_valid(empty())
    assert not VALIDATOR.is_valid({**empty(), "quorum": None})
