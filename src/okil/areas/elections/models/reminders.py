"""Who was reminded of what, so that nobody is reminded twice."""

from __future__ import annotations

from django.db import models

from okil.areas.bodies.models import Role
from okil.areas.elections.models.cycles import Cycle


class Reminder(models.Model):
    """Of a deadline of the plan, to one officer. `what` names it: "action-12", "stage-3"."""

    role = models.ForeignKey(Role, models.PROTECT, related_name="reminders")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="reminders")
    what = models.CharField(max_length=40)
    due_on = models.DateField()
    queued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["role", "cycle", "what", "due_on"], name="nobody_is_reminded_twice"
            ),
        ]
