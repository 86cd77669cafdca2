"""Which two roles one person may not hold, and how far the ban reaches (8.17, REG-01, REG-21, REG-22).

Pairs across groups that the sources leave to a consensus of all groups (10.01-10.05, REG-12 to
REG-15) are in `several_roles`: until there is a consensus they are shown to the groups, not forbidden.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    GROUP = "group"  # both roles in the same electoral group
    BODY = "body"  # both roles anywhere in the elections of one body


@dataclass(frozen=True, slots=True)
class Incompatible:
    one: str
    other: str
    reach: Reach
    source: str


TABLE = (
    Incompatible("organiser", "commissioner", Reach.GROUP, "8.04, REG-01"),
    Incompatible("organiser", "observer", Reach.GROUP, "8.06"),
    Incompatible("commissioner", "observer", Reach.GROUP, "8.06"),
    Incompatible("organiser", "code_maker", Reach.GROUP, "PROTOCOL 16"),
    Incompatible("organiser", "candidate", Reach.BODY, "8.03, REG-22"),
    Incompatible("commissioner", "candidate", Reach.GROUP, "8.05, REG-21"),
    Incompatible("commissioner", "voter", Reach.GROUP, "8.05, REG-21"),
    Incompatible("observer", "candidate", Reach.GROUP, "8.06"),
    # The Secretariat publishes and checks what these do; it must not be both sides (8.01, 8.02).
    Incompatible("secretariat", "organiser", Reach.BODY, "8.01"),
    Incompatible("secretariat", "commissioner", Reach.BODY, "8.02"),
    Incompatible("secretariat", "candidate", Reach.BODY, "8.01"),
)


@dataclass(frozen=True, slots=True)
class Held:
    """A role somebody holds; `group` is None for a role in the whole body."""

    role: str
    group: int | None


def conflicts(held: Iterable[Held], wanted: Held) -> tuple[Incompatible, ...]:
    """The bans that giving `wanted` to somebody who holds `held` (now, one body) would break."""
    return tuple(ban for ban in TABLE if any(_breaks(ban, had, wanted) for had in held))


def _breaks(ban: Incompatible, had: Held, wanted: Held) -> bool:
    if {had.role, wanted.role} != {ban.one, ban.other} or had.role == wanted.role:
        return False
    return ban.reach is Reach.BODY or had.group == wanted.group
