from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from okil.areas.bodies.models import Body, ElectoralGroup, Membership, Position, Seat
from okil.pure.rules.rotation import Composition, Tenure, composition


def memberships_of(group: ElectoralGroup) -> QuerySet[Membership]:
    """The whole history of a group's seats, newest first."""
    return (
        Membership.objects.filter(seat__group=group)
        .select_related("seat", "person")
        .order_by("-begins_on", "seat__number", "-position", "pk")
    )


def positions_without_holder(body: Body, *, on: date) -> list[tuple[Seat, str]]:
    """Every seat in force and position in it that nobody holds on a day."""
    seats = (
        Seat.objects.filter(Q(until_on=None) | Q(until_on__gte=on), since_on__lte=on)
        .filter(group__body=body)
        .select_related("group")
        .order_by("group__pk", "number")
    )
    held = set(
        Membership.objects.filter(seat__in=seats, begins_on__lte=on)
        .filter(Q(ends_on=None) | Q(ends_on__gte=on))
        .values_list("seat_id", "position")
    )
    return [
        (seat, position)
        for seat in seats
        for position in Position.values
        if (seat.pk, position) not in held
    ]


def cycles_with_memberships(body: Body) -> list[str]:
    """The cycles people were elected in, newest first."""
    return list(
        Membership.objects.filter(seat__group__body=body)
        .exclude(elected_in="")
        .order_by("-elected_in")
        .values_list("elected_in", flat=True)
        .distinct()
    )


def composition_of(body: Body, cycle: str) -> Composition:
    """Statistics of a cycle (6.12, 11.12): new, returning, continuing, vacant, share of renewal."""
    rows = Membership.objects.filter(seat__group__body=body).order_by("begins_on", "pk")
    tenures = [
        Tenure(row.person_id, row.elected_in, row.position, row.begins_on, row.uncertain)
        for row in rows
    ]
    begun = min((t.begins_on for t in tenures if t.cycle == cycle), default=None)
    vacant = 0
    if begun is not None:
        vacant = (
            Seat.objects.filter(group__body=body, vacancies__since_on__gte=begun)
            .filter(Q(vacancies__until_on=None) | Q(vacancies__until_on__gt=begun))
            .count()
        )
    return composition(tenures, cycle, vacant=vacant)
