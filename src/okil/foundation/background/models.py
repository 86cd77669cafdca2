from __future__ import annotations

from django.db import models


class Worker(models.Model):
    """A running worker. It beats while it lives; what a silent one was doing is taken up again."""

    key = models.CharField(max_length=32, unique=True)
    beat_at = models.DateTimeField()


class RegularWork(models.Model):
    """When work that recurs was last begun."""

    name = models.CharField(max_length=80, unique=True)
    begun_at = models.DateTimeField(null=True)
