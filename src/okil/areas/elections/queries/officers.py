"""Who serves an election, and what each has signed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from okil.areas.bodies.models import Role, RoleName
from okil.areas.bodies.queries import officers_of
from okil.areas.elections.models import Cycle, Election, Presence, Undertaking
from okil.foundation.documents import issued_of
from okil.foundation.documents.models import File, Issued
from okil.pure.rules.regulation import COMMISSION_SIZE, Regulation

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet


Kind = Undertaking.Kind
SEALED_IN_ISSUED = ("salt", "internal_facts", "public_facts")
# What is asked of whom before the first sight of personal data (REG-04, REG-22, REG-23).
ASKED_OF: Mapping[str, tuple[Undertaking.Kind, ...]] = {
    RoleName.ORGANISER: (Kind.NOT_STANDING, Kind.CONFIDENTIALITY),
    RoleName.COMMISSIONER: (Kind.NO_INTEREST, Kind.CONFIDENTIALITY),
    RoleName.OBSERVER: (Kind.CONFIDENTIALITY,),
}


@dataclass(frozen=True)
class Officer:
    """A role in force and, for each undertaking asked of it, the signed one."""

    role: Role
    undertakings: dict[str, Undertaking | None]

    @property
    def has_signed_all(self) -> bool:
        return all(self.undertakings.values())

    @property
    def organisation_kind(self) -> str:
        """From what kind of organisation, as said in the declaration; "" until then."""
        said = [one.organisation_kind for one in self.undertakings.values() if one]
        return next((kind for kind in said if kind), "")


def is_whole_commission(rules: Regulation, members: int) -> bool:
    """As many as the regulation says, two or three where it does not (REG-21). A package that names
    another number than the regulation is refused by its check 9.
    """
    said = rules.commission_size
    return members in COMMISSION_SIZE if said is None else members == said


def officers_in(election: Election) -> list[Officer]:
    """Organiser, commission and observers of now, in this order."""
    roles = [role for role in officers_of(election.group) if role.role in ASKED_OF]
    order = list(ASKED_OF)
    roles.sort(key=lambda role: (order.index(role.role), role.person.number))
    return _with_undertakings(roles, election.undertakings.all())


def _with_undertakings(roles: Sequence[Role], undertakings: QuerySet[Undertaking]) -> list[Officer]:
    signed: dict[int, dict[str, Undertaking]] = defaultdict(dict)
    for each in undertakings:
        signed[each.role_id][each.kind] = each
    return [
        Officer(role, {kind: signed[role.pk].get(kind) for kind in ASKED_OF[role.role]})
        for role in roles
    ]


def committee_of(cycle: Cycle) -> list[tuple[Election, Officer | None]]:
    """The Organizing Committee (1.14): each election with its organiser, if there is one."""
    elections = list(cycle.elections.select_related("group", "cycle__body"))
    roles = (
        Role.objects.filter(
            group__in=[each.group_id for each in elections],
            role=RoleName.ORGANISER,
            ends_at=None,
        )
        .select_related("person", "given_by")
        .defer("given_by__paper")
    )
    undertakings = Undertaking.objects.filter(election__in=elections)
    by_group = {
        officer.role.group_id: officer for officer in _with_undertakings(list(roles), undertakings)
    }
    return [(each, by_group.get(each.group_id)) for each in elections]


def presences_of(election: Election) -> QuerySet[Presence]:
    return election.presences.select_related("role__person").order_by("-day", "pk")


def newest_paper(kind: str, subject: Model) -> Issued | None:
    return issued_of(subject, kind).first()


def newest_papers(kind: str, subjects: Collection[Model]) -> dict[int, Issued]:
    """The newest issue of this kind about each of these rows of one model, by primary key."""
    if not subjects:
        return {}
    label = next(iter(subjects))._meta.label_lower
    found = _with_files().filter(
        kind=kind, subject_kind=label, subject_number__in=[each.pk for each in subjects]
    )
    return {each.subject_number: each for each in found}


def papers_in_election(election: Election, kinds: Collection[str]) -> dict[tuple[str, int], Issued]:
    """The newest issue of each of these kinds in an election, by kind and what it is about."""
    found = _with_files().filter(kind__in=kinds, vault_scope=f"election-{election.pk}")
    return {(each.kind, each.subject_number): each for each in found}


def _with_files() -> QuerySet[Issued]:
    """Oldest first, with files, nothing sealed read."""
    files = Prefetch("files", File.objects.defer("content").order_by("pk"))
    return Issued.objects.defer(*SEALED_IN_ISSUED).prefetch_related(files).order_by("pk")


# Gates: in which of these rounds it is fulfilled.
