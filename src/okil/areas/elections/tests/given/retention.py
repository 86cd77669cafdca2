"""Elections that are concluded, with people in every place, and days on which their data is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.elections.actions import retention as actions
from okil.areas.elections.models import Destruction, Election
from okil.areas.elections.queries import retention as known
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import complaints, officers, packages, seats
from okil.pure.rules.retention import Holding
from okil.pure.rules.stages import State

# The last day to complain about the result is 23 September: six months later, the day after.
DUE_AT = datetime(2025, 3, 24, 6, 0, tzinfo=UTC)
DAY_BEFORE = datetime(2025, 3, 23, 6, 0, tzinfo=UTC)
YEAR_OVER = datetime(2025, 10, 10, 6, 0, tzinfo=UTC)
ARCHIVE_OVER = datetime(2030, 1, 10, 6, 0, tzinfo=UTC)
AT_ONCE = given.moment(9, 26, 6)
TERMS = {"personal_data_months": 6, "archive_years": 5}


def concluded(*, rules: Mapping[str, Any] | None = None) -> Election:
    """With all acts, a complaint that was decided, minutes; all officers have signed."""
    election = packages.signed(rules={**given.RULES, **TERMS, **(rules or {})})
    officers.meeting(election, at=given.moment(9, 14, 12))
    complaint = complaints.complaint(election, act="1-count", at=given.moment(9, 14, 12))
    complaints.decided(complaint, at=given.moment(9, 15, 9))
    return given.moved_to(State.CONCLUDED, seats.published(election))


def destroyed(
    election: Election,
    holding: Holding,
    *,
    typed: int | None = None,
    decision: DecisionFacts | None = None,
    at: datetime = DUE_AT,
) -> Destruction:
    """By the organiser, who writes the right number if no other is said."""
    total = known.retention_of(election, at=at).of(holding).total
    return actions.destroy_holding(
        election.pk,
        holding=holding,
        typed=total if typed is None else typed,
        decision=decision,
        actor=given.organiser_of(election),
        at=at,
    )
