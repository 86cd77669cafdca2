"""What the paper of a regulation says: its answers, and by whom and when they were approved."""

from __future__ import annotations

from typing import Any

from okil.areas.bodies.models import Decision, ElectoralGroup
from okil.areas.elections.models import AdoptedRegulation
from okil.pure.rules.regulation import Regulation, as_data

Facts = dict[str, Any]


def adopted_facts(adopted: AdoptedRegulation) -> Facts:
    return {
        **draft_facts(adopted.group, adopted.regulation),
        "edition": adopted.version,
        "approval": _decision(adopted.adopted_by),
        "only_for": adopted.case_of.cycle.year if adopted.case_of else None,
    }


def draft_facts(group: ElectoralGroup, regulation: Regulation) -> Facts:
    """Whatever is answered so far, approved by nobody."""
    common = group.body.common_rules.first()
    return {
        "format": "okil-regulation/1",
        "body": dict(group.body.name),
        "group": dict(group.public_name),
        "edition": 0,
        "approval": None,
        "only_for": None,
        "common": _decision(common.adopted_by) if common else None,
        "answers": as_data(regulation),
    }


def _decision(decision: Decision | None) -> Facts | None:
    if decision is None:
        return None
    return {
        "body": decision.made_by,
        "made_on": decision.made_on.isoformat(),
        "number": decision.number,
    }
