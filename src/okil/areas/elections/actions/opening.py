"""Opening the count: the encrypted tally, the key holders' parts, the result (sections 9, 10 and 13)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from okil.areas.elections import access
from okil.areas.elections.actions.board import append_events
from okil.areas.elections.actions.current import running
from okil.areas.elections.models import KeyHolder, OnlineVote, Opening
from okil.areas.elections.queries import voting
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.pure.ballots.decryption import (
    check_partial_decryption,
    counted,
    opened,
    owned_record,
    read_partial_decryption,
    result_record,
)
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.trustees import Trustees, read_trustees
from okil.pure.encoding import NotCanonical, sha256_hex
from okil.pure.refusal import Refused


@transaction.atomic
def add_tally(vote_id: int, *, at: datetime) -> OnlineVote:
    """After the end of the ballots: their encrypted sum goes onto the board. Done twice, done once.

    Raises Refused: vote-not-closed.
    """
    vote = locked(OnlineVote, vote_id)
    if vote.closed_at is None:
        raise Refused("vote-not-closed")
    if vote.tally is None:
        total = voting.tally_of(vote)
        vote.tally = total.record()
        append_events(vote, [("EncryptedTally", (total.record(), total.sized_record()))], at=at)
        vote.save(update_fields=["tally"])
    return vote


@transaction.atomic
def hand_in_opening(vote_id: int, *, partial: bytes, actor: User, at: datetime) -> Opening:
    """What a key holder's browser made of the tally; both proofs are checked before it is taken. With
    enough of them the result is there, for all at once.

    Raises Refused: not-a-key-holder, undertaking-missing, annulled, suspended, vote-not-closed,
    opened-already, opening-wrong.
    """
    election_id = OnlineVote.objects.values_list("round__election", flat=True).get(pk=vote_id)
    election, _row = running(election_id)
    vote = locked(OnlineVote, vote_id)
    holder = _holder(vote, actor)
    acting = Actor(holder.role.role, holder.role.person.number)
    if not access.has_promised(acting, election):
        raise Refused("undertaking-missing")
    if vote.tally is None:
        raise Refused("vote-not-closed")
    if vote.opened_at is not None or vote.openings.filter(owner=holder.index).exists():
        raise Refused("opened-already")
    trustees = read_trustees(bytes(vote.trustees))
    _require_right(vote, trustees, holder.index, partial)
    given = Opening.objects.create(
        vote=vote,
        owner=holder.index,
        partial=partial,
        owned=owned_record(holder.index, partial),
        given_at=at,
    )
    record(
        "vote.part_opened",
        actor=acting,
        subject=given,
        at=at,
        chapter=election.chapter,
        after={"place": holder.index},
    )
    _finish(vote, trustees, acting, at=at)
    return given


def _holder(vote: OnlineVote, actor: User) -> KeyHolder:
    """Also one whose role has ended: the key stays theirs until the count is open."""
    holder = (
        KeyHolder.objects.filter(ceremony__uuid=vote.uuid, role__person__user=actor)
        .select_related("role__person")
        .first()
    )
    if holder is None:
        raise Refused("not-a-key-holder")
    return holder


def _require_right(vote: OnlineVote, trustees: Trustees, owner: int, partial: bytes) -> None:
    election, tally = voting.election_of(vote), bytes(vote.tally or b"")
    try:
        check_partial_decryption(
            election,
            voting.entries_of(vote),
            sha256_hex(tally),
            owner,
            trustees.keys[owner - 1],
            partial,
        )
    except (Malformed, NotCanonical):
        raise Refused("opening-wrong") from None


def _finish(vote: OnlineVote, trustees: Trustees, acting: Actor, *, at: datetime) -> None:
    openings = list(vote.openings.order_by("owner"))
    if not trustees.can_open([each.owner for each in openings]):
        return
    election = voting.election_of(vote)
    entries = voting.entries_of(vote)
    partials = {
        each.owner: read_partial_decryption(election, bytes(each.partial)) for each in openings
    }
    ballots = voting.counted_ballots(vote)
    vote.result = counted(opened(trustees, entries, partials), ballots)
    vote.opened_at = at
    vote.save(update_fields=["result", "opened_at"])
    events: list[Any] = [
        ("PartialDecryption", (bytes(each.partial), bytes(each.owned))) for each in openings
    ]
    append_events(vote, [*events, ("Result", (result_record(vote.result),))], at=at)
    record(
        "vote.opened",
        actor=acting,
        subject=vote,
        at=at,
        chapter=vote.round.election.chapter,
        after={"ballots": ballots, "parts": len(openings)},
    )
