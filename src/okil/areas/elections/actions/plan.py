"""The common plan: its actions are written, dated, added and removed; it is approved.

Whoever changes it says which revision they have seen: of two people at once the second is told. A
change takes the approval back: what was approved was another plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.bodies.actions.decisions import DecisionFacts, write_decision
from okil.areas.elections.actions.officers import local_day
from okil.areas.elections.documents.plan import PLAN, plan_facts
from okil.areas.elections.models import (
    ActionMark,
    Cycle,
    DeadlineKind,
    GroupDeadline,
    PlanAction,
)
from okil.areas.elections.queries.plan import as_rule, calendar_of, days_of, examined, plan_of
from okil.areas.elections.wording import MODEL_PLAN
from okil.foundation import documents
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.foundation.web.languages import Texts
from okil.pure.refusal import Refused
from okil.pure.rules.plan import ACTIONS_AT_MOST, NotAPlan, Plan, preceding
from okil.pure.rules.weeks import weeks_to


def begin_plan(cycle: Cycle, *, like: Cycle | None = None, first_on: date | None = None) -> None:
    """Part of an action: the model plan, undated; or that of an earlier cycle, moved by whole weeks
    so that its first deadline falls on `first_on` or within the week after it, or undated."""
    if like is None:
        PlanAction.objects.bulk_create(
            PlanAction(cycle=cycle, deadline_kind=DeadlineKind.OPEN, **action)
            for action in MODEL_PLAN["actions"]
        )
        return
    rows = list(like.plan.all())
    moved = weeks_to(days_of(rows), first_on) if first_on else None
    for row in rows:
        row.pk, row.cycle = None, cycle
        if moved is None or row.deadline_on is None:
            row.deadline_kind, row.deadline_on = DeadlineKind.OPEN, None
        else:
            row.deadline_on += moved
    PlanAction.objects.bulk_create(rows)


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """What an action of the plan says, but for its number."""

    stage: int
    title: Texts
    summary: Texts
    kind: str
    on: date | None
    responsible: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    depends_on: tuple[int, ...] = ()


def opened_plan(cycle_id: int, seen_revision: int, actor: User) -> tuple[Cycle, Actor]:
    """Part of an action: the plan is held, and is the one the actor has seen.

    Raises Refused: not-allowed, changed-meanwhile.
    """
    cycle = locked(Cycle, cycle_id)
    acting = access.require(actor, "change", "plan", body=cycle.body)
    if cycle.plan_revision != seen_revision:
        raise Refused("changed-meanwhile")
    return cycle, acting


def count_change(cycle: Cycle) -> None:
    """Part of an action: the plan is another from now on, and approved no more."""
    cycle.plan_revision += 1
    cycle.plan_approved_by = None
    cycle.save(update_fields=["plan_revision", "plan_approved_by"])


@transaction.atomic
def change_action(
    cycle_id: int,
    number: int,
    *,
    facts: ActionFacts,
    seen_revision: int,
    actor: User,
    at: datetime,
) -> PlanAction:
    """Raises Refused: not-allowed, changed-meanwhile, deadline-without-day, dependency-unknown,
    plan-circle."""
    cycle, acting = opened_plan(cycle_id, seen_revision, actor)
    action = cycle.plan.get(number=number)
    before = _told(action)
    words_before = (dict(action.title), dict(action.summary))
    write(action, facts)
    require_order(cycle, [*cycle.plan.exclude(number=number), action])
    action.save()
    count_change(cycle)
    after = _told(action)
    changed = {name for name in after if after[name] != before[name]}
    record(
        "plan.changed",
        actor=acting,
        subject=action,
        at=at,
        chapter=cycle.chapter,
        before={name: before[name] for name in sorted(changed)},
        after={
            "number": number,
            "words": words_before != (dict(action.title), dict(action.summary)),
            **{name: after[name] for name in sorted(changed)},
        },
    )
    return action


@transaction.atomic
def add_action(
    cycle_id: int, *, facts: ActionFacts, seen_revision: int, actor: User, at: datetime
) -> PlanAction:
    """It gets the number after the highest, and never one of the model plan: what is known of those
    by what happens here, is known by their numbers.

    Raises Refused: as change_action, plan-full.
    """
    cycle, acting = opened_plan(cycle_id, seen_revision, actor)
    rows = list(cycle.plan.all())
    if len(rows) >= ACTIONS_AT_MOST:
        raise Refused("plan-full", most=ACTIONS_AT_MOST)
    action = PlanAction(cycle=cycle, number=next_number(rows))
    write(action, facts)
    require_order(cycle, [*rows, action])
    action.save()
    count_change(cycle)
    record(
        "plan.action_added",
        actor=acting,
        subject=action,
        at=at,
        chapter=cycle.chapter,
        after={"number": action.number, "deadline": _told(action)["deadline"]},
    )
    return action


@transaction.atomic
def remove_action(
    cycle_id: int, number: int, *, seen_revision: int, actor: User, at: datetime
) -> None:
    """With what groups dated and marked of it; the journal keeps that it was there.

    Raises Refused: not-allowed, changed-meanwhile, action-needed.
    """
    cycle, acting = opened_plan(cycle_id, seen_revision, actor)
    action = cycle.plan.get(number=number)
    later = [str(row.number) for row in cycle.plan.all() if number in row.depends_on]
    if later:
        raise Refused("action-needed", actions=", ".join(later))
    GroupDeadline.objects.filter(action=action).delete()
    ActionMark.objects.filter(action=action).delete()
    told = _told(action)
    cycle.plan.filter(pk=action.pk).delete()
    count_change(cycle)
    record(
        "plan.action_removed",
        actor=acting,
        subject=action,
        at=at,
        chapter=cycle.chapter,
        before=told,
        after={"number": number},
    )


@transaction.atomic
def date_actions(
    cycle_id: int,
    *,
    deadlines: Mapping[int, tuple[str, date | None]],
    seen_revision: int,
    actor: User,
    at: datetime,
) -> Cycle:
    """Several deadlines at once, by number of the action: a proposal that is taken over, or a part.

    Raises Refused: not-allowed, changed-meanwhile, deadline-without-day.
    """
    cycle, acting = opened_plan(cycle_id, seen_revision, actor)
    rows = list(cycle.plan.filter(number__in=list(deadlines)))
    before = {str(row.number): _told(row)["deadline"] for row in rows}
    for row in rows:
        _date(row, *deadlines[row.number])
    PlanAction.objects.bulk_update(rows, ["deadline_kind", "deadline_on"])
    count_change(cycle)
    record(
        "plan.dated",
        actor=acting,
        subject=cycle,
        at=at,
        chapter=cycle.chapter,
        before={"deadlines": before},
        after={
            "count": len(rows),
            "deadlines": {str(row.number): _told(row)["deadline"] for row in rows},
        },
    )
    return cycle


@transaction.atomic
def approve_plan(
    cycle_id: int, *, decision: DecisionFacts, seen_revision: int, actor: User, at: datetime
) -> Cycle:
    """The plan is approved by a body on a day (1.04), once its order can be kept; its paper is issued.

    Raises Refused: not-allowed, plan-approved, changed-meanwhile, plan-contradicts.
    """
    cycle = locked(Cycle, cycle_id)
    acting = access.require(actor, "publish", "plan", body=cycle.body)
    if cycle.plan_approved_by_id is not None:
        raise Refused("plan-approved")
    if cycle.plan_revision != seen_revision:
        raise Refused("changed-meanwhile")
    found = examined(plan_of(cycle, cycle.plan.all()), calendar_of(cycle.body))
    if found.contradictions:
        raise Refused("plan-contradicts", count=len(found.contradictions))
    cycle.plan_approved_by = write_decision(cycle.body, decision, at=at)
    cycle.save(update_fields=["plan_approved_by"])
    issued = documents.issue(
        PLAN,
        facts=plan_facts(cycle),
        scope=f"body-{cycle.body_id}",
        subject=cycle,
        year=local_day(cycle.body, at).year,
        zone=cycle.body.time_zone,
        at=at,
    )
    record(
        "plan.approved",
        actor=acting,
        subject=cycle,
        at=at,
        chapter=cycle.chapter,
        after={"document": issued.number_shown, "version": issued.version},
    )
    return cycle


# What an action says


def write(action: PlanAction, facts: ActionFacts) -> None:
    """Part of an action: the row says what the facts say; nothing is saved. Raises Refused."""
    action.stage = facts.stage
    action.title, action.summary = facts.title, facts.summary
    action.responsible = list(facts.responsible)
    action.participants = list(facts.participants)
    action.depends_on = list(facts.depends_on)
    _date(action, facts.kind, facts.on)


def _date(action: PlanAction, kind: str, on: date | None) -> None:
    if (kind == DeadlineKind.OPEN) != (on is None):
        raise Refused("deadline-without-day")
    action.deadline_kind, action.deadline_on = kind, on


def require_order(cycle: Cycle, rows: list[PlanAction]) -> Plan:
    """The plan these rows make. Raises Refused: dependency-unknown, plan-circle."""
    wanted = plan_of(cycle, rows)
    known = {action.number for action in wanted.actions}
    for action in wanted.actions:
        for other in action.depends_on:
            if other not in known:
                raise Refused("dependency-unknown", other=other)
    try:
        preceding(wanted)
    except NotAPlan as circle:
        numbers = ", ".join(map(str, circle.facts["actions"]))
        raise Refused("plan-circle", actions=numbers) from None
    return wanted


def next_number(rows: list[PlanAction]) -> int:
    return 1 + max(len(MODEL_PLAN["actions"]), *(row.number for row in rows), 0)


def _told(action: PlanAction) -> dict[str, Any]:
    """For the journal: codes, numbers and days; never a text."""
    rule = as_rule(action)
    day = rule.deadline.day
    return {
        "stage": rule.stage,
        "deadline": f"{rule.deadline.kind} {day}" if day else str(rule.deadline.kind),
        "responsible": list(rule.responsible),
        "participants": list(rule.participants),
        "depends_on": list(rule.depends_on),
    }
