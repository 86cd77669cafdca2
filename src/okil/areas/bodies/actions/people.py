"""Invitations, roles given and taken back, names published by their owners, lost second factors."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from okil.areas.bodies import access, queries
from okil.areas.bodies.models import (
    Body,
    Decision,
    ElectoralGroup,
    FactorReset,
    Invitation,
    Person,
    Role,
    RoleName,
)
from okil.foundation import vault
from okil.foundation.accounts import end_all_sessions, reset_second_factors
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.locking import locked
from okil.foundation.notifications import notify
from okil.pure.refusal import Refused
from okil.pure.rules import incompatibilities
from okil.pure.rules.incompatibilities import Held

from .decisions import DecisionFacts, write_decision

INVITATION_DAYS = 14


@transaction.atomic
def invite(
    role: str,
    *,
    body: Body,
    group: ElectoralGroup | None,
    email: str,
    name: str,
    organisation: str = "",
    language: str,
    decision: DecisionFacts,
    replaces: Role | None = None,
    actor: User,
    at: datetime,
) -> Invitation:
    """Invite somebody to a role, by a decision; with `replaces`, to take it over from its holder.

    Raises Refused: not-allowed, role-ended, role-taken, role-held, incompatible, already-invited.
    """
    body = locked(Body, body.pk)
    acting = access.require_giver(actor, role, body=body, group=group)
    if replaces is not None:
        _require_same_role(replaces, role, group)
    user = User.objects.filter(email__iexact=email).first()
    _require_free(role, group, replaces)
    if user is not None:
        _require_compatible(user, role, body=body, group=group, replaces=replaces)
    if queries.open_invitations(body, at=at).filter(user=user, role=role, group=group).exists():
        raise Refused("already-invited")

    invitation = new_invitation(
        body,
        role,
        group=group,
        email=email,
        name=name,
        organisation=organisation,
        language=language,
        decision=write_decision(body, decision, at=at, group=group),
        replaces=replaces,
        at=at,
    )
    notify("bodies.invitation", to=invitation.user, about=invitation.pk, at=at)
    record(
        "invitation.sent",
        actor=acting,
        subject=invitation,
        at=at,
        chapter=body.chapter,
        after={"role": role, "group": group.pk if group else None},
    )
    return invitation


def new_invitation(
    body: Body,
    role: str,
    *,
    email: str,
    name: str,
    decision: Decision,
    at: datetime,
    group: ElectoralGroup | None = None,
    organisation: str = "",
    language: str = "",
    replaces: Role | None = None,
) -> Invitation:
    """Part of an action: the row, and an account for the address if there is none yet."""
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, language=language or body.languages[0], at=at)
    return Invitation.objects.create(
        body=body,
        user=user,
        role=role,
        group=group,
        name=name,
        organisation=organisation,
        decision=decision,
        replaces=replaces,
        nonce=secrets.token_hex(8),
        sent_at=at,
        expires_at=at + timedelta(days=INVITATION_DAYS),
    )


def _require_same_role(replaces: Role, role: str, group: ElectoralGroup | None) -> None:
    """Who may give one role must not end another by handing it over."""
    if (replaces.role, replaces.group_id) != (role, group.pk if group else None):
        raise Refused("not-allowed")
    if replaces.ends_at is not None:
        raise Refused("role-ended")


def _require_free(role: str, group: ElectoralGroup | None, replaces: Role | None) -> None:
    if role != RoleName.ORGANISER:
        return
    holders = Role.objects.filter(role=role, group=group, ends_at=None)
    if replaces is not None:
        holders = holders.exclude(pk=replaces.pk)
    if holders.exists():
        raise Refused("role-taken")


def _require_compatible(
    user: User,
    role: str,
    *,
    body: Body,
    group: ElectoralGroup | None,
    replaces: Role | None = None,
) -> None:
    roles = list(Role.objects.filter(person__user=user, body=body, ends_at=None))
    if any((had.role, had.group_id) == (role, group.pk if group else None) for had in roles):
        raise Refused("role-held")
    held = [
        Held(had.role, had.group_id) for had in roles if replaces is None or had.pk != replaces.pk
    ]
    for ban in incompatibilities.conflicts(held, Held(role, group.pk if group else None)):
        held_role = ban.one if ban.other == role else ban.other
        raise Refused("incompatible", held=held_role, wanted=role, source=ban.source)


@transaction.atomic
def accept_invitation(invitation_id: int, *, name: str = "", actor: User, at: datetime) -> Role:
    """The invited person takes the role. What was agreed may have changed since: all is asked again.

    Raises Refused: not-allowed, invitation-used, invitation-expired, role-taken, role-held,
    incompatible.
    """
    invitation = locked(Invitation, invitation_id)
    body = locked(Body, invitation.body_id)
    if invitation.user_id != actor.pk:
        raise Refused("not-allowed")
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused("invitation-used")
    if at >= invitation.expires_at:
        raise Refused("invitation-expired", expired_at=invitation.expires_at)
    replaced = locked(Role, invitation.replaces_id) if invitation.replaces_id else None
    _require_free(invitation.role, invitation.group, replaced)
    _require_compatible(
        actor, invitation.role, body=body, group=invitation.group, replaces=replaced
    )

    person = _person_for(invitation, name, at=at)
    if replaced is not None and replaced.ends_at is None:
        replaced.ends_at = at
        replaced.ended_by = invitation.decision
        replaced.save(update_fields=["ends_at", "ended_by"])
    role = Role.objects.create(
        person=person,
        role=invitation.role,
        body=body,
        group=invitation.group,
        begins_at=at,
        given_by=invitation.decision,
    )
    invitation.accepted_at = at
    invitation.became = role
    invitation.save(update_fields=["accepted_at", "became"])
    acting = access.Actor(role.role, person.number)
    after = {"role": role.role, "group": role.group_id, "person": person.number}
    if replaced is not None:
        record(
            "role.handed_over",
            actor=acting,
            subject=replaced,
            at=at,
            chapter=body.chapter,
            after=after,
        )
    record("role.given", actor=acting, subject=role, at=at, chapter=body.chapter, after=after)
    return role


def _person_for(invitation: Invitation, name: str, *, at: datetime) -> Person:
    """The account's person; a new one keeps the name under its own number."""
    person = Person.objects.filter(user=invitation.user_id).first()
    if person is not None:
        return person
    if not name:
        opened = vault.open(
            [invitation],
            "officers",
            actor=access.Actor("system", None),
            at=at,
            chapter=invitation.body.chapter,
        )
        name = str(opened[invitation.pk]["name"])
    return Person.objects.create(
        body=invitation.body,
        user=invitation.user,
        number=queries.next_person_number(invitation.body),
        name=name,
        organisation=invitation.organisation,
    )


