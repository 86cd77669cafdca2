"""Meetings of the commission and their minutes (1.22)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from okil.areas.bodies.models import Role, RoleName
from okil.areas.elections.access import require_confidence
from okil.areas.elections.actions.current import running
from okil.areas.elections.actions.officers import hold_number, issue_for, opened_names
from okil.areas.elections.documents import meetings as papers
from okil.areas.elections.models import Election, Meeting
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.documents.models import Issued
from okil.foundation.locking import locked
from okil.pure.refusal import Refused

LEAST_PRESENT = 2


@transaction.atomic
def record_meeting(
    election_id: int,
    *,
    kind: str,
    begins_at: datetime,
    ends_at: datetime,
    place: dict[str, str],
    present: Collection[Role],
    minutes: str,
    actor: User,
    at: datetime,
) -> Meeting:
    """A meeting that was held, with its minutes, which stay sealed (1.22).

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, meeting-backwards,
    meeting-to-come, meeting-recorded, commission-alone.
    """
    election, _row = running(election_id)
    acting = require_confidence(actor, "change", "commission_meetings", election)
    if ends_at <= begins_at:
        raise Refused("meeting-backwards")
    if ends_at > at:
        raise Refused("meeting-to-come")
    if election.meetings.filter(begins_at=begins_at).exists():
        raise Refused("meeting-recorded")
    there = list(election.group.roles.filter(pk__in=[role.pk for role in present]))
    if sum(role.role == RoleName.COMMISSIONER for role in there) < LEAST_PRESENT:
        raise Refused("commission-alone")
    meeting = Meeting.objects.create(
        election=election,
        number=election.meetings.count() + 1,
        kind=kind,
        begins_at=begins_at,
        ends_at=ends_at,
        place=place,
        minutes=minutes,
        written_at=at,
    )
    meeting.present.set(there)
    record(
        "meeting.recorded",
        actor=acting,
        subject=meeting,
        at=at,
        chapter=election.chapter,
        after={"number": meeting.number, "kind": kind, "present": len(there)},
    )
    return meeting


@transaction.atomic
def open_minutes(meeting_id: int, *, actor: User, at: datetime) -> str:
    """The minutes, on the record. Raises Refused: not-allowed, undertaking-missing."""
    meeting = Meeting.objects.select_related("election__cycle__body", "election__group").get(
        pk=meeting_id
    )
    acting = require_confidence(actor, "see", "commission_meetings", meeting.election)
    minutes = _opened_minutes(meeting, acting, at=at)
    record(
        "meeting.minutes_opened",
        actor=acting,
        subject=meeting,
        at=at,
        chapter=meeting.election.chapter,
        after={"number": meeting.number},
    )
    return minutes


def _opened_minutes(meeting: Meeting, acting: Actor, *, at: datetime) -> str:
    opened = vault.open(
        [meeting], "officers", actor=acting, at=at, chapter=meeting.election.chapter
    )
    return str(opened[meeting.pk]["minutes"])


@transaction.atomic
def issue_minutes(meeting_id: int, *, seen: int, actor: User, at: datetime) -> Issued:
    """The minutes as a paper to be signed by hand (7.16).

    Raises Refused: not-allowed, undertaking-missing, paper-issued.
    """
    election_id = Meeting.objects.values_list("election_id", flat=True).get(pk=meeting_id)
    election = locked(Election, election_id)
    acting = require_confidence(actor, "change", "commission_meetings", election)
    meeting = locked(Meeting, meeting_id)
    people = [role.person for role in meeting.present.select_related("person")]
    hold_number(papers.MINUTES, meeting, seen=seen, body=election.cycle.body, at=at)
    facts = papers.minutes_facts(
        meeting,
        names=opened_names(election, people, actor=actor, at=at),
        minutes=_opened_minutes(meeting, acting, at=at),
    )
    issued = issue_for(papers.MINUTES, facts, None, election, about=meeting, at=at)
    record(
        "meeting.minutes_issued",
        actor=acting,
        subject=meeting,
        at=at,
        chapter=election.chapter,
        after={"number": meeting.number, "version": issued.version},
    )
    return issued
