"""The same person in two groups: found without showing one group's list to another (10.01-10.09)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from okil.areas.bodies.models import Decision, Person, Role
from okil.areas.elections.models.candidates import Candidate
from okil.areas.elections.models.cycles import Cycle
from okil.areas.elections.models.stages import Election
from okil.areas.elections.models.voters import Voter


class MatchingKey(models.Model):
    """The key without which nothing is compared. It is kept by whom the groups' decision names, outside
    the server; here is only its fingerprint."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="matching_keys")
    fingerprint = models.CharField(max_length=64, unique=True)
    holder = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)  # as its holder says; it runs no more

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle"],
                condition=Q(destroyed_at__isnull=True),
                name="a_cycle_has_one_matching_key",
            ),
        ]


class MatchingRun(models.Model):
    """One comparison of all groups whose lists are closed. What was compared is kept nowhere."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="matching_runs")
    key = models.ForeignKey(MatchingKey, models.PROTECT, related_name="runs")
    number = models.PositiveSmallIntegerField()
    run_at = models.DateTimeField()
    groups = models.PositiveSmallIntegerField()
    compared = models.PositiveIntegerField()  # applications and roles
    found = models.JSONField(default=dict)  # situation -> how many, new in this run

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="a_run_has_one_number"),
        ]


class Crossing(models.Model):
    """Two roles that seem to be one person's; `pair` keeps a later run from finding it anew."""

    class Situation(models.TextChoices):
        VOTER_VOTER = "X1"
        COMMISSIONER_VOTER = "X2"
        CANDIDATE_VOTER = "X3"
        COMMISSIONER_COMMISSIONER = "X4"
        CANDIDATE_CANDIDATE = "X5"
        COMMISSIONER_CANDIDATE = "X6"
        ORGANISER_CANDIDATE = "X7"

    run = models.ForeignKey(MatchingRun, models.PROTECT, related_name="crossings")
    situation = models.CharField(max_length=2, choices=Situation)
    pair = models.CharField(max_length=64, unique=True)


class CrossingSide(models.Model):
    """One of the two: whoever is responsible in its group sees this side, and never the other."""

    class Answer(models.TextChoices):
        """What the person says."""

        BOTH = "both"  # it is me, and I declare both
        HERE = "here"  # it is me, and I stay here
        ELSEWHERE = "elsewhere"  # it is me, and I leave here
        NOT_ME = "not_me"

    class Ruling(models.TextChoices):
        """What the group's own body decides as long as the groups' common rules are silent."""

        STAYS = "stays"
        LEAVES = "leaves"

    crossing = models.ForeignKey(Crossing, models.PROTECT, related_name="sides")
    election = models.ForeignKey(Election, models.PROTECT, related_name="crossing_sides")
    voter = models.ForeignKey(Voter, models.PROTECT, null=True, related_name="crossing_sides")
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, null=True, related_name="crossing_sides"
    )
    role = models.ForeignKey(Role, models.PROTECT, null=True, related_name="crossing_sides")
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    ruling = models.CharField(max_length=10, choices=Ruling, blank=True)
    ruled_by = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(voter__isnull=False, candidate__isnull=True, role__isnull=True)
                | Q(voter__isnull=True, candidate__isnull=False, role__isnull=True)
                | Q(voter__isnull=True, candidate__isnull=True, role__isnull=False),
                name="a_side_is_one_role",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="an_answer_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(ruling="", ruled_by__isnull=True, ruled_at__isnull=True)
                | ~Q(ruling="") & Q(ruled_by__isnull=False, ruled_at__isnull=False),
                name="a_ruling_has_its_decision",
            ),
        ]
