"""A group's schedule of stages as a paper (7.03): stage, beginning, end, who answers for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from okil.areas.elections.documents.officers import (
    Said,
    in_words,
    kind_for,
    moment_said,
    of_election,
    titled,
)
from okil.areas.elections.models import Cycle, Election, StageDates
from okil.areas.elections.wording.plan import PLAN_ROLES
from okil.areas.elections.wording.stages import stage_name
from okil.foundation.documents.blocks import Block, Column, Paragraph, Table
from okil.foundation.documents.kinds import PUBLIC, register
from okil.pure.rules.stages import Stage

SCHEDULE = "group-schedule"
WIDTHS = (28, 22, 22, 28)  # stage, begins, ends, responsible: of a hundred


def schedule_facts(election: Election, dates: Iterable[StageDates]) -> dict[str, Any]:
    """What the paper says; all of it is public."""
    responsible = _responsible(election.cycle)
    return {
        "format": "okil-schedule/1",
        **of_election(election),
        "stages": [
            {
                "no": each.stage,
                "begins_at": each.begins_at.isoformat() if each.begins_at else None,
                "ends_at": each.ends_at.isoformat(),
                "responsible": responsible[each.stage],
            }
            for each in sorted(dates, key=lambda each: each.stage)
        ],
    }


def _responsible(cycle: Cycle) -> dict[int, list[str]]:
    """By stage: who answers for an action of the plan in it, each once, in the plan's order."""
    found: dict[int, list[str]] = defaultdict(list)
    for action in cycle.plan.order_by("number"):
        known = found[action.stage]
        known += [code for code in action.responsible if code not in known]
    return found


def compose_schedule(facts: Said, language: str, audience: str) -> list[Block]:
    titles = (_("Stage"), _("Begins"), _("Ends"), _("Responsible"))
    columns = tuple(Column(title, width=width) for title, width in zip(titles, WIDTHS, strict=True))
    rows = tuple(_row(each, facts["zone"], language) for each in facts["stages"])
    lead = _("Elections of {year}. Group: {group}.")
    return [
        titled("7.03", in_words(facts["body"], language), language),
        Paragraph(lead.format(year=facts["year"], group=in_words(facts["group"], language))),
        Table(columns, rows),
    ]


def _row(stage: Said, zone: str, language: str) -> tuple[str, ...]:
    return (
        f"{stage['no']}. {stage_name(stage['no']).in_language(language)}",
        _beginning(stage, zone, language),
        moment_said(stage["ends_at"], zone, language),
        ", ".join(PLAN_ROLES[code].in_language(language) for code in stage["responsible"]),
    )


def _beginning(stage: Said, zone: str, language: str) -> str:
    if stage["begins_at"]:
        return moment_said(stage["begins_at"], zone, language)
    return "–" if stage["no"] == Stage.PREPARATION else _("when the stage before it ends")


register(kind_for(SCHEDULE, "7.03", compose_schedule, audiences=(PUBLIC,)))
