"""Complaints on an act of the election, and what was decided (REG-91)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from okil.areas.bodies.models import Decision
from okil.areas.elections.models.stages import Round
from okil.foundation.vault import SealedText
from okil.foundation.web.languages import TextsField


class Complaint(models.Model):
    """Filed within its term; decided by those who took no part in the act; published without persons."""

    class By(models.TextChoices):
        VOTER = "voter"
        CANDIDATE = "candidate"
        OBSERVER = "observer"

    class Act(models.TextChoices):
        """What it is about."""

        NOTICE = "notice"
        ROLL = "roll"
        ADMISSION = "admission"
        CANDIDATE_LIST = "candidate_list"
        ASSEMBLY = "assembly"
        VOTE = "vote"
        COUNT = "count"
        PROTOCOL = "protocol"
        RESULT = "result"

    class Effect(models.TextChoices):
        NONE = "none"
        REPEAT_ACT = "repeat_act"
        REPEAT_VOTE = "repeat_vote"
        ANNUL = "annul"

    round = models.ForeignKey(Round, models.PROTECT, related_name="complaints")
    number = models.PositiveIntegerField()
    by = models.CharField(max_length=10, choices=By)
    by_number = models.PositiveIntegerField(null=True)  # of the voter, candidate or observer
    name = SealedText(purpose="complaints", null=True)
    contact = SealedText(purpose="complaints", null=True)
    act = models.CharField(max_length=14, choices=Act)
    act_on = models.DateField()
    text = SealedText(purpose="complaints")
    filed_at = models.DateTimeField()
    received_by = models.PositiveIntegerField(null=True)  # the officer who entered it from paper
    concerned = models.JSONField(default=list)  # numbers of officers who took part in the act
    suspends = models.BooleanField(default=False)
    effect = models.CharField(max_length=12, choices=Effect, blank=True)
    reasons = TextsField(default=dict)  # published, so without persons
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="a_complaint_has_one_number"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, effect="")
                | Q(decided_at__isnull=False) & ~Q(effect=""),
                name="a_decided_complaint_has_its_effect",
            ),
        ]

    @property
    def vault_scope(self) -> str:
        return f"election-{self.round.election_id}"
