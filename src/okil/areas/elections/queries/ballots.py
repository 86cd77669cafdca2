"""The ballot papers of a round: what is voted on, in which order, how many were printed and given out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)

from okil.areas.bodies.models import Seat
from okil.areas.elections.models import (
    AdoptedRegulation,
    AgreedCount,
    Candidate,
    Contestant,
    Departure,
    Election,
    LotDraw,
    PaperGiven,
    Place,
    Printing,
    Round,
    Voter,
)
from okil.areas.elections.queries.candidates import places_of
from okil.areas.elections.queries.voters import (
    WITH_REGISTRATION,
    registration_round,
    remember_registration,
)
from okil.foundation.documents import issued_of
from okil.foundation.documents.models import Issued
from okil.pure.rules.contests import Held, held
from okil.pure.rules.regulation import Regulation, regulation_from
from okil.pure.rules.stages import RoundKind

PAPER = "ballot-paper"
Tie = tuple[str, tuple[int, ...]]  # the contest in which some were equal, and their order


@dataclass(frozen=True)
class Contest:
    """One question of the round, and who stands in it, in the order of the paper."""

    place: str
    contestants: tuple[Contestant, ...]
    seats: int
    held: Held

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(each.candidate.number for each in self.contestants)

    @property
    def is_drawn(self) -> bool:
        """Who stands alone stands first."""
        return len(self.contestants) < 2 or all(
            each.position is not None for each in self.contestants
        )


def rules_of(row: Round) -> Regulation:
    """The group's newest regulation, or one that says nothing."""
    found = AdoptedRegulation.objects.filter(group=row.election.group_id).first()
    return found.regulation if found else Regulation()


def contests_of(row: Round, numbers: Numbers | None = None) -> tuple[Contest, ...]:
    """The contests of a round: those of the model; in a later round those in which somebody stands.

    For a by-election too: it fills the places that are vacant. `numbers` if they were read already.
    """
    numbers = numbers or in_numbers(row)
    return _contests(row, numbers.rules, numbers.contestants, numbers.seats)


def _contests(
    row: Round, rules: Regulation, contestants: Iterable[Contestant], seats: int
) -> tuple[Contest, ...]:
    standing: dict[str, list[Contestant]] = defaultdict(list)
    for each in contestants:
        standing[each.place].append(each)
    places: tuple[str, ...] = places_of(rules)
    if row.kind != RoundKind.FIRST:
        places = tuple(place for place in Place.values if place in standing) or places
    seats = max(seats, 1)
    return tuple(
        Contest(
            place,
            tuple(standing[place]),
            seats,
            held(rules, row.kind, candidates=len(standing[place]), seats=seats),
        )
        for place in places
    )


@dataclass(frozen=True)
class Numbers:
    """A round with what pages and acts ask of it at once: one query for all, and those before it."""

    round: Round
    rules: Regulation
    seats: int
    printed: int
    given: int  # papers handed out
    registered: int  # on the roll
    ties: tuple[Tie, ...]  # settled by a recorded act
    before: Numbers | None  # of the round before, annulled or not
    together: _Together

    @property
    def lot_draw(self) -> LotDraw | None:
        return getattr(self.round, "lot_draw", None)

    @property
    def agreed(self) -> AgreedCount | None:
        return getattr(self.round, "agreed_count", None)

    @property
    def has_departures(self) -> bool:
        asked_together: Any = self.round
        return bool(asked_together.has_departures)

    @property
    def stood(self) -> dict[int, Candidate]:
        """By number: who stood in this round or, of the same registration, in one before."""
        registered_in = registration_round(self.round).pk
        every = (each.candidate for rows in self.together.contestants.values() for each in rows)
        return {each.number: each for each in every if each.round_id == registered_in}

    @property
    def ever_on_paper(self) -> list[Contestant]:
        """In the order drawn; also those who withdrew."""
        return self.together.contestants[self.round.pk]

    @property
    def contestants(self) -> list[Contestant]:
        return [each for each in self.ever_on_paper if each.candidate.withdrawn_at is None]

    @property
    def departed(self) -> frozenset[int]:
        """The numbers of those elected who went."""
        return frozenset(self.together.departed[self.round.pk])


