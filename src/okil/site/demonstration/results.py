"""After the count: protocol and signatures, remarks, complaints, what follows a result."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from okil.areas.bodies.models import RoleName
from okil.areas.elections.actions import complaints, packages, protocols, remarks, seats
from okil.areas.elections.actions.complaints import ComplaintFacts
from okil.areas.elections.models import Complaint
from okil.areas.elections.queries import complaints as filed
from okil.pure.rules.stages import State
from okil.site.demonstration.part import COMPLAINTS_BODY, PAPER, Part, Step, minutes
from okil.site.demonstration.scripts import Complains

NOT_BROKEN = {
    "ru": "Сообщение было на странице комитета и в рассылке группы за день до начала. Нарушения нет.",
    "kk": "Хабарлама басталуынан бір күн бұрын комитет бетінде және топ таратылымында болды. Бұзушылық "
    "жоқ.",
    "en": "The notice was on the committee's page and in the group's mailing a day before it began. "
    "Nothing was broken.",
}


def steps(part: Part) -> Iterator[Step]:
    if (over := part.entered(State.COUNTING)) is not None and part.script.remark:
        yield over + timedelta(hours=2), partial(_remark, part)
    if (known := part.entered(State.RESULTS)) is not None:
        yield from _signing(part, known)
    if (submitted := part.entered(State.SUBMITTED)) is not None:
        yield submitted - minutes(50), partial(_pack, part)
    if (published := part.entered(State.PUBLISHED)) is not None:
        yield published - timedelta(hours=2), partial(_check, part)
        if part.script.departs:
            yield published + timedelta(hours=3), partial(_decline, part)
    if (concluded := part.entered(State.CONCLUDED)) is not None:
        yield concluded - timedelta(hours=1), partial(_seat, part)
    if part.script.complains is not None:
        yield from _complaining(part, part.script.complains)


def _remark(part: Part, at: datetime) -> None:
    remarks.file_remark(
        part.election.pk,
        text=part.script.remark,
        filed_before=0,
        actor=part.user(RoleName.OBSERVER),
        at=at,
    )


def _signing(part: Part, known: datetime) -> Iterator[Step]:
    yield known - timedelta(hours=3), partial(_draw_up, part)
    for number in range(part.script.commission):
        at = known - minutes(120 - 10 * number)
        dissent = part.script.dissent if number + 1 == part.script.commission else ""
        yield at, partial(_sign, part, RoleName.COMMISSIONER, number, dissent)
    yield known - minutes(60), partial(_sign, part, RoleName.ORGANISER, 0, "")


def _draw_up(part: Part, at: datetime) -> None:
    protocols.draw_up_protocol(
        part.election.pk,
        seen_version=0,
        reason={},
        actor=part.user(RoleName.COMMISSIONER),
        at=at,
    )


def _sign(part: Part, role: str, number: int, dissent: str, at: datetime) -> None:
    protocols.sign_protocol(
        part.election.pk, version=1, dissent=dissent, actor=part.user(role, number), at=at
    )


def _pack(part: Part, at: datetime) -> None:
    packages.build_package(
        part.election.pk, seen_version=0, actor=part.user(RoleName.ORGANISER), at=at
    )


def _check(part: Part, at: datetime) -> None:
    packages.check_package(
        part.election.pk, version=1, missing={}, actor=part.cast.secretary, at=at
    )


def _decline(part: Part, at: datetime) -> None:
    """A winner declines: who follows, the regulation says."""
    seats.record_departure(
        part.election.pk,
        number=part.script.departs,
        why="declined",
        told_on=part.day_of(at),
        actor=part.user(RoleName.COMMISSIONER),
        at=at,
    )


def _seat(part: Part, at: datetime) -> None:
    seats.seat_elected(part.election.pk, actor=part.cast.secretary, at=at)


# Complaints


def _complaining(part: Part, complains: Complains) -> Iterator[Step]:
    yield part.at(*complains.filed_at), partial(_file, part, complains)
    if complains.decided_at:
        yield part.at(*complains.decided_at), partial(_decide, part)


def _file(part: Part, complains: Complains, at: datetime) -> None:
    complaints.file_complaint(
        part.election.pk,
        facts=ComplaintFacts(
            by=complains.by, by_number=complains.number, act=complains.act, text=complains.text
        ),
        once=f"demonstration-{part.slug}",
        at=at,
    )


def _decide(part: Part, at: datetime) -> None:
    """By the first of those who took no part in the act."""
    complaint = Complaint.objects.get(round__election=part.election)
    decides = filed.deciders(complaint, filed.officers_of(part.election))[0]
    assert decides.person.user is not None
    complaints.decide_complaint(
        complaint.pk,
        effect=Complaint.Effect.NONE,
        reasons=NOT_BROKEN,
        decision=part.decided(at, COMPLAINTS_BODY, paper=PAPER),
        actor=decides.person.user,
        at=at,
    )
