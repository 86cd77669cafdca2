"""Who watched when a lot was drawn: read by whoever stands for the count, on the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from okil.areas.elections.access import require_confidence
from okil.areas.elections.models import Election
from okil.areas.elections.queries.witnesses import witnessed_in
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.pure.refusal import Refused


@dataclass(frozen=True)
class WitnessesNamed:
    """By primary keys of the draws and of the ties settled."""

    of_draws: Mapping[int, str]
    of_ties: Mapping[int, str]


@transaction.atomic
def open_witnesses(election_id: int, *, actor: User, at: datetime) -> WitnessesNamed:
    """The names of all who watched in this election, on the record.

    Raises Refused: not-allowed, undertaking-missing, nothing-witnessed, vault-key-destroyed.
    """
    election = Election.objects.select_related("cycle__body", "group").get(pk=election_id)
    acting = require_confidence(actor, "see", "protocol_internal", election)
    found = witnessed_in(election)
    if not found:
        raise Refused("nothing-witnessed")
    draws, ties = (
        {
            pk: str(opened["witnesses"] or "")
            for pk, opened in vault.open(
                rows, "officers", actor=acting, at=at, chapter=election.chapter
            ).items()
        }
        for rows in (found.draws, found.ties)
    )
    record(
        "count.witnesses_opened",
        actor=acting,
        subject=election,
        at=at,
        chapter=election.chapter,
        after={"draws": len(draws), "ties": len(ties)},
    )
    return WitnessesNamed(draws, ties)
