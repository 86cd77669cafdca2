"""The ballot papers of a round: what is voted on, in which order, how many were printed and given out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum

from okil.areas.bodies.models import Seat
from okil.areas.elections.models import (
    AdoptedRegulation,
    AgreedCount,
    Contestant,
    Election,
    LotDraw,
    PaperGiven,
    Place,
    Printing,
    Round,
    TieSettled,
)
from okil.areas.elections.queries.candidates import contestants_of, places_of
from okil.foundation.documents import issued_of
from okil.foundation.documents.models import Issued
from okil.pure.rules.contests import Held, held
from okil.pure.rules.regulation import Regulation, regulation_from
from okil.pure.rules.stages import RoundKind

PAPER = "ballot-paper"


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
    return _contests(row, numbers.rules, list(contestants_of(row)), numbers.seats)


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
    """A round with what pages and acts ask of it at once: one query for all."""

    round: Round
    rules: Regulation
    seats: int
    printed: int
    given: int  # papers handed out
    ties: int  # settled by a recorded act

    @property
    def lot_draw(self) -> LotDraw | None:
        return getattr(self.round, "lot_draw", None)

    @property
    def agreed(self) -> AgreedCount | None:
        return getattr(self.round, "agreed_count", None)


def in_numbers(row: Round) -> Numbers:
    return _numbers(Round.objects.filter(pk=row.pk))


def newest_in_numbers(election: Election) -> Numbers:
    """The current round of an election."""
    return _numbers(Round.objects.filter(election=election).order_by("-number"))


def _numbers(rounds: QuerySet[Round]) -> Numbers:
    here = OuterRef("pk")
    newest = AdoptedRegulation.objects.filter(group=OuterRef("election__group"))
    seats = Seat.objects.filter(group=OuterRef("election__group"), until_on=None)
    printed = Printing.objects.filter(round=here).order_by().values("round")
    given = PaperGiven.objects.filter(round=here)
    ties = TieSettled.objects.filter(round=here, withdrawn_at=None)
    found: Any = (
        rounds.select_related(
            "election__group", "election__cycle__body", "lot_draw", "agreed_count"
        )
        .annotate(
            rules=Subquery(newest.order_by("-version").values("content")[:1]),
            printed=Subquery(
                printed.annotate(sum=Sum("papers")).values("sum"), output_field=IntegerField()
            ),
            given=_how_many(given, "round"),
            seats=_how_many(seats, "group"),
            ties=_how_many(ties, "round"),
        )
        .first()
    )
    if found is None:
        raise Round.DoesNotExist
    return Numbers(
        round=found,
        rules=Regulation() if found.rules is None else regulation_from(found.rules),
        seats=found.seats or 0,
        printed=found.printed or 0,
        given=found.given or 0,
        ties=found.ties or 0,
    )


def _how_many(rows: QuerySet[Any, Any], by: str) -> Subquery:
    counted = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Subquery(counted, output_field=IntegerField())


def papers_of(row: Round) -> QuerySet[Issued]:
    """The ballot papers issued for a round, newest first."""
    return issued_of(row, PAPER)


def changed_since(row: Round, at: datetime) -> bool:
    """Did somebody withdraw who stands on the paper issued then?"""
    changed_at = _changed_at([row.pk]).get(row.pk)
    return changed_at is not None and changed_at > at


# The gate


def ballots_ready_in(rounds: Collection[Round]) -> set[int]:
    """The gate `ballots-ready`: papers were printed after the ballot paper was issued as it is now.

    A round in which nothing is voted on needs none.
    """
    asked = _contests_in(rounds)
    keys = [row.pk for row in asked]
    papers = Issued.objects.filter(
        kind=PAPER, subject_kind=Round._meta.label_lower, subject_number__in=keys
    )
    issued = {each.subject_number: each.issued_at for each in papers.order_by("version")}
    printed = {each.round_id: each for each in Printing.objects.filter(round__in=keys)}
    changed = _changed_at(keys)
    ready = set()
    for row, contests in asked.items():
        if not any(contest.held.is_voted_on for contest in contests):
            ready.add(row.pk)
            continue
        paper, printing = issued.get(row.pk), printed.get(row.pk)
        if paper is None or printing is None:
            continue
        withdrawn_at = changed.get(row.pk)
        if printing.recorded_at >= paper and (withdrawn_at is None or withdrawn_at <= paper):
            ready.add(row.pk)
    return ready


def _changed_at(keys: Collection[int]) -> dict[int, datetime]:
    """When last somebody on the paper of a round withdrew: the paper must be issued again."""
    gone = Contestant.objects.filter(round__in=keys, candidate__withdrawn_at__isnull=False)
    listed = gone.order_by("candidate__withdrawn_at").values_list(
        "round", "candidate__withdrawn_at"
    )
    return {row: at for row, at in listed if at is not None}


def _contests_in(rounds: Collection[Round]) -> dict[Round, tuple[Contest, ...]]:
    """The contests of many rounds, in four queries."""
    found = list(rounds)
    standing: dict[int, list[Contestant]] = defaultdict(list)
    listed = Contestant.objects.filter(round__in=found, candidate__withdrawn_at=None)
    for each in listed.select_related("candidate").order_by("place", "position"):
        standing[each.round_id].append(each)
    groups = {row.election.group_id for row in found}
    rules: dict[int, Regulation] = {}
    adopted = AdoptedRegulation.objects.filter(group__in=groups).order_by("version")
    for regulation in adopted:
        rules[regulation.group_id] = regulation.regulation
    seats = Counter(
        Seat.objects.filter(group__in=groups, until_on=None).values_list("group", flat=True)
    )
    return {
        row: _contests(
            row,
            rules.get(row.election.group_id, Regulation()),
            standing[row.pk],
            seats[row.election.group_id],
        )
        for row in found
    }
