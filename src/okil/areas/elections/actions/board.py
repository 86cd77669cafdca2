"""The board of a secret online vote: what Setup freezes, heads, the closing (sections 16.6 to 16.8)."""

from __future__ import annotations

import random
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from okil.areas.elections.models import (
    BoardBallot,
    BoardHead,
    Credential,
    OnlineVote,
    Right,
    Round,
    Voter,
    WaitingBallot,
)
from okil.areas.elections.queries.voting import vote_of
from okil.foundation import traces
from okil.foundation.audit import Actor, record
from okil.foundation.background import later
from okil.foundation.locking import locked
from okil.pure.ballots.archive import Chain, EventType, setup_record
from okil.pure.ballots.board import Waiting, board_order, is_head_due
from okil.pure.ballots.credentials import credential_hash, credential_texts
from okil.pure.ballots.election import read_election
from okil.pure.ballots.statements import Head, sign_statement
from okil.pure.encoding import canonical_json
from okil.pure.refusal import Refused

THE_SERVER = Actor("scheduler", None)
LARGEST_KEY = 2**62
GRACE = timedelta(seconds=60)  # for requests that began before the closing
ROUNDED_TO = 10


@dataclass(frozen=True, slots=True)
class Files:
    """What the ceremonies made, byte for byte as it goes into the archive."""

    election: bytes
    trustees: bytes
    credentials: bytes
    names: bytes


@transaction.atomic
def set_up_vote(row: Round, *, files: Files, voters: Collection[Voter], at: datetime) -> OnlineVote:
    """Freezes the vote of this round: a right for each voter, a row for each credential, Setup as the
    first event. The files were checked by whoever made them. Raises Refused("set-up-already")."""
    locked(Round, row.pk)
    if vote_of(row) is not None:
        raise Refused("set-up-already")
    chain = Chain(int(at.timestamp()))
    setup = setup_record(files.election, files.trustees, files.credentials)
    content, chain = chain.appended(
        "Setup", files.election, files.trustees, files.credentials, setup
    )
    vote = OnlineVote.objects.create(
        round=row,
        uuid=read_election(files.election).uuid,
        election=files.election,
        trustees=files.trustees,
        credentials=files.credentials,
        names=files.names,
        timestamp=chain.timestamp,
        height=chain.height,
        parent=chain.parent or "",
        set_up_at=at,
    )
    BoardHead.objects.create(vote=vote, number=0, height=chain.height, content=content)
    rights = [Right(vote=vote, voter=voter) for voter in voters]
    publics = [
        Credential(vote=vote, public=credential_hash(text).hex())
        for _place, text in credential_texts(files.credentials)
    ]
    _write_anew(Right, rights)
    _write_anew(Credential, publics)
    _next_head(vote, at=at)
    return vote


@transaction.atomic
def write_head(vote_id: int, *, at: datetime) -> BoardHead | None:
    """What waits goes onto the board, if it is of enough credentials (16.8); it is asked again at the next
    full hour, until the vote is closed."""
    vote = locked(OnlineVote, vote_id)
    if vote.closing_at is not None:
        return None
    _next_head(vote, at=at)
    waiting = _waiting(vote)
    return _under_a_head(vote, waiting, at=at, is_last=False) if is_head_due(waiting) else None


def _next_head(vote: OnlineVote, *, at: datetime) -> None:
    full_hour = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    later("elections.write_head", vote.pk, run_after=full_hour)


def close_online_vote(row: Round, *, at: datetime) -> None:
    """Part of the move that ends the voting, where there is an online vote: requests that begin from now
    on come too late; those under way may still arrive, and then the ballots end."""
    vote = vote_of(row)
    if vote is None or vote.closing_at is not None:
        return
    vote = locked(OnlineVote, vote.pk)
    vote.closing_at = at
    vote.save(update_fields=["closing_at"])
    later("elections.end_ballots", vote.pk, run_after=at + GRACE)


@transaction.atomic
def end_ballots(vote_id: int, *, at: datetime) -> BoardHead | None:
    """The last head and the end of the ballots; nothing is bound any more. Done twice, it is done once.

    Raises Refused: vote-not-closing, requests-under-way.
    """
    vote = locked(OnlineVote, vote_id)
    if vote.closed_at is not None:
        return None
    if vote.closing_at is None:
        raise Refused("vote-not-closing")
    if at < vote.closing_at + GRACE:
        raise Refused("requests-under-way", until=vote.closing_at + GRACE)
    vote.closed_at = at
    return _under_a_head(vote, _waiting(vote), at=at, is_last=True)


