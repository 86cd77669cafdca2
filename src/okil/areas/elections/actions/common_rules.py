"""What all groups of a body decided together: one answer for several roles, and stricter levels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.bodies.actions.decisions import DecisionFacts, write_decision
from okil.areas.bodies.models import Body
from okil.areas.elections import queries
from okil.areas.elections.models import CommonRules, Election
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation, as_data, regulation_from
from okil.pure.rules.regulation.findings import COMMON_QUESTIONS, LEVEL_OF, Level
from okil.pure.rules.stages import RULES_STAND

MAY_BE_TIGHTENED = tuple(rule for rule, level in LEVEL_OF.items() if level is Level.SHOULD)


@transaction.atomic
def adopt_common_rules(
    body_id: int,
    *,
    content: Mapping[str, Any],
    tightened: Iterable[str],
    decision: DecisionFacts,
    seen_version: int,
    actor: User,
    at: datetime,
) -> CommonRules:
    """A new version, by the decision of the groups' common meeting; the old ones stay.

    While an election is announced and not concluded, what was decided stays as it is: only what was open
    may be answered, as in a group's regulation.
    Raises Refused: not-allowed, changed-meanwhile, regulation-unreadable, decision-in-the-future,
    common-rules-stand.
    """
    body = locked(Body, body_id)
    acting = access.require(actor, "change", "common_rules", body=body)
    latest = body.common_rules.first()
    if (latest.version if latest else 0) != seen_version:
        raise Refused("changed-meanwhile")
    tighter = [rule for rule in MAY_BE_TIGHTENED if rule in set(tightened)]
    answers = as_data(regulation_from({name: content.get(name) for name in COMMON_QUESTIONS}))
    if _is_changed(latest, answers, tighter):
        _require_nothing_announced(body)
    adopted = CommonRules.objects.create(
        body=body,
        version=seen_version + 1,
        content={name: answers[name] for name in COMMON_QUESTIONS},
        tightened=tighter,
        adopted_by=write_decision(body, decision, at=at),
        entered_at=at,
    )
    record(
        "common_rules.adopted",
        actor=acting,
        subject=adopted,
        at=at,
        chapter=body.chapter,
        after={"version": adopted.version, "tightened": len(adopted.tightened)},
    )
    return adopted


def _is_changed(
    latest: CommonRules | None, answers: Mapping[str, Any], tightened: Iterable[str]
) -> bool:
    """Is anything otherwise that was decided already?"""
    before = latest.content if latest else {}
    silent = as_data(Regulation())
    decided = [name for name in COMMON_QUESTIONS if before.get(name) not in (None, silent[name])]
    return any(answers[name] != before[name] for name in decided) or list(tightened) != (
        latest.tightened if latest else []
    )


def _require_nothing_announced(body: Body) -> None:
    """Elections are held, or one could be announced while its rules change."""
    elections = Election.objects.filter(cycle__body=body).order_by("pk")
    for election_id in elections.values_list("pk", flat=True):
        row = queries.current_round(locked(Election, election_id))
        if row.annulled_at is None and row.state in RULES_STAND:
            raise Refused("common-rules-stand")
