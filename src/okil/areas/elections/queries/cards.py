"""Cards by which people register: how many were made, and which one a code belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from okil.areas.elections.models import Election, PartnerLetter, RollInvitation, Voter
from okil.pure.rules.cards import check_of_card, read_card


def card_of(election: Election, typed: str) -> RollInvitation | None:
    """The card whose code was typed, whatever became of it."""
    code = read_card(typed)
    if not code:
        return None
    return election.roll_invitations.filter(check_of_secret=check_of_card(code)).first()


def unused(election: Election) -> QuerySet[RollInvitation]:
    """Cards with which nobody is registered, and that were not withdrawn. Who withdrew from the roll
    gave the card back."""
    registered = Voter.objects.filter(invitation=OuterRef("pk"))
    kept = registered.exclude(status=Voter.Status.WITHDRAWN)
    return election.roll_invitations.filter(~Exists(kept), withdrawn_at=None)


@dataclass(frozen=True, slots=True)
class Batch:
    """Cards made at one time for one organisation, in numbers."""

    number: int
    organisation: str
    made_at: datetime
    made: int
    used: int
    withdrawn: int

    @property
    def left(self) -> int:
        return self.made - self.used - self.withdrawn


def batches_of(election: Election) -> list[Batch]:
    """The newest first."""
    used = Q(voters__isnull=False) & ~Q(voters__status=Voter.Status.WITHDRAWN)
    found = (
        election.roll_invitations.values("batch", "organisation", "made_at")
        .annotate(
            made=Count("pk", distinct=True),
            used=Count("pk", filter=used, distinct=True),
            gone=Count("pk", filter=Q(withdrawn_at__isnull=False), distinct=True),
        )
        .order_by("-batch")
    )
    return [
        Batch(
            each["batch"],
            each["organisation"],
            each["made_at"],
            each["made"],
            each["used"],
            each["gone"],
        )
        for each in found
    ]


def known_organisations(election: Election, batches: Iterable[Batch]) -> list[str]:
    """Partners who agreed to help this group, and those who got cards already."""
    letters = election.partner_letters.filter(reply=PartnerLetter.Reply.ACCEPTED)
    partners = letters.values_list("organisation", flat=True)
    return sorted({*partners, *(batch.organisation for batch in batches)})
