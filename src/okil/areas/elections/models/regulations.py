"""A group's Election Regulation as adopted: each version stays."""

from __future__ import annotations

from django.db import models

from okil.areas.bodies.models import Decision, ElectoralGroup
from okil.pure.rules.regulation import Regulation, regulation_from


class AdoptedRegulation(models.Model):
    """`content` is the JSON of `pure.rules.regulation.Regulation`; versions count from 1."""

    group = models.ForeignKey(ElectoralGroup, models.PROTECT, related_name="regulations")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    adopted_by = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    # Answers decided for one election only (PRODUCT): the next cycle begins without them.
    case_of = models.ForeignKey("elections.Election", models.PROTECT, null=True, related_name="+")
    is_public = models.BooleanField(default=False)  # the group agreed to show it
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "version"], name="a_regulation_version_is_written_once"
            ),
        ]

    @property
    def regulation(self) -> Regulation:
        return regulation_from(self.content)
