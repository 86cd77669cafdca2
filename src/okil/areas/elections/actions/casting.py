"""Casting a ballot (section 16.6): the one act without an actor, without a journal row, without a clock.

What is acknowledged is stored. Nothing that is written joins the voter and the ballot: the right knows
that it was used, the credential that it is owned, the inbox holds the ballot.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from okil.areas.elections.actions.board import signing_key
from okil.areas.elections.actions.rights import held_row
from okil.areas.elections.models import Credential, OnlineVote, Right, Voter, WaitingBallot
from okil.areas.elections.queries import voting
from okil.foundation.locking import shared
from okil.pure.ballots.ballot import check_ballot, tracker
from okil.pure.ballots.board import bind_of, owner_of
from okil.pure.ballots.credentials import credential_hash
from okil.pure.ballots.election import Election
from okil.pure.ballots.failures import CheckFailed
from okil.pure.ballots.statements import Receipt, sign_statement
from okil.pure.encoding import sha256_hex
from okil.pure.refusal import Refused
from okil.pure.rules.tickets import check_of

LARGEST_BALLOT = 2**20
MAY_CAST = (Right.Channel.NONE, Right.Channel.ONLINE)


@sensitive_variables()
def cast_ballot(ticket: str, body: bytes, *, at: datetime) -> dict[str, Any]:
    """Answers the signed receipt; a ballot sent again gets its receipt again. `at` is when the server
    began to read the request; it is compared with the closing and stored nowhere.

    Raises Refused: ticket-unknown, vote-not-open, vote-closed, ballot-wrong, code-unknown,
    voted-otherwise, ticket-has-another-code, code-has-another-ticket.
    """
    found = voting.admission_with(ticket)
    if found is None:
        raise Refused("ticket-unknown")
    if not found.is_running:
        raise Refused("vote-not-open")
    if found.ends_at is not None and at >= found.ends_at:
        raise Refused("vote-closed")
    credential = _checked(voting.election_of(found.vote), body)
    with transaction.atomic():
        after = _accepted(found.right, ticket, credential, body, at=at)
    said = {"uuid": found.vote.uuid, "tracker": tracker(body), "after_head": after}
    return sign_statement(Receipt, said, signing_key())


def _checked(election: Election, body: bytes) -> str:
    """The credential of a ballot whose every proof holds."""
    if len(body) > LARGEST_BALLOT:
        raise Refused("ballot-wrong")
    try:
        return check_ballot(election, body).credential
    except CheckFailed:
        raise Refused("ballot-wrong") from None


def _accepted(right: Right, ticket: str, credential: str, body: bytes, *, at: datetime) -> int:
    """The number of the head after which this ballot is accepted.

    Locks: the vote (shared; heads and the closing take it whole), then the right, then the credential.
    """
    vote = shared(OnlineVote, right.vote_id)
    if vote.closed_at is not None or (vote.closing_at is not None and at >= vote.closing_at):
        raise Refused("vote-closed")
    used = held_row(Right, vote=vote, voter=right.voter_id)
    if used is None or not _is_still_of(ticket, used):
        raise Refused("ticket-unknown")
    public = credential_hash(credential).hex()
    owned = held_row(Credential, vote=vote, public=public)
    if owned is None or owned.is_void:
        raise Refused("code-unknown")
    if used.channel not in MAY_CAST:
        raise Refused("voted-otherwise")
    bound = bind_of(vote.uuid, ticket, credential), owner_of(vote.uuid, ticket, credential)
    n = 1
    if (used.bind, owned.owner) == bound:
        known = voting.head_before(vote, sha256_hex(body))
        if known is not None:
            return known
        n += voting.cast_so_far(vote, public)
    else:
        _bind(used, owned, bound)
    WaitingBallot.objects.create(vote=vote, public=public, n=n, hash=sha256_hex(body), body=body)
    return vote.head


def _is_still_of(ticket: str, right: Right) -> bool:
    """It may have been made anew meanwhile."""
    return Voter.objects.filter(pk=right.voter_id, ticket_check=check_of(ticket)).exists()


def _bind(used: Right, owned: Credential, bound: tuple[str, str]) -> None:
    if used.bind:
        raise Refused("ticket-has-another-code")
    if owned.owner:
        raise Refused("code-has-another-ticket")
    used.bind, owned.owner = bound
    used.channel = Right.Channel.ONLINE
    used.save(update_fields=["bind", "channel"])
    owned.save(update_fields=["owner"])
