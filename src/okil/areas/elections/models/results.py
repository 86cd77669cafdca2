"""What follows a result: who declines or drops out, and who takes which seat."""

from __future__ import annotations

from django.db import models

from okil.areas.bodies.models import Membership
from okil.areas.bodies.models.memberships import Position
from okil.areas.elections.models.candidates import Candidate
from okil.areas.elections.models.stages import Round


class Departure(models.Model):
    """An elected person declines or drops out before approval (6.10); who follows says the rule."""

    class Why(models.TextChoices):
        DECLINED = "declined"
        CANNOT = "cannot"  # illness, death, moved away: which one is nobody's business
        NOT_APPROVED = "not_approved"

    round = models.ForeignKey(Round, models.PROTECT, related_name="departures")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="departures")
    why = models.CharField(max_length=14, choices=Why)
    told_on = models.DateField()
    recorded_at = models.DateTimeField()
    person_number = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "candidate"], name="an_elected_person_leaves_once"
            ),
        ]


class Seating(models.Model):
    """An elected candidate took a seat: which membership came of it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="seatings")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="seatings")
    position = models.CharField(max_length=10, choices=Position)
    membership = models.OneToOneField(Membership, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "candidate"], name="an_elected_candidate_sits_once"
            ),
        ]
