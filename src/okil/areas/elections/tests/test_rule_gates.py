"""An obligatory rule of the regulation that is open or broken closes the move it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from okil.areas.elections import queries
from okil.areas.elections.actions import answers, stages
from okil.areas.elections.models import CommonRules, Election
from okil.areas.elections.tests import given
from okil.foundation.web.tests.pages import read
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import RULE_OF
from okil.pure.rules.regulation.findings import STAGE_OF
from okil.pure.rules.stages import ORDER, RULES_GATE, Gate, State

pytestmark = pytest.mark.django_db


def missing_of(election: Election, *, at: datetime) -> list[Gate]:
    return [asked.gate for asked in queries.progress_of(election, at=at).missing]


# Rules of each move without a gate of their own; what is decided for the case, if not the usual answer.
OPEN_RULES = [
    (State.ANNOUNCED, {"organiser_tasks": []}, {}),
    (State.ANNOUNCED, {"organisers": 2}, {}),
    (State.REGISTRATION, {"voter_definition": None}, {}),
    (State.REGISTRATION, {"complaint_to": None}, {}),
    (State.REGISTRATION, {"commission_declares": False}, {}),
    (State.CANDIDATES_PUBLISHED, {"admission_is_written": None}, {}),
    (
        State.CANDIDATES_PUBLISHED,
        {"contest_model": "other"},
        {"contest_model_text": {"ru": "По кругу."}},
    ),
    (State.VOTING, {"vote_channels": []}, {}),
    (State.VOTING, {"replacement_of_alternate": None}, {}),
    (State.VOTING, {"protocol_items": ["votes"]}, {}),
]


@pytest.mark.parametrize(("to", "rules", "decided"), OPEN_RULES)
def test_an_obligatory_rule_left_open_or_broken_stops_the_move_until_the_group_decides_it(
    to: State, rules: dict[str, Any], decided: dict[str, Any]
) -> None:
    election = given.election(ORDER[ORDER.index(to) - 1], rules={**given.RULES, **rules})
    given.all_fulfilled(election)
    at = given.ENTERED[to]

    assert missing_of(election, at=at) == [RULES_GATE[to]]
    with pytest.raises(Refused, match="gates-closed"):
        stages.move_on(election.pk, to=to, actor=given.mover_of(election), at=at)

    answers.answer_rule(
        election.pk,
        rule=RULE_OF[next(iter(rules))],
        answers=decided or {name: given.RULES[name] for name in rules},
        decision=given.decision(),
        actor=given.organiser_of(election),
        at=at,
    )
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


def test_more_terms_than_the_body_allows_stop_registration_and_are_told_on_the_findings() -> None:
    election = given.election(State.ANNOUNCED, rules={**given.RULES, "most_terms": 2})
    given.all_fulfilled(election)
    at, place = given.ENTERED[State.REGISTRATION], [election.cycle.year, election.group.slug]
    assert missing_of(election, at=at) == []

    body = election.cycle.body
    body.terms_in_a_row = 1
    body.save()

    assert missing_of(election, at=at) == [RULES_GATE[State.REGISTRATION]]
    organiser = given.browser_of(given.organiser_of(election))
    page = read(organiser.get(reverse("election_regulation_findings", args=place)))
    assert page.by_id(RULE_OF["most_terms"]).classed("bad")


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


# On the workspace


def test_the_workspace_names_the_open_rules_and_leads_the_organiser_to_each() -> None:
    election = given.election()
    given.adopt(election.group, {**given.RULES, "organisers": None, "organiser_tasks": []})
    place = [election.cycle.year, election.group.slug]
    page = reverse("workspace", args=place)
    case = reverse("election_regulation_case", args=[*place, "REG-22"])

    seen = {
        role: given.browser_of(given.officer_of(role, election)).get(page).content.decode()
        for role in ("organiser", "secretariat")
    }

    for html in seen.values():
        assert "Организатор один и сам не выдвигается" in html
        assert "Обязанности комиссии и Оргкомитета разделены" in html
        assert "Положение утверждает само сообщество" not in html
        assert reverse("election_regulation_findings", args=place) in html
    assert case in seen["organiser"]
    assert case not in seen["secretariat"]


def test_what_was_decided_on_a_rule_stands_on_the_workspace_and_can_be_taken_back() -> None:
    election = given.election()
    given.adopt(election.group, {**given.RULES, "organisers": None})
    organiser = given.organiser_of(election)
    answer = answers.answer_rule(
        election.pk,
        rule="REG-22",
        answers={"organisers": 1},
        decision=given.decision(),
        actor=organiser,
        at=given.AT,
    )
    place = [election.cycle.year, election.group.slug]
    browser = given.browser_of(organiser)
    back = reverse("election_answer_withdraw", args=[*place, answer.pk])
    assert back in browser.get(reverse("workspace", args=place)).content.decode()

    browser.post(back)

    assert RULES_GATE[State.ANNOUNCED] in missing_of(election, at=given.AT)
