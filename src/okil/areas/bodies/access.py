"""Who may do what: the matrix of roles and rights as one table, and the questions put to it.

A right is object x operation x role with a scope: `own` (what belongs to the person), `group` (the
person's own group), `body` (everywhere). Some hold only `if` something is so; the caller says which
of these conditions are met. What is not in the table is not allowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from okil.areas.bodies.models import BODY_WIDE_ROLES, Body, ElectoralGroup, Person, Role, RoleName
from okil.foundation.audit import Actor
from okil.pure.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from okil.foundation.accounts.models import User


class Scope(StrEnum):
    OWN = "own"
    GROUP = "group"
    BODY = "body"


class If(StrEnum):
    ELECTED = "elected"  # the person was elected
    CHOSEN = "chosen"  # the group, or the person concerned, chose to show it
    CONCERNED = "concerned"
    NOT_CONCERNED = "not_concerned"


class Op(StrEnum):
    SEE = "see"
    SEE_COUNTS = "see_counts"  # numbers, organisations, "it exists", the published form
    CHANGE = "change"
    DECIDE = "decide"  # vote, sign, count
    PUBLISH = "publish"


ROLES = (
    "secretariat",
    "organiser",
    "commissioner",
    "code_maker",
    "observer",
    "candidate",
    "voter",
    "member",
    "alternate",
    "partner",
    "adviser",
    "operator",
    "public",
)


@dataclass(frozen=True, slots=True)
class Right:
    scope: Scope
    only_if: If | None = None


BODY, GROUP, OWN = Right(Scope.BODY), Right(Scope.GROUP), Right(Scope.OWN)
CHOSEN = Right(Scope.BODY, If.CHOSEN)
SEE, COUNTS, CHANGE, DECIDE, PUBLISH = Op
EVERYONE: Mapping[str, Right] = dict.fromkeys(ROLES, BODY)

# Objects in the order of the table for people; rights of a row in the order of its columns.
MATRIX: Mapping[str, Mapping[Op, Mapping[str, Right]]] = {
    "plan": {
        SEE: EVERYONE,
        CHANGE: {"secretariat": BODY},
        PUBLISH: {"secretariat": BODY},
    },
    "cycle": {
        SEE: EVERYONE,
        CHANGE: {"secretariat": BODY},
    },
    "group": {
        # the internal name, the seats and who held them; the public name is everyone's
        SEE: {"secretariat": BODY, "organiser": GROUP, "commissioner": GROUP, "observer": GROUP},
        CHANGE: {"secretariat": BODY},
    },
    "group_public_name": {
        SEE: EVERYONE,
        CHANGE: {"organiser": GROUP},
    },
    "regulation": {
        SEE: {
            "secretariat": BODY,
            "organiser": GROUP,
            "commissioner": GROUP,
            "observer": GROUP,
            "candidate": GROUP,
            "voter": GROUP,
            "member": GROUP,
            "alternate": GROUP,
            "public": CHOSEN,
        },
        CHANGE: {
            "organiser": GROUP,
            "member": Right(Scope.GROUP, If.ELECTED),
            "alternate": Right(Scope.GROUP, If.ELECTED),
        },
    },
    "officer_names": {
        SEE: {
            "secretariat": BODY,
            "organiser": GROUP,
            "commissioner": GROUP,
            "candidate": CHOSEN,
            "voter": CHOSEN,
            "member": CHOSEN,
            "alternate": CHOSEN,
            "public": CHOSEN,
        },
        COUNTS: EVERYONE,
        PUBLISH: dict.fromkeys(ROLES, OWN),
    },
    "officers": {
        # inviting, handing over, ending a role
        CHANGE: {"secretariat": BODY, "organiser": GROUP},
    },
    "second_factor": {
        CHANGE: {"secretariat": BODY, "organiser": BODY, "commissioner": BODY},
    },
    "election": {
        # the workspace: where it stands, what is missing, who must act
        SEE: {
            "secretariat": BODY,
            "organiser": GROUP,
            "commissioner": GROUP,
            "observer": GROUP,
        },
        COUNTS: EVERYONE,
    },
    "election_dates": {
        SEE: EVERYONE,
        CHANGE: {"organiser": GROUP},
    },
    "round": {
        # suspension, annulment, a new round: by decision of the body that REG-91 names
        DECIDE: {"commissioner": GROUP},
    },
    "declarations": {
        SEE: {"secretariat": BODY, "organiser": GROUP, "commissioner": GROUP},
        COUNTS: {"observer": GROUP, "candidate": GROUP, "voter": GROUP, "public": BODY},
        DECIDE: {"commissioner": OWN},
    },
    "candidate_application": {
        SEE: {
            "secretariat": Right(Scope.BODY, If.ELECTED),
            "organiser": GROUP,
            "commissioner": GROUP,
            "candidate": OWN,
        },
        COUNTS: {"observer": GROUP},
        CHANGE: {"organiser": GROUP, "candidate": OWN},
        DECIDE: {"commissioner": GROUP},
    },
    "voter_application": {
        SEE: {"organiser": GROUP, "commissioner": GROUP, "voter": OWN},
        COUNTS: {"secretariat": BODY, "observer": GROUP},
        CHANGE: {"organiser": GROUP, "voter": OWN},
        DECIDE: {"commissioner": GROUP},
    },
    "candidate_list": {
        SEE: EVERYONE,
        CHANGE: {"organiser": GROUP},
        DECIDE: {"commissioner": GROUP},
        PUBLISH: {"secretariat": BODY},
    },
    "ballots": {
        COUNTS: {"observer": GROUP},  # watches the count
        CHANGE: {"voter": OWN},
        DECIDE: {"commissioner": GROUP},  # count together
    },
    "tally_before_close": {},
    "protocol_internal": {
        SEE: {"secretariat": BODY, "organiser": GROUP, "commissioner": GROUP},
        CHANGE: {"organiser": GROUP, "observer": OWN},  # an observer's remark is annexed
        DECIDE: {"organiser": GROUP, "commissioner": GROUP},
    },
    "protocol_public": {
        SEE: EVERYONE,
        PUBLISH: {"secretariat": BODY},
    },
    "dossier": {
        SEE: {"organiser": GROUP, "commissioner": GROUP},
        COUNTS: {"secretariat": BODY, "member": GROUP, "alternate": GROUP},
        CHANGE: {"organiser": GROUP},
    },
    "reports": {
        SEE: {"secretariat": BODY, "voter": GROUP, "member": GROUP, "alternate": GROUP},
        CHANGE: {"member": GROUP, "alternate": GROUP},
        COUNTS: {"public": CHOSEN},
    },
    "who_voted_before_close": {
        SEE: {"voter": OWN},
        COUNTS: {"organiser": GROUP, "commissioner": GROUP},  # the desk: one number, yes or no
    },
    "who_voted_after_close": {
        SEE: {"organiser": GROUP, "commissioner": GROUP, "voter": OWN},
        COUNTS: {"secretariat": BODY, "observer": GROUP, "candidate": GROUP, "public": BODY},
    },
    "secrets": {
        # ticket, code file, key share: each holder its own
        SEE: {"commissioner": OWN, "code_maker": OWN, "voter": OWN},
    },
    "board": {
        SEE: {
            "secretariat": CHOSEN,
            "organiser": Right(Scope.GROUP, If.CHOSEN),
            "commissioner": GROUP,
            "observer": GROUP,
            "candidate": Right(Scope.GROUP, If.CHOSEN),
            "voter": Right(Scope.GROUP, If.CHOSEN),
            "public": CHOSEN,
        },
    },
    "complaint": {
        SEE: {
            "organiser": Right(Scope.GROUP, If.CONCERNED),
            "commissioner": Right(Scope.GROUP, If.NOT_CONCERNED),
            "candidate": OWN,
            "voter": OWN,
        },
        COUNTS: {"secretariat": BODY, "observer": GROUP, "public": BODY},
        CHANGE: {"candidate": OWN, "voter": OWN},
        DECIDE: {"commissioner": Right(Scope.GROUP, If.NOT_CONCERNED)},
    },
    "journal": {
        SEE: {"organiser": GROUP, "commissioner": GROUP, "observer": GROUP},
        COUNTS: {"secretariat": BODY},  # moves only
    },
    "journal_head": {
        SEE: EVERYONE,  # length and last hash
    },
    "cross_community_flags": {
        SEE: {
            "organiser": GROUP,
            "commissioner": GROUP,
            "candidate": OWN,
            "voter": OWN,
        },
        COUNTS: {"secretariat": BODY, "observer": GROUP},
    },
}


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
    """All capacities of a visitor, read now: roles in force, and the public's."""
    found = [Standing("public")]
    if user.is_authenticated:
        roles = Role.objects.filter(person__user=user, ends_at=None).select_related("person")
        found += [
            Standing(role.role, role.body_id, role.group_id, role.person.number) for role in roles
        ]
    return found


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
        allows(s, operation, thing, body=body.pk, group=group and group.pk, own=own, met=met)
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
            standing, operation, thing, body=body.pk, group=group and group.pk, own=own, met=met
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


