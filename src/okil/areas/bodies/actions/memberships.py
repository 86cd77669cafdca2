"""Who sits where: begun, ended with a reason, or vacant with one."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from okil.areas.bodies import access, queries
from okil.areas.bodies.models import Body, Membership, Person, Seat, Vacancy
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused


@transaction.atomic
def begin_membership(
    seat_id: int,
    *,
    position: str,
    begins_on: date,
    person: Person | None = None,
    name: str = "",
    name_latin: str = "",
    elected_in: str = "",
    ends_on: date | None = None,
    end_reason: str = "",
    uncertain: bool = False,
    uncertain_because: dict[str, str] | None = None,
    actor: User,
    at: datetime,
) -> Membership:
    """Somebody takes a seat, or history is entered; a person known already, or by a new name.

    Raises Refused: not-allowed, seat-not-there, seat-held, already-holds, end-without-reason.
    """
    seat = locked(Seat, seat_id)
    body = locked(Body, seat.group.body_id)
    acting = access.require(actor, "change", "group", body=body)
    _require_place(seat, position, begins_on, ends_on, uncertain=uncertain)
    if (ends_on is None) != (end_reason == ""):
        raise Refused("end-without-reason")
    if person is None:
        person = Person.objects.create(
            body=body,
            number=queries.next_person_number(body),
            name=name,
            name_latin=name_latin or None,
        )
    elif (
        ends_on is None and person.memberships.filter(ends_on=None, seat__group__body=body).exists()
    ):
        raise Refused("already-holds")
    membership = Membership.objects.create(
        seat=seat,
        position=position,
        person=person,
        elected_in=elected_in,
        begins_on=begins_on,
        ends_on=ends_on,
        end_reason=end_reason,
        uncertain=uncertain,
        uncertain_because=uncertain_because or {},
    )
    for vacancy in seat.vacancies.filter(position=position, until_on=None):
        if vacancy.since_on <= begins_on:
            vacancy.until_on = begins_on
            vacancy.save(update_fields=["until_on"])
    record(
        "membership.begun",
        actor=acting,
        subject=membership,
        at=at,
        chapter=body.chapter,
        after={"seat": seat.pk, "position": position, "person": person.number},
    )
    return membership


def _require_place(
    seat: Seat, position: str, begins_on: date, ends_on: date | None, *, uncertain: bool
) -> None:
    """The seat is there, and nobody holds it in these days (uncertain entries aside)."""
    before = begins_on < seat.since_on
    after = seat.until_on is not None and begins_on > seat.until_on
    if (before or after) and not uncertain:  # the sources put people on seats made later
        raise Refused("seat-not-there")
    if ends_on is not None and ends_on < begins_on:
        raise Refused("ends-before-it-begins")
    for held in seat.memberships.filter(position=position):
        meets = (held.ends_on is None or held.ends_on >= begins_on) and (
            ends_on is None or held.begins_on <= ends_on
        )
        # Now, a place has one holder, however doubtful the history is.
        both_now = held.ends_on is None and ends_on is None
        if both_now or (meets and not (uncertain or held.uncertain)):
            raise Refused("seat-held")


@transaction.atomic
def end_membership(
    membership_id: int, *, ends_on: date, reason: str, actor: User, at: datetime
) -> Membership:
    """A membership ends on a day, for a reason. Raises Refused: not-allowed, membership-ended."""
    membership = locked(Membership, membership_id)
    body = membership.seat.group.body
    acting = access.require(actor, "change", "group", body=body)
    if membership.ends_on is not None:
        raise Refused("membership-ended")
    if ends_on < membership.begins_on:
        raise Refused("ends-before-it-begins")
    membership.ends_on = ends_on
    membership.end_reason = reason
    membership.save(update_fields=["ends_on", "end_reason"])
    record(
        "membership.ended",
        actor=acting,
        subject=membership,
        at=at,
        chapter=body.chapter,
        after={"reason": reason},
    )
    return membership


@transaction.atomic
def record_vacancy(
    seat_id: int,
    *,
    position: str,
    since_on: date,
    reason: dict[str, str],
    plan: dict[str, str],
    actor: User,
    at: datetime,
) -> Vacancy:
    """Nobody holds this position: why, and what is planned (11.08, 11.09).

    Raises Refused: not-allowed, seat-held, vacancy-known.
    """
    seat = locked(Seat, seat_id)
    body = seat.group.body
    acting = access.require(actor, "change", "group", body=body)
    if seat.memberships.filter(position=position, ends_on=None).exists():
        raise Refused("seat-held")
    if seat.vacancies.filter(position=position, until_on=None).exists():
        raise Refused("vacancy-known")
    vacancy = Vacancy.objects.create(
        seat=seat, position=position, since_on=since_on, reason=reason, plan=plan
    )
    record(
        "vacancy.recorded",
        actor=acting,
        subject=vacancy,
        at=at,
        chapter=body.chapter,
        after={"seat": seat.pk, "position": position},
    )
    return vacancy
