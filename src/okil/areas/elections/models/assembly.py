"""The assembly: its agenda, the printed papers, who was given one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from okil.areas.elections.models.stages import Round
from okil.areas.elections.models.voters import Voter
from okil.foundation.vault import SealedText
from okil.foundation.web.languages import TextsField


class Assembly(models.Model):
    """Where and when the group meets, and what for (5.01, 5.02, REG-40).

    `agenda`: items in their order, each {"code": …} of AgendaItem, or {"text": {language: …}}.
    """

    class AgendaItem(models.TextChoices):
        OBSERVERS = "observers"
        COUNT_EXPLAINED = "count_explained"
        SPEECHES = "speeches"
        QUESTIONS = "questions"
        VOTING = "voting"

    round = models.OneToOneField(Round, models.PROTECT, related_name="assembly")
    begins_at = models.DateTimeField()
    place = TextsField()
    agenda = models.JSONField(default=list)
    conditions = TextsField(default=dict)  # outer circumstances, as long as they hold (5.11)
    planned_at = models.DateTimeField()


class LotDraw(models.Model):
    """The order of the ballot paper was drawn by the commission, before witnesses."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="lot_draw")
    drawn_on = models.DateField()
    witnesses = SealedText(purpose="officers")
    recorded_at = models.DateTimeField()

    @property
    def vault_scope(self) -> str:
        return f"election-{self.round.election_id}"


class Printing(models.Model):
    """Ballot papers were printed; more may follow, each time with its number."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="printings")
    papers = models.PositiveIntegerField()
    printed_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(papers__gt=0), name="a_printing_has_papers"),
        ]


class PaperGiven(models.Model):
    """A voter was given a ballot paper: that, not when, and nothing about which."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="papers_given")
    voter = models.ForeignKey(Voter, models.PROTECT, related_name="papers_given")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "voter"], name="a_voter_is_given_one_paper"),
        ]
