"""Who takes the places of a round: after the count, and after somebody elected has gone (6.10)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, Q

from okil.areas.bodies.models import Membership, Position
from okil.areas.bodies.queries import seats_in_force
from okil.areas.elections.models import Candidate, Departure, EmptyPost, Round, Seating
from okil.areas.elections.queries.ballots import Numbers, in_numbers
from okil.areas.elections.queries.by_elections import (
    day_asked_about,
    to_be_filled,
    vacancies_in,
)
from okil.areas.elections.queries.candidates import candidates_of
from okil.areas.elections.queries.count import SEATS_OF, Outcome, outcome_of
from okil.areas.elections.queries.voters import registration_round
from okil.pure.rules.count_sheet import CountSheet, Finding
from okil.pure.rules.counting import Result
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.replacement import Elected, elected_by, follow
from okil.pure.rules.stages import RoundKind

POSITIONS = (Position.MEMBER.value, Position.ALTERNATE.value)
WAITS: Mapping[str, str] = {  # by the step of a replacement: what the place waits for
    "repeat-vote": "repeat-vote",
    "as-described": "as-described",
    "unsaid": "unsaid",
    "tie-open": "tie",
}
NEEDS_A_VOTE = frozenset({"repeat-vote", "tie", "undecided"})


@dataclass(frozen=True)
class Gone:
    """Somebody elected who declined or dropped out, and what followed from it (6.10)."""

    departure: Departure
    steps: tuple[Finding, ...]


@dataclass(frozen=True)
class Taken:
    """Who takes the places of a round, by candidate number; `vacant` and `open` by position.

    An open place waits: `why` says for what. A vacant one has nobody left who could take it.
    """

    members: tuple[int, ...] = ()
    alternates: tuple[int, ...] = ()
    vacant: Mapping[str, int] = field(default_factory=dict)
    open: Mapping[str, int] = field(default_factory=dict)
    why: tuple[str, ...] = ()
    gone: tuple[Gone, ...] = ()

    def of(self, position: str) -> tuple[int, ...]:
        return self.members if position == Position.MEMBER else self.alternates

    @property
    def elected(self) -> tuple[int, ...]:
        return (*self.members, *self.alternates)

    @property
    def needs_a_vote(self) -> bool:
        return bool(NEEDS_A_VOTE & set(self.why))


@dataclass(frozen=True)
class Count:
    """A count and whom it elected, those carried over from an earlier round among them."""

    sheet: CountSheet
    result: Result
    members: tuple[int, ...]
    alternates: tuple[int, ...]
    vacant: Mapping[str, int]
    decided: bool

    @property
    def seats(self) -> dict[str, int]:
        """How many places of each kind this was about, with those filled in a round before."""
        contested: dict[str, int] = defaultdict(int)
        for contest in self.sheet.contests:
            for position in SEATS_OF[contest.place]:
                contested[position] += contest.seats
        here = {int(name) for name in (*self.result.winners, *self.result.alternates)}
        elected = {"member": self.members, "alternate": self.alternates}
        return {
            position: contested.get(position, self.vacant.get(position, 0))
            + len(set(elected[position]) - here)
            for position in POSITIONS
        }


def count_of(outcome: Outcome) -> Count:
    vacant: dict[str, int] = defaultdict(int)
    for each in outcome.vacant:
        vacant[each.place] += each.seats
    return Count(
        outcome.sheet,
        outcome.result,
        outcome.members,
        outcome.alternates,
        vacant,
        outcome.decided,
    )


def taken_after(
    count: Count,
    departures: Sequence[Departure],
    *,
    mode: str | None,
    elsewhere: Collection[int] = (),
) -> Taken:
    """Who takes the places when these have gone, in the order in which it was told (REG-07)."""
    if not count.decided:
        return _undecided(count, departures)
    elected = _elected(count, elsewhere)
    waiting: dict[str, str] = {}
    gone = []
    for departure in departures:
        following = follow(elected, str(departure.candidate.number), mode)
        elected = following.after
        gone.append(Gone(departure, following.steps))
        waiting |= _waiting(following.steps)
    return _taken(count, elected, waiting, gone)


def _undecided(count: Count, departures: Sequence[Departure]) -> Taken:
    left = {each.candidate.number for each in departures}
    members = tuple(number for number in count.members if number not in left)
    alternates = tuple(number for number in count.alternates if number not in left)
    elected = {"member": members, "alternate": alternates}
    vacant = {position: count.vacant.get(position, 0) for position in POSITIONS}
    open_places = {
        position: seats - len(elected[position]) - vacant[position]
        for position, seats in count.seats.items()
    }
    gone = tuple(Gone(each, ()) for each in departures)
    return Taken(members, alternates, vacant, open_places, ("undecided",), gone)


def _elected(count: Count, elsewhere: Collection[int]) -> Elected:
    """With those carried over, who did not stand in this count."""
    found = elected_by(count.sheet, count.result, elsewhere={str(each) for each in elsewhere})
    elected = {
        "member": tuple(str(number) for number in count.members),
        "alternate": tuple(str(number) for number in count.alternates),
    }
    votes = {place: dict(each) for place, each in found.votes.items()}
    stood = {name for each in votes.values() for name in each}
    for place, names in elected.items():
        if carried := dict.fromkeys((name for name in names if name not in stood), 0):
            votes.setdefault(place, {}).update(carried)
    return replace(found, members=elected["member"], alternates=elected["alternate"], votes=votes)


def _waiting(steps: Iterable[Finding]) -> dict[str, str]:
    """The place that a replacement leaves open, with the code of what it waits for."""
    found, place = {}, ""
    for step in steps:
        place = step.facts.get("place", place)
        if step.code in WAITS:
            found[place] = WAITS[step.code]
    return found


def _taken(
    count: Count, elected: Elected, waiting: Mapping[str, str], gone: Sequence[Gone]
) -> Taken:
    numbers = {
        "member": tuple(map(int, elected.members)),
        "alternate": tuple(map(int, elected.alternates)),
    }
    missing = {position: seats - len(numbers[position]) for position, seats in count.seats.items()}
    return Taken(
        numbers["member"],
        numbers["alternate"],
        vacant={p: n for p, n in missing.items() if n > 0 and p not in waiting},
        open={p: n for p, n in missing.items() if n > 0 and p in waiting},
        why=tuple(dict.fromkeys(why for p, why in waiting.items() if missing.get(p, 0) > 0)),
        gone=tuple(gone),
    )


def departures_of(row: Round) -> list[Departure]:
    return list(row.departures.select_related("candidate").order_by("pk"))


def elected_elsewhere(row: Round) -> set[int]:
    """Candidates of this round who have taken a place of another group for the new term."""
    seated = Membership.objects.filter(
        person__candidacies__round=registration_round(row),
        begins_on__gte=row.election.cycle.term_begins_on,
        ends_on=None,
    ).exclude(seat__group=row.election.group_id)
    return set(seated.values_list("person__candidacies__number", flat=True))


def taken_in(row: Round, rules: Regulation, numbers: Numbers | None = None) -> Taken | None:
    """Who takes the places of a round as far as it is decided now; None before the count is agreed.

    `numbers` if they were read already.
    """
    numbers = numbers or in_numbers(row)
    outcome = outcome_of(row, numbers)
    if outcome is None or outcome.not_counted:
        return None
    departures = departures_of(row) if numbers.has_departures else []
    elsewhere = elected_elsewhere(row) if departures else ()
    return taken_after(count_of(outcome), departures, mode=rules.replacement, elsewhere=elsewhere)


def is_seated(row: Round) -> bool:
    """Have the elected of this round taken their places?"""
    return Seating.objects.filter(round=row).exists()


@dataclass(frozen=True)
class Stood:
    """Everybody who stood in a round, by number, and what is known of seats they have taken since."""

    candidates: Mapping[int, Candidate]
    seated: frozenset[int]  # by this round
    elsewhere: frozenset[int]  # by another group's election for the same term


def stood_in(row: Round) -> Stood:
    """In one query."""
    elsewhere = Membership.objects.filter(
        person=OuterRef("person"),
        begins_on__gte=row.election.cycle.term_begins_on,
        ends_on=None,
    ).exclude(seat__group=row.election.group_id)
    asked = candidates_of(row).annotate(
        is_seated=Exists(Seating.objects.filter(candidate=OuterRef("pk"), round=row)),
        is_elsewhere=Exists(elsewhere),
    )
    found: list[Any] = list(asked)
    return Stood(
        {each.number: each for each in found},
        frozenset(each.number for each in found if each.is_seated),
        frozenset(each.number for each in found if each.is_elsewhere),
    )


def departures_in(rounds: Collection[Round]) -> dict[int, list[Departure]]:
    found: dict[int, list[Departure]] = defaultdict(list)
    if not rounds:
        return found
    gone = Departure.objects.filter(round__in=rounds).select_related("candidate").order_by("pk")
    for each in gone:
        found[each.round_id].append(each)
    return found


def empty_posts_in(rounds: Collection[Round]) -> dict[int, list[EmptyPost]]:
    """Why nobody stands for a place (3.18), by the round of the registration."""
    found: dict[int, list[EmptyPost]] = defaultdict(list)
    posts = EmptyPost.objects.filter(round__in=rounds).select_related("decision")
    for each in posts.defer("decision__paper").order_by("pk"):
        found[each.round_id].append(each)
    return found


# Taking the places


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose membership ends when somebody takes the place."""

    membership: int  # its primary key
    person: int  # by number


