"""Who holds this candidate's ticket, or this nomination's link; what waits for an answer."""

from __future__ import annotations

from django.db.models import QuerySet

from okil.areas.elections.models import Candidate, Nomination, Round
from okil.areas.elections.queries.voters import registration_round
from okil.pure.rules.tickets import candidate_check_of, nomination_check_of

# Sealed, or large: read where it is opened.
SEALED_COLUMNS = ("name", "contact", "experience", "term_history", "conflict", "photo")


def candidate_with_ticket(ticket: str) -> Candidate | None:
    """One indexed question; nothing sealed is read. A voter's ticket finds nobody here."""
    found = Candidate.objects.select_related("election__cycle__body", "election__group", "round")
    check = candidate_check_of(ticket)
    return found.defer(*SEALED_COLUMNS).filter(ticket_check=check).first()


def nomination_with_secret(secret: str) -> Nomination | None:
    found = Nomination.objects.select_related("election__cycle__body", "election__group", "round")
    return found.filter(check_of_secret=nomination_check_of(secret)).first()


def open_nominations(row: Round) -> QuerySet[Nomination]:
    """Neither accepted nor declined."""
    made = Nomination.objects.filter(round=registration_round(row))
    return made.filter(candidate=None, declined_at=None)
