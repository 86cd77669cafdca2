"""What holds for whatever a regulation says."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from okil.pure.rules.regulation import (
    QUESTIONS,
    QUESTIONS_OF,
    RULES,
    Regulation,
    is_answered,
    is_asked,
    open_questions,
)
from okil.pure.rules.regulation.findings import COMMON_QUESTIONS, Level, Outcome, examine
from okil.pure.rules.tests.regulations import ANY_REGULATION, APPROVED, answers_to, sound

EMPTY = Regulation()


@given(ANY_REGULATION)
def test_every_rule_is_judged_once_and_for_what_it_asks(said: Regulation) -> None:
    findings = examine(said, APPROVED)

    assert [finding.rule for finding in findings] == list(RULES)
    for finding in findings:
        if finding.outcome is Outcome.FULFILLED:
            assert finding.questions == ()
            assert open_questions(finding.rule, said) == ()
        if finding.outcome is Outcome.BROKEN:
            assert any(is_answered(name, said) for name in finding.questions)
        if finding.rule not in ("REG-16", "REG-19"):
            assert set(finding.questions) <= set(QUESTIONS_OF[finding.rule])


@given(ANY_REGULATION, st.sampled_from(list(QUESTIONS)))
def test_an_answer_taken_back_fulfils_and_breaks_nothing(said: Regulation, name: str) -> None:
    """With one thing less said, only its rule and those that hang on it are judged otherwise."""
    assume(is_asked(name, said) and is_answered(name, said))
    hang = {each for each, asked in QUESTIONS.items() if (asked.asked_if or ("",))[0] == name}
    concerned = {QUESTIONS[each].rule for each in {name, *hang}} | {"REG-16"}
    silent = replace(said, **{name: getattr(EMPTY, name)})
    before = {each.rule: each for each in examine(said, APPROVED)}
    after = {each.rule: each for each in examine(silent, APPROVED)}

    assert {rule for rule in RULES if after[rule] != before[rule]} <= concerned
    mine = QUESTIONS[name].rule
    if not QUESTIONS[name].is_optional:
        assert after[mine].outcome is not Outcome.FULFILLED
    if after[mine].outcome is Outcome.BROKEN:
        assert before[mine].outcome is Outcome.BROKEN


@given(ANY_REGULATION, st.sets(st.sampled_from(RULES)))
def test_tightening_changes_levels_and_nothing_else(said: Regulation, tightened: set[str]) -> None:
    plain = examine(said, APPROVED)
    tight = examine(said, replace(APPROVED, tightened=frozenset(tightened)))

    for one, other in zip(plain, tight, strict=True):
        assert replace(other, level=one.level) == one
        assert other.level is (Level.MUST if one.rule in tightened else one.level)


@given(ANY_REGULATION)
def test_a_question_that_is_not_asked_is_not_judged(said: Regulation) -> None:
    unasked = {name for name in QUESTIONS if not is_asked(name, said)}
    emptied = replace(said, **{name: getattr(EMPTY, name) for name in unasked})

    assert examine(said, APPROVED) == examine(emptied, APPROVED)


@given(st.data(), st.sampled_from(list(QUESTIONS)))
def test_any_other_answer_leaves_all_other_rules_of_a_sound_regulation_alone(
    data: st.DataObject, name: str
) -> None:
    answer = data.draw(answers_to(QUESTIONS[name]))
    changed = replace(sound(), **{name: answer})
    opened = {
        QUESTIONS[each].rule
        for each in QUESTIONS
        if is_asked(each, changed) != is_asked(each, sound())
    }

    not_kept = {
        each.rule for each in examine(changed, APPROVED) if each.outcome is not Outcome.FULFILLED
    }
    # The answers about several roles have two rules: their own and that all groups say the same.
    assert not_kept <= {
        QUESTIONS[name].rule,
        *opened,
        *(["REG-16"] if name in COMMON_QUESTIONS else []),
    }
