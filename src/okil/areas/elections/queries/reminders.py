"""Which deadlines come, and whose they are.

Candidates, members and leaders have no account here: they are told by those who organise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from okil.areas.bodies.models import Body, Person, Role, RoleName
from okil.areas.elections.models import Cycle, DeadlineKind, GroupDeadline, PlanAction, Reminder
from okil.areas.elections.queries.plan_done import Done, done_in
from okil.areas.elections.queries.stages import Whereabouts, whereabouts_in
from okil.pure.rules.stages import ORDER, Stage, State

AHEAD = timedelta(days=3)
LAST_DAY = "-today"  # a second reminder of the same deadline

# Who holds the parts that a plan names, as far as they have an account.
HOLDERS: Mapping[str, str] = {
    "secretariat": RoleName.SECRETARIAT,
    "organiser": RoleName.ORGANISER,
    "commission": RoleName.COMMISSIONER,
    "observers": RoleName.OBSERVER,
}
# Stages that end by the clock, whatever the plan says, and the state in which they are over.
STAGES_THAT_END: Mapping[Stage, State] = {
    Stage.REGISTRATION: State.CANDIDATES_PUBLISHED,
    Stage.VOTING: State.COUNTING,
}
OF_THE_GROUP = (RoleName.ORGANISER, RoleName.COMMISSIONER)


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline of one officer. `what` names it as a Reminder keeps it: "action-12-today"."""

    role: Role
    cycle: Cycle
    what: str
    due_on: date


def due_by_person(body: Body, *, at: datetime) -> dict[int, list[Due]]:
    """By primary key of the person: what they are to be reminded of on this day."""
    on = day_of(body, at)
    found: dict[int, list[Due]] = defaultdict(list)
    officers = _officers(body)
    for cycle in Cycle.objects.filter(body=body, term_ends_on__gte=on).order_by("year"):
        for due in _due_in(cycle, officers, on=on, at=at):
            found[due.role.person_id].append(due)
    return dict(found)


def was_told_on(person: Person, day: date) -> bool:
    """Did this person have a reminder on this day? One a day is enough."""
    zone = ZoneInfo(person.body.time_zone)
    begins = datetime.combine(day, time.min, zone)
    ends = datetime.combine(day + timedelta(days=1), time.min, zone)
    told = Reminder.objects.filter(role__person=person)
    return told.filter(queued_at__gte=begins, queued_at__lt=ends).exists()


def told_together(reminder: Reminder) -> list[Reminder]:
    """What one letter speaks of, the next first."""
    same = Reminder.objects.filter(
        role__person=reminder.role.person_id, queued_at=reminder.queued_at
    )
    return list(same.order_by("due_on", "what", "pk"))


def day_of(body: Body, at: datetime) -> date:
    return at.astimezone(ZoneInfo(body.time_zone)).date()


def _officers(body: Body) -> list[Role]:
    """Roles in force of people who can be written to."""
    held = Role.objects.filter(body=body, ends_at=None, person__user__is_active=True)
    return list(held.filter(role__in=HOLDERS.values()).order_by("pk"))


def _due_in(cycle: Cycle, officers: Sequence[Role], *, on: date, at: datetime) -> Iterator[Due]:
    running = [
        where for where in whereabouts_in(cycle) if not where.annulled and not where.suspension
    ]
    yield from _of_the_plan(cycle, running, officers, on=on)
    yield from _of_stages(cycle, running, officers, on=on, at=at)


def _of_the_plan(
    cycle: Cycle, running: Sequence[Whereabouts], officers: Sequence[Role], *, on: date
) -> Iterator[Due]:
    """A beginning is no deadline; where the common plan says nothing, a group's own day is one."""
    rows = list(cycle.plan.exclude(deadline_kind=DeadlineKind.FROM))
    own = _own_days(cycle)
    near = [row for row in rows if _is_near(row, own, on=on)]
    done = done_in(cycle, [row.number for row in near])
    for row in near:
        for role, due_on in _who_and_when(row, done[row.number], running, officers, own):
            if (what := _named(f"action-{row.number}", due_on, on=on)) is not None:
                yield Due(role, cycle, what, due_on)


OwnDays = Mapping[int, Mapping[int, date]]  # action -> election -> day


def _own_days(cycle: Cycle) -> OwnDays:
    found: dict[int, dict[int, date]] = defaultdict(dict)
    rows = GroupDeadline.objects.filter(action__cycle=cycle)
    for action, election, day in rows.values_list("action", "election", "deadline_on"):
        found[action][election] = day
    return found


def _is_near(row: PlanAction, own: OwnDays, *, on: date) -> bool:
    days = [row.deadline_on, *own.get(row.pk, {}).values()]
    return any(day is not None and on <= day <= on + AHEAD for day in days)


def _who_and_when(
    row: PlanAction,
    done: Done,
    running: Iterable[Whereabouts],
    officers: Sequence[Role],
    own: OwnDays,
) -> Iterator[tuple[Role, date]]:
    """Those responsible for an action that is not done, each with their day."""
    names = {HOLDERS[each] for each in row.responsible if each in HOLDERS}
    if row.deadline_on is not None and not done.everywhere:
        for role in officers:
            if role.group_id is None and role.role in names:
                yield role, row.deadline_on
    for where in running:
        election = where.election
        due_on = own.get(row.pk, {}).get(election.pk) or row.deadline_on
        if due_on is not None and not done.in_election(election.pk):
            for role in officers:
                if role.group_id == election.group_id and role.role in names:
                    yield role, due_on


def _of_stages(
    cycle: Cycle,
    running: Iterable[Whereabouts],
    officers: Sequence[Role],
    *,
    on: date,
    at: datetime,
) -> Iterator[Due]:
    for where in running:
        here = [
            role
            for role in officers
            if role.group_id == where.election.group_id and role.role in OF_THE_GROUP
        ]
        for stage, over in STAGES_THAT_END.items():
            dated = where.dates.get(stage)
            if dated is None or dated.ends_at <= at or not _runs_towards(where.state, over):
                continue
            due_on = day_of(cycle.body, dated.ends_at)
            what = _named(f"stage-{int(stage)}", due_on, on=on)
            if what is not None:
                yield from (Due(role, cycle, what, due_on) for role in here)


def _runs_towards(state: State, over: State) -> bool:
    place = ORDER.index(state)
    return ORDER.index(State.ANNOUNCED) <= place < ORDER.index(over)


def _named(what: str, due_on: date, *, on: date) -> str | None:
    """Three days before, or as soon after as we look; once more on the last day; else not."""
    if due_on == on:
        return what + LAST_DAY
    return what if on < due_on <= on + AHEAD else None
