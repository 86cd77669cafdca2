"""Questions put to the matrix: in which capacities somebody comes, and what these allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from okil.areas.bodies.access.matrix import GIVEN_BY, MATRIX, If, Op, Scope
from okil.areas.bodies.models import (
    BODY_WIDE_ROLES,
    Body,
    Decision,
    ElectoralGroup,
    Person,
    Role,
)
from okil.foundation.audit import Actor
from okil.pure.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from okil.foundation.accounts.models import User


@dataclass(frozen=True, slots=True)
class Standing:
    """One capacity in which somebody comes: a role, where it holds, the person's number."""

    role: str
    body: int | None = None
    group: int | None = None
    number: int | None = None


def allows(
    standing: Standing,
    operation: str,
    thing: str,
    *,
    body: int,
    group: int | None = None,
    own: bool = False,
    met: Iterable[If] = (),
) -> bool:
    """Does the matrix allow this standing the operation on a thing of that body and group?"""
    right = MATRIX[thing].get(Op(operation), {}).get(standing.role)
    if right is None or (right.only_if is not None and right.only_if not in met):
        return False
    if right.scope is Scope.OWN:
        return own
    if standing.role in ("public", "operator"):
        return right.scope is Scope.BODY
    if standing.body != body:
        return False
    return right.scope is Scope.BODY or (group is not None and standing.group == group)


def standings(user: User | AnonymousUser) -> list[Standing]:
    """All capacities of a visitor, read now: roles in force, and last the public's.

    The journal names the first that allows an act, so what somebody was given comes first.
    """
    found = []
    if user.is_authenticated:
        roles = Role.objects.filter(person__user=user, ends_at=None).select_related("person")
        found = [
            Standing(role.role, role.body_id, role.group_id, role.person.number)
            for role in roles.order_by("begins_at", "pk")
        ]
    return [*found, Standing("public")]


def may(
    user: User | AnonymousUser | Iterable[Standing],
    operation: str,
    thing: str,
    *,
    body: Body,
    group: ElectoralGroup | None = None,
    own: bool = False,
    met: Iterable[If] = (),
) -> bool:
    """May this visitor? Takes a user, or the standings already read for this page."""
    held = list(user) if isinstance(user, Iterable) else standings(user)
    return any(
        allows(
            s, operation, thing, body=body.pk, group=group.pk if group else None, own=own, met=met
        )
        for s in held
    )


def require(
    actor: User | AnonymousUser,
    operation: str,
    thing: str,
    *,
    body: Body,
    group: ElectoralGroup | None = None,
    own: bool = False,
    met: Iterable[If] = (),
) -> Actor:
    """In which capacity the actor may do this: the journal's answer to "who".

    Raises Refused("not-allowed").
    """
    for standing in standings(actor):
        if allows(
            standing,
            operation,
            thing,
            body=body.pk,
            group=group.pk if group else None,
            own=own,
            met=met,
        ):
            return Actor(standing.role, standing.number)
    raise Refused("not-allowed")


def require_role(actor: User | AnonymousUser, role: str, group: ElectoralGroup) -> Actor:
    """The actor as holder of exactly this role for this group (the mover of a state).

    Raises Refused("not-the-mover", role=…).
    """
    for standing in standings(actor):
        in_reach = standing.group == group.pk or (
            standing.role in BODY_WIDE_ROLES and standing.body == group.body_id
        )
        if standing.role == role and in_reach:
            return Actor(standing.role, standing.number)
    raise Refused("not-the-mover", role=role)


def may_give(
    held: Iterable[Standing], role: str, *, body: Body, group: ElectoralGroup | None
) -> Actor | None:
    """As whom one of these standings gives and takes this role; None if none of them does."""
    for standing in held:
        right = MATRIX["officers"][Op.CHANGE].get(standing.role)
        if right is None or standing.role != GIVEN_BY[role] or standing.body != body.pk:
            continue
        if right.scope is Scope.BODY or (group is not None and standing.group == group.pk):
            return Actor(standing.role, standing.number)
    return None


def require_giver(
    actor: User | AnonymousUser, role: str, *, body: Body, group: ElectoralGroup | None
) -> Actor:
    """The actor as one who may give and take this role. Raises Refused("not-allowed")."""
    acting = may_give(standings(actor), role, body=body, group=group)
    if acting is None:
        raise Refused("not-allowed")
    return acting


def require_reader_of(decision: Decision, actor: User | AnonymousUser) -> Actor:
    """Who may open a decision's paper: it may name people, so whoever may see the names of the
    group it concerns.

    Raises Refused("not-allowed").
    """
    for standing in standings(actor):
        body, group = decision.body_id, decision.group_id
        if allows(standing, "see", "officer_names", body=body, group=group):
            return Actor(standing.role, standing.number)
    raise Refused("not-allowed")


def person_of(actor: User | AnonymousUser) -> Person:
    """The person behind a signed-in account. Raises Refused("not-allowed")."""
    person = Person.objects.filter(user=actor).first() if actor.is_authenticated else None
    if person is None:
        raise Refused("not-allowed")
    return person
