"""The roll of a group: who may vote, as little as is needed to know it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from okil.areas.elections.models.stages import Election, Round
from okil.foundation.vault import KeyedHash, SealedBytes, SealedText


class Voter(models.Model):
    """A person or an organisation on the roll of the round in which they registered.

    Known by number. A name, a pseudonym or a code that stands for a name is sealed; there may be none.
    """

    class Kind(models.TextChoices):
        PERSON = "person"
        ORGANISATION = "organisation"

    class Source(models.TextChoices):
        """Who says that the voter belongs to the group."""

        OWN_WORD = "own_word"
        ORGANISATION = "organisation"  # a trusted organisation vouches
        MEETING = "meeting"  # delegated by a meeting, with its protocol
        PAPERS = "papers"

    class Way(models.TextChoices):
        """How the registration came in."""

        ORGANISER = "organiser"
        FORM = "form"
        INVITATION = "invitation"
        FILE = "file"

    class Status(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    class Refusal(models.TextChoices):
        NOT_OF_THE_GROUP = "not_of_the_group"
        TWICE = "twice"
        INCOMPLETE = "incomplete"
        OFFICER = "officer"  # REG-21: of this group's commission
        LATE = "late"
        OTHER_ROLE = (
            "other_role"  # in another group, which the common rules or the group do not allow
        )

    election = models.ForeignKey(Election, models.PROTECT, related_name="voters")
    round = models.ForeignKey(Round, models.PROTECT, related_name="voters")  # of the registration
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    name_key = KeyedHash(of="name")
    name = SealedText(purpose="roll", null=True)
    region = models.CharField(max_length=12, blank=True)
    organisation = models.CharField(max_length=200, blank=True)  # which the voter represents
    source = models.CharField(max_length=12, choices=Source)
    consented_on = models.DateField()  # to the processing of what is entered here
    entered_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)  # kept and marked, never on the roll (3.12)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    refusal = models.CharField(max_length=20, choices=Refusal, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.PositiveIntegerField(null=True)  # the number of the commission member

    # Of those who registered themselves or left a way to be reached
    contact = SealedText(purpose="roll", null=True)
    basis = SealedText(purpose="roll", null=True)  # of belonging to the group, in own words
    organisation_number = models.CharField(max_length=40, blank=True)  # in the State register
    services = models.CharField(max_length=300, blank=True)  # of an organisation
    paper_kind = models.CharField(max_length=10, blank=True)  # of the authorisation; "" = none
    paper = SealedBytes(purpose="roll", null=True)
    way = models.CharField(max_length=12, choices=Way, default=Way.ORGANISER)
    invitation = models.ForeignKey(
        "elections.RollInvitation", models.PROTECT, null=True, related_name="voters"
    )
    meeting = models.ForeignKey(
        "elections.DelegatesMeeting", models.PROTECT, null=True, related_name="delegates"
    )
    ticket_check = models.CharField(max_length=64, blank=True)  # PROTOCOL 16.6; "" = none yet
    form_check = models.CharField(max_length=64, blank=True)  # the same form sent twice is one

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="a_voter_has_one_number"),
            models.UniqueConstraint(
                fields=["ticket_check"],
                condition=~Q(ticket_check=""),
                name="a_ticket_belongs_to_one_voter",
            ),
            models.UniqueConstraint(
                fields=["round", "form_check"],
                condition=~Q(form_check=""),
                name="a_form_registers_one_voter",
            ),
            models.CheckConstraint(
                condition=Q(status="refused") & ~Q(refusal="")
                | ~Q(status="refused") & Q(refusal=""),
                name="a_voter_is_refused_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_late=False) | ~Q(status="accepted"),
                name="who_comes_late_is_not_on_the_roll",
            ),
        ]

    @property
    def vault_scope(self) -> str:
        return f"election-{self.election_id}"


class RollInvitation(models.Model):
    """A card by which one person registers; the trusted organisation that hands it out vouches.

    The secret on the card is stored nowhere, only its hash.
    """

    election = models.ForeignKey(Election, models.PROTECT, related_name="roll_invitations")
    organisation = models.CharField(max_length=200)
    batch = models.PositiveSmallIntegerField()  # cards made at one time
    check_of_secret = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)


class DelegatesMeeting(models.Model):
    """Where those who vote for others were chosen (indirect election, REG-29), with its protocol."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="delegates_meetings")
    round = models.ForeignKey(Round, models.PROTECT, related_name="delegates_meetings")
    number = models.PositiveIntegerField()
    held_on = models.DateField()
    region = models.CharField(max_length=12, blank=True)
    organisation = models.CharField(max_length=200, blank=True)  # whose meeting it was
    present = models.PositiveIntegerField()
    chosen = models.PositiveSmallIntegerField()  # so many delegates, and no more
    paper_kind = models.CharField(max_length=10)
    paper = SealedBytes(purpose="roll")  # the protocol of the meeting
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"], name="a_meeting_of_delegates_has_one_number"
            ),
            models.CheckConstraint(
                condition=Q(chosen__gte=1, chosen__lte=models.F("present")),
                name="no_more_delegates_than_were_present",
            ),
        ]

    @property
    def vault_scope(self) -> str:
        return f"election-{self.election_id}"


class Closing(models.Model):
    """Registration is closed: both lists are frozen as they are (3.12, 3.13).

    What is published of the roll is a salted commitment, never a plain hash.
    """

    round = models.OneToOneField(Round, models.PROTECT, related_name="closing")
    closed_at = models.DateTimeField()
    voters = models.PositiveIntegerField()  # in time; the commission still decides about them
    candidates = models.PositiveIntegerField()
    commitment = models.CharField(max_length=64)
    salt = SealedText(purpose="roll")
    handed_over_at = models.DateTimeField(null=True)  # the list, to the Secretariat (4.01)

    @property
    def vault_scope(self) -> str:
        return f"election-{self.round.election_id}"
