"""The commission's decision on each candidate: checklist, votes, and who of them keeps out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from okil.areas.bodies.models import Role
from okil.areas.elections.models.candidates import Candidate
from okil.areas.elections.models.voters import Voter
from okil.foundation.vault import SealedText


class Criterion(models.TextChoices):
    """What the commission checks of every candidate (3.11)."""

    SIGNED_IN_TIME = "signed_in_time"
    OF_THE_GROUP = "of_the_group"
    ROTATION = "rotation"
    NOT_AN_OFFICER = "not_an_officer"
    CONFLICT = "conflict"
    DOCUMENTS = "documents"


class AdmissionVote(models.Model):
    """A commission member's vote; nobody sees it before giving their own (3.14, REG-38)."""

    class Vote(models.TextChoices):
        ADMIT = "admit"
        REFUSE = "refuse"
        UNDECIDED = "undecided"

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="votes")
    role = models.ForeignKey(Role, models.PROTECT, related_name="admission_votes")
    vote = models.CharField(max_length=10, choices=Vote)
    not_met = models.JSONField(default=list)  # codes of Criterion that are not met
    reason = SealedText(purpose="candidates")  # goes into the decision; the candidate reads it
    voted_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "role"], name="a_member_has_one_vote_on_a_candidate"
            ),
        ]

    @property
    def vault_scope(self) -> str:
        return f"election-{self.candidate.election_id}"


class CriterionCheck(models.Model):
    """What the commission found out together on one condition (3.11); the votes stay each member's."""

    class State(models.TextChoices):
        MET = "met"
        NOT_MET = "not_met"
        ASKED = "asked"  # something is missing and was asked for, until `due_on`

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="checks")
    criterion = models.CharField(max_length=20, choices=Criterion)
    state = models.CharField(max_length=10, choices=State)
    basis = SealedText(purpose="candidates")  # on what it rests
    due_on = models.DateField(null=True)
    checked_by = models.PositiveIntegerField()  # the number of the commission member
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "criterion"], name="a_condition_is_checked_once"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", due_on__isnull=False)
                | ~Q(state="asked") & Q(due_on__isnull=True),
                name="what_is_asked_for_has_its_day",
            ),
        ]

    @property
    def vault_scope(self) -> str:
        return f"election-{self.candidate.election_id}"


class Relation(models.Model):
    """A commission member declares what ties them to an applicant, and decides nothing about them."""

    class Kind(models.TextChoices):
        SELF = "self"
        RELATIVE = "relative"
        OTHER = "other"  # works with or for them, or is at odds with them

    role = models.ForeignKey(Role, models.PROTECT, related_name="relations")
    candidate = models.ForeignKey(Candidate, models.PROTECT, null=True, related_name="relations")
    voter = models.ForeignKey(Voter, models.PROTECT, null=True, related_name="relations")
    kind = models.CharField(max_length=10, choices=Kind)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(candidate__isnull=True, voter__isnull=False)
                | Q(candidate__isnull=False, voter__isnull=True),
                name="a_relation_is_to_one_applicant",
            ),
            models.UniqueConstraint(
                fields=["role", "candidate"], name="a_relation_to_a_candidate_is_declared_once"
            ),
            models.UniqueConstraint(
                fields=["role", "voter"], name="a_relation_to_a_voter_is_declared_once"
            ),
        ]
