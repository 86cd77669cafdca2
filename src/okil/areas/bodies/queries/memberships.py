from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from okil.areas.bodies.models import (
    Body,
    ElectoralGroup,
    Membership,
    Position,
    Seat,
    Vacancy,
)
from okil.pure.rules.rotation import Composition, Tenure, composition


def memberships_of(group: ElectoralGroup) -> QuerySet[Membership]:
    """The whole history of a group's seats, newest first."""
    return (
        Membership.objects.filter(seat__group=group)
        .select_related("seat", "person")
        .order_by("-begins_on", "seat__number", "-position", "pk")
    )


def vacancies_of(group: ElectoralGroup) -> QuerySet[Vacancy]:
    """Every vacancy there was in a group's seats, newest first."""
    return (
        Vacancy.objects.filter(seat__group=group)
        .select_related("seat")
        .order_by("-since_on", "seat__number", "-position", "pk")
    )


def seats_in_force(body: Body, *, on: date) -> QuerySet[Seat]:
    """The seats of the body on a day."""
    return (
        Seat.objects.filter(Q(until_on=None) | Q(until_on__gte=on), since_on__lte=on)
        .filter(group__body=body)
        .select_related("group")
        .order_by("group__pk", "number")
    )


def positions_without_holder(body: Body, *, on: date) -> list[tuple[Seat, str]]:
    """Every seat in force and position in it that nobody holds on a day."""
    seats = seats_in_force(body, on=on)
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
    return _composition(_memberships(body), _vacancies(body), cycle)


def compositions_of(body: Body) -> list[tuple[str, Composition]]:
    """The same of every cycle, newest first."""
    memberships, vacancies = _memberships(body), _vacancies(body)
    cycles = sorted({each.elected_in for each in memberships} - {""}, reverse=True)
    return [(cycle, _composition(memberships, vacancies, cycle)) for cycle in cycles]


def _memberships(body: Body) -> list[Membership]:
    return list(Membership.objects.filter(seat__group__body=body).order_by("begins_on", "pk"))


def _vacancies(body: Body) -> list[Vacancy]:
    return list(Vacancy.objects.filter(seat__group__body=body))


def _composition(
    memberships: list[Membership], vacancies: list[Vacancy], cycle: str
) -> Composition:
    tenures = [
        Tenure(each.person_id, each.elected_in, each.position, each.begins_on, each.uncertain)
        for each in memberships
    ]
    return composition(tenures, cycle, vacant=len(_vacant(memberships, vacancies, cycle)))


def _vacant(
    memberships: list[Membership], vacancies: list[Vacancy], cycle: str
) -> set[tuple[int, str]]:
    """Places to which nobody was elected in the cycle, and for which a vacancy is recorded then."""
    begun: dict[str, date] = {}
    for each in memberships:
        begun.setdefault(each.elected_in, each.begins_on)
    if cycle not in begun:
        return set()
    next_one = min((day for day in begun.values() if day > begun[cycle]), default=date.max)
    taken = {(each.seat_id, each.position) for each in memberships if each.elected_in == cycle}
    return {
        (each.seat_id, each.position)
        for each in vacancies
        if each.since_on < next_one and (each.until_on or date.max) > begun[cycle]
    } - taken