@dataclass(frozen=True)
class _Together:
    """Rounds that were read in one query: what else is asked of one is asked of all."""

    rounds: tuple[Any, ...]

    @cached_property
    def contestants(self) -> Mapping[int, list[Contestant]]:
        found = defaultdict(list)
        listed = Contestant.objects.filter(round__in=self.rounds).select_related("candidate")
        for each in listed.order_by("place", "position", "candidate__number"):
            found[each.round_id].append(each)
        return found

    @cached_property
    def departed(self) -> Mapping[int, list[int]]:
        found = defaultdict(list)
        left = [row for row in self.rounds if row.has_departures]
        gone = Departure.objects.filter(round__in=left).values_list("round", "candidate__number")
        for row, number in gone if left else ():
            found[row].append(number)
        return found


def in_numbers(row: Round) -> Numbers:
    until = Round.objects.filter(election=row.election_id, number__lte=row.number)
    return next(each for each in _numbers(until) if each.round.pk == row.pk)


def newest_in_numbers(election: Election) -> Numbers:
    """The current round of an election."""
    return _numbers(Round.objects.filter(election=election))[-1]


def all_in_numbers(rounds: Collection[Round]) -> list[Numbers]:
    """The current rounds of many elections, whichever these are."""
    asked = {row.pk for row in rounds}
    found = _numbers(Round.objects.filter(election__in={row.election_id for row in rounds}))
    return [each for each in found if each.round.pk in asked]


def each_in_numbers(rounds: QuerySet[Round]) -> list[Numbers]:
    """All rounds of some elections, by election and number."""
    return _numbers(rounds)


def _numbers(rounds: QuerySet[Round]) -> list[Numbers]:
    rows: dict[int, Any] = {}
    ties: dict[int, list[Tie]] = defaultdict(list)
    for row in _asked_together(rounds):
        rows.setdefault(row.pk, row)
        if row.tie_place is not None:
            ties[row.pk].append((row.tie_place, tuple(row.tie_order)))
    together = _Together(tuple(rows.values()))
    found: list[Numbers] = []
    for row in rows.values():
        before = found[-1] if found and found[-1].round.election_id == row.election_id else None
        remember_registration(row, before.round if before else None)
        found.append(
            Numbers(
                round=row,
                rules=Regulation() if row.rules is None else regulation_from(row.rules),
                seats=row.seats or 0,
                printed=row.printed or 0,
                given=row.given or 0,
                registered=row.registered or 0,
                ties=tuple(ties[row.pk]),
                before=before,
                together=together,
            )
        )
    return found


def _asked_together(rounds: QuerySet[Round]) -> QuerySet[Any]:
    """A row for each round and each tie settled in it."""
    here = OuterRef("pk")
    newest = AdoptedRegulation.objects.filter(group=OuterRef("election__group"))
    seats = Seat.objects.filter(group=OuterRef("election__group"), until_on=None)
    printed = Printing.objects.filter(round=here).order_by().values("round")
    registered_in = Round.objects.filter(
        election=OuterRef(OuterRef("election")),
        number__lte=OuterRef(OuterRef("number")),
        kind__in=WITH_REGISTRATION,
    ).order_by("-number")
    roll = Voter.objects.filter(
        round=Subquery(registered_in.values("pk")[:1]),
        status=Voter.Status.ACCEPTED,
        is_late=False,
    )
    return (
        rounds.select_related(
            "election__group", "election__cycle__body", "lot_draw", "agreed_count"
        )
        .annotate(
            rules=Subquery(newest.order_by("-version").values("content")[:1]),
            printed=Subquery(
                printed.annotate(sum=Sum("papers")).values("sum"), output_field=IntegerField()
            ),
            given=_how_many(PaperGiven.objects.filter(round=here), "round"),
            registered=_how_many(roll, "round"),
            seats=_how_many(seats, "group"),
            has_departures=Exists(Departure.objects.filter(round=here)),
            settled=FilteredRelation("ties_settled", condition=Q(ties_settled__withdrawn_at=None)),
            tie_place=F("settled__place"),
            tie_order=F("settled__order"),
        )
        .order_by("election_id", "number", "settled__pk")
    )


def _how_many(rows: QuerySet[Any, Any], by: str) -> Subquery:
    counted = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Subquery(counted, output_field=IntegerField())


def papers_of(row: Round) -> QuerySet[Issued]:
    """The ballot papers issued for a round, newest first."""
    return issued_of(row, PAPER)


def changed_since(row: Round, at: datetime) -> bool:
    """Did somebody withdraw who stands on the paper issued then?"""
    return Contestant.objects.filter(round=row, candidate__withdrawn_at__gt=at).exists()
