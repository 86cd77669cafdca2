"""What was drawn or settled before witnesses, in all rounds of an election; their names stay sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from okil.areas.elections.models import Election, LotDraw, TieSettled


@dataclass(frozen=True)
class Witnessed:
    """`draws`: of the order on the ballot paper. `ties`: settled, and not taken back."""

    draws: Sequence[LotDraw]
    ties: Sequence[TieSettled]

    def __bool__(self) -> bool:
        return bool(self.draws or self.ties)


def witnessed_in(election: Election) -> Witnessed:
    draws = LotDraw.objects.filter(round__election=election)
    ties = TieSettled.objects.filter(
        round__election=election, withdrawn_at=None, witness_count__gt=0
    )
    return Witnessed(
        list(draws.select_related("round").order_by("round__number")),
        list(ties.select_related("round").order_by("round__number", "pk")),
    )
