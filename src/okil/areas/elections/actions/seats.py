"""After the result: somebody elected goes before they sit (6.10), the others take their places (6.09)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from okil.areas.bodies import access as bodies_access
from okil.areas.bodies.access import If
from okil.areas.bodies.actions.memberships import (
    begin_membership,
    end_membership,
    record_vacancy,
)
from okil.areas.bodies.models import Body, EndReason, Membership, Position, Seat, Vacancy
from okil.areas.elections import queries
from okil.areas.elections.access import require_confidence
from okil.areas.elections.actions.current import current, require_running
from okil.areas.elections.actions.officers import local_day, number_of
from okil.areas.elections.models import Candidate, Departure, Election, Round, Seating
from okil.areas.elections.queries import seats
from okil.areas.elections.queries.ballots import rules_of
from okil.areas.elections.queries.seats import Place, Taken
from okil.areas.elections.wording.seats import why_vacant
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

OPEN_FOR_DEPARTURES = frozenset({State.RESULTS, State.SUBMITTED, State.PUBLISHED})


# Somebody goes


@transaction.atomic
def record_departure(
    election_id: int, *, number: int, why: str, told_on: date, actor: User, at: datetime
) -> Departure:
    """Somebody elected declines or drops out before they sit; the regulation says who follows.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, departure-not-due,
    told-on-to-come, count-undecided, seated-already, not-elected.
    """
    election, row = current(election_id)
    acting = require_confidence(actor, "change", "result", election)
    if require_running(queries.standing(election, row)).state not in OPEN_FOR_DEPARTURES:
        raise Refused("departure-not-due")
    if told_on > local_day(election.cycle.body, at):
        raise Refused("told-on-to-come")
    if seats.is_seated(row):
        raise Refused("seated-already")
    if number not in _decided(row).elected:
        raise Refused("not-elected", number=number)

    departure = Departure.objects.create(
        round=row,
        candidate=queries.candidates_of(row).get(number=number),
        why=why,
        told_on=told_on,
        recorded_at=at,
        person_number=number_of(acting),
    )
    record(
        "result.departed",
        actor=acting,
        subject=departure,
        at=at,
        chapter=election.chapter,
        after={"number": number, "why": why},
    )
    return departure


def _decided(row: Round) -> Taken:
    taken = seats.taken_in(row, rules_of(row))
    if taken is None or "undecided" in taken.why:
        raise Refused("count-undecided")
    return taken


# The others sit


@dataclass(frozen=True)
class _Hand:
    """Who seats, from which day."""

    actor: User
    at: datetime
    begins_on: date

    @property
    def last_day_before(self) -> date:
        return self.begins_on - timedelta(days=1)


@transaction.atomic
def seat_elected(election_id: int, *, actor: User, at: datetime) -> list[Seating]:
    """Memberships of the new term begin, those of the old end, what nobody takes is vacant with its
    reason. All of it or nothing; a place that waits for the group's decision is left for then.

    Raises Refused: not-allowed, suspended, annulled, seats-not-due, seated-already, count-undecided,
    places-need-a-vote, already-holds, seat-held.
    """
    election, row = current(election_id)
    body = locked(Body, election.cycle.body_id)
    acting = bodies_access.require(actor, "change", "group", body=body, group=election.group)
    if require_running(queries.standing(election, row)).state is not State.PUBLISHED:
        raise Refused("seats-not-due")
    if seats.is_seated(row):
        raise Refused("seated-already")
    taken = _decided(row)
    if taken.needs_a_vote:
        raise Refused("places-need-a-vote")
    stood = seats.stood_in(row)
    places = seats.places_to_take(row, taken, stood.candidates, rules_of(row), at=at)
    _hold(places)

    hand = _Hand(actor, at, seats.begins_on(row, at=at))
    names = _names(election, places, actor=actor, at=at)
    _end_terms(places, election, hand)
    seatings = [_seat(row, place, names, hand) for place in places if place.candidate is not None]
    vacant = [place for place in places if place.candidate is None and not place.is_open]
    recorded = [_leave_vacant(place, taken, hand) for place in vacant]
    if not seatings and not any(recorded):
        raise Refused("seated-already")
    record(
        "seats.taken",
        actor=acting,
        subject=row,
        at=at,
        chapter=election.chapter,
        after={
            "members": len(taken.members),
            "alternates": len(taken.alternates),
            "vacant": len(vacant),
        },
    )
    return seatings


def _hold(places: Sequence[Place]) -> None:
    """Everything that will change, before the first row of the journal is written."""
    for pk in sorted({place.seat for place in places}):
        locked(Seat, pk)
    for membership in _terms_that_end(places):
        locked(Membership, membership.pk)


def _terms_that_end(places: Sequence[Place]) -> list[Membership]:
    """Of whoever holds these places now, and of the elected wherever they sit now."""
    people = [p.candidate.person_id for p in places if p.candidate and p.candidate.person_id]
    holders = [place.holder.membership for place in places if place.holder is not None]
    found = Membership.objects.filter(Q(pk__in=holders) | Q(person__in=people), ends_on=None)
    return list(found.select_related("seat").order_by("pk"))


def _end_terms(places: Sequence[Place], election: Election, hand: _Hand) -> None:
    for membership in _terms_that_end(places):
        if reason := _why_it_ends(membership, election):
            end_membership(
                membership.pk,
                ends_on=hand.last_day_before,
                reason=reason,
                actor=hand.actor,
                at=hand.at,
            )


def _why_it_ends(membership: Membership, election: Election) -> str:
    """A term is over, or the group's alternate becomes its member during the term. Whoever holds any
    other place of this term cannot take one more."""
    if membership.begins_on < election.cycle.term_begins_on:
        return EndReason.TERM_OVER
    is_own = membership.seat.group_id == election.group_id
    if is_own and membership.position == Position.ALTERNATE:
        return EndReason.BECAME_MEMBER
    return ""


def _names(
    election: Election, places: Sequence[Place], *, actor: User, at: datetime
) -> dict[int, str]:
    """Of those elected whom the body does not know yet; on the record."""
    unknown = [p.candidate for p in places if p.candidate and p.candidate.person_id is None]
    acting = bodies_access.require(
        actor,
        "see",
        "candidate_application",
        body=election.cycle.body,
        group=election.group,
        met={If.ELECTED},
    )
    opened = vault.open(unknown, "candidates", actor=acting, at=at, chapter=election.chapter)
    return {pk: str(fields["name"]) for pk, fields in opened.items()}


def _seat(row: Round, place: Place, names: Mapping[int, str], hand: _Hand) -> Seating:
    candidate = place.candidate
    assert candidate is not None
    membership = begin_membership(
        place.seat,
        position=place.position,
        begins_on=hand.begins_on,
        person=candidate.person,
        name=names.get(candidate.pk, ""),
        elected_in=str(row.election.cycle.year),
        actor=hand.actor,
        at=hand.at,
    )
    _know(candidate, membership)
    return Seating.objects.create(
        round=row, candidate=candidate, position=place.position, membership=membership
    )


def _know(candidate: Candidate, membership: Membership) -> None:
    if candidate.person_id is None:
        candidate.person = membership.person
        candidate.save(update_fields=["person"])


def _leave_vacant(place: Place, taken: Taken, hand: _Hand) -> bool:
    """Recorded with the group's own reason, if it gave one; false if the vacancy is known already."""
    known = Vacancy.objects.filter(seat=place.seat, position=place.position, until_on=None)
    if known.exists():
        return False
    record_vacancy(
        place.seat,
        position=place.position,
        since_on=hand.begins_on,
        reason=dict(why_vacant(place.post, has_left=bool(taken.gone))),
        plan={},
        actor=hand.actor,
        at=hand.at,
    )
    return True
