"""Candidates apply themselves; whoever holds the ticket looks and corrects. What everybody reads, the
signature and a withdrawal ask for a code as well, which goes to the address the candidate gave."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from okil.areas.elections.actions.candidates import (
    Consents,
    day_of,
    require_consents_possible,
    require_offered,
    require_withdrawal_possible,
    the_person_named,
    write_changed_consents,
    write_signature,
    write_withdrawal,
)
from okil.areas.elections.actions.nominations import accepted_nomination
from okil.areas.elections.actions.voters import Registration, hold_registration, hold_round
from okil.areas.elections.models import Candidate, CandidateCode, Election
from okil.areas.elections.queries.applications import candidate_with_ticket
from okil.areas.elections.queries.candidates import next_candidate_number
from okil.foundation import vault
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.pure.encoding import canonical_json, sha256_hex
from okil.pure.refusal import Refused
from okil.pure.rules.tickets import candidate_check_of

THE_CANDIDATE = Actor("candidate", None)  # whoever holds the ticket; nobody asks who that is
SENT_TWICE = timedelta(minutes=10)  # so long the same form is a second press of the same button
GOOD_FOR = timedelta(minutes=15)  # a code
MOST_TRIES = 5
MOST_CODES, IN = 5, timedelta(hours=1)
OWN_WORDS = ("name", "contact", "experience", "term_history", "conflict")


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """What the form asks, the same in every group."""

    place: str
    name: str
    region: str = ""
    organisation: str = ""
    programme: dict[str, str] = field(default_factory=dict)
    contact: str = ""
    experience: str = ""
    term_history: str = ""
    conflict: str = ""


FIELDS = tuple(ApplicationFacts.__dataclass_fields__)
# Codes go to the contact: if the ticket alone could change it, a code would prove nothing.
CORRECTED = tuple(name for name in FIELDS if name != "contact")


@transaction.atomic
def apply_as_candidate(
    election_id: int,
    *,
    facts: ApplicationFacts,
    consents: Consents,
    pseudonym: str,
    once: str,
    ticket: str,
    at: datetime,
    nomination: str = "",
) -> Candidate:
    """A candidate who applies. Who comes after the end is kept, and marked late. The same form sent again
    (`once`) is the same application: it gets this ticket, and the one before is void.

    Whether the name is an officer's, or stands on the list already, is not told here: only the commission
    may learn who is. Raises Refused: suspended, annulled, not-in-registration, place-unknown,
    region-unknown, form-sent-already, nomination-unknown, nomination-declined, nomination-accepted.
    """
    registration = hold_registration(election_id, at=at)
    sent = _form_check(once, facts, consents, pseudonym)
    known = registration.row.candidates.filter(form_check=sent).first()
    if known is not None:
        return _ticket_again(known, ticket, at=at)
    require_offered(registration.row, facts.place, facts.region)
    candidate = Candidate(
        election=registration.election,
        round=registration.row,
        number=next_candidate_number(registration.row),
        pseudonym=pseudonym,
        consented_on=day_of(at, registration.election),
        signing="",
        way=Candidate.Way.FORM,
        nomination=accepted_nomination(nomination, registration.row),
        ticket_check=candidate_check_of(ticket),
        form_check=sent,
        entered_at=at,
        is_late=registration.is_late(at),
        **asdict(consents),
    )
    _write(candidate, facts)
    candidate.save(force_insert=True)
    record(
        "candidate.applied",
        actor=THE_CANDIDATE,
        subject=candidate,
        at=at,
        chapter=registration.election.chapter,
        after={"number": candidate.number, "nominated": candidate.nomination_id is not None},
    )
    return candidate


def _form_check(once: str, facts: ApplicationFacts, consents: Consents, pseudonym: str) -> str:
    """As of a voter's form: somebody else who goes back to it and writes something else is somebody else."""
    said = [once, asdict(facts), asdict(consents), pseudonym]
    return sha256_hex(b"application|" + canonical_json(said))


def _ticket_again(candidate: Candidate, ticket: str, *, at: datetime) -> Candidate:
    if at - candidate.entered_at > SENT_TWICE or candidate.withdrawn_at is not None:
        raise Refused("form-sent-already")
    candidate.ticket_check = candidate_check_of(ticket)
    candidate.save(update_fields=["ticket_check"])
    return candidate


