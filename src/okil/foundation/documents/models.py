from __future__ import annotations

from datetime import date
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from okil.foundation.documents.codes import shown_code
from okil.foundation.documents.kinds import PUBLIC, title_of
from okil.foundation.vault.fields import SealedBytes
from okil.foundation.web.languages import TextsField


class NumbersOfAYear(models.Model):
    """Held by whoever issues a document, so that numbers have no gap and no twin."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.last}/{self.year}"


class Issued(models.Model):
    """A document that was given out: its number, what it commits to, and its sealed facts."""

    objects: ClassVar[models.Manager[Issued]] = models.Manager()

    kind = models.CharField(max_length=60)
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    code = models.CharField(max_length=12, unique=True)
    subject_kind = models.CharField(max_length=80)
    subject_number = models.PositiveBigIntegerField()
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    reason = TextsField(default=dict)
    issued_at = models.DateTimeField()
    zone = models.CharField(max_length=60)
    vault_scope = models.CharField(max_length=60)
    # SHA-256 of the salt and the internal facts: shown to everyone, tells nothing without the salt.
    commitment = models.CharField(max_length=64)
    internal_sha256 = models.CharField(max_length=64)
    public_sha256 = models.CharField(max_length=64, blank=True)
    salt = SealedBytes(purpose="documents")
    internal_facts = SealedBytes(purpose="documents")
    public_facts = SealedBytes(purpose="documents", null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"], name="document_has_a_number_of_its_own"
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_kind", "subject_number", "version"],
                name="document_has_one_of_each_version",
            ),
            models.CheckConstraint(
                condition=Q(version=1, supersedes__isnull=True)
                | Q(version__gt=1, supersedes__isnull=False),
                name="document_after_the_first_names_the_one_before",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_number"], name="documents_of_a_subject"),
        ]

    def __str__(self) -> str:
        return self.number_shown

    @property
    def number_shown(self) -> str:
        return f"{self.number}/{self.year}"

    @property
    def issued_on(self) -> date:
        """The day where the body is, as it stands on the paper."""
        return self.issued_at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def code_shown(self) -> str:
        return shown_code(self.code)

    @property
    def title(self) -> str:
        return title_of(self.kind)

    @property
    def published_by_owner(self) -> bool:
        """Has it a public version? What of it may then be opened: `open_published_facts`."""
        return bool(self.public_sha256)


class File(models.Model):
    """One rendering of an issued document, kept as it was made."""

    objects: ClassVar[models.Manager[File]] = models.Manager()

    issued = models.ForeignKey(Issued, on_delete=models.PROTECT, related_name="files")
    audience = models.CharField(max_length=10)
    language = models.CharField(max_length=5)
    format = models.CharField(max_length=5)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes
    content = SealedBytes(purpose="documents")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issued", "audience", "language", "format"],
                name="document_has_one_file_of_each_sort",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """For whoever keeps it: neither a group nor a person nor what it is about."""
        issued = self.issued
        audience = "" if self.published_by_owner else "-internal"
        place = f"{issued.number}-{issued.year}-v{issued.version}"
        return f"{place}{audience}-{self.language}.{self.format}"

    @property
    def vault_scope(self) -> str:
        return self.issued.vault_scope

    @property
    def published_by_owner(self) -> bool:
        return self.audience == PUBLIC
