"""Situations that a regulation does not clearly cover: asked, answered, and what becomes of them (1.27)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from okil.areas.elections.models.stages import Election
from okil.foundation.web.languages import TextsField


class RuleQuestion(models.Model):
    """Each ends as a proposal to change the regulation, or closed. It names no persons."""

    class By(models.TextChoices):
        SECRETARIAT = "secretariat"
        ORGANISER = "organiser"
        COMMISSIONER = "commissioner"
        OBSERVER = "observer"
        CANDIDATE = "candidate"
        VOTER = "voter"

    class End(models.TextChoices):
        PROPOSAL = "proposal"
        CLOSED = "closed"

    election = models.ForeignKey(Election, models.PROTECT, related_name="rule_questions")
    number = models.PositiveIntegerField()
    by = models.CharField(max_length=12, choices=By)
    rule = models.CharField(max_length=8, blank=True)  # as REG-12; "" = none of them
    text = models.TextField()
    asked_at = models.DateTimeField()
    answer = TextsField(default=dict)
    answered_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, choices=End, blank=True)
    proposal = TextsField(default=dict)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "number"], name="a_question_about_rules_has_one_number"
            ),
            models.CheckConstraint(
                condition=Q(end="", ended_at__isnull=True) | ~Q(end="") & Q(ended_at__isnull=False),
                name="a_question_ends_at_a_moment",
            ),
        ]
