"""The common plan: dated, approved, and approved anew after every change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.models import Decision
from okil.areas.elections.actions import plan
from okil.areas.elections.models import Cycle, PlanAction
from okil.areas.elections.tests import given
from okil.foundation.accounts.models import User
from okil.foundation.audit import length_and_last_hash
from okil.foundation.audit.models import JournalEntry
from okil.pure.refusal import Refused

pytestmark = pytest.mark.django_db
Act = Callable[[User], object]


def refusal_of(act: Act, actor: User) -> str:
    """The code of the refusal; nothing at all was written."""

    def written() -> tuple[object, ...]:
        tables = (Cycle, PlanAction)
        rows = [list(table.objects.order_by("pk").values()) for table in tables]
        return rows, Decision.objects.count(), length_and_last_hash()

    before = written()
    with pytest.raises(Refused) as refusal:
        act(actor)
    assert written() == before
    return refusal.value.code


def last_row() -> JournalEntry:
    return JournalEntry.objects.order_by("-number")[0]


def dating(action: PlanAction, kind: str, on: date | None) -> Act:
    return lambda actor: plan.set_deadline(action.pk, kind=kind, on=on, actor=actor, at=given.AT)


def approving(cycle: Cycle, made_on: date = date(2024, 8, 1)) -> Act:
    return lambda actor: plan.approve_plan(
        cycle.pk, decision=DecisionFacts("Комитет", made_on), actor=actor, at=given.AT
    )


def test_a_dated_action_is_one_row_of_the_journal_with_before_and_after() -> None:
    action = given.cycle().plan.get(number=3)
    length = length_and_last_hash()[0]

    dating(action, "by", date(2024, 9, 1))(given.secretariat())

    assert length_and_last_hash()[0] == length + 1
    assert (last_row().event, last_row().chapter) == ("plan.changed", f"cycle-{action.cycle_id}")
    assert last_row().before == {"kind": "open", "on": None}
    assert last_row().after == {"number": 3, "kind": "by", "on": "2024-09-01"}


@pytest.mark.parametrize(("kind", "on"), [("by", None), ("on", None), ("open", date(2024, 9, 1))])
def test_a_deadline_has_its_day_or_is_open(kind: str, on: date | None) -> None:
    action = given.cycle().plan.get(number=3)

    assert refusal_of(dating(action, kind, on), given.secretariat()) == "deadline-without-day"


def test_an_approved_plan_that_is_changed_is_approved_no_more() -> None:
    cycle = given.cycle()
    secretary = given.secretariat()
    approving(cycle)(secretary)
    assert (last_row().event, last_row().role) == ("plan.approved", "secretariat")
    assert refusal_of(approving(cycle), secretary) == "plan-approved"

    dating(cycle.plan.get(number=3), "by", date(2024, 9, 1))(secretary)

    cycle.refresh_from_db()
    assert cycle.plan_approved_by is None
    approving(cycle)(secretary)


def test_only_the_secretariat_dates_and_approves_the_plan() -> None:
    election = given.election()
    action = election.cycle.plan.get(number=3)

    for role in ("organiser", "commissioner", "observer"):
        actor = given.officer_of(role, election)
        assert refusal_of(dating(action, "by", date(2024, 9, 1)), actor) == "not-allowed"
        assert refusal_of(approving(election.cycle), actor) == "not-allowed"
    to_come = approving(election.cycle, date(2024, 8, 16))
    assert refusal_of(to_come, given.secretariat()) == "decision-in-the-future"
