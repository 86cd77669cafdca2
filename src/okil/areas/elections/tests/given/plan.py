"""Plans: dated, contradicting themselves, approved, done in part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from okil.areas.elections.actions import own_days, own_plan, plan, plan_marks
from okil.areas.elections.actions.plan import ActionFacts
from okil.areas.elections.models import Cycle, Election, PlanAction
from okil.areas.elections.tests import given
from okil.foundation.web.languages import Texts

# The plan of 2024: registration is to end before it opens, the vote before the list is published.
OF_2024: Mapping[int, tuple[str, date]] = {
    number: (kind, date(2024, month, day))
    for number, kind, month, day in (
        (1, "by", 8, 12), (2, "by", 8, 13), (3, "from", 8, 5), (4, "by", 8, 12), (5, "by", 8, 12),
        (6, "by", 8, 12), (7, "by", 8, 12), (8, "by", 8, 12), (9, "by", 8, 12), (10, "by", 8, 11),
        (11, "on", 8, 11), (12, "by", 8, 12), (13, "by", 8, 19), (14, "by", 8, 19),
        (15, "by", 8, 15), (16, "by", 8, 15), (17, "by", 8, 20), (18, "by", 8, 25),
        (19, "by", 8, 15), (20, "by", 8, 17), (21, "by", 8, 17), (22, "by", 8, 17),
        (23, "by", 9, 5), (24, "by", 9, 1), (25, "by", 9, 1),
    )
}  # fmt: skip


def revision(cycle: Cycle) -> int:
    return Cycle.objects.get(pk=cycle.pk).plan_revision


def dated(cycle: Cycle, days: Mapping[int, date], kind: str = "by") -> Cycle:
    return given_deadlines(cycle, {number: (kind, day) for number, day in days.items()})


def given_deadlines(cycle: Cycle, deadlines: Mapping[int, tuple[str, date | None]]) -> Cycle:
    plan.date_actions(
        cycle.pk,
        deadlines=deadlines,
        seen_revision=revision(cycle),
        actor=given.secretariat(),
        at=given.AT,
    )
    cycle.refresh_from_db()
    return cycle


def as_in_2024(cycle: Cycle) -> Cycle:
    return given_deadlines(cycle, dict(OF_2024))


def approved(cycle: Cycle) -> Cycle:
    plan.approve_plan(
        cycle.pk,
        decision=given.decision(),
        seen_revision=revision(cycle),
        actor=given.secretariat(),
        at=given.AT,
    )
    cycle.refresh_from_db()
    return cycle


def facts(action: PlanAction | None = None, **changed: Any) -> ActionFacts:
    """What an action says, or a new one would, but for what is changed."""
    usual: dict[str, Any] = {
        "stage": 1,
        "title": Texts({"ru": "Проверить зал", "kk": "Залды тексеру", "en": "Look at the hall"}),
        "summary": Texts(),
        "kind": "open",
        "on": None,
        "responsible": ("organiser",),
        "participants": ("community",),
        "depends_on": (),
    }
    if action is not None:
        usual |= {
            "stage": action.stage,
            "title": action.title,
            "summary": action.summary,
            "kind": action.deadline_kind,
            "on": action.deadline_on,
            "responsible": tuple(action.responsible),
            "participants": tuple(action.participants),
            "depends_on": tuple(action.depends_on),
        }
    return ActionFacts(**{**usual, **changed})


def own(election: Election, days: Mapping[int, date], seen: Mapping[int, date] = {}) -> None:
    own_plan.set_own_deadlines(
        election.pk, days=days, seen=seen, actor=given.organiser_of(election), at=given.AT
    )


def marked(cycle: Cycle, number: int, *, election: Election | None = None) -> None:
    plan_marks.mark_done(
        cycle.pk,
        number,
        election=election,
        done_on=given.AT.date(),
        actor=given.organiser_of(election) if election else given.secretariat(),
        at=given.AT,
    )


def day_named(day: date, *, is_working: bool = False) -> None:
    own_days.name_day(
        given.body().pk, day=day, is_working=is_working, actor=given.secretariat(), at=given.AT
    )


def everything_happens_to(cycle: Cycle) -> None:
    """Each kind of change to the plan, once."""
    secretary = given.secretariat()
    day_named(date(2024, 9, 2))
    own_days.forget_day(given.body().pk, date(2024, 9, 2), actor=secretary, at=given.AT)
    seen = revision(cycle)
    common: dict[str, Any] = {"actor": secretary, "at": given.AT}
    plan.change_action(
        cycle.pk,
        2,
        facts=facts(cycle.plan.get(number=2), kind="by", on=date(2024, 9, 3)),
        seen_revision=seen,
        **common,
    )
    added = plan.add_action(cycle.pk, facts=facts(), seen_revision=seen + 1, **common)
    plan.remove_action(cycle.pk, added.number, seen_revision=seen + 2, **common)
    marked(cycle, 1)
    plan_marks.take_mark_back(cycle.pk, 1, **common)
