from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from okil.areas.bodies.models import Body, ElectoralGroup

KAZAKH_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
PLACE = {letter: place for place, letter in enumerate(KAZAKH_ALPHABET)}


def in_kazakh_order(name: str) -> tuple[int, ...]:
    """A sort key: neither Python nor the databases know where Ә, Қ and Ө stand."""
    return tuple(PLACE.get(letter, 100 + ord(letter)) for letter in name.lower())


def groups_of(body: Body) -> list[ElectoralGroup]:
    """All groups there ever were, by their public names."""
    return _sorted(body.groups.all())


def groups_in_force(body: Body, *, on: date) -> list[ElectoralGroup]:
    """The groups that exist on a day, by their public names."""
    in_force: QuerySet[ElectoralGroup] = body.groups.filter(
        Q(until_on=None) | Q(until_on__gte=on), since_on__lte=on
    )
    return _sorted(in_force)


def _sorted(groups: Iterable[ElectoralGroup]) -> list[ElectoralGroup]:
    return sorted(groups, key=lambda group: in_kazakh_order(group.public_name.in_language("kk")))


def relatives_of(group: ElectoralGroup) -> tuple[list[ElectoralGroup], list[ElectoralGroup]]:
    """The groups this one came out of, and those that came out of it (1.09)."""
    links = ElectoralGroup.came_from.through.objects.filter(
        Q(from_electoralgroup=group) | Q(to_electoralgroup=group)
    ).select_related("from_electoralgroup", "to_electoralgroup")
    before = [link.to_electoralgroup for link in links if link.from_electoralgroup_id == group.pk]
    after = [link.from_electoralgroup for link in links if link.to_electoralgroup_id == group.pk]
    return _sorted(before), _sorted(after)
