"""The lists: posts nobody stands for, what is published, how far each group is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from okil.areas.elections.models import (
    Candidate,
    Closing,
    Contestant,
    Cycle,
    Departure,
    Election,
    EmptyPost,
    Place,
    Round,
)
from okil.areas.elections.queries.by_elections import places_contested
from okil.areas.elections.queries.candidate_papers import shows_photo
from okil.areas.elections.queries.candidates import (
    candidates_of,
    contests_entered,
    places_of,
    shown_names,
)
from okil.areas.elections.queries.officers import SEALED_IN_ISSUED
from okil.areas.elections.queries.voters import WITH_REGISTRATION, registration_round
from okil.foundation.documents.models import File
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import VOTED_ON_AGAIN, RoundKind


def places_for(row: Round, rules: Regulation) -> tuple[str, ...]:
    """The contests of a round: those of the regulation; of a by-election what is vacant."""
    return places_contested(row, rules) if row.kind == RoundKind.BY_ELECTION else places_of(rules)


# Posts that nobody stands for


def empty_posts_of(row: Round) -> list[EmptyPost]:
    found = EmptyPost.objects.filter(round=registration_round(row)).select_related("decision")
    return list(found.defer("decision__paper").order_by("pk"))


def places_admitted(candidates: Iterable[Candidate], places: tuple[str, ...]) -> set[str]:
    """The contests that have at least one admitted candidate who did not withdraw."""
    return {
        place
        for each in candidates
        if each.outcome == Candidate.Outcome.ADMITTED and each.withdrawn_at is None
        for place in contests_entered(each, places)
    }


def places_that_may_be_empty(
    candidates: Collection[Candidate], places: tuple[str, ...]
) -> tuple[str, ...]:
    """The places for which it may be recorded why nobody stands: nobody is admitted, or may still be.

    Where the runner-up becomes alternate, one candidate leaves nobody to be alternate.
    """
    standing = [
        each
        for each in candidates
        if each.outcome != Candidate.Outcome.REFUSED
        and each.withdrawn_at is None
        and not each.is_late
    ]
    if places != (Place.BOTH,):
        taken = {place for each in standing for place in contests_entered(each, places)}
        return tuple(place for place in places if place not in taken)
    if not standing:
        return (Place.BOTH,)
    return (Place.ALTERNATE,) if len(standing) == 1 else ()


# What is published


@dataclass(frozen=True)
class Shown:
    """A candidate as everybody may read of them; `number` stands where nothing else was consented."""

    number: int
    places: tuple[str, ...]
    name: str
    is_pseudonym: bool
    region: str
    programme: Mapping[str, str]
    is_withdrawn: bool
    has_photo: bool = False  # that everybody may see


@dataclass(frozen=True)
class Again:
    """A vote that follows another: why, as far as it is known, and who is not voted on any more."""

    kind: str
    after_a_tie: bool
    others: tuple[Shown, ...]


@dataclass(frozen=True)
class PublicList:
    """A round's candidates for everybody, and what became of the applications, without persons.

    `candidates` are those voted on; `again` is None where all who were admitted are.
    """

    candidates: tuple[Shown, ...]
    published_at: datetime | None
    by_lot: bool
    applied: int
    refused: int
    empty_posts: tuple[EmptyPost, ...]
    again: Again | None = None


def shown(candidate: Candidate, name: str, places: tuple[str, ...]) -> Shown:
    """With the consented items and nothing else: no organisation either, it may give a name away."""
    own = bool(name) and candidate.shows_name
    return Shown(
        candidate.number,
        contests_entered(candidate, places),
        name if own else candidate.pseudonym,
        not own and bool(candidate.pseudonym),
        candidate.region if candidate.shows_region else "",
        candidate.programme if candidate.shows_programme else {},
        candidate.withdrawn_at is not None,
        getattr(candidate, "has_photo", False) and shows_photo(candidate),
    )


def public_list(row: Round, rules: Regulation) -> PublicList:
    """What the group's page shows once the list is published; before that it is empty."""
    applied: list[Any] = list(_with_what_was_before(row))
    listed = [each for each in applied if each.listed_at is not None]
    names = shown_names(listed)
    listed.sort(key=lambda each: (each.position or 0, each.number))
    is_again = row.kind in VOTED_ON_AGAIN
    here = [each for each in listed if each.place_here] if is_again else listed
    places = places_for(registration_round(row), rules)
    is_published = bool(listed) or row.state not in BEFORE_THE_LIST
    # Where somebody stands for every place no post can be empty, and nobody is asked.
    may_be_empty = is_published and not set(places) <= places_admitted(listed, places)
    return PublicList(
        tuple(
            shown(each, names[each.pk], (each.place_here,) if is_again else places) for each in here
        ),
        min((each.listed_at for each in listed if each.listed_at), default=None),
        any(each.position for each in applied),
        sum(not each.is_late for each in applied) if is_published else 0,
        sum(each.outcome == Candidate.Outcome.REFUSED for each in applied) if is_published else 0,
        tuple(empty_posts_of(row)) if may_be_empty else (),
        Again(
            row.kind,
            _after_a_tie(row, rules, listed, here),
            tuple(shown(each, names[each.pk], places) for each in listed if each not in here),
        )
        if is_again
        else None,
    )


