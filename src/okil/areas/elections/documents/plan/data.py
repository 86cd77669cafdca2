"""The plan as data: what `okil plan check` reads, and what a page takes over again."""

from __future__ import annotations

from typing import Any

from okil.areas.elections.models import Cycle
from okil.areas.elections.wording.stages import stage_name
from okil.pure.rules.stages import Stage

FORMAT = "okil-plan/1"


def plan_data(cycle: Cycle) -> dict[str, Any]:
    """As docs/schemas/plan.json describes it; also the `plan.json` of a package."""
    approval = cycle.plan_approved_by
    return {
        "format": FORMAT,
        "year": cycle.year,
        "approval_date": approval.made_on.isoformat() if approval else None,
        "stages": [{"no": int(stage), "title": dict(stage_name(stage))} for stage in Stage],
        "actions": [
            {
                "no": each.number,
                "stage": each.stage,
                "title": dict(each.title),
                "summary": dict(each.summary),
                "deadline": {
                    "kind": each.deadline_kind,
                    "date": each.deadline_on.isoformat() if each.deadline_on else None,
                },
                "depends_on": list(each.depends_on),
                "responsible": list(each.responsible),
                "participants": list(each.participants),
            }
            for each in cycle.plan.all()
        ],
    }
