"""Whose right a ticket opens, what stands on the board, where a vote stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO

from django.db.models import Exists, Max, OuterRef, Subquery

from okil.areas.elections.models import (
    BoardBallot,
    BoardHead,
    OnlineVote,
    Right,
    Round,
    StageDates,
    Suspension,
    WaitingBallot,
)
from okil.pure.ballots.archive import Chain, Reader
from okil.pure.ballots.ballot import read_ballot
from okil.pure.ballots.contents import read_contents
from okil.pure.ballots.election import Election, read_election
from okil.pure.ballots.elgamal import Ciphertext
from okil.pure.ballots.tally import Tally, read_tally
from okil.pure.encoding import read_canonical_json
from okil.pure.rules.stages import Stage, State
from okil.pure.rules.tickets import check_of

FILES = ("vote__election", "vote__trustees", "vote__credentials", "vote__names")


def vote_of(row: Round) -> OnlineVote | None:
    """The secret online vote of a round; None if it has none."""
    large = [name.removeprefix("vote__") for name in FILES]
    votes = OnlineVote.objects.filter(round=row, is_rehearsal=False, given_up_at=None)
    return votes.defer(*large).first()


@dataclass(frozen=True, slots=True)
class Admission:
    """The right that a ticket opens, and whether its vote goes on."""

    right: Right
    vote: OnlineVote
    ends_at: datetime | None  # of the voting, as it is dated
    is_running: bool  # the round is voting, and stands not still


def admission_with(ticket: str) -> Admission | None:
    """In one question, for the newest vote; None if the ticket opens none."""
    ends = StageDates.objects.filter(round=OuterRef("vote__round"), stage=Stage.VOTING)
    held_up = Suspension.objects.filter(election=OuterRef("vote__round__election"), lifted_at=None)
    found = (
        Right.objects.filter(voter__ticket_check=check_of(ticket), vote__given_up_at=None)
        .select_related("vote__round")
        .defer(*FILES)
        .annotate(ends_at=Subquery(ends.values("ends_at")[:1]), suspended=Exists(held_up))
    )
    right = found.order_by("-vote__round__number").first()
    if right is None:
        return None
    row = right.vote.round
    stands_still = right.suspended or row.annulled_at is not None
    is_running = row.state == State.VOTING and not stands_still
    return Admission(right, right.vote, right.ends_at, is_running)


def election_of(vote: OnlineVote) -> Election:
    """What was frozen, read once in each process, with the tables of its key."""
    return _read(vote.pk, vote.uuid)


@lru_cache(maxsize=32)
def _read(pk: int, uuid: str) -> Election:
    """By number and uuid: what Setup froze never changes."""
    return read_election(bytes(OnlineVote.objects.values_list("election", flat=True).get(pk=pk)))


def head_before(vote: OnlineVote, ballot_hash: str) -> int | None:
    """After which head this ballot was accepted; None if it was not."""
    if WaitingBallot.objects.filter(vote=vote, hash=ballot_hash).exists():
        return vote.head
    height = (
        BoardBallot.objects.filter(vote=vote, hash=ballot_hash)
        .values_list("height", flat=True)
        .first()
    )
    if height is None:
        return None
    heads = BoardHead.objects.filter(vote=vote, height__gte=height)
    return heads.order_by("number").values_list("number", flat=True)[0] - 1


def cast_so_far(vote: OnlineVote, public: str) -> int:
    """How many ballots were accepted with this credential."""
    waiting = WaitingBallot.objects.filter(vote=vote, public=public).count()
    return waiting + BoardBallot.objects.filter(vote=vote, public=public).count()


def archive_of(vote: OnlineVote) -> Iterator[bytes]:
    """The archive as it was at the last head, piece by piece."""
    yield Chain(vote.timestamp).beginning()
    heads = BoardHead.objects.filter(vote=vote).order_by("number")
    for content in heads.values_list("content", flat=True).iterator(chunk_size=16):
        yield bytes(content)


def heads_of(vote: OnlineVote) -> bytes:
    """All signed heads so far, as `okil verify --heads` reads them."""
    signed = BoardHead.objects.filter(vote=vote, number__gt=0).order_by("number")
    return f"[{','.join(signed.values_list('statement', flat=True))}]".encode()


def _own_ballots(vote: OnlineVote) -> dict[str, int]:
    """The height of the last ballot of each credential: the one that counts."""
    found = BoardBallot.objects.filter(vote=vote).values("public").annotate(last=Max("height"))
    return {row["public"]: row["last"] for row in found}


def counted_ballots(vote: OnlineVote) -> int:
    """How many credentials have a ballot on the board."""
    return BoardBallot.objects.filter(vote=vote).values("public").distinct().count()


def tally_of(vote: OnlineVote) -> Tally:
    """The encrypted sum, from the archive as it is published."""
    election = election_of(vote)
    lasts = set(_own_ballots(vote).values())
    total = Tally.nothing(election)
    with BytesIO(b"".join(archive_of(vote))) as stream:
        reader = Reader(stream)
        for ballot in read_contents(reader, lambda _done, _of: None).ballots:
            if ballot.height in lasts:
                body = reader.read_again(ballot.hash, ballot.offset, ballot.size)
                read = read_ballot(election, read_canonical_json(body))
                total = total.with_ballot([answer.choices for answer in read.answers], 1)
    return total


def entries_of(vote: OnlineVote) -> tuple[tuple[Ciphertext, ...], ...]:
    """The encrypted sum as it stands on the board."""
    return read_tally(election_of(vote), bytes(vote.tally or b""))
