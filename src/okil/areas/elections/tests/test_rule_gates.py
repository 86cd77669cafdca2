"""An obligatory rule of the regulation that is open or broken closes the move it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from okil.areas.elections import queries
from okil.areas.elections.actions import stages
from okil.areas.elections.models import CommonRules, Election
from okil.areas.elections.tests import given
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import RULE_OF
from okil.pure.rules.regulation.findings import STAGE_OF
from okil.pure.rules.stages import ORDER, RULES_GATE, Gate, State

pytestmark = pytest.mark.django_db


def missing_of(election: Election, *, at: datetime) -> list[Gate]:
    return [asked.gate for asked in queries.progress_of(election, at=at).missing]


# A rule of each move that has no gate of its own.
OPEN_RULES = [
    (State.ANNOUNCED, {"organiser_tasks": []}),
    (State.ANNOUNCED, {"organisers": 2}),
    (State.REGISTRATION, {"voter_definition": None}),
    (State.REGISTRATION, {"complaint_to": None}),
    (State.REGISTRATION, {"commission_declares": False}),
    (State.CANDIDATES_PUBLISHED, {"admission_is_written": None}),
    (State.CANDIDATES_PUBLISHED, {"contest_model": "other"}),
    (State.VOTING, {"vote_channels": []}),
    (State.VOTING, {"replacement_of_alternate": None}),
    (State.VOTING, {"protocol_items": ["votes"]}),
]


@pytest.mark.parametrize(("to", "rules"), OPEN_RULES)
def test_an_obligatory_rule_left_open_or_broken_stops_the_move_it_belongs_to(
    to: State, rules: dict[str, Any]
) -> None:
    election = given.election()
    given.adopt(election.group, {**given.RULES, **rules})
    given.moved_to(ORDER[ORDER.index(to) - 1], election)
    given.all_fulfilled(election)
    at = given.ENTERED[to]

    assert missing_of(election, at=at) == [RULES_GATE[to]]
    with pytest.raises(Refused, match="gates-closed"):
        stages.move_on(election.pk, to=to, actor=given.mover_of(election), at=at)

    given.adopt(election.group, given.RULES)
    stages.move_on(election.pk, to=to, actor=given.mover_of(election), at=at)


RECOMMENDED = ["midterm", "review_months", "alternate_most_terms"]


def test_what_is_only_recommended_stops_nothing() -> None:
    election = given.election(rules={**given.RULES, **dict.fromkeys(RECOMMENDED)})

    assert given.state_of(given.moved_to(State.COUNTING, election)) is State.COUNTING


@pytest.mark.parametrize("name", RECOMMENDED)
def test_a_rule_that_the_body_made_obligatory_stops_the_move_it_belongs_to(name: str) -> None:
    election = given.election(rules={**given.RULES, name: None})
    to = STAGE_OF[RULE_OF[name]]
    common_rules(election, tightened=[RULE_OF[name]])
    given.moved_to(ORDER[ORDER.index(to) - 1], election)
    given.all_fulfilled(election)

    assert missing_of(election, at=given.ENTERED[to]) == [RULES_GATE[to]]


def test_an_answer_that_differs_from_what_all_groups_decided_stops_registration() -> None:
    election = given.election(State.ANNOUNCED)
    given.all_fulfilled(election)
    assert missing_of(election, at=given.ENTERED[State.REGISTRATION]) == []

    common_rules(election, content={"most_commissions": 1})

    missing = missing_of(election, at=given.ENTERED[State.REGISTRATION])
    assert missing == [RULES_GATE[State.REGISTRATION]]


def common_rules(
    election: Election, *, content: dict[str, Any] | None = None, tightened: Sequence[str] = ()
) -> None:
    body, decision = election.cycle.body, election.cycle.decision
    assert decision is not None
    CommonRules.objects.create(
        body=body,
        version=body.common_rules.count() + 1,
        content=content or {},
        tightened=list(tightened),
        adopted_by=decision,
        entered_at=given.AT,
    )
