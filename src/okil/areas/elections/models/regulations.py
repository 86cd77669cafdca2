"""A group's Election Regulation as adopted: each version stays."""

from __future__ import annotations

from django.db import models

from okil.areas.bodies.models import Body, Decision, ElectoralGroup
from okil.foundation.vault import SealedBytes
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
    # The text as the group adopted it, if it was not composed here; it may name people.
    text_kind = models.CharField(max_length=10, blank=True)  # docx, pdf; "" = none
    text = SealedBytes(purpose="officers", null=True)

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

    @property
    def vault_scope(self) -> str:
        return f"body-{self.group.body_id}"


class RegulationDraft(models.Model):
    """What is being written, until it is adopted. It may be incomplete in any way.

    `content` holds whatever was saved of the answers; `based_on` is the version it began from.
    """

    group = models.OneToOneField(ElectoralGroup, models.PROTECT, related_name="regulation_draft")
    content = models.JSONField()
    based_on = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField(default=0)  # saved so many times
    saved_at = models.DateTimeField()


class CommonRules(models.Model):
    """What all groups of a body decided together: the rules for several roles (REG-12 … REG-16), and
    the rules that count as "must" here although they are "should" elsewhere. Each version stays.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="common_rules")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()  # question -> answer, as in a regulation
    tightened = models.JSONField(default=list)  # codes of rules
    adopted_by = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "version"], name="common_rules_are_written_once"
            ),
        ]