# By whom a role is given, taken back and handed over (ROLES.md: "by the body that gave them").
GIVEN_BY: Mapping[str, str] = {
    RoleName.SECRETARIAT: "secretariat",
    RoleName.ORGANISER: "secretariat",
    RoleName.PARTNER: "secretariat",
    RoleName.ADVISER: "secretariat",
    RoleName.COMMISSIONER: "organiser",
    RoleName.CODE_MAKER: "organiser",
    RoleName.OBSERVER: "organiser",
}


def require_giver(
    actor: User | AnonymousUser, role: str, *, body: Body, group: ElectoralGroup | None
) -> Actor:
    """The actor as one who may give and take this role. Raises Refused("not-allowed")."""
    for standing in standings(actor):
        right = MATRIX["officers"][Op.CHANGE].get(standing.role)
        if right is None or standing.role != GIVEN_BY[role] or standing.body != body.pk:
            continue
        if right.scope is Scope.BODY or (group is not None and standing.group == group.pk):
            return Actor(standing.role, standing.number)
    raise Refused("not-allowed")


def person_of(actor: User | AnonymousUser) -> Person:
    """The person behind a signed-in account. Raises Refused("not-allowed")."""
    person = Person.objects.filter(user=actor).first() if actor.is_authenticated else None
    if person is None:
        raise Refused("not-allowed")
    return person
