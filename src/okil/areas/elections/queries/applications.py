"""Who holds this candidate's ticket, and what an application still lacks."""

from __future__ import annotations

from okil.areas.elections.models import Candidate
from okil.pure.rules.tickets import candidate_check_of

# Sealed, or large: read where it is opened.
SEALED_COLUMNS = ("name", "contact", "experience", "term_history", "conflict", "photo")


def candidate_with_ticket(ticket: str) -> Candidate | None:
    """One indexed question; nothing sealed is read. A voter's ticket finds nobody here."""
    found = Candidate.objects.select_related("election__cycle__body", "election__group", "round")
    check = candidate_check_of(ticket)
    return found.defer(*SEALED_COLUMNS).filter(ticket_check=check).first()
