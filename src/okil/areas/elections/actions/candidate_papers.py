"""What candidates attach to their application with their ticket: papers that the regulation lists, a photo.

A picture is written anew before anything is held; a PDF is kept as it is (docs/security.md).
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from okil.areas.bodies.actions.decisions import PAPER_BYTES
from okil.areas.elections import access
from okil.areas.elections.actions.applications import THE_CANDIDATE
from okil.areas.elections.actions.voters import hold_registration
from okil.areas.elections.models import Candidate, CandidatePaper, Election
from okil.areas.elections.queries import candidate_papers as queries
from okil.areas.elections.queries.applications import candidate_with_ticket
from okil.areas.elections.queries.candidates import rules_of
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.foundation.web.pictures import PAPER_SIDE, PHOTO_SIDE, rewritten
from okil.pure.refusal import Refused
from okil.pure.rules.tickets import candidate_check_of

PDF, JPEG = "pdf", "jpeg"
PDF_START = b"%PDF-"


class Paper(NamedTuple):
    """A paper, opened or about to be sealed."""

    kind: str
    content: bytes


def own_application(ticket: str) -> Candidate:
    """Raises Refused: ticket-unknown."""
    found = candidate_with_ticket(ticket)
    if found is None:
        raise Refused("ticket-unknown")
    return found


def hold_own(ticket: str, *, at: datetime) -> tuple[Election, Candidate]:
    """Part of an action: the own application before the lists are closed, held.

    Raises Refused: ticket-unknown, suspended, annulled, not-in-registration, registration-closed,
    candidate-withdrawn.
    """
    known = own_application(ticket)
    registration = hold_registration(known.election_id, at=at)
    candidate = locked(Candidate, known.pk)
    if candidate.ticket_check != candidate_check_of(ticket):  # made anew meanwhile
        raise Refused("ticket-unknown")
    if candidate.round_id != registration.row.pk:
        raise Refused("not-in-registration")
    if candidate.withdrawn_at is not None:
        raise Refused("candidate-withdrawn")
    if registration.closing is not None:
        raise Refused("registration-closed", closed_at=registration.closing.closed_at)
    return registration.election, candidate


# Papers


@sensitive_variables()
def put_paper(ticket: str, *, row: int, content: bytes, at: datetime) -> CandidatePaper:
    """A paper for this row of the regulation's list; one that was there before is gone.

    Raises Refused: ticket-unknown, suspended, annulled, not-in-registration, registration-closed,
    candidate-withdrawn, paper-not-asked, paper-too-large, paper-unreadable, picture-too-large,
    picture-broken.
    """
    own_application(ticket)  # nobody's picture is worked on who is not known here
    return _keep_paper(ticket, row=row, paper=_paper_of(content), at=at)


@sensitive_variables()
def _paper_of(content: bytes) -> Paper:
    if len(content) > PAPER_BYTES:
        raise Refused("paper-too-large", megabytes=PAPER_BYTES // 1024 // 1024)
    if content.startswith(PDF_START):
        return Paper(PDF, content)
    try:
        return Paper(JPEG, rewritten(content, longest_side=PAPER_SIDE).content)
    except Refused as refused:
        if refused.code == "picture-unknown":
            raise Refused("paper-unreadable") from None
        raise


@sensitive_variables()
@transaction.atomic
def _keep_paper(ticket: str, *, row: int, paper: Paper, at: datetime) -> CandidatePaper:
    election, candidate = hold_own(ticket, at=at)
    if row not in {asked.row for asked in queries.papers_asked(rules_of(election.group))}:
        raise Refused("paper-not-asked")
    kept = candidate.papers.filter(row=row).defer("content").first()
    kept = kept or CandidatePaper(candidate=candidate, row=row)
    kept.kind, kept.content, kept.added_at = paper.kind, paper.content, at
    kept.save()
    record(
        "candidate.paper_added",
        actor=THE_CANDIDATE,
        subject=candidate,
        at=at,
        chapter=election.chapter,
        after={"number": candidate.number, "row": row, "kind": paper.kind},
    )
    return kept


@transaction.atomic
def remove_paper(ticket: str, *, row: int, at: datetime) -> None:
    """Taken back, and gone from here at once.

    Raises Refused: ticket-unknown, suspended, annulled, not-in-registration, registration-closed,
    candidate-withdrawn, nothing-to-open.
    """
    election, candidate = hold_own(ticket, at=at)
    kept = candidate.papers.filter(row=row).defer("content").first()
    if kept is None:
        raise Refused("nothing-to-open")
    kept.delete()
    record(
        "candidate.paper_removed",
        actor=THE_CANDIDATE,
        subject=candidate,
        at=at,
        chapter=election.chapter,
        after={"number": candidate.number, "row": row},
    )


@transaction.atomic
def open_own_paper(ticket: str, *, row: int, at: datetime) -> Paper:
    """For its owner, on the record. Raises Refused: ticket-unknown, nothing-to-open, vault-key-destroyed."""
    return _opened(own_application(ticket), row, acting=THE_CANDIDATE, at=at)


@transaction.atomic
def open_paper(candidate_id: int, *, row: int, actor: User, at: datetime) -> Paper:
    """For the organiser and the commission, on the record.

    Raises Refused: not-allowed, undertaking-missing, nothing-to-open, vault-key-destroyed.
    """
    found = Candidate.objects.select_related("election__cycle__body", "election__group")
    candidate = found.only("number", "election").get(pk=candidate_id)
    acting = access.require_confidence(actor, "see", "candidate_application", candidate.election)
    return _opened(candidate, row, acting=acting, at=at)


def _opened(candidate: Candidate, row: int, *, acting: Actor, at: datetime) -> Paper:
    papers = CandidatePaper.objects.select_related("candidate").filter(
        candidate_id=candidate.pk, row=row
    )
    kept = papers.only("row", "kind", "content", "candidate__election").first()
    if kept is None:
        raise Refused("nothing-to-open")
    chapter = candidate.election.chapter
    opened = vault.open([kept], "candidates", actor=acting, at=at, chapter=chapter)
    return Paper(kept.kind, bytes(opened[kept.pk]["content"]))


# The photo


@sensitive_variables()
def put_photo(ticket: str, *, content: bytes, at: datetime) -> Candidate:
    """Kept sealed. Another picture needs another consent: nobody agreed to have this one seen.

    Raises Refused: ticket-unknown, suspended, annulled, not-in-registration, registration-closed,
    candidate-withdrawn, paper-too-large, picture-unknown, picture-too-large, picture-broken.
    """
    own_application(ticket)
    if len(content) > PAPER_BYTES:
        raise Refused("paper-too-large", megabytes=PAPER_BYTES // 1024 // 1024)
    photo = rewritten(content, longest_side=PHOTO_SIDE).content
    return _keep_photo(ticket, photo, event="candidate.photo_added", at=at)


def remove_photo(ticket: str, *, at: datetime) -> Candidate:
    """Taken back, and gone from here at once; once the list is published, the consent is taken back instead.

    Raises Refused: ticket-unknown, suspended, annulled, not-in-registration, registration-closed,
    candidate-withdrawn.
    """
    return _keep_photo(ticket, None, event="candidate.photo_removed", at=at)


@sensitive_variables()
@transaction.atomic
def _keep_photo(ticket: str, photo: bytes | None, *, event: str, at: datetime) -> Candidate:
    election, candidate = hold_own(ticket, at=at)
    candidate.photo = photo
    candidate.shows_photo = False
    candidate.save(update_fields=["photo", "shows_photo"])
    record(
        event,
        actor=THE_CANDIDATE,
        subject=candidate,
        at=at,
        chapter=election.chapter,
        after={"number": candidate.number},
    )
    return candidate


@transaction.atomic
def open_own_photo(ticket: str, *, at: datetime) -> bytes:
    """For its owner, on the record. Raises Refused: ticket-unknown, nothing-to-open, vault-key-destroyed."""
    candidate = own_application(ticket)
    rows = Candidate.objects.filter(pk=candidate.pk, photo__isnull=False).only("election", "photo")
    chapter = candidate.election.chapter
    opened = vault.open(
        rows, "candidates", actor=THE_CANDIDATE, at=at, chapter=chapter, only=("photo",)
    )
    if not opened:
        raise Refused("nothing-to-open")
    return bytes(opened[candidate.pk]["photo"])
