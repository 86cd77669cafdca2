"""Meetings of the Secretariat with members, organisers and commissions about how elections are held."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from okil.areas.bodies.models import ElectoralGroup
from okil.areas.elections.models.cycles import Cycle
from okil.foundation.vault import SealedText
from okil.foundation.web.languages import TextsField


class Consultation(models.Model):
    """One meeting that was held (1.25, 1.26, 2.07). Its minutes may name people: sealed.

    `topics` are codes of Topic, `stages` the numbers of the stages that were spoken of.
    """

    class Kind(models.TextChoices):
        PRACTICE = "practice"  # regulations in force and what is done, stage by stage (1.25)
        COMMITTEE = "committee"  # for the Organising Committee (1.26, 2.07)
        COMMISSIONS = "commissions"  # for Mandate Commissions (1.26)

    class Way(models.TextChoices):
        IN_PERSON = "in_person"
        ONLINE = "online"
        BOTH = "both"

    class Topic(models.TextChoices):
        PRINCIPLES = "principles"
        ROLES = "roles"
        RECORDING = "recording"
        INVOLVEMENT = "involvement"
        COMMUNICATION = "communication"
        TERMS = "terms"
        PROCEDURES = "procedures"
        RESPONSIBLE = "responsible"
        PARTICIPANTS = "participants"
        ORGANISATION = "organisation"

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="consultations")
    kind = models.CharField(max_length=12, choices=Kind)
    held_on = models.DateField()
    way = models.CharField(max_length=10, choices=Way)
    topics = models.JSONField(default=list)
    other_topics = TextsField(default=dict)
    stages = models.JSONField(default=list)
    groups = models.ManyToManyField(ElectoralGroup, related_name="+")  # who was represented
    came = models.PositiveSmallIntegerField()  # how many people
    materials = TextsField(default=dict)  # what was handed out, and where it can be found
    minutes = SealedText(purpose="officers")
    version = models.PositiveSmallIntegerField(default=1)
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(came__gt=0), name="somebody_came_to_a_consultation"),
        ]

    @property
    def vault_scope(self) -> str:
        return f"body-{self.cycle.body_id}"
