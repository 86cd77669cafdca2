"""The coordinating body, and the decisions on which everything else rests."""

from __future__ import annotations

from django.db import models

from okil.foundation.vault import SealedBytes
from okil.foundation.web.languages import TextsField


class Body(models.Model):
    """One installation serves one body; the column names it all the same, for history."""

    name = TextsField()
    languages = models.JSONField(default=list)  # codes, the first is the body's own
    time_zone = models.CharField(max_length=50)
    term_years = models.PositiveSmallIntegerField(default=3)  # 11.01
    terms_in_a_row = models.PositiveSmallIntegerField(default=2)  # REG-24
    founded_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.name)

    @property
    def chapter(self) -> str:
        """The part of the journal that tells the body's own acts."""
        return f"body-{self.pk}"


class Decision(models.Model):
    """Somebody decided something on a day: the ground of a role, a plan, a seat, an annulment.

    The paper, if there is one, may name people, so it is sealed.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    group = models.ForeignKey(  # whose officers it concerns; None = the whole body
        "bodies.ElectoralGroup", models.PROTECT, null=True, related_name="decisions"
    )
    made_by = models.CharField(max_length=200)  # which assembly, meeting or office
    made_on = models.DateField()
    number = models.CharField(max_length=60, blank=True)
    paper_kind = models.CharField(max_length=10, blank=True)  # pdf, jpeg, png; "" = no paper
    paper = SealedBytes(purpose="officers", null=True)

    @property
    def vault_scope(self) -> str:
        return f"body-{self.body_id}"
