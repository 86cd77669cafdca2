"""Days on which a body works although others rest, or rests although others work."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.bodies.models import Body
from okil.areas.elections.models import OwnDay
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused


@transaction.atomic
def name_day(body_id: int, *, day: date, is_working: bool, actor: User, at: datetime) -> OwnDay:
    """Raises Refused: not-allowed, day-named."""
    body = locked(Body, body_id)
    acting = access.require(actor, "change", "plan", body=body)
    if body.own_days.filter(day=day).exists():
        raise Refused("day-named")
    named = OwnDay.objects.create(body=body, day=day, is_working=is_working)
    record(
        "own_day.named",
        actor=acting,
        subject=named,
        at=at,
        chapter=body.chapter,
        after={"day": day.isoformat(), "is_working": is_working},
    )
    return named


@transaction.atomic
def forget_day(body_id: int, day: date, *, actor: User, at: datetime) -> None:
    """Raises Refused: not-allowed, day-not-named."""
    body = locked(Body, body_id)
    acting = access.require(actor, "change", "plan", body=body)
    named = body.own_days.filter(day=day).first()
    if named is None:
        raise Refused("day-not-named")
    subject = OwnDay(pk=named.pk)
    named.delete()
    record(
        "own_day.forgotten",
        actor=acting,
        subject=subject,
        at=at,
        chapter=body.chapter,
        after={"day": day.isoformat()},
    )