def sweep() -> None:
    """After a head, outside its transaction: row versions and row order would join ballot and voter."""
    traces.leave_no_versions([WaitingBallot, Right, Credential])


def _waiting(vote: OnlineVote) -> list[Waiting]:
    rows = WaitingBallot.objects.filter(vote=vote).values_list("public", "n", "hash")
    return [Waiting(*row) for row in rows]


def _under_a_head(
    vote: OnlineVote, waiting: list[Waiting], *, at: datetime, is_last: bool
) -> BoardHead:
    chain = Chain(vote.timestamp, vote.height, vote.parent)
    parts, placed = [], []
    inbox = WaitingBallot.objects.filter(vote=vote)
    for each in board_order(waiting):
        body = bytes(inbox.values_list("body", flat=True).get(public=each.public, n=each.n))
        part, chain = chain.appended("Ballot", body)
        parts.append(part)
        placed.append(
            BoardBallot(vote=vote, height=chain.height, public=each.public, hash=each.hash)
        )
    if is_last:
        part, chain = chain.appended("EndBallots")
        parts.append(part)
    BoardBallot.objects.bulk_create(placed)
    head = _signed_head(vote, chain, parts, at=at)
    traces.overwrite_freed_pages()
    inbox.delete()
    _shuffle(vote, unbound=is_last)
    _note(head, vote, at=at)
    return head


def append_events(
    vote: OnlineVote, events: Sequence[tuple[EventType, tuple[bytes, ...]]], *, at: datetime
) -> BoardHead:
    """Part of an action on a closed vote: what follows the ballots, under a head of its own."""
    chain = Chain(vote.timestamp, vote.height, vote.parent)
    parts = []
    for kind, bodies in events:
        part, chain = chain.appended(kind, *bodies)
        parts.append(part)
    return _signed_head(vote, chain, parts, at=at)


def _signed_head(
    vote: OnlineVote, chain: Chain, parts: Sequence[bytes], *, at: datetime
) -> BoardHead:
    vote.height, vote.parent, vote.head = chain.height, chain.parent or "", vote.head + 1
    vote.save(update_fields=["height", "parent", "head", "closed_at"])
    return BoardHead.objects.create(
        vote=vote,
        number=vote.head,
        height=vote.height,
        statement=_statement(vote, at=at),
        content=b"".join(parts),
    )


def _statement(vote: OnlineVote, *, at: datetime) -> str:
    hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    said = {
        "uuid": vote.uuid,
        "number": vote.head,
        "height": vote.height,
        "event": vote.parent,
        "hour": hour.isoformat(),
    }
    return canonical_json(sign_statement(Head, said, signing_key())).decode()


def _shuffle(vote: OnlineVote, *, unbound: bool) -> None:
    """Rights and credentials whole, in another order and under other keys; at the end without what
    bound one to the other."""
    rights = list(Right.objects.filter(vote=vote))
    credentials = list(Credential.objects.filter(vote=vote))
    for right in rights:
        right.bind = "" if unbound else right.bind
    for credential in credentials:
        credential.owner = "" if unbound else credential.owner
    Right.objects.filter(vote=vote).delete()
    Credential.objects.filter(vote=vote).delete()
    _write_anew(Right, rights)
    _write_anew(Credential, credentials)


def _write_anew(
    model: type[Right] | type[Credential], rows: list[Right] | list[Credential]
) -> None:
    random.SystemRandom().shuffle(rows)
    for row in rows:
        row.pk = 1 + secrets.randbelow(LARGEST_KEY)
    model.objects.bulk_create(rows, batch_size=500)  # type: ignore[arg-type]  # rows of this model


def _note(head: BoardHead, vote: OnlineVote, *, at: datetime) -> None:
    election = vote.round.election
    ballots = BoardBallot.objects.filter(vote=vote).count()
    record(
        "board.head_written",
        actor=THE_SERVER,
        subject=head,
        at=at,
        chapter=election.chapter,
        after={"number": head.number, "about": ballots // ROUNDED_TO * ROUNDED_TO},
    )


def signing_key() -> Ed25519PrivateKey:
    """The installation's, which is in no backup; its public half stands in the announcement."""
    return _key(settings.BOARD_KEY)


@lru_cache(maxsize=2)
def _key(secret: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(secret)
