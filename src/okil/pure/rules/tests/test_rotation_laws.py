"""What holds for rotation whatever somebody's past and the rules are."""

from __future__ import annotations

import itertools
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.rotation import CANNOT_DECIDE, EXHAUSTED, FREE, Rule, Tenure
from okil.pure.rules.rotation_words import ANSWERS, REASONS, text_of
from okil.pure.rules.tests.tenures import TERMS, asked, codes, held, pasts

rules = st.builds(
    Rule,
    terms_in_a_row=st.integers(1, 3),
    counts=st.sampled_from(["person", "group", None]),
    alternates_count=st.sampled_from([True, False, None]),
    part_terms_count=st.sampled_from([True, False, None]),
)


@given(pasts(), rules)
def test_an_answer_holds_however_the_open_questions_are_settled(
    past: list[Tenure], rule: Rule
) -> None:
    found = asked(*past, rule=rule)
    settled = [
        replace(rule, counts=counts, alternates_count=alternates, part_terms_count=parts)
        for counts in ([rule.counts] if rule.counts else ["person", "group"])
        for alternates in _ways(rule.alternates_count)
        for parts in _ways(rule.part_terms_count)
    ]
    answers = {asked(*past, rule=each).answer for each in settled}

    if found.answer == CANNOT_DECIDE:
        assert len(codes(found)) > 1
    else:
        assert answers == {found.answer}


def _ways(said: bool | None) -> list[bool]:
    return [True, False] if said is None else [said]


@given(pasts(), rules)
def test_an_answer_holds_whether_the_doubtful_entries_are_true_or_not(
    past: list[Tenure], rule: Rule
) -> None:
    found = asked(*past, rule=rule)
    if found.answer == CANNOT_DECIDE:
        return
    doubtful = [each for each in past if each.uncertain]
    for true_ones in itertools.product([True, False], repeat=len(doubtful)):
        is_true = dict(zip(map(id, doubtful), true_ones, strict=True))
        world = [replace(each, uncertain=False) for each in past if is_true.get(id(each), True)]
        assert asked(*world, rule=rule).answer in (found.answer, CANNOT_DECIDE)


@given(st.lists(st.sampled_from(sorted(TERMS)), unique=True), st.integers(1, 3))
def test_whole_terms_are_counted_back_to_the_first_one_left_out(
    cycles: list[str], limit: int
) -> None:
    found = asked(*map(held, cycles), rule=Rule(terms_in_a_row=limit))

    newest_first = sorted(TERMS, reverse=True)
    in_a_row = next((i for i, cycle in enumerate(newest_first) if cycle not in cycles), 3)
    assert found.in_a_row == in_a_row
    assert found.answer == (EXHAUSTED if in_a_row >= limit else FREE)


@given(pasts(), rules, st.randoms(use_true_random=False))
def test_the_order_in_which_places_are_listed_does_not_matter(
    past: list[Tenure], rule: Rule, chance: Random
) -> None:
    mixed = list(past)
    chance.shuffle(mixed)

    assert asked(*mixed, rule=rule) == asked(*past, rule=rule)


@given(pasts(), rules)
def test_a_higher_limit_never_shuts_somebody_out(past: list[Tenure], rule: Rule) -> None:
    order = [EXHAUSTED, CANNOT_DECIDE, FREE]
    higher = replace(rule, terms_in_a_row=rule.terms_in_a_row + 1)

    before, after = asked(*past, rule=rule).answer, asked(*past, rule=higher).answer
    assert order.index(before) <= order.index(after)


@given(pasts(), rules, st.sampled_from(["ru", "kk", "en"]))
def test_every_reason_is_a_sentence(past: list[Tenure], rule: Rule, language: str) -> None:
    for reason in asked(*past, rule=rule, position="alternate").reasons:
        text = text_of(reason, language)
        assert text.endswith(".")
        assert "{" not in text


def test_answers_and_reasons_have_their_three_languages() -> None:
    assert set(ANSWERS) == {FREE, EXHAUSTED, CANNOT_DECIDE}
    for table in (ANSWERS, REASONS):
        for code, sentence in table.items():
            assert set(sentence) == {"ru", "kk", "en"}, code
