"""Who held which seat, from when to when, and why it ended; and when nobody did."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from okil.areas.bodies.models.groups import Seat
from okil.areas.bodies.models.people import Person
from okil.foundation.web.languages import TextsField


class Position(models.TextChoices):
    MEMBER = "member"
    ALTERNATE = "alternate"


class EndReason(models.TextChoices):
    TERM_OVER = "term_over"
    RESIGNED = "resigned"
    RECALLED = "recalled"
    DIED = "died"
    BECAME_MEMBER = "became_member"
    OTHER = "other"


class Membership(models.Model):
    """`uncertain` marks what the sources leave in doubt; it is shown as such, never tidied away."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="memberships")
    position = models.CharField(max_length=10, choices=Position)
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    elected_in = models.CharField(max_length=12, blank=True)  # the cycle, as people name it
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)  # the last day
    end_reason = models.CharField(max_length=20, choices=EndReason, blank=True)
    uncertain = models.BooleanField(default=False)
    uncertain_because = TextsField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="a_membership_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, end_reason="")
                | Q(ends_on__isnull=False) & ~Q(end_reason=""),
                name="a_membership_ends_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["seat", "position"],
                condition=Q(ends_on__isnull=True),
                name="a_seat_has_one_holder_at_a_time",
            ),
        ]


class Vacancy(models.Model):
    """A position that nobody holds, with the reason and what is planned (11.08, 11.09)."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="vacancies")
    position = models.CharField(max_length=10, choices=Position)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    reason = TextsField()
    plan = TextsField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "position"],
                condition=Q(until_on__isnull=True),
                name="a_position_is_vacant_once_at_a_time",
            ),
        ]
