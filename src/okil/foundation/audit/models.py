from __future__ import annotations

from datetime import UTC
from typing import Any

from django.db import models

from okil.foundation.audit import wording
from okil.pure.hashchain import ChainedRow


class Journal(models.Model):
    """One row, held by whoever writes, so that two writers at once keep one chain."""

    ONLY = 1


class JournalEntry(models.Model):
    """What was done. Written once: triggers in the database refuse every change."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    role = models.CharField(max_length=40)
    actor_number = models.PositiveBigIntegerField(null=True)
    event = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=80)
    subject_number = models.PositiveBigIntegerField()
    chapter = models.CharField(max_length=60, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    previous_hash = models.CharField(max_length=64, unique=True)  # so the chain cannot fork
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_number"], name="history_of_a_subject"),
            models.Index(fields=["chapter"], name="entries_of_a_chapter"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.event}"

    def content(self) -> dict[str, Any]:
        """All that is hashed, beside the number."""
        return {
            # Both databases keep microseconds and give UTC back, so these characters come again.
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "role": self.role,
            "actor_number": self.actor_number,
            "event": self.event,
            "subject_kind": self.subject_kind,
            "subject_number": self.subject_number,
            "chapter": self.chapter,
            "before": self.before,
            "after": self.after,
        }

    def as_chained_row(self) -> ChainedRow:
        return ChainedRow(self.number, self.previous_hash, self.hash, self.content())

    def sentence(self) -> str:
        return wording.sentence(self.event, before=self.before or {}, after=self.after or {})


class PublishedHead(models.Model):
    """How long the journal was on a day, and its last hash, as the public site showed them."""

    day = models.DateField(primary_key=True)
    length = models.PositiveBigIntegerField()
    last_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.length} {self.last_hash}"
