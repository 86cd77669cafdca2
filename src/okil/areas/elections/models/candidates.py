"""Candidates, what of them becomes public, and the commission's decision on each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from okil.areas.bodies.models import Decision, Person, Role
from okil.areas.elections.models.stages import Election, Round
from okil.foundation.vault import KeyedHash, SealedText
from okil.foundation.web.languages import TextsField


class Place(models.TextChoices):
    """For what somebody stands: which contest (REG-05)."""

    MEMBER = "member"
    ALTERNATE = "alternate"
    BOTH = "both"  # one contest; the runner-up becomes alternate


class Candidate(models.Model):
    """Known by number. What may be public, only the candidate says, item by item (4.05)."""

    class Outcome(models.TextChoices):
        WAITING = "waiting"
        ADMITTED = "admitted"
        REFUSED = "refused"
        UNDECIDED = "undecided"  # no majority in the commission: the group decides

    election = models.ForeignKey(Election, models.PROTECT, related_name="candidates")
    round = models.ForeignKey(Round, models.PROTECT, related_name="candidates")
    number = models.PositiveIntegerField()
    place = models.CharField(max_length=10, choices=Place)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="candidacies")
    name_key = KeyedHash(of="name")
    name = SealedText(purpose="candidates")
    pseudonym = models.CharField(max_length=100, blank=True)  # chosen to be public
    region = models.CharField(max_length=12, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    programme = TextsField(default=dict)
    contact = SealedText(purpose="candidates", null=True)
    experience = SealedText(purpose="candidates", null=True)
    term_history = SealedText(purpose="candidates", null=True)
    conflict = SealedText(purpose="candidates", null=True)  # own analysis (3.15, REG-09)
    shows_name = models.BooleanField(default=False)
    shows_region = models.BooleanField(default=False)
    shows_programme = models.BooleanField(default=False)
    consented_on = models.DateField()  # to the processing of what is entered here
    signed_on = models.DateField()  # the application, on paper; duties and rights acknowledged
    entered_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    decided_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    listed_at = models.DateTimeField(null=True)  # the list with this candidate was published
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="a_candidate_has_one_number"),
            models.CheckConstraint(
                condition=Q(is_late=False) | ~Q(outcome="admitted"),
                name="who_comes_late_is_not_admitted",
            ),
        ]

    @property
    def vault_scope(self) -> str:
        return f"election-{self.election_id}"

    @property
    def published_by_owner(self) -> bool:
        return self.shows_name and self.listed_at is not None


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


class EmptyPost(models.Model):
    """A post for which nobody stands: why, which meeting, what was decided, who helps (3.18)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="empty_posts")
    place = models.CharField(max_length=10, choices=Place)
    reason = TextsField()
    meeting_on = models.DateField()
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    help = TextsField(default=dict)  # a volunteer's help, which gives no status of alternate
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "place"], name="a_post_is_empty_once"),
        ]


class Contestant(models.Model):
    """A candidate on the ballot paper of a round; `position` is drawn by lot, from 1."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="contestants")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="contests")
    place = models.CharField(max_length=10, choices=Place)
    position = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["place", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "candidate", "place"], name="a_candidate_stands_once_for_a_place"
            ),
            models.UniqueConstraint(
                fields=["round", "place", "position"], name="a_place_on_the_paper_is_taken_once"
            ),
        ]