@dataclass(frozen=True)
class Place:
    """A place of a seat: who takes it, and whose membership ends with that.

    Without a candidate it is vacant (`post` says why, if that was recorded), or still waits: `is_open`.
    """

    seat: int  # its primary key
    number: int  # the seat's
    position: str
    candidate: Candidate | None
    holder: Holder | None
    post: EmptyPost | None
    is_open: bool


def begins_on(row: Round, *, at: datetime) -> date:
    """The first day of those elected: of the term; in a by-election the day on which they are seated."""
    cycle = row.election.cycle
    if registration_round(row).kind == RoundKind.BY_ELECTION:
        return day_asked_about(cycle, at=at)
    return cycle.term_begins_on


def places_to_take(
    row: Round,
    taken: Taken,
    candidates: Mapping[int, Candidate],
    rules: Regulation,
    *,
    at: datetime,
) -> list[Place]:
    """Every place that this election is about, seat by seat, with whoever takes it."""
    asked = _places_asked(row, rules, at=at)
    posts = posts_of(row) if any(taken.vacant.values()) else {}
    found = []
    for position in POSITIONS:
        here = [(seat, holder) for seat, each, holder in asked if each == position]
        numbers = [*taken.of(position), *(None for _each in here)]
        vacant = taken.vacant.get(position, 0)
        for ((seat, seat_number), holder), number in zip(here, numbers, strict=False):
            is_vacant = number is None and vacant > 0
            vacant -= is_vacant
            found.append(
                Place(
                    seat,
                    seat_number,
                    position,
                    candidates[number] if number is not None else None,
                    holder,
                    posts.get(position),
                    is_open=number is None and not is_vacant,
                )
            )
    return sorted(found, key=lambda place: (place.number, POSITIONS.index(place.position)))


