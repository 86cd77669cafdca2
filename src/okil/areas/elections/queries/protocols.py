"""The results protocol of a round: its versions, who has signed, what observers remarked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import FilteredRelation, Q, QuerySet

from okil.areas.bodies.models import Role, RoleName
from okil.areas.elections.models import Election, Protocol, Remark, Round, Signature
from okil.pure.rules import signing
from okil.pure.rules.signing import Signed, Signer
from okil.pure.rules.stages import State

SIGNING_ROLES = (RoleName.COMMISSIONER, RoleName.ORGANISER)
# Where a version may be drawn up, signed, and replaced by the next.
OPEN_FOR_PROTOCOLS = frozenset({State.COUNTING, State.RESULTS, State.SUBMITTED, State.PUBLISHED})
OPEN_FOR_REMARKS = frozenset({State.VOTING, State.COUNTING, State.RESULTS})
PUBLIC_FROM = (State.PUBLISHED.value, State.CONCLUDED.value)


def versions_of(row: Round) -> QuerySet[Protocol]:
    """Newest first."""
    found = Protocol.objects.filter(round=row).select_related("issued", "round__election")
    return found.order_by("-version")


def newest(row: Round) -> Protocol | None:
    return versions_of(row).first()


def newest_in(rounds: Collection[Round]) -> dict[int, Protocol]:
    """By primary key of the round."""
    found = Protocol.objects.filter(round__in=rounds).select_related("round__election")
    return {each.round_id: each for each in found.order_by("version")}


def signatures_of(protocol: Protocol) -> QuerySet[Signature]:
    """In the order of signing; notes and scans stay sealed."""
    return protocol.signatures.select_related("role__person").defer("paper")


def signers_of(protocol: Protocol) -> list[Role]:
    """Who was of the commission, or organiser, when this version was drawn up: all of them sign."""
    return [
        role
        for role in _roles([protocol.round.election.group_id])
        if _held_office(role, protocol.drawn_up_at)
    ]


def signer(role: Role) -> Signer:
    return role.role, role.person.number


def standing(protocol: Protocol, *, at: datetime) -> signing.Standing:
    """Who has signed this version, who is missing, from when an absence may be stated."""
    return standing_among(protocol, signers_of(protocol), signatures_of(protocol), at=at)


def _roles(groups: Collection[int]) -> QuerySet[Role]:
    return (
        Role.objects.filter(group__in=groups, role__in=SIGNING_ROLES)
        .select_related("person")
        .order_by("role", "person__number")
    )


def _held_office(role: Role, at: datetime) -> bool:
    return role.begins_at <= at and (role.ends_at is None or role.ends_at > at)


def standing_among(
    protocol: Protocol, roles: Iterable[Role], signatures: Iterable[Signature], *, at: datetime
) -> signing.Standing:
    signed = [
        Signed(each.role.role, each.role.person.number, each.kind, each.signed_at)
        for each in signatures
    ]
    required = [signer(role) for role in roles]
    return signing.standing(required, signed, drawn_up_at=protocol.drawn_up_at, at=at)


# Remarks


def remarks_of(row: Round) -> QuerySet[Remark]:
    """In their order; what they say stays sealed."""
    return row.remarks.select_related("role__person").order_by("number")


def remarked_since(protocol: Protocol) -> bool:
    """Was a remark filed that this version does not annex?"""
    return Remark.objects.filter(
        round=protocol.round_id, filed_at__gt=protocol.drawn_up_at
    ).exists()


# What everybody may read


@dataclass(frozen=True)
class Published:
    """The version that stands, and whether a correction of it waits for its signatures."""

    protocol: Protocol
    correction_waits: bool


def published(election: Election) -> Published | None:
    """The protocol of the newest round whose results are public: its newest signed version."""
    public = election.rounds.filter(state__in=PUBLIC_FROM, annulled_at=None)
    row = public.order_by("-number").first()
    if row is None:
        return None
    versions = list(versions_of(row))
    for version in versions:
        if complete_among([version]):
            return Published(version, correction_waits=version is not versions[0])
    return None


def complete_among(protocols: Collection[Protocol]) -> set[int]:
    """Those of these versions that everybody has signed, absences that may stand for it included."""
    offices: dict[int | None, set[_Office]] = defaultdict(set)
    signed: dict[int | None, list[Signed]] = defaultdict(list)
    for office, protocol, kind, at in _offices_and_signatures(protocols) if protocols else ():
        offices[office.group].add(office)
        signed[protocol].append(Signed(office.role, office.number, kind, at))
    return {
        each.pk
        for each in protocols
        if signed[each.pk]
        and signing.standing(
            [
                (office.role, office.number)
                for office in offices[each.round.election.group_id]
                if office.was_held(each.drawn_up_at)
            ],
            signed[each.pk],
            drawn_up_at=each.drawn_up_at,
            at=max(one.at for one in signed[each.pk]),
        ).complete
    }


@dataclass(frozen=True, slots=True)
class _Office:
    group: int
    role: str
    number: int
    begins_at: datetime
    ends_at: datetime | None

    def was_held(self, at: datetime) -> bool:
        return self.begins_at <= at and (self.ends_at is None or self.ends_at > at)


def _offices_and_signatures(
    protocols: Collection[Protocol],
) -> Iterator[tuple[_Office, int | None, str, datetime]]:
    """In one query: whoever was ever to sign for these groups, with each signature; without one, a row
    that belongs to no protocol."""
    these = FilteredRelation("signatures", condition=Q(signatures__protocol__in=protocols))
    fields = ("group", "role", "person__number", "begins_at", "ends_at")
    listed = _roles([each.round.election.group_id for each in protocols]).annotate(signed=these)
    for *office, protocol, kind, at in listed.values_list(
        *fields, "signed__protocol", "signed__kind", "signed__signed_at"
    ):
        yield _Office(*office), protocol, kind, at
