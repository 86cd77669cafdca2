"""The plan of a cycle as rules read it, and what they find in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from okil.areas.bodies.models import Body
from okil.areas.elections.models import Cycle, Election, GroupDeadline, OwnDay, PlanAction
from okil.pure.rules import days_off, plan
from okil.pure.rules.plan import Finding, IsWorkingDay, Level, Plan


def calendar_of(body: Body) -> IsWorkingDay:
    """On which days this body works."""
    own = dict(OwnDay.objects.filter(body=body).values_list("day", "is_working"))
    return lambda day: days_off.is_working_day(day, own)


def deadline_of(row: PlanAction | GroupDeadline) -> plan.Deadline:
    return plan.Deadline(plan.DeadlineKind(row.deadline_kind), row.deadline_on)


def as_rule(row: PlanAction) -> plan.Action:
    return plan.Action(
        number=row.number,
        stage=row.stage,
        deadline=deadline_of(row),
        depends_on=tuple(row.depends_on),
        responsible=tuple(row.responsible),
        participants=tuple(row.participants),
    )


def plan_of(cycle: Cycle, rows: Iterable[PlanAction]) -> Plan:
    """For the rules; `rows` are the actions of the cycle, as they are or as they might be."""
    approval = cycle.plan_approved_by
    return Plan(tuple(map(as_rule, rows)), approval.made_on if approval else None)


@dataclass(frozen=True)
class Examined:
    """A plan and all that is found in it."""

    plan: Plan
    found: tuple[Finding, ...]

    @cached_property
    def at_action(self) -> Mapping[int, Sequence[Finding]]:
        """By the number of the later of its actions; what concerns the whole plan at 0."""
        at: dict[int, list[Finding]] = defaultdict(list)
        for finding in self.found:
            at[finding.actions[-1] if finding.actions else 0].append(finding)
        return at

    @property
    def contradictions(self) -> tuple[Finding, ...]:
        """What hinders the approval."""
        return tuple(finding for finding in self.found if finding.level is Level.ERROR)


def examined(wanted: Plan, calendar: IsWorkingDay) -> Examined:
    return Examined(wanted, plan.examine(wanted, is_working_day=calendar))


def plan_and_own_days(election: Election) -> tuple[list[PlanAction], dict[int, date]]:
    """The actions of the common plan, and by their numbers the days this group set for itself."""
    own = GroupDeadline.objects.filter(action=OuterRef("pk"), election=election)
    rows: list[Any] = list(
        election.cycle.plan.annotate(own_day=Subquery(own.values("deadline_on")))
    )
    days = {row.number: row.own_day for row in rows if row.own_day is not None}
    return rows, days


def days_of(rows: Iterable[PlanAction]) -> list[date]:
    return [row.deadline_on for row in rows if row.deadline_on is not None]


def latest_plan(body: Body) -> Cycle | None:
    """The newest cycle of this body that has a plan."""
    planned = Cycle.objects.filter(
        Exists(PlanAction.objects.filter(cycle=OuterRef("pk"))), body=body
    )
    return planned.order_by("-year").first()
