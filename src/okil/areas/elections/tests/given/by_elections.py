"""A place that falls vacant during the term, and the by-election for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from okil.areas.bodies.actions import memberships
from okil.areas.bodies.models import EndReason, Membership
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import by_elections
from okil.areas.elections.models import Election, Round
from okil.areas.elections.tests import given
from okil.pure.rules.stages import Stage, State

LEFT_ON = date(2025, 2, 28)
AT = datetime(2025, 3, 10, 6, 0, tzinfo=UTC)  # 11:00 in Astana


def moment(month: int, day: int, hour: int) -> datetime:
    return datetime(2025, month, day, hour, tzinfo=UTC)


DATES: dict[Stage, tuple[datetime | None, datetime]] = {
    Stage.PREPARATION: (None, moment(3, 14, 13)),
    Stage.ANNOUNCEMENT: (None, moment(3, 18, 13)),
    Stage.REGISTRATION: (moment(3, 24, 4), moment(4, 4, 13)),
    Stage.CANDIDATE_LIST: (None, moment(4, 8, 13)),
    Stage.VOTING: (moment(4, 10, 4), moment(4, 11, 13)),
    Stage.RESULTS: (None, moment(4, 25, 13)),
}


def concluded(*, rules: Mapping[str, Any] | None = None) -> Election:
    """A member sits for the new term; the alternate's place is vacant with its reason."""
    return given.election(State.CONCLUDED, rules=rules)


def left(election: Election, *, position: str = "member", ends_on: date = LEFT_ON) -> Membership:
    """Whoever holds this place for the term leaves it."""
    held = Membership.objects.get(seat__group=election.group, position=position, ends_on=None)
    return memberships.end_membership(
        held.pk,
        ends_on=ends_on,
        reason=EndReason.RESIGNED,
        actor=given.secretariat(),
        at=AT,
    )


def alternate_joined(election: Election) -> Membership:
    """Somebody took the alternate's place meanwhile."""
    return memberships.begin_membership(
        election.group.seats.get().pk,
        position="alternate",
        begins_on=election.cycle.term_begins_on,
        name=bodies.a_name(),
        elected_in=str(election.cycle.year),
        actor=given.secretariat(),
        at=AT,
    )


def opened(election: Election, *, at: datetime = AT) -> Round:
    return by_elections.open_by_election(
        election.pk,
        dates=DATES,
        decision=given.decision(),
        actor=given.secretariat(),
        at=at,
    )


def by_election(*, rules: Mapping[str, Any] | None = None) -> Election:
    """The member left during the term, there is an alternate; the by-election is in preparation."""
    election = concluded(rules=rules)
    alternate_joined(election)
    left(election)
    opened(election)
    return election
