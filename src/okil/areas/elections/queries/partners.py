from __future__ import annotations

from django.db.models import QuerySet

from okil.areas.elections.models import Election, PartnerLetter


def letters_of(election: Election) -> QuerySet[PartnerLetter]:
    return election.partner_letters.order_by("-written_at", "-pk")
