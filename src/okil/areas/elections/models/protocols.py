"""The results protocol, its signatures, the observers' remarks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from okil.areas.bodies.models import Role
from okil.areas.elections.models.stages import Round
from okil.foundation.vault import SealedBytes, SealedText
from okil.foundation.web.languages import TextsField


class Protocol(models.Model):
    """A version of the protocol as drawn up; its facts and files are those of the issued document.

    A correction is a further version with its reason; the earlier one stays.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="protocols")
    version = models.PositiveSmallIntegerField()
    issued = models.OneToOneField("documents.Issued", models.PROTECT, related_name="+")
    drawn_up_at = models.DateTimeField()
    person_number = models.PositiveIntegerField()
    reason = TextsField(default=dict)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "version"], name="a_protocol_version_is_drawn_up_once"
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason={}), name="a_correction_has_a_reason"
            ),
        ]


class Signature(models.Model):
    """A fresh second factor, and a journal row with the hashes of the facts and of each file."""

    class Kind(models.TextChoices):
        SIGNED = "signed"
        DISSENT = "dissent"  # signed, with a dissenting note
        HANDWRITTEN = "handwritten"  # on paper; the scan is kept sealed
        ABSENT = "absent"  # not signed within three days: the others' reasoned statement

    protocol = models.ForeignKey(Protocol, models.PROTECT, related_name="signatures")
    role = models.ForeignKey(Role, models.PROTECT, related_name="signatures")
    kind = models.CharField(max_length=12, choices=Kind)
    note = SealedText(purpose="protocol", null=True)
    paper = SealedBytes(purpose="protocol", null=True)
    paper_kind = models.CharField(max_length=10, blank=True)
    files = models.JSONField(default=dict)  # name of each file: its SHA-256
    signed_at = models.DateTimeField()
    person_number = models.PositiveIntegerField()  # who did it: another one's for `absent`

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["protocol", "role"], name="an_officer_signs_a_version_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["dissent", "absent"]) | Q(note__isnull=False),
                name="dissent_and_absence_have_their_words",
            ),
        ]

    @property
    def vault_scope(self) -> str:
        return f"election-{self.protocol.round.election_id}"


class Remark(models.Model):
    """An observer's remark, annexed to the protocol (8.06); what it says may name people."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="remarks")
    number = models.PositiveSmallIntegerField()
    role = models.ForeignKey(Role, models.PROTECT, related_name="remarks")
    text = SealedText(purpose="protocol")
    filed_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="a_remark_has_one_number"),
        ]

    @property
    def vault_scope(self) -> str:
        return f"election-{self.round.election_id}"
