"""A count: entered by two, agreed on; an election that stands where the papers are counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import count as actions
from okil.areas.elections.models import (
    AgreedCount,
    CountEntry,
    Election,
    Round,
    TieSettled,
)
from okil.areas.elections.queries import count as queries
from okil.areas.elections.queries.ballots import in_numbers
from okil.areas.elections.queries.voters import registration_round
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import ballots
from okil.areas.elections.tests.given import candidates as listing
from okil.areas.elections.tests.given import voters as roll
from okil.foundation.accounts.models import User
from okil.pure.rules.papers import ContestCount, CountOfBox, Papers
from okil.pure.rules.stages import RoundKind, State

COUNTED_AT = given.moment(9, 13, 14)
AGREED_AT = given.moment(9, 13, 15)
SECOND_DAY = date(2024, 9, 13)
EXPLANATION = "Цифры 12 и 21 переставлены, стопка пересчитана вместе."

Votes = Mapping[int, int] | Mapping[str, Mapping[int, int]]


def counters_of(election: Election) -> tuple[User, User]:
    """The first two of the commission."""
    first, second, *_others = listing.commission_of(election)
    return first, second


def box(
    row: Round,
    votes: Votes,
    *,
    blank: int = 0,
    wrongly_completed: int = 0,
    late: int = 0,
    **papers: int,
) -> CountOfBox:
    """A count of this round's papers that adds up, unless `papers` say otherwise.

    `votes` by number; with several contests by place, then by number. The other piles belong to each
    contest; a candidate who is not named has no vote.
    """
    by_place = _by_place(row, votes)
    numbers = in_numbers(row)
    found = max(
        (sum(each.values()) + blank + wrongly_completed + late for each in by_place.values()),
        default=0,
    )
    counted = Papers(
        printed=numbers.printed,
        issued=papers.get("issued", numbers.given),
        unused=papers.get("unused", numbers.printed - papers.get("issued", numbers.given)),
        found=papers.get("found", found),
    )
    return CountOfBox(
        counted,
        tuple(
            ContestCount(
                place,
                {str(number): each for number, each in votes_here.items()},
                blank,
                wrongly_completed,
                late,
            )
            for place, votes_here in by_place.items()
        ),
    )


def _by_place(row: Round, votes: Votes) -> dict[str, dict[int, int]]:
    contests = [each for each in queries.contests_voted(row) if each.held.is_voted_on]
    found: dict[str, dict[int, int]] = {}
    for contest in contests:
        here: Any = votes.get(contest.place, votes)  # type: ignore[call-overload]  # one or the other
        found[str(contest.place)] = {number: here.get(number, 0) for number in contest.numbers}
    return found


def entered(
    election: Election,
    votes: Votes,
    *,
    by: User | None = None,
    at: datetime = COUNTED_AT,
    **piles: int,
) -> CountEntry:
    """By the first of the commission, or by whoever is said."""
    return actions.enter_count(
        election.pk,
        count=box(given.round_of(election), votes, **piles),
        actor=by or counters_of(election)[0],
        at=at,
    )


def agreed(
    election: Election,
    *,
    explanation: str = "",
    reasons: Mapping[str, str] | None = None,
    by: User | None = None,
    at: datetime = AGREED_AT,
) -> AgreedCount:
    """By the member who did not enter the last numbers."""
    return actions.agree_count(
        election.pk,
        explanation=explanation,
        reasons=reasons or {},
        actor=by or counters_of(election)[0],
        at=at,
    )


def counted(
    election: Election,
    votes: Votes,
    *,
    reasons: Mapping[str, str] | None = None,
    at: datetime = COUNTED_AT,
    **piles: int,
) -> AgreedCount:
    """Both entered the same, and the first stands for it: `counted(election, {1: 7, 2: 4}, blank=1)`."""
    for member in counters_of(election):
        entered(election, votes, by=member, at=at, **piles)
    return agreed(election, reasons=reasons, at=at)


def in_counting(
    *,
    candidates: int = 3,
    voters: int = 12,
    voted: int | None = None,
    papers: int = 60,
    rules: Mapping[str, Any] | None = None,
    places: Sequence[str] = (),
    commission: int = 2,
) -> Election:
    """An election whose papers lie on the table: so many stood, so many were given a paper."""
    election = given.election(
        State.REGISTRATION, rules=_rules(commission, rules), commission=commission
    )
    listing.listed(election, candidates, voters=voters, places=places)
    ballots.ballots_ready(election, papers)
    given.moved_to(State.VOTING, election)
    needed = in_numbers(given.round_of(election)).printed > 0
    ballots.papers_given(election, (voters if voted is None else voted) if needed else 0)
    return given.moved_to(State.COUNTING, election)


def _rules(commission: int, rules: Mapping[str, Any] | None) -> dict[str, Any]:
    """The usual ones, with as many members as there are, unless a test says otherwise."""
    return {**given.RULES, "commission_size": commission, **(rules or {})}


def on_the_table(
    candidates: Sequence[str] = ("both", "both", "both"),
    *,
    voters: int = 12,
    voted: int | None = None,
    papers: int = 60,
    seats: int = 1,
    commission: int = 2,
    rules: Mapping[str, Any] | None = None,
) -> Election:
    """As `in_counting`, without the acts before: candidates no. 1, 2, … stand for these places."""
    group = bodies.group(given.body(), seats=seats)
    given.prepared(group, rules=_rules(commission, rules), commission=commission)
    found = given.cycle([group]).elections.select_related("cycle__body", "group__body")
    election = roll.promised(found.get())
    return laid_out(election, candidates, voters=voters, voted=voted, papers=papers)


def laid_out(
    election: Election,
    candidates: Sequence[str] = ("both", "both", "both"),
    *,
    voters: int = 12,
    voted: int | None = None,
    papers: int = 60,
) -> Election:
    """The papers of an election that has none yet."""
    row = given.round_of(election)
    _written(row, candidates, voters)
    if papers:
        row.printings.create(papers=papers, printed_on=SECOND_DAY, recorded_at=given.AT)
    for voter in list(row.voters.all())[: voters if voted is None else voted]:
        row.papers_given.create(voter=voter)
    row.state = State.COUNTING
    row.save(update_fields=["state"])
    return election


def _written(row: Round, places: Sequence[str], voters: int) -> None:
    for number in range(1, voters + 1):
        row.voters.create(
            election=row.election,
            number=number,
            kind="person",
            name=bodies.a_name(),
            source="own_word",
            consented_on=SECOND_DAY,
            entered_at=given.AT,
            status="accepted",
        )
    for number, place in enumerate(places, start=1):
        candidate = row.candidates.create(
            election=row.election,
            number=number,
            place=place,
            name=bodies.a_name(),
            consented_on=SECOND_DAY,
            signed_on=SECOND_DAY,
            entered_at=given.AT,
            outcome="admitted",
        )
        row.contestants.create(candidate=candidate, place=place, position=number)


def again(election: Election, kind: str = RoundKind.REPEAT_VOTE, *, voted: int = 12) -> Round:
    """The round that follows, without the acts before its count: whoever has to stands again."""
    before = given.round_of(election)
    row = election.rounds.create(
        number=before.number + 1, kind=kind, state=State.COUNTING, state_since=given.AT
    )
    for candidate, place in queries.contestants_for(before):
        row.contestants.create(candidate=candidate, place=place, position=candidate.number)
    row.printings.create(papers=60, printed_on=SECOND_DAY, recorded_at=given.AT)
    for voter in list(registration_round(row).voters.all())[:voted]:
        row.papers_given.create(voter=voter)
    return row


def tie_settled(
    election: Election,
    order: Sequence[int],
    *,
    way: str = TieSettled.Way.LOT,
    witness_count: int = 2,
    decision: DecisionFacts | None = None,
    at: datetime = AGREED_AT,
) -> TieSettled:
    roll.promised(election)
    return actions.settle_tie(
        election.pk,
        order=order,
        way=way,
        witnesses=ballots.WITNESSES if witness_count else "",
        witness_count=witness_count,
        decision=decision,
        actor=given.commissioner_of(election),
        at=at,
    )


def contestants_of(row: Round) -> list[tuple[int, str]]:
    """Number and place of all who stand in the round after this one."""
    return [(each.number, place) for each, place in queries.contestants_for(row)]


def fulfil_counts_agree(election: Election, *, at: datetime) -> None:
    """The last entered has most votes, and nobody is equal."""
    row = given.round_of(election)
    given_out = in_numbers(row).given
    votes: dict[int, int] = {}
    for contest in queries.contests_voted(row):
        left = given_out
        for number in sorted(contest.numbers, reverse=True)[1:]:
            votes[number] = left // 4
            left -= left // 4
        if contest.numbers:
            votes[max(contest.numbers)] = left
    counted(election, votes, at=at)
