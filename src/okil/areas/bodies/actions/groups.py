"""Electoral groups: made, split and joined by decision; the names they choose; their seats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from okil.areas.bodies import access
from okil.areas.bodies.models import Body, ElectoralGroup, Seat
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused

from .decisions import DecisionFacts, write_decision


@transaction.atomic
def create_group(
    *,
    body: Body,
    code: str,
    internal_name: dict[str, str],
    abbreviation: dict[str, str],
    kind: str,
    public_name: dict[str, str],
    slug: str,
    since_on: date,
    seats: int = 1,
    came_from: Sequence[ElectoralGroup] = (),
    decision: DecisionFacts,
    actor: User,
    at: datetime,
) -> ElectoralGroup:
    """A new group, on its own or come out of others (1.08, 1.09), with its seats (1.10).

    Raises Refused: not-allowed, name-taken, code-taken.
    """
    body = locked(Body, body.pk)
    acting = access.require(actor, "change", "group", body=body)
    _require_slug_free(body, slug)
    if body.groups.filter(code=code).exists():
        raise Refused("code-taken")
    ground = write_decision(body, decision, at=at)
    group = ElectoralGroup.objects.create(
        body=body,
        code=code,
        internal_name=internal_name,
        abbreviation=abbreviation,
        kind=kind,
        public_name=public_name,
        slug=slug,
        since_on=since_on,
        decision=ground,
    )
    group.came_from.set(came_from)
    for number in range(1, seats + 1):
        Seat.objects.create(group=group, number=number, since_on=since_on, decision=ground)
    record(
        "group.created",
        actor=acting,
        subject=group,
        at=at,
        chapter=body.chapter,
        after={"seats": seats, "from": [old.pk for old in came_from]},
    )
    return group


def _require_slug_free(body: Body, slug: str, *, but: ElectoralGroup | None = None) -> None:
    if slug != slugify(slug) or not slug:
        raise Refused("name-not-an-address")
    taken = body.groups.filter(slug=slug)
    if but is not None:
        taken = taken.exclude(pk=but.pk)
    if taken.exists():
        raise Refused("name-taken")


@transaction.atomic
def choose_public_name(
    group_id: int, *, public_name: dict[str, str], slug: str, actor: User, at: datetime
) -> ElectoralGroup:
    """The group says by which neutral name it is known. Raises Refused: not-allowed, name-taken."""
    group = locked(ElectoralGroup, group_id)
    acting = access.require(actor, "change", "group_public_name", body=group.body, group=group)
    _require_slug_free(group.body, slug, but=group)
    before = {"slug": group.slug}
    group.public_name = public_name
    group.slug = slug
    group.save(update_fields=["public_name", "slug"])
    record(
        "group.renamed",
        actor=acting,
        subject=group,
        at=at,
        chapter=group.body.chapter,
        before=before,
        after={"slug": slug},
    )
    return group


@transaction.atomic
def end_group(
    group_id: int, *, until_on: date, decision: DecisionFacts, actor: User, at: datetime
) -> ElectoralGroup:
    """A group ends with its seats, by decision. Raises Refused: not-allowed, group-ended."""
    group = locked(ElectoralGroup, group_id)
    acting = access.require(actor, "change", "group", body=group.body)
    if group.until_on is not None:
        raise Refused("group-ended")
    if until_on < group.since_on:
        raise Refused("ends-before-it-begins")
    ground = write_decision(group.body, decision, at=at)
    group.until_on = until_on
    group.save(update_fields=["until_on"])
    for seat in group.seats.filter(until_on=None):
        seat.until_on = max(until_on, seat.since_on)
        seat.save(update_fields=["until_on"])
    record(
        "group.ended",
        actor=acting,
        subject=group,
        at=at,
        chapter=group.body.chapter,
        after={"decision": ground.pk},
    )
    return group


@transaction.atomic
def add_seat(
    group_id: int, *, since_on: date, decision: DecisionFacts, actor: User, at: datetime
) -> Seat:
    """One more member and alternate for a group: a quota decision (11.07).

    Raises Refused: not-allowed, group-ended, ends-before-it-begins.
    """
    group = locked(ElectoralGroup, group_id)
    acting = access.require(actor, "change", "group", body=group.body)
    if group.until_on is not None:
        raise Refused("group-ended")
    if since_on < group.since_on:
        raise Refused("ends-before-it-begins")
    last = group.seats.order_by("-number").first()
    seat = Seat.objects.create(
        group=group,
        number=last.number + 1 if last else 1,
        since_on=since_on,
        decision=write_decision(group.body, decision, at=at),
    )
    record(
        "seat.added",
        actor=acting,
        subject=seat,
        at=at,
        chapter=group.body.chapter,
        after={"group": group.pk, "number": seat.number},
    )
    return seat


@transaction.atomic
def close_seat(
    seat_id: int, *, until_on: date, decision: DecisionFacts, actor: User, at: datetime
) -> Seat:
    """A seat is given up by decision. Raises Refused: not-allowed, seat-closed, seat-held."""
    seat = locked(Seat, seat_id)
    body = seat.group.body
    acting = access.require(actor, "change", "group", body=body)
    if seat.until_on is not None:
        raise Refused("seat-closed")
    if until_on < seat.since_on:
        raise Refused("ends-before-it-begins")
    if seat.memberships.filter(Q(ends_on=None) | Q(ends_on__gt=until_on)).exists():
        raise Refused("seat-held")
    ground = write_decision(body, decision, at=at)
    seat.until_on = until_on
    seat.save(update_fields=["until_on"])
    record(
        "seat.closed",
        actor=acting,
        subject=seat,
        at=at,
        chapter=body.chapter,
        after={"decision": ground.pk},
    )
    return seat
