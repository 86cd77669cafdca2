"""A group's schedule of stages, as a numbered paper (7.03)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.elections.actions.current import running
from okil.areas.elections.actions.officers import hold_number, issue_for
from okil.areas.elections.documents.plan import SCHEDULE, schedule_facts
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.documents.models import Issued
from okil.pure.refusal import Refused


@transaction.atomic
def issue_schedule(election_id: int, *, seen: int, actor: User, at: datetime) -> Issued:
    """The dates of the newest round as they stand; a later paper replaces an earlier one.

    Raises Refused: not-allowed, annulled, suspended, schedule-undated, paper-issued.
    """
    election, row = running(election_id)
    body = election.cycle.body
    acting = access.require(actor, "change", "election_dates", body=body, group=election.group)
    dates = list(row.dates.all())
    if not dates:
        raise Refused("schedule-undated")
    hold_number(SCHEDULE, election, seen=seen, body=body, at=at)
    facts = schedule_facts(election, dates)
    issued = issue_for(SCHEDULE, facts, None, election, about=election, at=at)
    record(
        "schedule.issued",
        actor=acting,
        subject=election,
        at=at,
        chapter=election.chapter,
        after={"version": issued.version},
    )
    return issued
