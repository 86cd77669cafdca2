"""The common plan: actions with deadlines, those responsible, those taking part (1.03-1.07)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from okil.areas.bodies.models import Body
from okil.areas.elections.models.cycles import Cycle
from okil.areas.elections.models.stages import Election
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


class GroupDeadline(models.Model):
    """A group's own deadline of an action, inside the common plan (1.06, 1.07)."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="own_deadlines")
    action = models.ForeignKey(PlanAction, models.PROTECT, related_name="+")
    deadline_kind = models.CharField(max_length=5, choices=DeadlineKind)
    deadline_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["election", "action"], name="a_group_dates_an_action_once"
            ),
        ]


class ActionMark(models.Model):
    """Somebody's word that an action was done, where nothing in the system shows it.

    `election` is None for what is done once for all groups.
    """

    action = models.ForeignKey(PlanAction, models.PROTECT, related_name="marks")
    election = models.ForeignKey(Election, models.PROTECT, null=True, related_name="marks")
    done_on = models.DateField()
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action", "election"], name="a_group_marks_an_action_once"
            ),
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(election=None),
                name="an_action_for_all_is_marked_once",
            ),
        ]


class OwnDay(models.Model):
    """A day on which this body works although others rest, or rests although others work."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="own_days")
    day = models.DateField()
    is_working = models.BooleanField()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["body", "day"], name="a_body_names_a_day_once"),
        ]
