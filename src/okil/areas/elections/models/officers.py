"""What officers sign before they begin, whom the group asked, when the commission met."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from okil.areas.bodies.models import Role
from okil.areas.elections.models.stages import Election
from okil.foundation.vault import SealedText
from okil.foundation.web.languages import TextsField


class OrganisationKind(models.TextChoices):
    """From whom a commission member or an observer comes (1.20)."""

    UN = "un"
    DONOR = "donor"
    NATIONAL_CENTRE = "national_centre"
    STATE = "state"
    NGO = "ngo"
    PROJECT = "project"
    PATIENTS = "patients"
    OUTREACH = "outreach"
    OTHER = "other"


class Undertaking(models.Model):
    """An officer's signed word, before the first sight of personal data (REG-04, REG-22, REG-23)."""

    class Kind(models.TextChoices):
        NOT_STANDING = "not_standing"  # the organiser does not stand in this cycle
        NO_INTEREST = "no_interest"  # neither candidate nor voter in this group
        CONFIDENTIALITY = "confidentiality"

    election = models.ForeignKey(Election, models.PROTECT, related_name="undertakings")
    role = models.ForeignKey(Role, models.PROTECT, related_name="undertakings")
    kind = models.CharField(max_length=20, choices=Kind)
    organisation_kind = models.CharField(max_length=20, choices=OrganisationKind, blank=True)
    signed_at = models.DateTimeField()
    facts_sha256 = models.CharField(max_length=64)  # of what was signed, language-independent

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["election", "role", "kind"], name="an_undertaking_is_signed_once"
            ),
        ]


class PartnerLetter(models.Model):
    """A written invitation to a partner organisation to send somebody (1.17, 1.23, 7.06)."""

    class Function(models.TextChoices):
        COMMISSION = "commission"
        OBSERVERS = "observers"

    class Reply(models.TextChoices):
        NONE = "none"
        ACCEPTED = "accepted"
        DECLINED = "declined"

    election = models.ForeignKey(Election, models.PROTECT, related_name="partner_letters")
    function = models.CharField(max_length=12, choices=Function)
    organisation = models.CharField(max_length=200)
    answer_by = models.DateField()
    written_at = models.DateTimeField()
    reply = models.CharField(max_length=10, choices=Reply, default=Reply.NONE)
    replied_on = models.DateField(null=True)

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reply="none", replied_on__isnull=True)
                | ~Q(reply="none") & Q(replied_on__isnull=False),
                name="a_reply_has_its_day",
            ),
        ]


class Meeting(models.Model):
    """A meeting of the commission (1.22, 7.16). Its minutes may speak of applicants: sealed."""

    class Kind(models.TextChoices):
        ORIENTATION = "orientation"
        VERIFICATION = "verification"
        ADMISSION = "admission"
        OTHER = "other"

    election = models.ForeignKey(Election, models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=14, choices=Kind)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = TextsField()
    present = models.ManyToManyField(Role, related_name="meetings")
    minutes = SealedText(purpose="officers")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["election", "number"], name="a_meeting_has_a_number"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="a_meeting_ends_after_it_began"
            ),
        ]

    @property
    def vault_scope(self) -> str:
        return f"election-{self.election_id}"


class Presence(models.Model):
    """A day on which an observer was there (1.23)."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="presences")
    role = models.ForeignKey(Role, models.PROTECT, related_name="presences")
    day = models.DateField()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "role", "day"], name="a_day_of_presence_is_entered_once"
            ),
        ]
