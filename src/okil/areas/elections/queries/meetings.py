from __future__ import annotations

from django.db.models import QuerySet

from okil.areas.elections.models import Election, Meeting


def meetings_of(election: Election) -> QuerySet[Meeting]:
    """Newest first, with who was there; the minutes stay sealed."""
    return (
        election.meetings.defer("minutes").prefetch_related("present__person").order_by("-number")
    )