def _write(
    candidate: Candidate, facts: ApplicationFacts, *, only: Collection[str] = FIELDS
) -> list[str]:
    """What the form said, on the record; answers the names of what was written."""
    written = [name for name in FIELDS if name in only]
    for name in written:
        value = getattr(facts, name)
        setattr(candidate, name, (value or None) if name in OWN_WORDS[1:] else value)
    if "name" in written:
        candidate.person = the_person_named(candidate.election, facts.name)
        written += ["name_key", "person"]
    return written


# Whoever holds the ticket


def own_application(ticket: str) -> Candidate:
    """As it is now. Raises Refused: ticket-unknown."""
    known = candidate_with_ticket(ticket)
    if known is None:
        raise Refused("ticket-unknown")
    return known


def _locked_own(ticket: str) -> Candidate:
    """The election first, as every action does; then the application, if the ticket still opens it."""
    known = own_application(ticket)
    locked(Election, known.election_id)
    candidate = locked(Candidate, known.pk)
    if candidate.ticket_check != candidate_check_of(ticket):  # made anew meanwhile
        raise Refused("ticket-unknown")
    return candidate


def _open_lists(candidate: Candidate, *, at: datetime) -> Registration:
    """The registration this application is in, before the lists are closed.

    Raises Refused: suspended, annulled, not-in-registration, registration-closed, candidate-withdrawn.
    """
    registration = hold_registration(candidate.election_id, at=at)
    if registration.closing is not None:
        raise Refused("registration-closed", closed_at=registration.closing.closed_at)
    if candidate.round_id != registration.row.pk:
        raise Refused("not-in-registration")
    if candidate.withdrawn_at is not None:
        raise Refused("candidate-withdrawn")
    return registration


@transaction.atomic
def correct_application(
    ticket: str, *, facts: ApplicationFacts, asked: Collection[str], at: datetime
) -> Candidate:
    """Until the lists are closed, all but the contact. What was signed said something else: it is to be
    signed anew, and a code that is on its way confirms nothing any more.

    Raises Refused: ticket-unknown, suspended, annulled, not-in-registration, registration-closed,
    candidate-withdrawn, place-unknown, region-unknown.
    """
    candidate = _locked_own(ticket)
    registration = _open_lists(candidate, at=at)
    require_offered(registration.row, facts.place, facts.region)
    candidate.codes.filter(used_at=None).update(used_at=at)
    candidate.signed_on, candidate.signing = None, ""
    written = _write(candidate, facts, only=set(asked) & set(CORRECTED))
    candidate.save(update_fields=[*written, "signed_on", "signing"])
    record(
        "candidate.changed",
        actor=THE_CANDIDATE,
        subject=candidate,
        at=at,
        chapter=registration.election.chapter,
        after={"number": candidate.number},
    )
    return candidate


@transaction.atomic
def open_own_application(
    ticket: str, *, at: datetime, only: Collection[str] = OWN_WORDS
) -> dict[str, Any]:
    """What is sealed of the ticket's holder, on the record as any opening.

    Raises Refused: ticket-unknown, vault-key-destroyed.
    """
    candidate = own_application(ticket)
    rows = Candidate.objects.filter(pk=candidate.pk)
    chapter = candidate.election.chapter
    opened = vault.open(
        rows, "candidates", actor=THE_CANDIDATE, at=at, chapter=chapter, only=sorted(only)
    )
    return opened[candidate.pk]


# What a code confirms


def _require_signable(candidate: Candidate, _wanted: Mapping[str, Any], *, at: datetime) -> None:
    _open_lists(candidate, at=at)
    if candidate.signed_on is not None:
        raise Refused("application-signed")


def _sign(candidate: Candidate, wanted: Mapping[str, Any], *, at: datetime) -> None:
    _require_signable(candidate, wanted, at=at)
    today = day_of(at, candidate.election)
    write_signature(candidate, today, Candidate.Signing.CODE, acting=THE_CANDIDATE, at=at)


def _said(wanted: Mapping[str, Any]) -> tuple[Consents, str]:
    consents = Consents(**{name: wanted[name] for name in Consents.__dataclass_fields__})
    return consents, wanted["pseudonym"]


