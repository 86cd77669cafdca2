"""Who takes which place by the number of votes, and who is equal with whom where it matters.

A tie is a group of equals in which some would get a place that the others would not. Chance never
enters here: only a recorded decision puts equals in an order (REG-90).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from okil.pure.rules.count_sheet import TieDecision

NOBODY = ""  # the place of those who get none


@dataclass(frozen=True, slots=True)
class Contenders:
    """Candidates between whom a place is still open."""

    between: tuple[str, ...]
    place: str  # member, alternate or second_round


@dataclass(frozen=True, slots=True)
class Tie:
    contenders: Contenders
    votes: int
    places: int  # how many of them get the place
    decision: TieDecision | None = None


@dataclass(slots=True)
class Allotment:
    """Who got which place, in order; `ties` in the order of votes, decided ones too."""

    taken: dict[str, list[str]] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)

    def of(self, place: str) -> tuple[str, ...]:
        return tuple(self.taken.get(place, ()))


def allot(
    votes: Mapping[str, int],
    places: Sequence[tuple[str, int]],
    decisions: Sequence[TieDecision] = (),
) -> Allotment:
    """Gives the places, best first, to those with most votes.

    Equals among whom a place divides get none of it unless a decision orders exactly them. Equals who
    get the same place stand in the order of `votes`.
    """
    line = [place for place, number in places for _ in range(number)]
    allotment = Allotment()
    start = 0
    for number, group in _equals(votes):
        mine = [*line[start : start + len(group)], *[NOBODY] * len(group)][: len(group)]
        start += len(group)
        order: Sequence[str] = group
        if len(set(mine)) > 1:
            decision = next((one for one in decisions if sorted(one.order) == sorted(group)), None)
            contenders = Contenders(tuple(group), mine[0])
            allotment.ties.append(Tie(contenders, number, mine.count(mine[0]), decision))
            if decision is None:
                continue
            order = decision.order
        for name, place in zip(order, mine, strict=True):
            allotment.taken.setdefault(place, []).append(name)
    return allotment


def _equals(votes: Mapping[str, int]) -> list[tuple[int, list[str]]]:
    """The candidates in groups of equal votes, most votes first."""
    ranked = sorted(
        votes, key=lambda name: -votes[name]
    )  # a stable order keeps equals as they were
    return [
        (number, list(group)) for number, group in itertools.groupby(ranked, key=votes.__getitem__)
    ]
