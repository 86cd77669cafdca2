"""Plays the scripts: every step by the person whose step it is, in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from okil.areas.bodies.actions import people
from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.models import RoleName
from okil.areas.elections.actions import answers, stages
from okil.areas.elections.models import Cycle
from okil.foundation.accounts.models import User
from okil.pure.rules.stages import BY_CODE, MOVER, Stage, State
from okil.site.demonstration import (
    applications,
    consultations,
    lists,
    notices,
    officers,
    organisations,
    papers,
    results,
    several_roles,
    vote,
)
from okil.site.demonstration.calendar import Calendar
from okil.site.demonstration.part import Cast, Part, Step
from okil.site.demonstration.people import new_names
from okil.site.demonstration.scripts import FULL, Script

SUBJECTS: tuple[Callable[[Part], Iterator[Step]], ...] = (
    officers.steps,
    notices.steps,
    lists.steps,
    applications.steps,
    organisations.steps,
    vote.steps,
    results.steps,
    papers.steps,
)
Tell = Callable[[int, int], None]  # so many steps are done, of so many
EXTENDED_BECAUSE = {
    "ru": "К сроку поступила заявка только одного кандидата на два места.",
    "kk": "Мерзімге қарай екі орынға бір ғана кандидаттың өтінімі түсті.",
    "en": "By the deadline there was one candidate for two places.",
}


def replay(
    cycle: Cycle,
    secretary: User,
    calendar: Calendar,
    persons: list[dict[str, Any]],
    scripts: dict[str, Script],
    tell: Tell = lambda done, of: None,
) -> None:
    """All steps of all groups, sorted by their moments, so that the journal tells one story."""
    known = {row["id"]: row["name_ru"] or row["name_en"] for row in persons}
    names = new_names(but=frozenset(known.values()))
    cast = Cast(secretary, names, known)
    at = calendar.at(6, 25)
    steps: list[Step] = [(at, partial(_invite_colleague, cycle, cast))]
    steps += notices.announcement_steps(cycle, secretary, calendar)
    steps += papers.steps_of_the_secretariat(cycle, secretary, calendar)
    steps += several_roles.steps(cycle, cast, calendar)
    steps += consultations.steps(cycle, secretary, calendar)
    elections = cycle.elections.select_related("group", "cycle__body")
    for place, (slug, script) in enumerate(sorted(scripts.items())):
        part = Part(elections.get(group__slug=slug), script, place, calendar, cast)
        for subject in SUBJECTS:
            steps += subject(part)
        steps += _moves(part)
    for done, (moment, step) in enumerate(sorted(steps, key=lambda each: each[0])):
        tell(done, len(steps))
        step(moment)


def _invite_colleague(cycle: Cycle, cast: Cast, at: datetime) -> None:
    invitation = people.invite(
        RoleName.SECRETARIAT,
        body=cycle.body,
        group=None,
        email="secretariat-2@okil.example",
        name=next(cast.names),
        language="ru",
        decision=DecisionFacts(made_by="Секретариат", made_on=(at - timedelta(days=1)).date()),
        actor=cast.secretary,
        at=at,
    )
    people.accept_invitation(invitation.pk, actor=invitation.user, at=at + timedelta(hours=2))


def _moves(part: Part) -> Iterator[Step]:
    for to, moment in part.script.moves.items():
        at = part.at(*moment)
        state = State(to)
        yield at, partial(_move, part, state)
    for gate, moment in part.script.case_decided.items():
        yield part.at(*moment), partial(_decide_for_this_case, part, gate)
    if part.script.extended_at:
        yield part.at(*part.script.extended_at), partial(_extend, part)


def _move(part: Part, to: State, at: datetime) -> None:
    stages.move_on(part.election.pk, to=to, actor=part.user(MOVER[to]), at=at)


def _decide_for_this_case(part: Part, gate: str, at: datetime) -> None:
    """What the regulation leaves open, the group's assembly decides for this election."""
    answers.answer_gate(
        part.election.pk,
        gate=gate,
        answer=FULL[BY_CODE[gate].question],
        decision=part.decided(at),
        actor=part.user(RoleName.ORGANISER),
        at=at,
    )


def _extend(part: Part, at: datetime) -> None:
    assert part.script.extended_to is not None
    stages.extend_stage(
        part.election.pk,
        stage=Stage.REGISTRATION,
        to_at=part.at(*part.script.extended_to),
        reason=EXTENDED_BECAUSE,
        actor=part.user(RoleName.ORGANISER),
        at=at,
    )