@transaction.atomic
def withdraw_invitation(invitation_id: int, *, actor: User, at: datetime) -> Invitation:
    """Take an open invitation back. Raises Refused: not-allowed, invitation-used."""
    invitation = locked(Invitation, invitation_id)
    body = invitation.body
    acting = access.require_giver(actor, invitation.role, body=body, group=invitation.group)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused("invitation-used")
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    record("invitation.withdrawn", actor=acting, subject=invitation, at=at, chapter=body.chapter)
    return invitation


@transaction.atomic
def end_role(role_id: int, *, decision: DecisionFacts, actor: User, at: datetime) -> Role:
    """A role ends by a decision of who gave it (illness, resignation, the end of the cycle).

    Raises Refused: not-allowed, role-ended, last-secretariat.
    """
    # The body first, as in accept_invitation: two who lock in one order never wait for each other.
    body = locked(Body, Role.objects.values_list("body_id", flat=True).get(pk=role_id))
    role = locked(Role, role_id)
    acting = access.require_giver(actor, role.role, body=body, group=role.group)
    if role.ends_at is not None:
        raise Refused("role-ended")
    if role.role == RoleName.SECRETARIAT and queries.secretariat(body).count() == 1:
        raise Refused("last-secretariat")
    role.ends_at = at
    role.ended_by = write_decision(body, decision, at=at, group=role.group)
    role.save(update_fields=["ends_at", "ended_by"])
    record(
        "role.ended",
        actor=acting,
        subject=role,
        at=at,
        chapter=body.chapter,
        after={"role": role.role, "group": role.group_id, "person": role.person.number},
    )
    return role


