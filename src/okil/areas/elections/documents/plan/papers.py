"""The plan as a paper (7.02): a table for each stage, the approval at the top right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from okil.areas.elections.documents.officers import (
    Said,
    day_said,
    in_words,
    kind_for,
    of_cycle,
    titled,
)
from okil.areas.elections.documents.plan.data import plan_data
from okil.areas.elections.models import Cycle, DeadlineKind
from okil.areas.elections.wording.plan import DEADLINE_KINDS, PLAN_ROLES
from okil.areas.elections.wording.stages import stage_name
from okil.foundation.documents.blocks import (
    Block,
    Column,
    Corner,
    Heading,
    Paragraph,
    Table,
)
from okil.foundation.documents.kinds import PUBLIC, register
from okil.foundation.web import dates

PLAN = "election-plan"
# Number, action, deadline, who answers for it, who takes part: of a hundred.
WIDTHS = (5, 35, 15, 21, 24)


def plan_facts(cycle: Cycle) -> dict[str, Any]:
    """What the paper says; all of it is public."""
    approval = cycle.plan_approved_by
    return {
        "format": "okil-plan-paper/1",
        **of_cycle(cycle),
        "approval": {
            "made_by": approval.made_by,
            "made_on": approval.made_on.isoformat(),
            "number": approval.number,
        }
        if approval
        else None,
        "actions": plan_data(cycle)["actions"],
    }


def compose_plan(facts: Said, language: str, audience: str) -> list[Block]:
    stages = sorted({action["stage"] for action in facts["actions"]})
    lead = _("Elections of {year}. The plan is a guide; a group may refine it with its own dates.")
    return [
        *_approval(facts["approval"], language),
        titled("7.02", in_words(facts["body"], language), language),
        Paragraph(lead.format(year=facts["year"])),
        *(block for stage in stages for block in _stage(facts, stage, language)),
    ]


def _approval(approval: Mapping[str, Any] | None, language: str) -> list[Block]:
    if approval is None:
        return []
    lines = [_("APPROVED"), approval["made_by"], day_said(approval["made_on"], language)]
    if approval["number"]:
        lines.append(_("No. {number}").format(number=approval["number"]))
    return [Corner(tuple(lines))]


def _stage(facts: Said, stage: int, language: str) -> list[Block]:
    titles = (_("No."), _("Action"), _("Deadline"), _("Responsible"), _("Taking part"))
    columns = tuple(Column(title, width=width) for title, width in zip(titles, WIDTHS, strict=True))
    rows = tuple(
        (
            str(action["no"]),
            in_words(action["title"], language),
            _deadline(action["deadline"], language, facts["year"]),
            _roles(action["responsible"], language),
            _roles(action["participants"], language) or _("nobody named"),
        )
        for action in facts["actions"]
        if action["stage"] == stage
    )
    return [Heading(f"{stage}. {stage_name(stage).in_language(language)}"), Table(columns, rows)]


def _roles(codes: Iterable[str], language: str) -> str:
    return ", ".join(PLAN_ROLES[code].in_language(language) for code in codes)


def _deadline(deadline: Said, language: str, year: int) -> str:
    """The year of the cycle stands above and goes without saying."""
    if deadline["date"] is None:
        return str(DEADLINE_KINDS[DeadlineKind.OPEN])
    phrase = {DeadlineKind.BY: dates.by, DeadlineKind.FROM: dates.since}.get(
        deadline["kind"], dates.day
    )
    return phrase(date.fromisoformat(deadline["date"]), language, "plain", unsaid_year=year)


register(kind_for(PLAN, "7.02", compose_plan, audiences=(PUBLIC,)))