def _with_what_was_before(row: Round) -> QuerySet[Candidate]:
    """In one query with where each stands on the paper of this round, and what the round before was."""
    on_paper = row.contestants.filter(candidate=OuterRef("pk")).order_by("position")
    before = Round.objects.filter(election=row.election_id, number=row.number - 1)
    return (
        candidates_of(row)
        .defer("photo")
        .annotate(
            has_photo=Q(photo__isnull=False),
            position=Subquery(on_paper.values("position")[:1]),
            place_here=Subquery(on_paper.values("place")[:1]),
            place_before=Subquery(
                Contestant.objects.filter(round__in=before, candidate=OuterRef("pk")).values(
                    "place"
                )[:1]
            ),
            was_annulled=Exists(before.filter(annulled_at__isnull=False)),
            somebody_left=Exists(Departure.objects.filter(round__in=before)),
        )
    )


def _after_a_tie(row: Round, rules: Regulation, listed: list[Any], here: list[Any]) -> bool:
    """Is it sure that equals stand again? Else the vote before was void, annulled, or an elected left."""
    if row.kind != RoundKind.REPEAT_VOTE or len(here) < 2:
        return False
    if here[0].was_annulled or here[0].somebody_left:
        return False
    contests = {each.place_here for each in here}
    stood = [each for each in listed if each.place_before in contests]
    return len(here) < len(stood) or rules.minimum_turnout_percent == 0


BEFORE_THE_LIST = ("preparation", "announced", "registration")


@dataclass(frozen=True)
class ListOfGroup:
    """How far one group's list is, in numbers: what the Secretariat sees (4.01)."""

    election: Election
    round: Round
    applied: int
    admitted: int
    refused: int
    waiting: int
    empty_posts: int
    closing: Closing | None


def lists_in(cycle: Cycle) -> list[ListOfGroup]:
    """The lists of all groups of a cycle, each of its newest registration."""
    rounds: dict[int, Round] = {}
    found = Round.objects.filter(election__cycle=cycle, kind__in=WITH_REGISTRATION)
    for row in found.select_related("election__group", "election__cycle").order_by("number"):
        rounds[row.election_id] = row
    newest = [rounds[key] for key in sorted(rounds)]
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    standing = Candidate.objects.filter(round__in=newest, withdrawn_at=None, is_late=False)
    for pk, outcome, n in (
        standing.order_by().values_list("round_id", "outcome").annotate(n=Count("pk"))
    ):
        counts[pk][outcome] = n
    closings = {each.round_id: each for each in Closing.objects.filter(round__in=newest)}
    posts = dict(
        EmptyPost.objects.filter(round__in=newest)
        .order_by()
        .values_list("round_id")
        .annotate(n=Count("pk"))
    )
    return [
        ListOfGroup(
            row.election,
            row,
            sum(counts[row.pk].values()),
            counts[row.pk].get(Candidate.Outcome.ADMITTED, 0),
            counts[row.pk].get(Candidate.Outcome.REFUSED, 0),
            counts[row.pk].get(Candidate.Outcome.WAITING, 0)
            + counts[row.pk].get(Candidate.Outcome.UNDECIDED, 0),
            posts.get(row.pk, 0),
            closings.get(row.pk),
        )
        for row in newest
    ]


# Papers


def papers_of(row: Round, kinds: Collection[str]) -> dict[str, list[File]]:
    """Of each kind the files of the newest issue about this round, PDF and DOCX; contents unread."""
    files = (
        File.objects.filter(
            issued__subject_kind=row._meta.label_lower,
            issued__subject_number=row.pk,
            issued__kind__in=kinds,
        )
        .exclude(format="html")
        .defer("content", *(f"issued__{name}" for name in SEALED_IN_ISSUED))
        .select_related("issued")
        .order_by("-issued__version", "pk")
    )
    newest: dict[str, list[File]] = {}
    for file in files:
        of_kind = newest.setdefault(file.issued.kind, [])
        if not of_kind or of_kind[0].issued_id == file.issued_id:
            of_kind.append(file)
    return newest


# What is open

OPEN = (Candidate.Outcome.WAITING, Candidate.Outcome.UNDECIDED)


def undecided(candidates: Iterable[Candidate]) -> int:
    """On how many of these it is still to be decided."""
    return sum(
        each.outcome in OPEN and each.withdrawn_at is None and not each.is_late
        for each in candidates
    )