def _require_consents(candidate: Candidate, wanted: Mapping[str, Any], *, at: datetime) -> None:
    require_consents_possible(candidate, *_said(wanted))


def _change_consents(candidate: Candidate, wanted: Mapping[str, Any], *, at: datetime) -> None:
    write_changed_consents(
        candidate, *_said(wanted), election=candidate.election, acting=THE_CANDIDATE, at=at
    )


def _require_withdrawal(candidate: Candidate, _wanted: Mapping[str, Any], *, at: datetime) -> None:
    _election, row, _situation = hold_round(candidate.election_id, at=at)
    require_withdrawal_possible(candidate, row)


def _withdraw(candidate: Candidate, _wanted: Mapping[str, Any], *, at: datetime) -> None:
    election, row, _situation = hold_round(candidate.election_id, at=at)
    write_withdrawal(candidate, row, election=election, acting=THE_CANDIDATE, at=at)


Act = CandidateCode.Act
REQUIRED: Mapping[str, Callable[..., None]] = {
    Act.SIGN: _require_signable,
    Act.CONSENTS: _require_consents,
    Act.WITHDRAW: _require_withdrawal,
}
PERFORMED: Mapping[str, Callable[..., None]] = {
    Act.SIGN: _sign,
    Act.CONSENTS: _change_consents,
    Act.WITHDRAW: _withdraw,
}


def wanted_of(consents: Consents, pseudonym: str) -> dict[str, Any]:
    """What a code for consents confirms."""
    return {**asdict(consents), "pseudonym": pseudonym}


@transaction.atomic
def ask_code(
    ticket: str,
    *,
    act: str,
    code: str,
    at: datetime,
    wanted: Mapping[str, Any] | None = None,
) -> CandidateCode:
    """A code for one act, to be mailed now; the one before confirms nothing any more. Nothing is sent in
    vain: what the act would refuse is refused here.

    Raises Refused: ticket-unknown, codes-too-many, and as the act does.
    """
    candidate = _locked_own(ticket)
    REQUIRED[act](candidate, wanted or {}, at=at)
    if candidate.codes.filter(sent_at__gt=at - IN).count() >= MOST_CODES:
        raise Refused("codes-too-many")
    candidate.codes.filter(used_at=None).update(used_at=at)
    made = CandidateCode.objects.create(
        candidate=candidate,
        act=act,
        wanted=dict(wanted or {}),
        check_of_code=_check_of(candidate, act, wanted or {}, code),
        sent_at=at,
    )
    record(
        "candidate.code_asked",
        actor=THE_CANDIDATE,
        subject=candidate,
        at=at,
        chapter=candidate.election.chapter,
        after={"number": candidate.number, "act": act},
    )
    return made


def _check_of(candidate: Candidate, act: str, wanted: Mapping[str, Any], code: str) -> str:
    """Keyed, and bound to what it confirms, in whatever order a database gives it back."""
    said = canonical_json([candidate.pk, act, sorted(wanted.items()), code])
    return salted_hmac("okil.candidate-code", said, algorithm="sha256").hexdigest()


def confirm(ticket: str, *, code: str, at: datetime) -> str:
    """The act that the newest code is for, done; its name. A wrong code is counted, whatever follows.

    Raises Refused: ticket-unknown, code-expired, code-wrong, code-tried-out, and as the act does.
    """
    with transaction.atomic():
        candidate = _locked_own(ticket)
        newest = candidate.codes.order_by("-pk").first()
        if newest is None or newest.used_at is not None or at - newest.sent_at > GOOD_FOR:
            raise Refused("code-expired")
        if newest.tries >= MOST_TRIES:
            raise Refused("code-tried-out")
        expected = _check_of(candidate, newest.act, newest.wanted, code)
        if constant_time_compare(expected, newest.check_of_code):
            newest.used_at = at
            newest.save(update_fields=["used_at"])
            PERFORMED[newest.act](candidate, newest.wanted, at=at)
            return newest.act
        newest.tries += 1
        newest.save(update_fields=["tries"])
    if newest.tries >= MOST_TRIES:
        raise Refused("code-tried-out")
    raise Refused("code-wrong", left=MOST_TRIES - newest.tries)
