"""Cards by which people register: made for a trusted organisation, handed out by it, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from okil.areas.elections import access
from okil.areas.elections.actions.voters import hold_round
from okil.areas.elections.models import Election, RollInvitation
from okil.areas.elections.queries.cards import unused
from okil.areas.elections.queries.voters import closing_of
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.pure.refusal import Refused
from okil.pure.rules.cards import check_of_card
from okil.pure.rules.stages import State

AT_ONCE = 200
MAY_BE_MADE = (State.ANNOUNCED, State.REGISTRATION)


def _held(election_id: int, *, actor: User, at: datetime) -> tuple[Election, Actor]:
    """While people register, or wait for it. Raises Refused: suspended, annulled, not-allowed,
    undertaking-missing, not-in-registration, registration-closed."""
    election, row, _situation = hold_round(election_id, at=at)
    acting = access.require_confidence(actor, "change", "voter_application", election)
    if row.state not in MAY_BE_MADE:
        raise Refused("not-in-registration")
    closing = closing_of(row)
    if closing is not None:
        raise Refused("registration-closed", closed_at=closing.closed_at)
    return election, acting


@transaction.atomic
def make_cards(
    election_id: int, *, organisation: str, codes: Sequence[str], actor: User, at: datetime
) -> int:
    """A batch of cards for one organisation; answers its number. The codes are stored nowhere, only
    what checks them.

    Raises Refused: suspended, annulled, not-allowed, undertaking-missing, not-in-registration,
    registration-closed, too-many-cards.
    """
    election, acting = _held(election_id, actor=actor, at=at)
    if not 1 <= len(codes) <= AT_ONCE:
        raise Refused("too-many-cards", most=AT_ONCE)
    cards = election.roll_invitations
    batch = (cards.aggregate(last=Max("batch"))["last"] or 0) + 1
    RollInvitation.objects.bulk_create(
        RollInvitation(
            election=election,
            organisation=organisation,
            batch=batch,
            check_of_secret=check_of_card(code),
            made_at=at,
        )
        for code in codes
    )
    record(
        "cards.made",
        actor=acting,
        subject=election,
        at=at,
        chapter=election.chapter,
        after={"batch": batch, "count": len(codes)},
    )
    return batch


@transaction.atomic
def withdraw_cards(election_id: int, batch: int, *, actor: User, at: datetime) -> int:
    """Those of a batch with which nobody registered open nothing any more; answers how many.

    Raises Refused: suspended, annulled, not-allowed, undertaking-missing, not-in-registration,
    registration-closed, no-card-left.
    """
    election, acting = _held(election_id, actor=actor, at=at)
    left = list(unused(election).filter(batch=batch))
    if not left:
        raise Refused("no-card-left")
    for card in left:
        card.withdrawn_at = at
    RollInvitation.objects.bulk_update(left, ["withdrawn_at"])
    record(
        "cards.withdrawn",
        actor=acting,
        subject=election,
        at=at,
        chapter=election.chapter,
        after={"batch": batch, "count": len(left)},
    )
    return len(left)
