"""Meetings that choose delegates (indirect election, REG-29), and the delegates on the roll."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from okil.areas.bodies.actions.decisions import kind_of_paper
from okil.areas.elections import access
from okil.areas.elections.actions.voters import (
    DECISION,
    Registration,
    VoterFacts,
    hold_registration,
    hold_round,
    put_on_list,
    wait_again,
)
from okil.areas.elections.models import DelegatesMeeting, Election, Round, Voter
from okil.areas.elections.queries.candidates import rules_of
from okil.areas.elections.queries.delegates import NAMED, is_indirect
from okil.areas.elections.queries.voters import SELDOM, closing_of
from okil.areas.elections.wording.voters import REGIONS
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

MAY_BE_RECORDED = (State.ANNOUNCED, State.REGISTRATION)


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What the protocol of the meeting says of it, and the protocol itself."""

    held_on: date
    region: str
    organisation: str
    present: int
    chosen: int
    paper: bytes


@transaction.atomic
def record_delegates_meeting(
    election_id: int, *, facts: MeetingFacts, actor: User, at: datetime
) -> DelegatesMeeting:
    """A meeting that was held, with its protocol, which stays sealed.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    registration-closed, not-indirect, delegates-meeting-to-come, delegates-too-many-chosen,
    region-unknown, delegates-meeting-twice, paper-unknown, paper-too-large.
    """
    election, row, _situation = hold_round(election_id, at=at)
    acting = access.require_confidence(actor, "change", "voter_application", election)
    _require_before_the_closing(row)
    _require_sound(facts, election, row, at=at)
    meeting = DelegatesMeeting.objects.create(
        election=election,
        round=row,
        number=(row.delegates_meetings.aggregate(last=Max("number"))["last"] or 0) + 1,
        held_on=facts.held_on,
        region=facts.region,
        organisation=facts.organisation,
        present=facts.present,
        chosen=facts.chosen,
        paper_kind=kind_of_paper(facts.paper),
        paper=facts.paper,
        recorded_at=at,
    )
    record(
        "delegates.meeting_recorded",
        actor=acting,
        subject=meeting,
        at=at,
        chapter=election.chapter,
        after={"number": meeting.number, "present": facts.present, "chosen": facts.chosen},
    )
    return meeting


def _require_before_the_closing(row: Round) -> None:
    if row.state not in MAY_BE_RECORDED:
        raise Refused("not-in-registration")
    closing = closing_of(row)
    if closing is not None:
        raise Refused("registration-closed", closed_at=closing.closed_at)


def _require_sound(facts: MeetingFacts, election: Election, row: Round, *, at: datetime) -> None:
    if not is_indirect(rules_of(election.group)):
        raise Refused("not-indirect")
    if facts.held_on > at.astimezone(ZoneInfo(election.cycle.body.time_zone)).date():
        raise Refused("delegates-meeting-to-come")
    if not 1 <= facts.chosen <= facts.present:
        raise Refused("delegates-too-many-chosen")
    if facts.region and facts.region not in REGIONS:
        raise Refused("region-unknown")
    same = row.delegates_meetings.filter(
        held_on=facts.held_on, region=facts.region, organisation=facts.organisation
    )
    known = same.filter(withdrawn_at=None).defer("paper").first()
    if known is not None:
        raise Refused("delegates-meeting-twice", number=known.number)


@dataclass(frozen=True)
class Held:
    """A meeting of the registration that runs, held together with it."""

    registration: Registration
    meeting: DelegatesMeeting
    acting: Actor

    def require_places(self, wanted: int) -> None:
        """Nobody beyond the number that the meeting chose."""
        named = self.meeting.delegates.filter(NAMED).count()
        if named + wanted > self.meeting.chosen:
            raise Refused("delegates-all-named", chosen=self.meeting.chosen, named=named)


def _held(meeting_id: int, *, actor: User, at: datetime) -> Held:
    """Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    delegates-meeting-withdrawn."""
    election_id = DelegatesMeeting.objects.values_list("election_id", flat=True).get(pk=meeting_id)
    registration = hold_registration(election_id, at=at)
    meeting = locked(DelegatesMeeting, meeting_id)
    election = registration.election
    acting = access.require_confidence(actor, "change", "voter_application", election)
    if meeting.round_id != registration.row.pk:
        raise Refused("not-in-registration")
    if meeting.withdrawn_at is not None:
        raise Refused("delegates-meeting-withdrawn")
    return Held(registration, meeting, acting)


