"""Who may see and do what in an election. `…_for` answers 404: that there is something is a fact too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import Http404

from okil.areas.bodies import access as bodies_access
from okil.areas.bodies.access import Standing, may, standings
from okil.areas.bodies.models import ElectoralGroup
from okil.areas.elections.models import CommonStage, Cycle, Election, Round, Undertaking
from okil.foundation.audit import Actor
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from okil.foundation.accounts.models import User


@dataclass(frozen=True)
class Visit:
    """A visitor at an election, with all capacities they come in."""

    user: User
    election: Election
    standings: list[Standing]
    state: State  # of the newest round, as it was when the visitor came

    def may(self, operation: str, thing: str) -> bool:
        return may(
            self.standings,
            operation,
            thing,
            body=self.election.cycle.body,
            group=self.election.group,
        )

    def roles(self) -> list[str]:
        """What the visitor is here, each role once; what they are elsewhere is nobody's business."""
        group = self.election.group
        here = [held.role for held in self.standings if _reaches(held, group)]
        return list(dict.fromkeys(here))

    def is_a(self, role: str | None) -> bool:
        """Does the visitor hold this role for this group (or, a body-wide one, for its body)?"""
        return role in self.roles()


def _reaches(held: Standing, group: ElectoralGroup) -> bool:
    return held.body == group.body_id and held.group in (None, group.pk)


def election_for(user: User | AnonymousUser, year: int, slug: str) -> Visit:
    """The workspace of an election, for its officers and the Secretariat; for others there is none."""
    newest = Round.objects.filter(election=OuterRef("pk")).order_by("-number")
    election = (
        Election.objects.select_related("cycle__body", "group__body")
        .annotate(state=Subquery(newest.values("state")[:1]))
        .filter(cycle__year=year, group__slug=slug)
        .first()
    )
    if election is None:
        raise Http404
    if not user.is_authenticated:
        raise Http404
    visit = Visit(user, election, standings(user), State(election.state))
    if not visit.may("see", "election"):
        raise Http404
    return visit


@dataclass(frozen=True)
class CycleVisit:
    """An officer at a cycle of the body, most often its Secretariat."""

    user: User
    cycle: Cycle
    standings: list[Standing]

    def may(self, operation: str, thing: str) -> bool:
        return may(self.standings, operation, thing, body=self.cycle.body)


def cycle_for(user: User | AnonymousUser, year: int) -> CycleVisit:
    """A cycle as its Secretariat works with it; for others there is nothing here."""
    dated = CommonStage.objects.filter(cycle=OuterRef("pk"))
    cycles = Cycle.objects.select_related("body", "decision", "plan_approved_by")
    cycle = cycles.annotate(is_dated=Exists(dated)).filter(year=year).first()
    held = standings(user)
    if cycle is None or not user.is_authenticated:
        raise Http404
    if not may(held, "change", "cycle", body=cycle.body):
        raise Http404
    return CycleVisit(user, cycle, held)


def consultations_for(user: User | AnonymousUser, year: int) -> CycleVisit:
    """Meetings about a cycle, as the officers of the body read of them; for others there are none."""
    cycle = Cycle.objects.select_related("body").filter(year=year).first()
    if cycle is None or not user.is_authenticated:
        raise Http404
    visit = CycleVisit(user, cycle, standings(user))
    if not visit.may("see", "consultations") and not visit.may("see_counts", "consultations"):
        raise Http404
    return visit


def matching_for(user: User | AnonymousUser, year: int) -> CycleVisit:
    """How the groups of a cycle are compared, in numbers, for the officers of the body."""
    cycle = Cycle.objects.select_related("body").filter(year=year).first()
    if cycle is None or not user.is_authenticated:
        raise Http404
    visit = CycleVisit(user, cycle, standings(user))
    if not visit.may("see_counts", "matching"):
        raise Http404
    return visit


def require_reader_of_consultations(actor: User | AnonymousUser, cycle: Cycle) -> Actor:
    """Who opens their minutes. An organiser promised confidentiality in an election of this cycle.

    Raises Refused: not-allowed, undertaking-missing.
    """
    acting = bodies_access.require(actor, "see", "consultations", body=cycle.body)
    if (
        acting.role != "secretariat"
        and not _promised(acting).filter(election__cycle=cycle).exists()
    ):
        raise Refused("undertaking-missing")
    return acting


def require_confidence(
    actor: User | AnonymousUser,
    operation: str,
    thing: str,
    election: Election,
    *,
    own: bool = False,
) -> Actor:
    """As `bodies.access.require`, for what shows personal data: whoever sees it first promised in
    writing to keep it to themselves (REG-04). The Secretariat is bound by its office.

    Raises Refused: not-allowed, undertaking-missing.
    """
    acting = bodies_access.require(
        actor, operation, thing, body=election.cycle.body, group=election.group, own=own
    )
    if acting.role != "secretariat" and not has_promised(acting, election):
        raise Refused("undertaking-missing")
    return acting


def has_promised(acting: Actor, election: Election) -> bool:
    """Has this officer signed the confidentiality undertaking for this election?"""
    return _promised(acting).filter(election=election).exists()


def _promised(acting: Actor) -> QuerySet[Undertaking]:
    if acting.number is None:
        return Undertaking.objects.none()
    return Undertaking.objects.filter(
        kind=Undertaking.Kind.CONFIDENTIALITY,
        role__role=acting.role,
        role__person__number=acting.number,
        role__ends_at=None,
    )
