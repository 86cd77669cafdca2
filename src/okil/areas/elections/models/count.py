"""The count: two separate entries, their comparison, ties decided as recorded acts."""

from __future__ import annotations

from django.db import models

from okil.areas.bodies.models import Decision, Role
from okil.areas.elections.models.candidates import Place
from okil.areas.elections.models.stages import Round
from okil.foundation.vault import SealedText


class CountEntry(models.Model):
    """What one commission member counted; `content` is the JSON of `pure.rules.papers.CountOfBox`."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="count_entries")
    role = models.ForeignKey(Role, models.PROTECT, related_name="count_entries")
    content = models.JSONField()
    entered_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)  # counted anew; the first numbers stay

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "role"],
                condition=models.Q(replaced_at__isnull=True),
                name="a_member_has_one_count_of_a_round",
            ),
        ]


class AgreedCount(models.Model):
    """The count both stand for. `explanation`: what was wrong where they differed.

    `reasons`: for each imbalance of the papers (its code) the reason found for it. Both go into the
    protocol, so no names.
    """

    round = models.OneToOneField(Round, models.PROTECT, related_name="agreed_count")
    first = models.ForeignKey(CountEntry, models.PROTECT, related_name="+")
    second = models.ForeignKey(CountEntry, models.PROTECT, related_name="+")
    content = models.JSONField()
    explanation = models.TextField(blank=True)
    reasons = models.JSONField(default=dict)
    agreed_at = models.DateTimeField()
    person_number = models.PositiveIntegerField()


class TieSettled(models.Model):
    """A tie decided by the stated rule, before witnesses (REG-90). `order`: candidate numbers."""

    class Way(models.TextChoices):
        LOT = "lot"
        CRITERIA = "seniority_of_criteria"
        OTHER = "other"

    round = models.ForeignKey(Round, models.PROTECT, related_name="ties_settled")
    place = models.CharField(max_length=10, choices=Place)
    order = models.JSONField()
    way = models.CharField(max_length=22, choices=Way)
    witnesses = SealedText(purpose="officers")
    witness_count = models.PositiveSmallIntegerField()
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)  # until the protocol is drawn up

    class Meta:
        ordering = ["pk"]

    @property
    def vault_scope(self) -> str:
        return f"election-{self.round.election_id}"
