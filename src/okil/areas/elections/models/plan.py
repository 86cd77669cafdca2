"""The common plan: actions with deadlines, those responsible, those taking part (1.03)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from okil.areas.elections.models.cycles import Cycle
from okil.foundation.web.languages import TextsField


class DeadlineKind(models.TextChoices):
    BY = "by"
    FROM = "from"
    ON = "on"
    OPEN = "open"


class PlanAction(models.Model):
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="plan")
    number = models.PositiveSmallIntegerField()
    stage = models.PositiveSmallIntegerField()
    title = TextsField()
    summary = TextsField(default=dict)
    deadline_kind = models.CharField(max_length=5, choices=DeadlineKind)
    deadline_on = models.DateField(null=True)
    responsible = models.JSONField(default=list)  # codes of words/plan_roles.json
    participants = models.JSONField(default=list)
    depends_on = models.JSONField(default=list)  # numbers of actions in this plan

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "number"], name="a_plan_numbers_an_action_once"
            ),
            models.CheckConstraint(
                condition=Q(deadline_kind="open", deadline_on__isnull=True)
                | ~Q(deadline_kind="open") & Q(deadline_on__isnull=False),
                name="a_deadline_has_its_day",
            ),
        ]
