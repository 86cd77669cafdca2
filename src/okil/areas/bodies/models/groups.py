"""Electoral groups and the seats they fill."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from okil.areas.bodies.models.bodies import Body, Decision
from okil.foundation.web.languages import TextsField


class ElectoralGroup(models.Model):
    """A community or a union of organisations (1.08).

    `code` and `internal_name` tell who the group is and stay inside; outside it is known by the
    neutral name and slug it chose itself.
    """

    class Kind(models.TextChoices):
        COMMUNITY = "community"
        UNION = "union"

    body = models.ForeignKey(Body, models.PROTECT, related_name="groups")
    code = models.SlugField(max_length=30)
    internal_name = TextsField()
    abbreviation = TextsField(default=dict)
    kind = models.CharField(max_length=10, choices=Kind)
    public_name = TextsField()
    slug = models.SlugField(max_length=40)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    came_from = models.ManyToManyField("self", symmetrical=False, related_name="became")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "code"], name="a_group_has_its_own_code"),
            models.UniqueConstraint(
                fields=["body", "slug"], name="a_public_name_belongs_to_one_group"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="a_group_ends_after_it_began",
            ),
        ]


class Seat(models.Model):
    """A place in the body for one member and one alternate (11.08); quotas change by decision."""

    group = models.ForeignKey(ElectoralGroup, models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField(default=1)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "number"], name="a_group_numbers_its_seats_once"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="a_seat_ends_after_it_began",
            ),
        ]
