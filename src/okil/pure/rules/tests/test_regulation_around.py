"""What is known beside the answers: the approval, the common decision, the regions, the body's limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from okil.pure.rules.regulation import Regulation
from okil.pure.rules.regulation.findings import (
    COMMON_QUESTIONS,
    Approval,
    Around,
    Finding,
    Outcome,
    examine,
    examine_rule,
)
from okil.pure.rules.tests.regulations import APPROVAL, APPROVED, sound

EMPTY = Regulation()


def found(rule: str, around: Around = APPROVED, **changed: Any) -> Finding:
    """What is found where a sound regulation says this instead; tuples as they are kept."""
    return examine_rule(rule, replace(sound(), **changed), around)


def outcomes(of: Regulation, around: Around = APPROVED) -> dict[str, Outcome]:
    return {finding.rule: finding.outcome for finding in examine(of, around)}


def test_a_regulation_nobody_approved_is_not_regulated_there() -> None:
    said = outcomes(sound(), replace(APPROVED, approval=None))

    not_kept = {rule for rule, outcome in said.items() if outcome is not Outcome.FULFILLED}
    assert not_kept == {"REG-18", "REG-19"}


@pytest.mark.parametrize(
    ("changed", "incomplete"),
    [
        ({"body": ""}, {"REG-18", "REG-19"}),
        ({"kind": ""}, {"REG-18"}),
        ({"made_on": None}, {"REG-18", "REG-19"}),
        ({"number": ""}, {"REG-19"}),
    ],
)
def test_what_the_decision_does_not_state_is_told_where_it_is_needed(
    changed: dict[str, Any], incomplete: set[str]
) -> None:
    findings = examine(sound(), replace(APPROVED, approval=replace(APPROVAL, **changed)))

    told = {each.rule: each.reason for each in findings if each.outcome is not Outcome.FULFILLED}
    assert told == dict.fromkeys(incomplete, "approval-incomplete")


def test_a_date_alone_makes_no_approval() -> None:
    dated = Around(approval=Approval("", "", date(2024, 6, 20), ""))

    assert found("REG-19", dated).reason == "approval-incomplete"


def test_an_approval_alone_settles_its_corner_and_no_other_rule() -> None:
    fulfilled = {
        rule
        for rule, outcome in outcomes(EMPTY, Around(approval=APPROVAL)).items()
        if outcome is Outcome.FULFILLED
    }

    assert fulfilled == {"REG-19"}


def test_without_a_common_decision_no_answer_differs_from_it() -> None:
    for common in (None, {}, {"voter_in_many": None}):
        around = replace(APPROVED, common=common)
        assert found("REG-16", around, voter_in_many="several").outcome is Outcome.FULFILLED


def test_what_is_not_answered_does_not_differ_but_is_unsaid_in_its_own_rule() -> None:
    silent = outcomes(replace(sound(), most_commissions=None))

    assert silent["REG-16"] is Outcome.FULFILLED
    assert silent["REG-15"] is Outcome.NOT_REGULATED


def test_only_the_questions_on_several_roles_are_common() -> None:
    assert (
        *("voter_in_many", "commission_and_voter", "candidate_and_voter", "most_commissions"),
    ) == COMMON_QUESTIONS
    around = replace(APPROVED, common={"voter_kind": "legal_entity"})
    assert found("REG-16", around).outcome is Outcome.FULFILLED


@pytest.mark.parametrize(
    ("known", "facts"),
    [
        (("KZ-31", "KZ-35", "KZ-63", "KZ-71", "KZ-75", "KZ-79"), None),
        (("KZ-75", "KZ-71", "KZ-63", "KZ-35", "KZ-31", "KZ-79"), None),
        (("KZ-31", "KZ-35", "KZ-63", "KZ-71", "KZ-75"), {"missing": 0, "beyond": 1}),
        (("KZ-10", "KZ-11"), {"missing": 2, "beyond": 6}),
        ((), {"missing": 0, "beyond": 6}),
        (None, None),
    ],
)
def test_the_regions_are_those_of_the_group_where_these_are_known(
    known: tuple[str, ...] | None, facts: dict[str, int] | None
) -> None:
    finding = found("REG-10", replace(APPROVED, regions=known))

    if facts is None:
        assert finding.outcome is Outcome.FULFILLED
    else:
        assert (finding.reason, finding.facts) == ("regions-differ", facts)


def test_regions_that_are_not_listed_do_not_differ() -> None:
    finding = found("REG-10", replace(APPROVED, regions=("KZ-75",)), regions=())

    assert (finding.outcome, finding.questions) == (Outcome.NOT_REGULATED, ("regions",))


def test_the_body_may_allow_more_or_fewer_terms() -> None:
    more, fewer = replace(APPROVED, most_terms=3), replace(APPROVED, most_terms=1)

    assert found("REG-24", more, most_terms=3).outcome is Outcome.FULFILLED
    assert found("REG-24", fewer).facts == {"most_terms": 2, "most": 1}
