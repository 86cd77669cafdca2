"""What somebody came to, if they have business there. `…_for` answers 404, not 403: that there is
something to see is a fact too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404

from okil.areas.bodies import queries
from okil.areas.bodies.access.permission import (
    Standing,
    may,
    may_give,
    require_reader_of,
    standings,
)
from okil.areas.bodies.models import (
    Body,
    Decision,
    ElectoralGroup,
    FactorReset,
    Invitation,
    Membership,
    Person,
    Role,
    Seat,
)
from okil.pure.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from okil.foundation.accounts.models import User

    Visitor = User | AnonymousUser


@dataclass(frozen=True)
class Visit:
    """An officer in the office, with all capacities they come in."""

    user: User
    body: Body
    standings: list[Standing]

    def may(self, operation: str, thing: str, group: ElectoralGroup | None = None) -> bool:
        return may(self.standings, operation, thing, body=self.body, group=group)

    def may_give(self, role: str, group: ElectoralGroup | None = None) -> bool:
        return may_give(self.standings, role, body=self.body, group=group) is not None

    def groups_among(self, groups: Iterable[ElectoralGroup]) -> list[ElectoralGroup]:
        """Those whose inside this officer may see."""
        return [group for group in groups if self.may("see", "group", group)]

    @property
    def has_groups(self) -> bool:
        """Has this officer business with any group's inside?"""
        return self.may("see", "group") or any(
            may([held], "see", "group", body=self.body, group=ElectoralGroup(pk=held.group))
            for held in self.standings
            if held.group is not None
        )


def or_404(allowed: bool) -> None:
    if not allowed:
        raise Http404


def office_for(user: Visitor) -> Visit:
    """The office, for whoever holds a role."""
    body = queries.the_body()
    held = standings(user)
    if body is None or not user.is_authenticated or all(each.body is None for each in held):
        raise Http404
    return Visit(user, body, held)


def own_name_for(user: Visitor) -> tuple[Visit, Person]:
    """Everybody with an account and a name here, also when no role is left: consent stays theirs."""
    person = Person.objects.select_related("body").filter(user=user.pk).first()
    if person is None or not user.is_authenticated:
        raise Http404
    return Visit(user, person.body, standings(user)), person


def people_for(user: Visitor) -> Visit:
    visit = office_for(user)
    if not visit.has_groups:
        raise Http404
    return visit


def secretariat_for(user: Visitor) -> Visit:
    """Groups, seats and who sits there are changed by who may change them everywhere."""
    visit = office_for(user)
    if not visit.may("change", "group"):
        raise Http404
    return visit


def group_for(user: Visitor, slug: str) -> tuple[Visit, ElectoralGroup]:
    visit = office_for(user)
    found = visit.body.groups.select_related("body", "decision").defer("decision__paper")
    group = found.filter(slug=slug).first()
    if group is None or not visit.may("see", "group", group):
        raise Http404
    return visit, group


def seat_for(user: Visitor, pk: int) -> tuple[Visit, Seat]:
    visit = secretariat_for(user)
    seat = Seat.objects.select_related("group__body").filter(pk=pk, group__body=visit.body).first()
    if seat is None:
        raise Http404
    return visit, seat


def membership_for(user: Visitor, pk: int) -> tuple[Visit, Membership]:
    visit = secretariat_for(user)
    membership = (
        Membership.objects.select_related("seat__group", "person")
        .filter(pk=pk, seat__group__body=visit.body, ends_on=None)
        .first()
    )
    if membership is None:
        raise Http404
    return visit, membership


def role_for(user: Visitor, pk: int) -> tuple[Visit, Role]:
    """A role in force that this officer may take back or have handed over."""
    visit = office_for(user)
    role = queries.roles_of(visit.body).filter(pk=pk).first()
    if role is None or not visit.may_give(role.role, role.group):
        raise Http404
    return visit, role


def invitation_for(user: Visitor, pk: int) -> tuple[Visit, Invitation]:
    visit = office_for(user)
    invitation = (
        visit.body.invitations.filter(pk=pk, accepted_at=None, withdrawn_at=None)
        .select_related("group")
        .first()
    )
    if invitation is None or not visit.may_give(invitation.role, invitation.group):
        raise Http404
    return visit, invitation


def account_for(user: Visitor, number: int) -> tuple[Visit, Person]:
    """A person with an account whose lost second factor this officer may ask to clear."""
    visit = office_for(user)
    person = visit.body.people.filter(number=number, user__isnull=False).first()
    if person is None or not visit.may("change", "second_factor"):
        raise Http404
    return visit, person


def reset_for(user: Visitor, pk: int) -> tuple[Visit, FactorReset]:
    visit = office_for(user)
    reset = queries.open_resets(visit.body).filter(pk=pk).first()
    if reset is None or not visit.may("change", "second_factor"):
        raise Http404
    return visit, reset


def paper_for(user: Visitor, pk: int) -> tuple[Visit, Decision]:
    """A decision whose paper there is, and this officer may open."""
    visit = office_for(user)
    decision = visit.body.decisions.exclude(paper_kind="").defer("paper").filter(pk=pk).first()
    if decision is None:
        raise Http404
    try:
        require_reader_of(decision, user)
    except Refused:
        raise Http404 from None
    return visit, decision
