"""How a composition is renewed from cycle to cycle (6.12, 11.12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Tenure:
    """Somebody was elected in a cycle; `uncertain` as the sources leave it."""

    person: int
    cycle: str
    position: str
    begins_on: date
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Composition:
    """Of the people who took a place in a cycle: each is counted in exactly one of the four."""

    first_time: int
    returning: int  # held a place before, but not in the cycle just before
    continuing: int  # held a place in the cycle just before
    undecidable: int  # an entry marked uncertain would decide
    vacant: int

    @property
    def people(self) -> int:
        return self.first_time + self.returning + self.continuing + self.undecidable

    @property
    def renewal(self) -> Fraction | None:
        """The share of people who did not sit in the cycle before; None if it cannot be decided."""
        if not self.people or self.undecidable:
            return None
        return Fraction(self.first_time + self.returning, self.people)


def composition(tenures: Sequence[Tenure], cycle: str, *, vacant: int) -> Composition:
    """What the history says of one cycle.

    Cycles follow each other by their first beginning. The oldest cycle has nothing before it:
    whether its people are new cannot be decided.
    """
    firsts: dict[str, date] = {}
    for tenure in tenures:
        firsts[tenure.cycle] = min(firsts.get(tenure.cycle, tenure.begins_on), tenure.begins_on)
    order = sorted(firsts, key=lambda name: (firsts[name], name))
    place = order.index(cycle) if cycle in firsts else 0
    before = set(order[:place])
    just_before = order[place - 1] if place else None

    counts = dict.fromkeys(("first_time", "returning", "continuing", "undecidable"), 0)
    for person in {tenure.person for tenure in tenures if tenure.cycle == cycle}:
        earlier = [t for t in tenures if t.person == person and t.cycle in before]
        counts[_kind(earlier, just_before)] += 1
    return Composition(**counts, vacant=vacant)


def _kind(earlier: Sequence[Tenure], just_before: str | None) -> str:
    if just_before is None:
        return "undecidable"
    certain = [t for t in earlier if not t.uncertain]
    if any(t.cycle == just_before for t in certain):
        return "continuing"
    if len(certain) < len(earlier):
        return "undecidable"
    return "returning" if certain else "first_time"
