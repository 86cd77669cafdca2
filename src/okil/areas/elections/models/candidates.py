"""Candidates, what of them becomes public, and who stands for what."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from okil.areas.bodies.models import Decision, Person
from okil.areas.elections.models.stages import Election, Round
from okil.foundation.vault import KeyedHash, SealedBytes, SealedText
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

    class Way(models.TextChoices):
        """How the application came in."""

        ORGANISER = "organiser"  # entered from paper
        FORM = "form"  # by the candidate

    class Signing(models.TextChoices):
        PAPER = "paper"  # by hand; the organiser confirms it
        CODE = "code"  # here, with a code sent to the candidate's contact

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
    photo = SealedBytes(purpose="candidates", null=True)  # JPEG, written anew without metadata
    shows_photo = models.BooleanField(default=False)
    consented_on = models.DateField()  # to the processing of what is entered here
    signed_on = models.DateField(null=True)  # duties and rights acknowledged
    signing = models.CharField(max_length=6, choices=Signing, blank=True, default=Signing.PAPER)
    way = models.CharField(max_length=10, choices=Way, default=Way.ORGANISER)
    nomination = models.OneToOneField(
        "elections.Nomination", models.PROTECT, null=True, related_name="candidate"
    )
    ticket_check = models.CharField(max_length=64, blank=True)  # opens the own page, never a booth
    form_check = models.CharField(max_length=64, blank=True)  # the same form sent twice is one
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
            models.CheckConstraint(
                condition=Q(signing="", signed_on__isnull=True)
                | ~Q(signing="") & Q(signed_on__isnull=False),
                name="a_signature_has_its_day",
            ),
            models.UniqueConstraint(
                fields=["ticket_check"],
                condition=~Q(ticket_check=""),
                name="a_ticket_belongs_to_one_candidate",
            ),
            models.UniqueConstraint(
                fields=["round", "form_check"],
                condition=~Q(form_check=""),
                name="a_form_applies_once",
            ),
        ]

    @property
    def vault_scope(self) -> str:
        return f"election-{self.election_id}"

    @property
    def published_by_owner(self) -> bool:
        return self.shows_name and self.listed_at is not None


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
