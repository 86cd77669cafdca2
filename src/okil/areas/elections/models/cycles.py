"""A cycle of elections: every three years, by a decision of the body (1.01, 1.02)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from okil.areas.bodies.models import Body, Decision
from okil.foundation.web.languages import TextsField


class Cycle(models.Model):
    """`decision` fixed the dates, the quotas and who is responsible (1.02); None until recorded."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="cycles")
    year = models.PositiveSmallIntegerField()
    term_begins_on = models.DateField()
    term_ends_on = models.DateField()
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    quotas = TextsField(default=dict)  # what the decision says on seats and responsibilities
    plan_approved_by = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    plan_revision = models.PositiveIntegerField(default=0)  # changes of the plan, counted

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "year"], name="a_body_has_one_cycle_a_year"),
            models.CheckConstraint(
                condition=Q(term_ends_on__gt=F("term_begins_on")),
                name="a_term_ends_after_it_began",
            ),
        ]

    @property
    def chapter(self) -> str:
        return f"cycle-{self.pk}"


class CommonStage(models.Model):
    """The dates common to all groups (1.07); a group keeps them, goes faster or extends."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="common_stages")
    stage = models.PositiveSmallIntegerField()
    begins_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["stage"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "stage"], name="a_cycle_dates_a_stage_once"),
            models.CheckConstraint(
                condition=Q(stage__gte=1, stage__lte=6), name="there_are_six_stages"
            ),
            models.CheckConstraint(
                condition=Q(begins_at__isnull=True) | Q(ends_at__gt=F("begins_at")),
                name="a_stage_ends_after_it_began",
            ),
        ]