@transaction.atomic
def enter_delegate(meeting_id: int, *, facts: VoterFacts, actor: User, at: datetime) -> Voter:
    """A delegate whom the protocol names, put on the list.

    Raises Refused as `enter_voter` does; delegates-meeting-withdrawn, delegates-all-named.
    """
    held = _held(meeting_id, actor=actor, at=at)
    held.require_places(1)
    (voter,) = put_on_list(
        held.registration, [facts], way=Voter.Way.ORGANISER, meeting=held.meeting, at=at
    )
    _record_named(held, [voter.number], at=at)
    return voter


@transaction.atomic
def name_delegates(
    meeting_id: int, *, numbers: Collection[int], actor: User, at: datetime
) -> list[Voter]:
    """Voters who are on the list already are those whom the protocol names: who registered and said so,
    or came from a file. The commission looks at them again.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    registration-closed, delegates-meeting-withdrawn, nothing-chosen, voter-unknown, voter-withdrawn,
    delegate-of-another, delegates-all-named.
    """
    held = _held(meeting_id, actor=actor, at=at)
    _require_before_the_closing(held.registration.row)
    voters = _chosen(held, numbers)
    held.require_places(len(voters))
    for voter in voters:
        voter.meeting = held.meeting
        voter.source = Voter.Source.MEETING
        wait_again(voter)
    Voter.objects.bulk_update(voters, ["meeting", "source", *DECISION])
    _record_named(held, [voter.number for voter in voters], at=at)
    return voters


def _chosen(held: Held, numbers: Collection[int]) -> list[Voter]:
    """Without those whom this meeting names already."""
    listed = held.registration.row.voters.filter(number__in=numbers).defer("name", *SELDOM)
    voters = list(listed.order_by("number"))
    if unknown := set(numbers) - {voter.number for voter in voters}:
        raise Refused("voter-unknown", number=min(unknown))
    for voter in voters:
        if voter.status == Voter.Status.WITHDRAWN:
            raise Refused("voter-withdrawn", number=voter.number)
        if voter.source == Voter.Source.MEETING and voter.meeting_id not in (None, held.meeting.pk):
            raise Refused("delegate-of-another", number=voter.number)
    new = [
        voter
        for voter in voters
        if (voter.source, voter.meeting_id) != (Voter.Source.MEETING, held.meeting.pk)
    ]
    if not new:
        raise Refused("nothing-chosen")
    return new


def _record_named(held: Held, numbers: Collection[int], *, at: datetime) -> None:
    record(
        "delegates.named",
        actor=held.acting,
        subject=held.meeting,
        at=at,
        chapter=held.registration.election.chapter,
        after={"meeting": held.meeting.number, "numbers": [*numbers]},
    )


@transaction.atomic
def withdraw_delegates_meeting(meeting_id: int, *, actor: User, at: datetime) -> DelegatesMeeting:
    """It was recorded by mistake; its number is not given again.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    registration-closed, delegates-meeting-withdrawn, delegates-on-the-list.
    """
    election_id = DelegatesMeeting.objects.values_list("election_id", flat=True).get(pk=meeting_id)
    election, row, _situation = hold_round(election_id, at=at)
    meeting = locked(DelegatesMeeting, meeting_id)
    acting = access.require_confidence(actor, "change", "voter_application", election)
    _require_before_the_closing(row)
    if meeting.withdrawn_at is not None:
        raise Refused("delegates-meeting-withdrawn")
    if named := meeting.delegates.filter(NAMED).count():
        raise Refused("delegates-on-the-list", count=named)
    meeting.withdrawn_at = at
    meeting.save(update_fields=["withdrawn_at"])
    record(
        "delegates.meeting_withdrawn",
        actor=acting,
        subject=meeting,
        at=at,
        chapter=election.chapter,
        after={"number": meeting.number},
    )
    return meeting


@transaction.atomic
def open_delegates_protocol(meeting_id: int, *, actor: User, at: datetime) -> bytes:
    """The protocol of the meeting, on the record. Raises Refused: not-allowed, undertaking-missing."""
    meetings = DelegatesMeeting.objects.select_related("election__cycle__body", "election__group")
    meeting = meetings.get(pk=meeting_id)
    election = meeting.election
    acting = access.require_confidence(actor, "see", "voter_application", election)
    opened = vault.open(
        [meeting], "roll", actor=acting, at=at, chapter=election.chapter, only=["paper"]
    )
    return bytes(opened[meeting.pk]["paper"])
