"""Numbers by region, with the small ones hidden: a small number says who somebody is (REG-95)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from okil.pure.rules.regulation import SMALLEST_CELL_FLOOR


@dataclass(frozen=True, slots=True)
class Merged:
    """`shown` and `other` may be published. `merged` may not: it names the regions with few people.

    `other` is 0 if nothing had to be hidden.
    """

    shown: tuple[tuple[str, int], ...]
    other: int
    merged: tuple[str, ...]

    @property
    def total(self) -> int:
        return sum(number for _, number in self.shown) + self.other


def merge(cells: Mapping[str, int], least: int) -> Merged:
    """The cells that may be shown, largest first, and all others in one row.

    A cell below `least` (and below 3, whatever `least` says) goes into the other row. The next smallest
    go with it until that row is itself large enough and hides at least two: one alone would be what is
    missing from the total. The total is public in any case; if it is itself too small, it is all there
    is to see.

    A region from which nobody is there is not listed at all, so that nobody can tell it from a hidden
    one. The same cells always give the same rows. Two publications of changing numbers can be
    compared: publish what no longer changes. Raises ValueError for a number below 0.
    """
    if any(number < 0 for number in cells.values()):
        raise ValueError("a cell counts people, so it is not below 0")
    least = max(least, SMALLEST_CELL_FLOOR)
    left = sorted((number, code) for code, number in cells.items() if number)
    hidden = [cell for cell in left if cell[0] < least]
    del left[: len(hidden)]
    while hidden and left and (len(hidden) == 1 or _people(hidden) < least):
        hidden.append(left.pop(0))
    return Merged(
        shown=tuple((code, number) for number, code in sorted(left, key=_largest_first)),
        other=_people(hidden),
        merged=tuple(sorted(code for _, code in hidden)),
    )


def _people(cells: list[tuple[int, str]]) -> int:
    return sum(number for number, _ in cells)


def _largest_first(cell: tuple[int, str]) -> tuple[int, str]:
    number, code = cell
    return -number, code
