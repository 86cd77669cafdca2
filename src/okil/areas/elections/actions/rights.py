"""A voter's right in an online vote, held: the same row for casting, for the desk, for a new ticket."""

from __future__ import annotations

from typing import TypeVar

from okil.areas.elections.models import Credential, OnlineVote, Right, Round
from okil.areas.elections.queries.voting import vote_of
from okil.foundation.locking import locked, shared

Row = TypeVar("Row", Right, Credential)


def held_right(row: Round, voter_id: int) -> Right | None:
    """The right of this voter in this round; None if the round has no online vote, or the voter none."""
    vote = vote_of(row)
    if vote is None:
        return None
    shared(OnlineVote, vote.pk)
    return held_row(Right, vote=vote, voter=voter_id)


def held_row(model: type[Row], **found: object) -> Row | None:
    """To be asked while the vote is held: at each head these rows are written anew under other keys."""
    pk = model.objects.filter(**found).values_list("pk", flat=True).first()
    return None if pk is None else locked(model, pk)
