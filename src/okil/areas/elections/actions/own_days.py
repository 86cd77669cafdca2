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
from okil.pure.rules.days_off import row_of_days_off

DAYS_OFF_AT_MOST = 30  # in a row: terms and proposals look for the next working day


@transaction.atomic
def name_day(body_id: int, *, day: date, is_working: bool, actor: User, at: datetime) -> OwnDay:
    """Raises Refused: not-allowed, day-named, days-off-too-many."""
    body = locked(Body, body_id)
    acting = access.require(actor, "change", "plan", body=body)
    if body.own_days.filter(day=day).exists():
        raise Refused("day-named")
    if not is_working:
        _require_an_end(body, day)
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


def _require_an_end(body: Body, day: date) -> None:
    """Whatever days it works besides: they can be taken back."""
    rests = dict.fromkeys(
        body.own_days.filter(is_working=False).values_list("day", flat=True), False
    )
    if row_of_days_off(day, {**rests, day: False}) > DAYS_OFF_AT_MOST:
        raise Refused("days-off-too-many", most=DAYS_OFF_AT_MOST)


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
