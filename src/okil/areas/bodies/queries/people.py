from __future__ import annotations

from datetime import datetime

from django.db.models import Max, Q, QuerySet

from okil.areas.bodies.models import (
    Body,
    ElectoralGroup,
    FactorReset,
    Invitation,
    Membership,
    Person,
    Role,
    RoleName,
)
from okil.foundation import vault
from okil.foundation.accounts.models import User


def roles_in_force(user: User) -> QuerySet[Role]:
    """What somebody is now, newest last."""
    return (
        Role.objects.filter(person__user=user, ends_at=None)
        .select_related("person", "body", "group", "given_by")
        .defer("given_by__paper")
        .order_by("begins_at", "pk")
    )


def officers_of(group: ElectoralGroup) -> QuerySet[Role]:
    """Organiser, commission, code-makers and observers of a group, now."""
    return (
        group.roles.filter(ends_at=None)
        .select_related("person", "given_by")
        .defer("given_by__paper")
        .order_by("role", "person__number")
    )


def secretariat(body: Body) -> QuerySet[Role]:
    return (
        body.roles.filter(role=RoleName.SECRETARIAT, ends_at=None)
        .select_related("person", "given_by")
        .defer("given_by__paper")
        .order_by("person__number")
    )


def roles_of(body: Body) -> QuerySet[Role]:
    """Every role in force, of the body and of its groups."""
    return (
        body.roles.filter(ends_at=None)
        .select_related("person", "group", "given_by")
        .defer("given_by__paper")
        .order_by("role", "person__number")
    )


def people_of(group: ElectoralGroup) -> QuerySet[Person]:
    """Who holds or held a role or a seat in a group."""
    return Person.objects.filter(
        Q(pk__in=Role.objects.filter(group=group).values("person"))
        | Q(pk__in=Membership.objects.filter(seat__group=group).values("person"))
    )


def open_invitations(body: Body, *, at: datetime) -> QuerySet[Invitation]:
    """Sent, neither accepted nor withdrawn, not expired."""
    return (
        body.invitations.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)
        .select_related("group", "user", "decision")
        .defer("decision__paper")
        .order_by("sent_at", "pk")
    )


def open_resets(body: Body) -> QuerySet[FactorReset]:
    return (
        FactorReset.objects.filter(person__body=body, agreed_at=None, refused_at=None)
        .select_related("person", "asked_by")
        .order_by("asked_at")
    )


def next_person_number(body: Body) -> int:
    """To be asked while the body's row is locked."""
    return (body.people.aggregate(last=Max("number"))["last"] or 0) + 1


def is_known(user: User) -> bool:
    """Is there a person, so a name, behind this account?"""
    return Person.objects.filter(user=user).exists()


def people_named(body: Body, name: str) -> QuerySet[Person]:
    """Exact search without opening anything: is this person known already?"""
    return vault.find(Person, "name", name, scope=f"body-{body.pk}").order_by("number")


def has_name(invitation: Invitation) -> bool:
    """Did whoever invited write a name? Answered without opening it."""
    nameless = vault.find(Invitation, "name", "", scope=invitation.vault_scope)
    return not nameless.filter(pk=invitation.pk).exists()
