"""The Secretariat records its meetings with members, organisers and commissions (1.25, 1.26, 2.07)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.bodies.models import ElectoralGroup
from okil.areas.elections.access import require_reader_of_consultations
from okil.areas.elections.models import Consultation, Cycle
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused


@dataclass(frozen=True, slots=True)
class ConsultationFacts:
    """What the form asks; `minutes` may stay empty where something is corrected that has them."""

    kind: str
    held_on: date
    way: str
    came: int
    groups: Collection[ElectoralGroup]
    topics: Collection[str]
    other_topics: dict[str, str]
    stages: Collection[int]
    materials: dict[str, str]
    minutes: str = ""


KEPT_AS_THEY_COME = ("kind", "held_on", "way", "came", "other_topics", "materials")


@transaction.atomic
def record_consultation(
    cycle_id: int, *, facts: ConsultationFacts, actor: User, at: datetime
) -> Consultation:
    """A meeting that was held, with its minutes, which stay sealed.

    Raises Refused: not-allowed, consultation-to-come, topics-missing, minutes-missing,
    consultation-recorded.
    """
    cycle = locked(Cycle, cycle_id)
    acting = access.require(actor, "change", "consultations", body=cycle.body)
    _require_sound(cycle, facts, at=at)
    if not facts.minutes:
        raise Refused("minutes-missing")
    _require_new(cycle, facts)
    held = Consultation(cycle=cycle, entered_at=at)
    _write(held, facts)
    record(
        "consultation.recorded",
        actor=acting,
        subject=held,
        at=at,
        chapter=cycle.chapter,
        after=_told(held),
    )
    return held


@transaction.atomic
def correct_consultation(
    consultation_id: int, *, facts: ConsultationFacts, seen: int, actor: User, at: datetime
) -> Consultation:
    """What was entered, anew; the journal keeps what stood there. Without new minutes the old stay.

    Raises Refused: not-allowed, changed-meanwhile, consultation-to-come, topics-missing,
    consultation-recorded.
    """
    cycle_id = Consultation.objects.values_list("cycle_id", flat=True).get(pk=consultation_id)
    cycle = locked(Cycle, cycle_id)
    held = locked(Consultation, consultation_id)
    acting = access.require(actor, "change", "consultations", body=cycle.body)
    if held.version != seen:
        raise Refused("changed-meanwhile")
    _require_sound(cycle, facts, at=at)
    _require_new(cycle, facts, but=held)
    before = _told(held)
    held.version += 1
    _write(held, facts)
    record(
        "consultation.corrected",
        actor=acting,
        subject=held,
        at=at,
        chapter=cycle.chapter,
        before=before,
        after={**_told(held), "minutes": bool(facts.minutes)},
    )
    return held


@transaction.atomic
def open_minutes(consultation_id: int, *, actor: User, at: datetime) -> str:
    """The minutes, on the record. Raises Refused: not-allowed, undertaking-missing."""
    held = Consultation.objects.select_related("cycle__body").get(pk=consultation_id)
    acting = require_reader_of_consultations(actor, held.cycle)
    chapter = held.cycle.chapter
    opened = vault.open([held], "officers", actor=acting, at=at, chapter=chapter)
    record(
        "consultation.minutes_opened",
        actor=acting,
        subject=held,
        at=at,
        chapter=chapter,
        after={"kind": held.kind, "held_on": held.held_on.isoformat()},
    )
    return str(opened[held.pk]["minutes"])


def _require_sound(cycle: Cycle, facts: ConsultationFacts, *, at: datetime) -> None:
    if facts.held_on > at.astimezone(ZoneInfo(cycle.body.time_zone)).date():
        raise Refused("consultation-to-come")
    if not facts.topics and not facts.other_topics:
        raise Refused("topics-missing")


def _require_new(
    cycle: Cycle, facts: ConsultationFacts, *, but: Consultation | None = None
) -> None:
    """A second press of the button records no second meeting."""
    same = cycle.consultations.filter(
        kind=facts.kind, held_on=facts.held_on, way=facts.way, came=facts.came
    )
    if same.exclude(pk__in=[but.pk] if but else []).exists():
        raise Refused("consultation-recorded")


def _write(held: Consultation, facts: ConsultationFacts) -> None:
    for name in KEPT_AS_THEY_COME:
        setattr(held, name, getattr(facts, name))
    held.topics = [code for code in Consultation.Topic.values if code in facts.topics]
    held.stages = sorted(facts.stages)
    if facts.minutes:
        held.minutes = facts.minutes
    held.save()
    held.groups.set(facts.groups)


def _told(held: Consultation) -> dict[str, Any]:
    """For the journal: nothing in it is anybody's words."""
    return {
        "kind": held.kind,
        "held_on": held.held_on.isoformat(),
        "way": held.way,
        "came": held.came,
        "topics": list(held.topics),
        "stages": list(held.stages),
        "groups": held.groups.count(),
    }
