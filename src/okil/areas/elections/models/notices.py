"""Written notices, and where each was published or sent (2.03, 3.06)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from okil.areas.elections.models.cycles import Cycle
from okil.areas.elections.models.stages import Round
from okil.foundation.web.languages import TextsField


class Notice(models.Model):
    """What people are told. The announcement belongs to the cycle, all else to a round.

    `text` is what was sent, as the organiser left it; dates and hours in it were put there from the
    facts. A later version replaces an earlier one; what was published stays published.
    """

    class Kind(models.TextChoices):
        ANNOUNCEMENT = "announcement"
        COMMISSION_FORMING = "commission_forming"
        REGISTRATION_OPENS = "registration_opens"
        REGISTRATION_CLOSED = "registration_closed"
        CANDIDATES = "candidates"
        ASSEMBLY = "assembly"
        RESULTS = "results"

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="notices")
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind)
    version = models.PositiveSmallIntegerField(default=1)
    text = TextsField()
    written_at = models.DateTimeField()
    role = models.CharField(max_length=20)
    person_number = models.PositiveIntegerField()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "kind", "version"], name="a_notice_has_one_version_of_a_number"
            ),
            models.UniqueConstraint(
                fields=["cycle", "version"],
                condition=Q(round__isnull=True),
                name="an_announcement_has_one_version_of_a_number",
            ),
            models.CheckConstraint(
                condition=Q(kind="announcement", round__isnull=True)
                | ~Q(kind="announcement") & Q(round__isnull=False),
                name="the_announcement_belongs_to_the_cycle",
            ),
        ]


class Publication(models.Model):
    """A notice was published or sent there, then, by somebody in a role."""

    class Channel(models.TextChoices):
        SITE = "site"
        EMAIL = "email"
        MEETING = "meeting"
        MEDIA = "media"
        POST = "post"
        CHAT = "chat"  # additional only, never the single one (3.07, REG-37)
        OTHER = "other"

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="publications")
    channel = models.CharField(max_length=10, choices=Channel)
    where = models.CharField(max_length=200)  # a site, a list, a chat's name; never a person
    published_at = models.DateTimeField()
    role = models.CharField(max_length=20)
    person_number = models.PositiveIntegerField()
    withdrawn_at = models.DateTimeField(null=True)  # entered by mistake

    class Meta:
        ordering = ["published_at", "pk"]