@transaction.atomic
def publish_name(*, public: bool, corrected: str = "", actor: User, at: datetime) -> Person:
    """The owner's consent to show the name on public pages, or its withdrawal; and the name as the
    owner writes it, if it was entered wrongly.

    Raises Refused("not-allowed"). It can be taken back also when no role is left.
    """
    person = locked(Person, access.person_of(actor).pk)
    if public:
        role = access.require(actor, "publish", "officer_names", body=person.body, own=True).role
    else:
        role = access.standings(actor)[0].role
    changed = ["name_published_at"]
    person.name_published_at = at if public else None
    events = ["person.name_published" if public else "person.name_withdrawn"]
    if corrected:
        person.name = corrected
        changed += ["name", "name_key"]
        events.append("person.name_corrected")
    person.save(update_fields=changed)
    for event in events:
        record(
            event,
            actor=access.Actor(role, person.number),
            subject=person,
            at=at,
            chapter=person.body.chapter,
        )
    return person


@transaction.atomic
def open_names(
    people: Iterable[Person],
    *,
    body: Body,
    group: ElectoralGroup | None,
    actor: User,
    at: datetime,
) -> dict[int, str]:
    """The names of these people, by row number; one row in the journal says who looked.

    With a group, only of people who hold or held a role or a seat in it.
    Raises Refused("not-allowed").
    """
    acting = access.require(actor, "see", "officer_names", body=body, group=group)
    asked = list(people)
    known = queries.people_of(group) if group else body.people.all()
    if {person.pk for person in asked} - set(known.values_list("pk", flat=True)):
        raise Refused("not-allowed")
    opened = vault.open(asked, "officers", actor=acting, at=at, chapter=body.chapter)
    return {pk: str(fields["name"] or fields["name_latin"]) for pk, fields in opened.items()}


@transaction.atomic
def ask_factor_reset(person_id: int, *, reason: str, actor: User, at: datetime) -> FactorReset:
    """An officer of the body asks to clear somebody's lost second factor; another must agree.

    Raises Refused: not-allowed, own-factor, reset-asked-already.
    """
    person = locked(Person, person_id)
    body = person.body
    asker = access.person_of(actor)
    acting = access.require(actor, "change", "second_factor", body=body)
    if asker == person:
        raise Refused("own-factor")
    if person.factor_resets.filter(agreed_at=None, refused_at=None).exists():
        raise Refused("reset-asked-already")
    reset = FactorReset.objects.create(person=person, reason=reason, asked_by=asker, asked_at=at)
    record(
        "second_factor.reset_asked",
        actor=acting,
        subject=person,
        at=at,
        chapter=body.chapter,
        after={"person": person.number},
    )
    return reset


@transaction.atomic
def agree_factor_reset(reset_id: int, *, actor: User, at: datetime) -> FactorReset:
    """The second officer agrees: the factor is cleared, all sessions end, the person is told.

    Raises Refused: not-allowed, own-factor, same-officer, reset-settled.
    """
    reset = locked(FactorReset, reset_id)
    body = reset.person.body
    second = access.person_of(actor)
    acting = access.require(actor, "change", "second_factor", body=body)
    if reset.agreed_at or reset.refused_at:
        raise Refused("reset-settled")
    if second == reset.person:
        raise Refused("own-factor")
    if second == reset.asked_by:
        raise Refused("same-officer")
    reset.agreed_by = second
    reset.agreed_at = at
    reset.save(update_fields=["agreed_by", "agreed_at"])
    user = reset.person.user
    if user is not None:
        reset_second_factors(user)
        end_all_sessions(user)
        notify("bodies.second_factor_reset", to=user, about=reset.pk, at=at)
    record(
        "second_factor.reset",
        actor=acting,
        subject=reset.person,
        at=at,
        chapter=body.chapter,
        after={"person": reset.person.number},
    )
    return reset


@transaction.atomic
def refuse_factor_reset(reset_id: int, *, actor: User, at: datetime) -> FactorReset:
    """Any officer of the body, also the person concerned, stops a reset that nobody agreed to yet."""
    reset = locked(FactorReset, reset_id)
    body = reset.person.body
    acting = access.require(actor, "change", "second_factor", body=body)
    if reset.agreed_at or reset.refused_at:
        raise Refused("reset-settled")
    reset.refused_at = at
    reset.save(update_fields=["refused_at"])
    record(
        "second_factor.reset_refused",
        actor=acting,
        subject=reset.person,
        at=at,
        chapter=body.chapter,
        after={"person": reset.person.number},
    )
    return reset
