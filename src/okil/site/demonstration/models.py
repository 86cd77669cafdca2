from __future__ import annotations

from django.db import models


class Mark(models.Model):
    """The one row that `okil demo` writes: this database is a demonstration and never anything else."""

    made_at = models.DateTimeField()
    weeks_moved = models.PositiveIntegerField()  # the dates of 2024 stand this much later
    days_ahead = models.PositiveIntegerField(default=0)  # "next day", pressed so often
