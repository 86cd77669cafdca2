"""Around a candidate's own application: nomination, codes, papers, questions from voters."""

from __future__ import annotations

from django.db import models

from okil.areas.elections.models.candidates import Candidate, Place
from okil.areas.elections.models.stages import Election, Round
from okil.foundation.vault import SealedBytes, SealedText


class Nomination(models.Model):
    """Somebody proposes somebody else. Nothing of the nominee is kept: they accept by applying
    themselves, through a link that the nominator hands over. Its secret is stored nowhere."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="nominations")
    round = models.ForeignKey(Round, models.PROTECT, related_name="nominations")
    number = models.PositiveIntegerField()
    place = models.CharField(max_length=10, choices=Place)
    by = SealedText(purpose="candidates")  # who nominates, as they say it
    reason = SealedText(purpose="candidates", null=True)
    check_of_secret = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    declined_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="a_nomination_has_one_number"),
        ]

    @property
    def vault_scope(self) -> str:
        return f"election-{self.election_id}"


class CandidateCode(models.Model):
    """A code sent to a candidate's contact confirms one act. Of the code there is only a keyed hash."""

    class Act(models.TextChoices):
        SIGN = "sign"
        CONSENTS = "consents"
        WITHDRAW = "withdraw"

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="codes")
    act = models.CharField(max_length=10, choices=Act)
    wanted = models.JSONField(default=dict)  # what the code confirms: the consents as asked for
    check_of_code = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)


class CandidatePaper(models.Model):
    """A paper that the group's regulation asks of candidates; `row` is its place in that list."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="papers")
    row = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)  # pdf, jpeg; by content
    content = SealedBytes(purpose="candidates")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "row"], name="a_candidate_has_each_paper_once"
            ),
        ]

    @property
    def vault_scope(self) -> str:
        return f"election-{self.candidate.election_id}"


class CandidateQuestion(models.Model):
    """From a voter, whose number is not kept. Public once the candidate answered, and not before."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="questions")
    number = models.PositiveIntegerField()
    text = SealedText(purpose="candidates")
    asked_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)  # the candidate will not answer: nobody reads it
    hidden_at = models.DateTimeField(null=True)  # by the commission, with the answer

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "number"], name="a_question_has_one_number"
            ),
        ]

    @property
    def vault_scope(self) -> str:
        return f"election-{self.candidate.election_id}"

    @property
    def published_by_owner(self) -> bool:
        return self.answered_at is not None and self.hidden_at is None
