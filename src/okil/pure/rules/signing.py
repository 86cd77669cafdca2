"""Who has signed the protocol, who is missing, and when the others may state an absence (6.05, REG-34).

Source: PRODUCT.md "Signing".
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

COMMISSIONER = "commissioner"
ORGANISER = "organiser"

SIGNED = "signed"
DISSENT = "dissent"  # signed, with a dissenting note
HANDWRITTEN = "handwritten"  # signed on paper
ABSENT = "absent"  # stated by the others about somebody who did not sign
SIGNATURES = frozenset({SIGNED, DISSENT, HANDWRITTEN})

ABSENCE_AFTER = timedelta(days=3)
FEWEST_COMMISSIONERS = 2  # must really sign: a statement never makes a protocol of one

Signer = tuple[str, int]  # role and the person's number in it


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature, or (kind "absent") the others' statement that this person did not sign."""

    role: str
    number: int
    kind: str
    at: datetime

    @property
    def signer(self) -> Signer:
        return self.role, self.number


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the signing stands. Every tuple is in the order of role and number."""

    missing: tuple[Signer, ...]
    dissenting: tuple[Signer, ...]
    absent: tuple[Signer, ...]
    may_state_absence_from: datetime
    may_be_stated_absent: tuple[Signer, ...]
    complete: bool


def standing(
    required: Collection[Signer],
    signed: Collection[Signed],
    *,
    drawn_up_at: datetime,
    at: datetime,
) -> Standing:
    """Where the signing of a protocol stands at a moment.

    All commission members and the organiser sign. An absence may be stated three days after the
    protocol was drawn up, only of commission members who have not signed, and only once everybody else
    has: the statement is theirs. At least two commission members must really sign, so in a commission
    of two nobody can be replaced by a statement. Who signs after all is no longer absent.

    What was signed before the protocol was drawn up, or by somebody not asked, does not count.
    """
    asked = set(required)
    from_then = drawn_up_at + ABSENCE_AFTER
    counting = [one for one in signed if one.signer in asked and drawn_up_at <= one.at <= at]
    real = {one.signer for one in counting if one.kind in SIGNATURES}
    stated = {one.signer for one in counting if one.kind == ABSENT and one.at >= from_then}

    enough = sum(role == COMMISSIONER for role, _ in real) >= FEWEST_COMMISSIONERS
    unsigned = asked - real
    others_signed = enough and all(role == COMMISSIONER for role, _ in unsigned)
    absent = stated & unsigned if others_signed else set()
    missing = unsigned - absent
    has_organiser = any(role == ORGANISER for role, _ in real)
    return Standing(
        missing=tuple(sorted(missing)),
        dissenting=tuple(sorted({one.signer for one in counting if one.kind == DISSENT})),
        absent=tuple(sorted(absent)),
        may_state_absence_from=from_then,
        may_be_stated_absent=tuple(sorted(missing)) if others_signed and at >= from_then else (),
        complete=not missing and enough and has_organiser,
    )
