"""The common plan: its deadlines are set, it is approved."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.bodies.actions.decisions import DecisionFacts, write_decision
from okil.areas.elections.models import Cycle, DeadlineKind, PlanAction
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused


@transaction.atomic
def set_deadline(
    action_id: int, *, kind: str, on: date | None, actor: User, at: datetime
) -> PlanAction:
    """A plan action's deadline. An approved plan changes with its approval: that is taken back.

    Raises Refused: not-allowed, deadline-without-day.
    """
    action = locked(PlanAction, action_id)
    cycle = locked(Cycle, action.cycle_id)
    acting = access.require(actor, "change", "plan", body=cycle.body)
    if (kind == DeadlineKind.OPEN) != (on is None):
        raise Refused("deadline-without-day")
    before = {"kind": action.deadline_kind, "on": _iso(action.deadline_on)}
    action.deadline_kind = kind
    action.deadline_on = on
    action.save(update_fields=["deadline_kind", "deadline_on"])
    if cycle.plan_approved_by_id is not None:
        cycle.plan_approved_by = None
        cycle.save(update_fields=["plan_approved_by"])
    record(
        "plan.changed",
        actor=acting,
        subject=action,
        at=at,
        chapter=cycle.chapter,
        before=before,
        after={"number": action.number, "kind": kind, "on": _iso(on)},
    )
    return action


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@transaction.atomic
def approve_plan(cycle_id: int, *, decision: DecisionFacts, actor: User, at: datetime) -> Cycle:
    """The plan is approved by a body on a day (1.04). Raises Refused: not-allowed, plan-approved."""
    cycle = locked(Cycle, cycle_id)
    acting = access.require(actor, "publish", "plan", body=cycle.body)
    if cycle.plan_approved_by_id is not None:
        raise Refused("plan-approved")
    cycle.plan_approved_by = write_decision(cycle.body, decision, at=at)
    cycle.save(update_fields=["plan_approved_by"])
    record("plan.approved", actor=acting, subject=cycle, at=at, chapter=cycle.chapter)
    return cycle
