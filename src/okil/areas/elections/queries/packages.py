"""A group's package: its versions, what one is made of, whether the Secretariat found it complete."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from okil.areas.elections.models import (
    CountEntry,
    Cycle,
    Package,
    PackageCheck,
    PlanAction,
    Protocol,
    Remark,
    Round,
)
from okil.areas.elections.queries import protocols
from okil.areas.elections.queries.stages import Whereabouts, whereabouts_in
from okil.foundation.documents.models import File
from okil.pure.rules.stages import ORDER, Stage, State

# Where a package may be made; in the last two the Secretariat has one already.
OPEN_FOR_PACKAGES = (State.RESULTS, State.SUBMITTED, State.PUBLISHED)
HANDED_OVER = (State.SUBMITTED, State.PUBLISHED)


def packages_of(row: Round) -> QuerySet[Package]:
    """Newest first; what is in them stays sealed."""
    found = Package.objects.filter(round=row).defer("content")
    return found.select_related("round", "protocol__issued", "check_made").order_by("-version")


def newest(row: Round) -> Package | None:
    return packages_of(row).first()


def remarked_since(package: Package) -> bool:
    """Was a remark filed that this package does not hold?"""
    return Remark.objects.filter(round=package.round_id, filed_at__gt=package.made_at).exists()


def check_of(package: Package) -> PackageCheck | None:
    """The Secretariat's answer; None before there is one."""
    return getattr(package, "check_made", None)


@dataclass(frozen=True)
class Part:
    """A kind of files of a package: how many of them there are, and how many there must be."""

    kind: str
    found: int
    needed: int

    @property
    def is_there(self) -> bool:
        return self.found >= self.needed


def protocol_with_numbers(row: Round) -> Protocol | None:
    """The newest protocol, and in the same query how many files, counts, remarks and actions there are."""
    counts = CountEntry.objects.filter(round=OuterRef("round"), replaced_at=None)
    actions = PlanAction.objects.filter(cycle=OuterRef("round__election__cycle"))
    return (
        protocols.versions_of(row)
        .select_related("round__election")
        .annotate(
            files=_how_many(File.objects.filter(issued=OuterRef("issued")), "issued"),
            counts=_how_many(counts, "round"),
            actions=_how_many(actions, "cycle"),
        )
        .first()
    )


def _how_many(rows: QuerySet[Any, Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def parts_of(protocol: Protocol | None) -> list[Part]:
    """What a package could be made of now (7.22); the protocol as `protocol_with_numbers` gives it."""
    if protocol is None:
        return [Part("protocol-file", 0, 2)]
    numbers: Any = protocol
    signers = protocols.signers_of(protocol)
    signatures = list(protocols.signatures_of(protocol))
    at = max((each.signed_at for each in signatures), default=protocol.drawn_up_at)
    standing = protocols.standing_among(protocol, signers, signatures, at=at)
    return [
        Part("protocol-file", numbers.files, 2),
        Part("signatures", len(signers) - len(standing.missing), len(signers)),
        Part("count-entries", numbers.counts, 2),
        Part("plan", min(numbers.actions, 1), 1),
    ]


# All groups of a cycle


@dataclass(frozen=True)
class PackageOfGroup:
    """Where one group's package is (6.07)."""

    where: Whereabouts
    package: Package | None
    check: PackageCheck | None
    due_at: datetime | None

    @property
    def round(self) -> Round:
        return self.where.round

    @property
    def is_handed_over(self) -> bool:
        return self.package is not None and self.round.state not in BEFORE

    def is_late(self, at: datetime) -> bool:
        """Was it handed over after the deadline, or is the deadline over without it?"""
        if self.due_at is None or self.round.annulled_at is not None:
            return False
        handed = self.package.made_at if self.package is not None and self.is_handed_over else at
        return handed > self.due_at


BEFORE = frozenset(state for state in ORDER if ORDER.index(state) < ORDER.index(State.SUBMITTED))


def packages_in(cycle: Cycle) -> list[PackageOfGroup]:
    """The newest package of every group, in its newest round; in a few queries."""
    found = whereabouts_in(cycle)
    packages = _newest_packages([where.round for where in found])
    return [
        PackageOfGroup(
            where,
            package := packages.get(where.round.pk),
            check_of(package) if package else None,
            where.ends.get(Stage.RESULTS),
        )
        for where in found
    ]


def _newest_packages(rounds: Collection[Round]) -> dict[int, Package]:
    packages: dict[int, Package] = {}
    found = Package.objects.filter(round__in=rounds).defer("content")
    for each in found.select_related("check_made").order_by("version"):
        packages[each.round_id] = each
    return packages
