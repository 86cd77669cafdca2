"""Voters register themselves; whoever holds the ticket looks, corrects and withdraws (PROTOCOL 16.9)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from okil.areas.bodies.actions.decisions import kind_of_paper
from okil.areas.elections import access
from okil.areas.elections.actions.rights import held_right
from okil.areas.elections.actions.voters import (
    DECISION,
    Registration,
    hold_registration,
    hold_round,
    wait_again,
)
from okil.areas.elections.models import DelegatesMeeting, Election, Right, RollInvitation, Voter
from okil.areas.elections.queries.registration import voter_with_ticket
from okil.areas.elections.queries.voters import next_voter_number, registration_round
from okil.areas.elections.wording.voters import REGIONS
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.pure.encoding import canonical_json, sha256_hex
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State
from okil.pure.rules.tickets import check_of

THE_VOTER = Actor("voter", None)  # whoever holds the ticket; nobody asks who that is
SENT_TWICE = timedelta(minutes=10)  # so long the same form is a second press of the same button
OWN_WORDS = ("name", "contact", "basis")


@dataclass(frozen=True, slots=True)
class RegistrationFacts:
    """What the form of the group's regulation asks; what it does not ask is empty."""

    kind: str
    name: str = ""
    region: str = ""
    organisation: str = ""
    contact: str = ""
    basis: str = ""
    organisation_number: str = ""
    services: str = ""
    paper: bytes | None = None


TEXTS = tuple(each.name for each in fields(RegistrationFacts) if each.name != "paper")


@transaction.atomic
def register_voter(
    election_id: int,
    *,
    facts: RegistrationFacts,
    once: str,
    ticket: str,
    at: datetime,
    invitation: RollInvitation | None = None,
    meeting: int | None = None,
) -> Voter:
    """A voter who registers. Who comes after the end is kept, and marked late. The same form sent again
    (`once`) is the same registration: it gets this ticket, and the one before is void. `meeting`: the
    number of the one of which they say that it chose them; that its protocol names them, the organiser
    confirms, and until then they take nobody's place in it.

    Whether the name is on the list already is not told here: only the commission may learn who is.

    Raises Refused: suspended, annulled, not-in-registration, region-unknown, paper-unknown,
    paper-too-large, card-used, form-sent-already, delegates-meeting-unknown.
    """
    registration = hold_registration(election_id, at=at)
    sent = _form_check(once, facts, meeting)
    known = registration.row.voters.filter(form_check=sent).first()
    if known is not None:
        return _ticket_again(known, ticket, registration.election, at=at)
    _require_free(invitation, registration.election)
    voter = _entered(registration, facts, invitation, at=at)
    voter.meeting = _meeting(registration, meeting)
    voter.form_check = sent
    voter.ticket_check = check_of(ticket)
    voter.save(force_insert=True)
    record(
        "voter.registered",
        actor=THE_VOTER,
        subject=voter,
        at=at,
        chapter=registration.election.chapter,
        after={"number": voter.number, "way": voter.way},
    )
    return voter


def _meeting(registration: Registration, number: int | None) -> DelegatesMeeting | None:
    if number is None:
        return None
    meetings = registration.row.delegates_meetings.filter(withdrawn_at=None).defer("paper")
    found = meetings.filter(number=number).first()
    if found is None:
        raise Refused("delegates-meeting-unknown")
    return found


def _form_check(once: str, facts: RegistrationFacts, meeting: int | None) -> str:
    """Of the form and what it said: somebody else who goes back to it on the same computer and writes
    something else is somebody else. `once` is chance that is stored nowhere."""
    said = {name: getattr(facts, name) for name in TEXTS}
    paper = sha256_hex(facts.paper) if facts.paper else ""
    return sha256_hex(b"form|" + canonical_json([once, said, paper, meeting]))


