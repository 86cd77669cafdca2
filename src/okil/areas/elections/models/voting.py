"""The secret online vote of a round: what Setup froze, who has which right, what was cast (section 16
of docs/PROTOCOL.md).

No table joins a voter with a ballot. `Right` knows voters, `Credential` knows public credentials, and
only whoever holds the ticket can compute what binds one to the other. Both are written anew, in random
order and under random keys, at each head.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from okil.areas.elections.models.stages import Round
from okil.areas.elections.models.voters import Voter


class OnlineVote(models.Model):
    """The files that Setup froze, byte for byte, and where the archive stands."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="online_votes")
    is_rehearsal = models.BooleanField(default=False)  # test ballots, opened before the vote begins
    given_up_at = models.DateTimeField(null=True)  # a key was lost: another vote takes over
    uuid = models.CharField(max_length=30, unique=True)
    election = models.BinaryField()  # election.json
    trustees = models.BinaryField()  # trustees.json
    credentials = models.BinaryField()  # public_creds.json
    names = models.BinaryField()  # the names file, published beside the archive (16.2)
    timestamp = models.BigIntegerField()  # of every record of the archive, Unix seconds
    height = models.PositiveIntegerField()  # of the last event
    parent = models.CharField(max_length=64)  # its hash
    head = models.PositiveIntegerField(default=0)  # the number of the last one
    set_up_at = models.DateTimeField()
    closing_at = models.DateTimeField(null=True)  # requests begun from now on come too late
    closed_at = models.DateTimeField(null=True)  # the last head is written, nothing is bound
    tally = models.BinaryField(null=True)  # the encrypted sum of the ballots that count
    result = models.JSONField(null=True)  # as in the archive: for each question the numbers
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "is_rehearsal"],
                condition=Q(given_up_at__isnull=True),
                name="a_round_has_one_online_vote",
            ),
            models.CheckConstraint(
                condition=Q(result__isnull=True, opened_at__isnull=True)
                | Q(result__isnull=False, opened_at__isnull=False, closed_at__isnull=False),
                name="a_vote_is_opened_after_it_was_closed",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closing_at__isnull=False),
                name="a_vote_is_closed_after_its_closing",
            ),
        ]


class Right(models.Model):
    """A roll entry's right in this round: by which channel it was used, never for what."""

    class Channel(models.TextChoices):
        NONE = "none"
        ONLINE = "online"
        PAPER = "paper"
        HANDS = "hands"
        FORM = "form"

    id = models.BigIntegerField(primary_key=True)  # by chance
    vote = models.ForeignKey(OnlineVote, models.PROTECT, related_name="rights")
    voter = models.ForeignKey(Voter, models.PROTECT, related_name="rights")
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.NONE)
    bind = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "voter"], name="a_voter_has_one_right"),
        ]


class Credential(models.Model):
    """A public credential, by the hash of its text."""

    id = models.BigIntegerField(primary_key=True)  # by chance
    vote = models.ForeignKey(OnlineVote, models.PROTECT, related_name="credential_rows")
    public = models.CharField(max_length=64)
    is_void = models.BooleanField(default=False)
    owner = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "public"], name="a_credential_is_listed_once"),
        ]


class WaitingBallot(models.Model):
    """Accepted, and not under a head yet: no clock, no height, no number of its own."""

    pk = models.CompositePrimaryKey("vote", "public", "n")
    vote = models.ForeignKey(OnlineVote, models.PROTECT, related_name="waiting")
    public = models.CharField(max_length=64)
    n = models.PositiveIntegerField()  # counts this credential's ballots, from 1
    hash = models.CharField(max_length=64)
    body: Any = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "hash"], name="a_ballot_waits_once"),
        ]


class BoardBallot(models.Model):
    """A ballot of the archive: to find it again when it is sent twice."""

    vote = models.ForeignKey(OnlineVote, models.PROTECT, related_name="board")
    height = models.PositiveIntegerField()
    public = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "height"], name="an_event_has_one_height"),
            models.UniqueConstraint(fields=["vote", "hash"], name="a_ballot_is_on_the_board_once"),
        ]
        indexes = [models.Index(fields=["vote", "public"], name="ballots_of_a_credential")]


class BoardHead(models.Model):
    """A signed head (16.8), and the bytes that the archive grew by since the one before.

    Number 0 is Setup: nothing is signed there, `statement` is empty.
    """

    vote = models.ForeignKey(OnlineVote, models.PROTECT, related_name="heads")
    number = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    statement = models.TextField(blank=True)  # JSON as it was signed
    content = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "number"], name="a_head_has_one_number"),
        ]


class SpareIssued(models.Model):
    """A voter who lost the code got one of the spares. Which voter and which code is said nowhere."""

    vote = models.ForeignKey(OnlineVote, models.PROTECT, related_name="spares_issued")
    number = models.PositiveSmallIntegerField()  # running
    reason = models.CharField(max_length=20)
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "number"], name="a_spare_is_issued_once"),
        ]


class Opening(models.Model):
    """What a key holder's browser made of the encrypted tally; both its proofs were checked."""

    vote = models.ForeignKey(OnlineVote, models.PROTECT, related_name="openings")
    owner = models.PositiveSmallIntegerField()  # the number of the trustee, from 1
    partial = models.BinaryField()
    owned = models.BinaryField()
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["owner"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "owner"], name="a_key_holder_opens_once"),
        ]
