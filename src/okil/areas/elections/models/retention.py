"""What was destroyed when its time was over: nothing of it can be read, and the numbers stay."""

from __future__ import annotations

from django.db import models

from okil.areas.elections.models.stages import Election


class Destruction(models.Model):
    """The key of an election and purpose is gone; `counts` is what is left to say."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="destructions")
    purpose = models.CharField(max_length=30)
    due_on = models.DateField(null=True)  # as the regulation says
    destroyed_at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    backups_destroyed_on = models.DateField(
        null=True
    )  # copies that still held it, as was confirmed

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["election", "purpose"], name="a_purpose_is_destroyed_once"
            ),
        ]