def _ticket_again(voter: Voter, ticket: str, election: Election, *, at: datetime) -> Voter:
    if at - voter.entered_at > SENT_TWICE or voter.status != Voter.Status.WAITING:
        raise Refused("form-sent-already")
    voter.ticket_check = check_of(ticket)
    voter.save(update_fields=["ticket_check"])
    return voter


def _require_free(invitation: RollInvitation | None, election: Election) -> None:
    """A card registers one person, once; somebody who withdrew gives it back."""
    if invitation is None:
        return
    card = locked(RollInvitation, invitation.pk)
    taken = card.voters.exclude(status=Voter.Status.WITHDRAWN).exists()
    if card.withdrawn_at is not None or taken or card.election_id != election.pk:
        raise Refused("card-used")


def _entered(
    registration: Registration,
    facts: RegistrationFacts,
    invitation: RollInvitation | None,
    *,
    at: datetime,
) -> Voter:
    zone = ZoneInfo(registration.election.cycle.body.time_zone)
    voter = Voter(
        election=registration.election,
        round=registration.row,
        number=next_voter_number(registration.row),
        source=_source(facts, invitation),
        consented_on=at.astimezone(zone).date(),
        entered_at=at,
        is_late=registration.is_late(at),
        way=Voter.Way.INVITATION if invitation else Voter.Way.FORM,
        invitation=invitation,
    )
    _write(voter, facts)
    if invitation and not voter.organisation:
        voter.organisation = invitation.organisation
    return voter


def _source(facts: RegistrationFacts, invitation: RollInvitation | None) -> str:
    if invitation is not None:
        return Voter.Source.ORGANISATION
    return Voter.Source.PAPERS if facts.paper else Voter.Source.OWN_WORD


def _write(voter: Voter, facts: RegistrationFacts, *, only: Collection[str] = TEXTS) -> list[str]:
    """What the form said, on the record; answers the names of what was written.

    Raises Refused: region-unknown, paper-unknown, paper-too-large.
    """
    if facts.region and facts.region not in REGIONS:
        raise Refused("region-unknown")
    written = [name for name in TEXTS if name in only]
    for name in written:
        setattr(voter, name, getattr(facts, name))
    if "name" in written:
        written.append("name_key")
    if facts.paper:
        voter.paper_kind = kind_of_paper(facts.paper)
        voter.paper = facts.paper
        if voter.invitation_id is None and voter.source != Voter.Source.MEETING:
            voter.source = Voter.Source.PAPERS  # else somebody more than a paper vouches
        written += ["paper_kind", "paper", "source"]
    return written


# Whoever holds the ticket


def _held(ticket: str, *, at: datetime) -> tuple[Registration, Voter]:
    """The own entry, before the lists are closed.

    Raises Refused: ticket-unknown, suspended, annulled, not-in-registration, registration-closed,
    voter-withdrawn.
    """
    known = voter_with_ticket(ticket)
    if known is None:
        raise Refused("ticket-unknown")
    registration = hold_registration(known.election_id, at=at)
    voter = locked(Voter, known.pk)
    if voter.ticket_check != check_of(ticket):  # made anew meanwhile
        raise Refused("ticket-unknown")
    if registration.closing is not None:
        raise Refused("registration-closed", closed_at=registration.closing.closed_at)
    if voter.round_id != registration.row.pk:
        raise Refused("not-in-registration")
    if voter.status == Voter.Status.WITHDRAWN:
        raise Refused("voter-withdrawn", number=voter.number)
    return registration, voter


@transaction.atomic
def correct_registration(
    ticket: str, *, facts: RegistrationFacts, asked: Collection[str], at: datetime
) -> Voter:
    """Until the lists are closed; the commission then looks at it again. What was not asked stays as it
    is, and so does a paper in whose place there comes no other.

    Raises Refused: ticket-unknown, suspended, annulled, not-in-registration, registration-closed,
    voter-withdrawn, region-unknown, paper-unknown, paper-too-large.
    """
    registration, voter = _held(ticket, at=at)
    written = _write(voter, facts, only=asked)
    wait_again(voter)
    voter.save(update_fields=[*written, *DECISION])
    record(
        "voter.changed",
        actor=THE_VOTER,
        subject=voter,
        at=at,
        chapter=registration.election.chapter,
        after={"number": voter.number},
    )
    return voter


