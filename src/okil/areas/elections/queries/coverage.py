"""From which regions the voters of a round came, and those of the cycle before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from okil.areas.elections.models import Election, Round, Voter
from okil.areas.elections.queries.voters import voters_of
from okil.pure.rules.stages import RoundKind


@dataclass(frozen=True)
class ByRegion:
    """`registered` in time, and not withdrawn; of them `accepted`, and those who still wait."""

    registered: Counter[str]
    accepted: Counter[str]
    waiting: int


def by_region(row: Round) -> ByRegion:
    found = voters_of(row).filter(is_late=False).exclude(status=Voter.Status.WITHDRAWN)
    counted = found.order_by().values_list("region", "status").annotate(n=Count("pk"))
    registered: Counter[str] = Counter()
    accepted: Counter[str] = Counter()
    waiting = 0
    for region, status, n in counted:
        registered[region] += n
        accepted[region] += n * (status == Voter.Status.ACCEPTED)
        waiting += n * (status == Voter.Status.WAITING)
    return ByRegion(registered, accepted, waiting)


def round_before(election: Election) -> Round | None:
    """The registration of the same group in the cycle before, if that was held here."""
    earlier = Round.objects.filter(
        election__group=election.group_id,
        election__cycle__year__lt=election.cycle.year,
        kind=RoundKind.FIRST,
    )
    newest = earlier.order_by("-election__cycle__year", "number")
    return newest.select_related("election__cycle").first()
