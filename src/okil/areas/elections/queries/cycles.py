from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from okil.areas.bodies.models import Membership, Position, Seat, Vacancy
from okil.areas.elections.models import Cycle


def latest_cycle() -> Cycle | None:
    return Cycle.objects.select_related("body").order_by("-year").first()


def seats_unsettled(cycle: Cycle, group_ids: Iterable[int]) -> set[int]:
    """The groups with a place that has neither a holder of the new term nor a recorded vacancy."""
    seats = Seat.objects.filter(group__in=list(group_ids), until_on=None)
    open_places = Q()
    for position in Position.values:
        held = Membership.objects.filter(
            seat=OuterRef("pk"),
            position=position,
            begins_on__gte=cycle.term_begins_on,
        ).filter(Q(ends_on=None) | Q(ends_on__gte=cycle.term_ends_on))
        vacant = Vacancy.objects.filter(seat=OuterRef("pk"), position=position, until_on=None)
        open_places |= ~Exists(held) & ~Exists(vacant)
    return set(seats.filter(open_places).values_list("group_id", flat=True))
