from __future__ import annotations

from django.db.models import QuerySet

from okil.areas.elections.models import Consultation, Cycle


def consultations_of(cycle: Cycle) -> QuerySet[Consultation]:
    """Newest first, with the groups that were represented; the minutes stay sealed."""
    return cycle.consultations.defer("minutes").prefetch_related("groups")
