from __future__ import annotations

from django.db import models
from django.db.models import Q

from okil.foundation.accounts.models import User


class Notification(models.Model):
    """What was told to whom, and when. Not the text: it is written when it is sent, from the facts."""

    kind = models.CharField(max_length=80)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    about = models.BigIntegerField()  # the number of the record it is about
    language = models.CharField(max_length=2)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # The mail server does not take letters to this address, or did not after the last attempt.
    refused_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "about"], name="told_about")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(refused_at__isnull=True),
                name="what_was_sent_was_not_refused",
            ),
        ]
