"""From which regions voters came: beside the regions that the group named, and the election before.

Whoever may not see the roll reads merged cells (REG-95). As long as numbers change they are rounded
down too: somebody who compares two days must not see who came from where.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from okil.pure.rules.cells import merge

Cells = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A region. `before` is None where there was no election before, or nothing may be told of it."""

    region: str
    number: int
    before: int | None
    is_empty: bool = False  # the group named it, and nobody came
    is_fewer: bool = False  # than in the election before


@dataclass(frozen=True, slots=True)
class Coverage:
    """`rows` largest first. `other`: people of regions that are not told apart; 0 if all are.

    `untold`: regions that the group named and of which no number may be told; there may be nobody.
    """

    rows: tuple[Row, ...]
    other: int = 0
    untold: tuple[str, ...] = ()

    @property
    def empty(self) -> tuple[str, ...]:
        return tuple(row.region for row in self.rows if row.is_empty)

    @property
    def fewer(self) -> tuple[str, ...]:
        return tuple(row.region for row in self.rows if row.is_fewer)


def covered(now: Cells, before: Cells | None, named: Collection[str]) -> Coverage:
    """For those who see the roll: every region from which somebody came or came before, and every one
    that the group named."""
    regions = {*named, *(code for cells in (now, before or {}) for code in cells if cells[code])}
    rows = [
        _row(code, now.get(code, 0), None if before is None else before.get(code, 0), named)
        for code in regions
    ]
    return Coverage(tuple(sorted(rows, key=_largest_first)))


def covered_in_cells(
    now: Cells, before: Cells | None, named: Collection[str], *, least: int, changing: bool
) -> Coverage:
    """For all others. A number that is told is at least `least`, and so is `other`, unless all voters
    together are fewer. With `changing`, each number of a region is a multiple of `least`, and `other`
    is what is missing from the total."""
    merged = merge(now, least)
    earlier = dict(merge(before, least).shown) if before is not None else {}
    step = max(least, 1) if changing else 1
    rows = [
        _row(code, _down(number, step), _known(earlier.get(code), step), ())
        for code, number in merged.shown
    ]
    shown = {row.region for row in rows}
    return Coverage(
        tuple(sorted(rows, key=_largest_first)),
        other=merged.total - sum(row.number for row in rows),
        untold=tuple(sorted(set(named) - shown)),
    )


def _row(region: str, number: int, before: int | None, named: Collection[str]) -> Row:
    return Row(
        region,
        number,
        before,
        is_empty=number == 0 and region in named,
        is_fewer=before is not None and number < before,
    )


def _known(number: int | None, step: int) -> int | None:
    return None if number is None else _down(number, step)


def _down(number: int, step: int) -> int:
    return number - number % step


def _largest_first(row: Row) -> tuple[int, str]:
    return -row.number, row.region
