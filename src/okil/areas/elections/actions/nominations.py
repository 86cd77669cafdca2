"""Somebody proposes somebody else. Of whom they propose nothing is written down: the link is handed over,
and whoever it is for accepts by applying, or declines."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.crypto import salted_hmac

from okil.areas.elections.actions.candidates import require_offered
from okil.areas.elections.actions.voters import hold_registration, hold_round
from okil.areas.elections.models import Candidate, Election, Nomination, Round
from okil.areas.elections.queries.applications import nomination_with_secret
from okil.foundation import vault
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.pure.encoding import canonical_json
from okil.pure.refusal import Refused
from okil.pure.rules.tickets import make_ticket, nomination_check_of

SOMEBODY = Actor("candidate", None)  # who nominates, or was nominated: nobody asks who that is


def secret_of(election: Election, once: str, place: str, by: str, reason: str) -> str:
    """The secret of this form and no other: sent twice, it shows the same link again. Stored nowhere."""
    said = canonical_json([election.pk, once, place, by, reason])
    return make_ticket(salted_hmac("okil.nomination", said, algorithm="sha256").digest())


@transaction.atomic
def nominate(
    election_id: int, *, place: str, by: str, reason: str, secret: str, at: datetime
) -> Nomination:
    """While registration is open; the same form sent again is the same nomination.

    Raises Refused: suspended, annulled, not-in-registration, nominating-over, place-unknown.
    """
    registration = hold_registration(election_id, at=at)
    known = registration.row.nominations.filter(check_of_secret=nomination_check_of(secret)).first()
    if known is not None:
        return known
    if registration.is_late(at):
        raise Refused("nominating-over")
    require_offered(registration.row, place, "")
    last = registration.row.nominations.aggregate(last=Max("number"))["last"] or 0
    nomination = Nomination.objects.create(
        election=registration.election,
        round=registration.row,
        number=last + 1,
        place=place,
        by=by,
        reason=reason or None,
        check_of_secret=nomination_check_of(secret),
        made_at=at,
    )
    record(
        "nomination.made",
        actor=SOMEBODY,
        subject=nomination,
        at=at,
        chapter=registration.election.chapter,
        after={"number": nomination.number},
    )
    return nomination


def _open_one(secret: str) -> Nomination:
    """Held. Raises Refused: nomination-unknown, nomination-declined, nomination-accepted."""
    known = nomination_with_secret(secret)
    if known is None:
        raise Refused("nomination-unknown")
    nomination = locked(Nomination, known.pk)
    if nomination.declined_at is not None:
        raise Refused("nomination-declined")
    if Candidate.objects.filter(nomination=nomination).exists():
        raise Refused("nomination-accepted")
    return nomination


def accepted_nomination(secret: str, row: Round) -> Nomination | None:
    """Part of an action, which holds the election: the nomination that an application accepts.

    Raises Refused: nomination-unknown, nomination-declined, nomination-accepted.
    """
    if not secret:
        return None
    nomination = _open_one(secret)
    if nomination.round_id != row.pk:
        raise Refused("nomination-unknown")
    return nomination


@transaction.atomic
def open_nomination(secret: str, *, at: datetime) -> dict[str, str]:
    """Who nominates, and why, for whoever holds the link; on the record.

    Raises Refused: nomination-unknown, nomination-declined, nomination-accepted.
    """
    nomination = _open_one(secret)
    chapter = nomination.election.chapter
    opened = vault.open([nomination], "candidates", actor=SOMEBODY, at=at, chapter=chapter)
    return {name: str(value or "") for name, value in opened[nomination.pk].items()}


@transaction.atomic
def decline_nomination(secret: str, *, at: datetime) -> Nomination:
    """Raises Refused: suspended, annulled, nomination-unknown, nomination-declined, nomination-accepted."""
    known = nomination_with_secret(secret)
    if known is None:
        raise Refused("nomination-unknown")
    election, _row, _situation = hold_round(known.election_id, at=at)
    nomination = _open_one(secret)
    nomination.declined_at = at
    nomination.save(update_fields=["declined_at"])
    record(
        "nomination.declined",
        actor=SOMEBODY,
        subject=nomination,
        at=at,
        chapter=election.chapter,
        after={"number": nomination.number},
    )
    return nomination
