"""The results of all groups of a cycle, read together (6.08, 6.12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from okil.areas.bodies.queries import in_kazakh_order
from okil.areas.elections.models import Cycle, Departure, Election, EmptyPost
from okil.areas.elections.queries import results, seats
from okil.areas.elections.queries.count import SEATS_OF
from okil.areas.elections.queries.results import Called, Published
from okil.areas.elections.queries.seats import Taken
from okil.areas.elections.queries.voters import registration_round


@dataclass(frozen=True)
class GroupResult:
    """One group's result with what is needed to say it; without `result` it is not published yet."""

    election: Election
    result: Published | None = None
    taken: Taken | None = None
    called: Mapping[int, Called] = field(default_factory=dict)
    posts: Mapping[str, EmptyPost] = field(default_factory=dict)  # by position (3.18)
    gone: Sequence[Departure] = ()

    @property
    def voters(self) -> Mapping[str, Any] | None:
        facts = self.result.facts if self.result else None
        return facts["voters"] if facts else None


def group_results(year: int) -> tuple[list[GroupResult], dict[int, Mapping[str, Any]]]:
    """All groups of a cycle in the order of their names, and by group the voters of the cycle before."""
    before = Cycle.objects.filter(year__lt=year).order_by("-year")
    asked = Q(election__cycle__year=year) | Q(election__cycle__in=before.values("pk")[:1])
    elections, rounds = results.newest_rounds(asked)
    found = results.published_among(rounds, packages=False)
    here = [each for each in found if each.election.cycle.year == year]
    earlier = {
        each.election.group_id: each.facts["voters"]
        for each in found
        if each.election.cycle.year != year and each.facts is not None
    }
    by_election = {each.election.pk: each for each in _of_groups(here)}
    groups = [
        by_election.get(each.pk, GroupResult(each)) for each in elections if each.cycle.year == year
    ]
    return sorted(groups, key=_by_name), earlier


def _by_name(each: GroupResult) -> tuple[int, ...]:
    return in_kazakh_order(each.election.group.public_name.in_language("kk"))


def _of_groups(found: Sequence[Published]) -> list[GroupResult]:
    departures = seats.departures_in([each.round for each in found if each.has_departures])
    called = results.called_in(found)
    taken = {
        each.round.pk: each.taken(departures[each.round.pk], called.get(each.round.pk, {}))
        for each in found
    }
    registered = {each.round.pk: registration_round(each.round) for each in found}
    is_any_vacant = any(each is not None and any(each.vacant.values()) for each in taken.values())
    posts = seats.empty_posts_in(registered.values()) if is_any_vacant else {}
    return [
        GroupResult(
            each.election,
            each,
            taken[each.round.pk],
            called.get(each.round.pk, {}),
            {
                position: post
                for post in posts.get(registered[each.round.pk].pk, ())
                for position in SEATS_OF[post.place]
            },
            departures[each.round.pk],
        )
        for each in found
    ]
