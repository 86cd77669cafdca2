"""A cycle opens, rests on a decision, has its plan dated and approved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.models import Decision
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import cycles
from okil.areas.elections.models import Cycle, Election, PlanAction, Round
from okil.areas.elections.tests import given
from okil.areas.elections.wording import PLAN_ROLES
from okil.foundation.accounts.models import User
from okil.foundation.audit import history_of, length_and_last_hash
from okil.foundation.audit.models import JournalEntry
from okil.pure.refusal import Refused

pytestmark = pytest.mark.django_db
Act = Callable[[User], object]


def refusal_of(act: Act, actor: User) -> str:
    """The code of the refusal; nothing at all was written."""

    def written() -> tuple[object, ...]:
        tables = (Cycle, Election, Round, PlanAction)
        rows = [list(table.objects.order_by("pk").values()) for table in tables]
        return rows, Decision.objects.count(), length_and_last_hash()

    before = written()
    with pytest.raises(Refused) as refusal:
        act(actor)
    assert written() == before
    return refusal.value.code


def opening(year: int = 2024, **facts: Any) -> Act:
    if "groups" not in facts:
        facts["groups"] = [bodies.group(given.body())]
    usual: dict[str, Any] = {
        "body": given.body(),
        "year": year,
        "term_begins_on": date(year, 11, 1),
        "term_ends_on": date(year + 3, 10, 31),
        "at": given.AT,
    }
    return lambda actor: cycles.open_cycle(**{**usual, **facts}, actor=actor)


def last_row() -> JournalEntry:
    return JournalEntry.objects.order_by("-number")[0]


# Opening


def test_a_cycle_opens_with_a_plan_of_25_undated_actions_and_an_election_for_each_group() -> None:
    groups = [bodies.group(given.body()) for _each in range(3)]

    cycle = given.cycle(groups, decided=False, dated=False)

    assert [election.group for election in cycle.elections.order_by("pk")] == groups
    assert {each.state for each in Round.objects.all()} == {"preparation"}
    assert [action.number for action in cycle.plan.all()] == list(range(1, 26))
    assert {action.deadline_kind for action in cycle.plan.all()} == {"open"}
    assert {action.stage for action in cycle.plan.all()} == {1, 2, 3, 4, 5, 6}
    row = history_of(cycle).get()
    assert (row.event, row.chapter, row.role) == (
        "cycle.opened",
        f"cycle-{cycle.pk}",
        "secretariat",
    )


def test_each_action_of_the_plan_is_written_in_three_languages_with_known_roles() -> None:
    cycle = given.cycle(decided=False, dated=False)

    for action in cycle.plan.all():
        assert set(action.title) == set(action.summary) == {"ru", "kk", "en"}, action.number
        assert {*action.responsible, *action.participants} <= set(PLAN_ROLES), action.number
        assert all(before < action.number for before in action.depends_on), action.number


def test_only_the_secretariat_opens_a_cycle() -> None:
    election = given.election()

    for role in ("organiser", "commissioner", "observer"):
        actor = given.officer_of(role, election)
        assert refusal_of(opening(2027, groups=[election.group]), actor) == "not-allowed"


def test_a_body_has_one_cycle_a_year_with_groups_and_a_term_that_goes_forward() -> None:
    secretary = given.secretariat()
    opening()(secretary)

    assert refusal_of(opening(), secretary) == "cycle-exists"
    assert refusal_of(opening(2027, groups=()), secretary) == "no-groups"
    for last in (date(2027, 11, 1), date(2027, 10, 31)):
        act = opening(2027, term_begins_on=date(2027, 11, 1), term_ends_on=last)
        assert refusal_of(act, secretary) == "term-backwards"


def test_the_database_keeps_one_cycle_a_year_one_election_a_group_and_a_term_forward() -> None:
    election = given.cycle().elections.get()
    facts = {"body": given.body(), "term_begins_on": given.AT.date()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Cycle.objects.create(**facts, year=2024, term_ends_on=date(2027, 1, 1))
    with pytest.raises(IntegrityError, match="a_term_ends_after"), transaction.atomic():
        Cycle.objects.create(**facts, year=2027, term_ends_on=given.AT.date())
    with pytest.raises(IntegrityError), transaction.atomic():
        Election.objects.create(cycle=election.cycle, group=election.group)
    with pytest.raises(IntegrityError, match="a_deadline_has_its_day"), transaction.atomic():
        PlanAction.objects.filter(number=1).update(deadline_kind="by")


# Its decision


def deciding(cycle: Cycle, made_on: date = date(2024, 8, 1)) -> Act:
    return lambda actor: cycles.record_cycle_decision(
        cycle.pk,
        decision=DecisionFacts("Заседание комитета", made_on, "5"),
        quotas={"ru": "По одному месту от группы."},
        actor=actor,
        at=given.AT,
    )


def test_the_decision_of_a_cycle_is_recorded_with_what_it_says() -> None:
    cycle = given.cycle(decided=False)

    deciding(cycle)(given.secretariat())

    cycle.refresh_from_db()
    assert cycle.decision is not None
    assert (cycle.decision.made_by, cycle.decision.number) == ("Заседание комитета", "5")
    assert str(cycle.quotas) == "По одному месту от группы."
    assert (last_row().event, last_row().chapter) == ("cycle.decided", f"cycle-{cycle.pk}")


def test_only_the_secretariat_records_it_and_none_that_is_to_come() -> None:
    election = given.election()

    for role in ("organiser", "commissioner", "observer"):
        actor = given.officer_of(role, election)
        assert refusal_of(deciding(election.cycle), actor) == "not-allowed"
    to_come = deciding(election.cycle, date(2024, 8, 16))
    assert refusal_of(to_come, given.secretariat()) == "decision-in-the-future"
