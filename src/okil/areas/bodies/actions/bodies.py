"""The beginning of an installation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from okil.areas.bodies import notices
from okil.areas.bodies.models import Body, Decision, RoleName
from okil.foundation.audit import Actor, record
from okil.foundation.notifications import notify
from okil.pure.refusal import Refused

from .people import new_invitation


@transaction.atomic
def begin_installation(
    *,
    name: dict[str, str],
    languages: Sequence[str],
    time_zone: str,
    secretariat_email: str,
    at: datetime,
) -> str:
    """The body, and the link that invites the first person of its Secretariat.

    Raises Refused("already-begun") when there is a body.
    """
    if Body.objects.exists():
        raise Refused("already-begun")
    body = Body.objects.create(
        name=name, languages=list(languages), time_zone=time_zone, founded_at=at
    )
    operator = Actor("operator", None)
    decision = Decision.objects.create(
        body=body, made_by=body.name.in_language(body.languages[0]), made_on=at.date()
    )
    invitation = new_invitation(
        body, RoleName.SECRETARIAT, email=secretariat_email, name="", decision=decision, at=at
    )
    record("body.founded", actor=operator, subject=body, at=at, chapter=body.chapter)
    record(
        "invitation.sent",
        actor=operator,
        subject=invitation,
        at=at,
        chapter=body.chapter,
        after={"role": RoleName.SECRETARIAT.value},
    )
    notify("bodies.invitation", to=invitation.user, about=invitation.pk, at=at)
    return notices.invitation_address(invitation)
