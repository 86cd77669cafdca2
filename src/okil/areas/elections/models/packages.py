"""The group's package for the Secretariat: one file, checked, sent back or accepted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from okil.areas.elections.models.protocols import Protocol
from okil.areas.elections.models.stages import Round
from okil.foundation.vault import SealedBytes
from okil.foundation.web.languages import TextsField


class Package(models.Model):
    """A version of the package. It holds the internal protocol, so it is sealed."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="packages")
    protocol = models.ForeignKey(Protocol, models.PROTECT, related_name="packages")
    version = models.PositiveSmallIntegerField()
    fingerprint = models.CharField(max_length=64)  # SHA-256 of manifest.json
    content = SealedBytes(purpose="protocol")
    content_bytes = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    person_number = models.PositiveIntegerField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "version"], name="a_package_version_is_made_once"
            ),
        ]

    @property
    def vault_scope(self) -> str:
        return f"election-{self.round.election_id}"


class PackageCheck(models.Model):
    """The Secretariat's answer: complete, or what is missing (6.07). It judges no content."""

    package = models.OneToOneField(Package, models.PROTECT, related_name="check_made")
    is_complete = models.BooleanField()
    missing = TextsField(default=dict)
    checked_at = models.DateTimeField()
    person_number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_complete=True) | ~Q(missing={}),
                name="a_package_is_sent_back_with_what_is_missing",
            ),
        ]
