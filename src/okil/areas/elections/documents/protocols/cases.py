"""What was decided for this election alone, as the facts of its protocol name it."""

from __future__ import annotations

from typing import Any

from okil.areas.elections.models import GateAnswer, Round


def decided_for_one_case(row: Round) -> list[dict[str, Any]]:
    """The decisions in force in this round, be they taken in an earlier one; in their order."""
    given = GateAnswer.objects.filter(
        round__election=row.election, round__number__lte=row.number, withdrawn_at=None
    )
    with_decision = given.select_related("decision").defer("decision__paper")
    return [
        {
            "asked": each.gate,
            "made_by": each.decision.made_by,
            "made_on": each.decision.made_on.isoformat(),
            "number": each.decision.number,
        }
        for each in with_decision.order_by("said_at", "pk")
    ]