def posts_of(row: Round) -> dict[str, EmptyPost]:
    """By position: what the group recorded of places for which nobody stood (3.18)."""
    posts = EmptyPost.objects.filter(round=registration_round(row))
    return {position: post for post in posts for position in SEATS_OF[post.place]}


SeatNumber = tuple[int, int]  # primary key, and the number in the group


def _places_asked(
    row: Round, rules: Regulation, *, at: datetime
) -> list[tuple[SeatNumber, str, Holder | None]]:
    """Of a by-election those that are vacant; else all, with whoever holds them now."""
    cycle = row.election.cycle
    if registration_round(row).kind == RoundKind.BY_ELECTION:
        vacant = vacancies_in(cycle, at=at).get(row.election.group_id, [])
        return [
            ((seat.pk, seat.number), position, None)
            for seat, position in to_be_filled(vacant, rules)
        ]
    held_now = FilteredRelation("memberships", condition=Q(memberships__ends_on=None))
    seats = (
        seats_in_force(cycle.body, on=cycle.term_begins_on)
        .filter(group=row.election.group_id)
        .annotate(held=held_now)
        .order_by("number")
    )
    fields = ("pk", "number", "held__pk", "held__position", "held__person__number")
    holders: dict[tuple[SeatNumber, str], Holder] = {}
    listed: dict[SeatNumber, None] = {}
    for pk, number, membership, position, person in seats.values_list(*fields):
        listed[pk, number] = None
        if membership is not None:
            holders[(pk, number), position] = Holder(membership, person)
    return [
        (seat, position, holders.get((seat, position))) for seat in listed for position in POSITIONS
    ]