@transaction.atomic
def withdraw_registration(ticket: str, *, at: datetime) -> Voter:
    """Off the list, and what was sealed is emptied at once; number and ticket stay, so that the page
    still says what became of it.

    Raises Refused: ticket-unknown, suspended, annulled, not-in-registration, registration-closed,
    voter-withdrawn.
    """
    registration, voter = _held(ticket, at=at)
    wait_again(voter)
    voter.status = Voter.Status.WITHDRAWN
    written = _write(voter, RegistrationFacts(kind=voter.kind))
    voter.paper_kind, voter.paper = "", None
    voter.save(update_fields=[*written, "paper_kind", "paper", *DECISION])
    record(
        "voter.withdrawn",
        actor=THE_VOTER,
        subject=voter,
        at=at,
        chapter=registration.election.chapter,
        after={"number": voter.number},
    )
    return voter


@transaction.atomic
def open_own(ticket: str, *, at: datetime, only: Collection[str] = OWN_WORDS) -> dict[str, Any]:
    """What is sealed of the ticket's holder. Recorded as any opening, so that one by a stranger who got
    hold of the ticket is seen too.

    Raises Refused: ticket-unknown, vault-key-destroyed.
    """
    voter = voter_with_ticket(ticket)
    if voter is None:
        raise Refused("ticket-unknown")
    rows = Voter.objects.filter(pk=voter.pk)
    chapter = voter.election.chapter
    return vault.open(rows, "roll", actor=THE_VOTER, at=at, chapter=chapter, only=sorted(only))[
        voter.pk
    ]


# For officers


@transaction.atomic
def renew_ticket(voter_id: int, *, reason: str, ticket: str, actor: User, at: datetime) -> Voter:
    """The organiser makes a ticket and hands it over; the one before is void from now on.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, concluded,
    not-in-registration, voter-withdrawn, ticket-has-voted.
    """
    election_id = Voter.objects.values_list("election_id", flat=True).get(pk=voter_id)
    election, row, _situation = hold_round(election_id, at=at)
    voter = locked(Voter, voter_id)
    acting = access.require_confidence(actor, "change", "voter_application", election)
    if row.state == State.CONCLUDED:
        raise Refused("concluded")
    if voter.round_id != registration_round(row).pk:
        raise Refused("not-in-registration")
    if voter.status == Voter.Status.WITHDRAWN:
        raise Refused("voter-withdrawn", number=voter.number)
    if (right := held_right(row, voter.pk)) and right.channel == Right.Channel.ONLINE:
        raise Refused("ticket-has-voted")
    voter.ticket_check = check_of(ticket)
    voter.save(update_fields=["ticket_check"])
    record(
        "ticket.made",
        actor=acting,
        subject=voter,
        at=at,
        chapter=election.chapter,
        after={"number": voter.number, "reason": reason},
    )
    return voter


@transaction.atomic
def open_voter_paper(voter_id: int, *, actor: User, at: datetime) -> bytes:
    """The paper that authorises whoever votes for an organisation, on the record.

    Raises Refused: not-allowed, undertaking-missing, nothing-to-open.
    """
    voters = Voter.objects.select_related("election__cycle__body", "election__group")
    voter = voters.defer("name", "contact", "basis").get(pk=voter_id)
    election = voter.election
    acting = access.require_confidence(actor, "see", "voter_application", election)
    if not voter.paper_kind:
        raise Refused("nothing-to-open")
    opened = vault.open(
        [voter], "roll", actor=acting, at=at, chapter=election.chapter, only=["paper"]
    )
    return bytes(opened[voter.pk]["paper"])
