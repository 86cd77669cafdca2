"""Remarks of observers: filed while there is something to watch, annexed to the protocol (8.06)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from okil.areas.bodies import access as bodies_access
from okil.areas.bodies.models import Role, RoleName
from okil.areas.elections import access, queries
from okil.areas.elections.actions.current import current, require_running
from okil.areas.elections.models import Election, Remark
from okil.areas.elections.queries import protocols
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.pure.refusal import Refused


@transaction.atomic
def file_remark(
    election_id: int, *, text: str, filed_before: int, actor: User, at: datetime
) -> Remark:
    """In the observer's own words. `filed_before`: how many of theirs they had filed when they began
    to write, so that a second click files nothing.

    No undertaking is asked for: whoever has seen nothing personal may say what they saw all the same.
    Raises Refused: not-the-mover, suspended, annulled, remark-not-due, remark-filed-already.
    """
    election, row = current(election_id)
    acting = bodies_access.require_role(actor, RoleName.OBSERVER, election.group)
    situation = require_running(queries.standing(election, row))
    if situation.state not in protocols.OPEN_FOR_REMARKS:
        raise Refused("remark-not-due")
    role = _role(election, acting)
    if row.remarks.filter(role__person=role.person).count() != filed_before:
        raise Refused("remark-filed-already")
    remark = Remark.objects.create(
        round=row, number=row.remarks.count() + 1, role=role, text=text, filed_at=at
    )
    record(
        "remark.filed",
        actor=acting,
        subject=remark,
        at=at,
        chapter=election.chapter,
        after={"number": remark.number},
    )
    return remark


def _role(election: Election, acting: Actor) -> Role:
    held = Role.objects.filter(group=election.group, role=acting.role, ends_at=None)
    return held.get(person__number=acting.number or 0)


@transaction.atomic
def open_remarks(election_id: int, *, actor: User, at: datetime) -> dict[int, str]:
    """What was remarked, by row number, on the record: all of it for the organiser and the commission,
    their own for observers.

    Raises Refused: not-allowed, undertaking-missing.
    """
    election = Election.objects.select_related("cycle__body", "group__body").get(pk=election_id)
    remarks = queries.current_round(election).remarks.select_related("round")
    if (own := _observing(actor, election)) is not None:
        acting, remarks = own, remarks.filter(role__person__number=own.number or 0)
    else:
        acting = access.require_confidence(actor, "see", "protocol_internal", election)
    opened = vault.open(remarks, "protocol", actor=acting, at=at, chapter=election.chapter)
    return {pk: str(fields["text"]) for pk, fields in opened.items()}


def _observing(actor: User, election: Election) -> Actor | None:
    for each in bodies_access.standings(actor):
        if each.role == RoleName.OBSERVER and each.group == election.group_id:
            return Actor(each.role, each.number)
    return None
