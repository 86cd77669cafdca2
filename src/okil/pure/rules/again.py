"""What a count leaves open, and how a later vote of the same election settles it (5.12, REG-33, REG-90).

A repeat vote between those who were equal puts them in an order: for the earlier count that is a tie
decision, like a lot. A second round elects its own seats; who had a majority before stays elected.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from okil.pure.rules.count_sheet import CountSheet, TieDecision
from okil.pure.rules.counting import CANDIDATES_PER_OPEN_SEAT, SECOND_ROUND, Result, count
from okil.pure.rules.ties import Contenders

TIE = "tie"
ANEW = "anew"
OPEN_STEPS = frozenset(
    {"tie-open", "second-round", "second-round-without-choice", "waits-for-members"}
)


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """One contest that is not decided, and between whom the next vote in it is held."""

    contest: int  # its place in the list of contests, from 0
    place: str  # member, alternate or both
    between: tuple[str, ...]
    why: str  # tie, second_round or anew
    seats: int  # how many of them get a place, so how many a paper may name


@dataclass(frozen=True, slots=True)
class LaterVote:
    """What a later round found in one contest; `orders`: equals whom a recorded act put in an order."""

    place: str
    votes: Mapping[str, int]
    orders: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """The earlier sheet with what later votes decided; `tied_again`: who was equal in these votes too."""

    sheet: CountSheet
    tied_again: tuple[Contenders, ...] = ()


def left_open(sheet: CountSheet, result: Result) -> tuple[LeftOpen, ...]:
    """The contests of a count that are not decided; none if the count is decided or contradictory.

    Of several ties in one contest the first comes first: one paper cannot hold two of them.
    """
    if result.decided or result.contradictions:
        return ()
    undecided = _undecided_places(sheet, result)
    return tuple(
        _left_open(number, sheet, result)
        for number, contest in enumerate(sheet.contests)
        if contest.place in undecided
    )


def _undecided_places(sheet: CountSheet, result: Result) -> set[str]:
    """Read from the steps: after each `contest` come the steps of that contest."""
    found: set[str] = set()
    place = ""
    for step in result.steps:
        if step.code == "contest":
            place = step.facts["contest"]
        elif step.code in OPEN_STEPS:
            found.add(place)
    return found if place else {contest.place for contest in sheet.contests}


def _left_open(number: int, sheet: CountSheet, result: Result) -> LeftOpen:
    contest = sheet.contests[number]
    for tie in result.ties:
        if contest_of(sheet, tie) == number:
            return LeftOpen(number, contest.place, tie.between, TIE, _places(tie, result))
    for each in result.second_round:
        if contest_of(sheet, each) == number:
            seats = -(-len(each.between) // CANDIDATES_PER_OPEN_SEAT)
            return LeftOpen(number, contest.place, each.between, SECOND_ROUND, seats)
    taken = {*result.winners, *result.alternates}
    others = tuple(name for name in contest.candidates if name not in taken)
    elected = len(set(contest.candidates) & set(result.winners))
    return LeftOpen(number, contest.place, others, ANEW, max(contest.seats - elected, 1))


def _places(tie: Contenders, result: Result) -> int:
    said = (step.facts for step in result.steps if step.code == "tie")
    return next(int(facts["places"]) for facts in said if facts["names"] == tie.between)


def contest_of(sheet: CountSheet, contenders: Contenders) -> int:
    """In which contest they contend; raises ValueError if the sheet has none of that kind."""
    places = {"both", contenders.place}
    if contenders.place == SECOND_ROUND:
        places = {"both", "member", "alternate"}
    for number, contest in enumerate(sheet.contests):
        tally = contest.tally()
        equal_there = len({tally.get(name) for name in contenders.between}) == 1
        holds = set(contenders.between) <= set(contest.candidates)
        if contest.place in places and holds and (equal_there or contenders.place != SECOND_ROUND):
            return number
    raise ValueError(f"no contest of {contenders.between}")


# What later votes settle


def settle(sheet: CountSheet, later: Sequence[LaterVote]) -> Settled:
    """Writes into the sheet, as tie decisions, the ties that later votes between exactly the equals
    decided; equals in such a vote are looked for in the votes after it.

    Where a vote left an order open that matters, the tie stays open and those equals are told.
    """
    tied_again: dict[tuple[str, ...], Contenders] = {}
    while True:
        for tie in count(sheet).ties:
            decided, again = _decided(sheet, tie, later)
            if again is not None:
                tied_again[tie.between] = again
            if decided is not None:
                sheet = decided
                tied_again.pop(tie.between, None)
                break
        else:
            return Settled(sheet, tuple(tied_again.values()))


def _decided(
    sheet: CountSheet, tie: Contenders, later: Sequence[LaterVote]
) -> tuple[CountSheet | None, Contenders | None]:
    number = contest_of(sheet, tie)
    groups = list(_ranked(tie.between, sheet.contests[number].place, later))
    if len(groups) == 1:
        return None, None  # nobody voted on them again
    order = tuple(itertools.chain.from_iterable(groups))
    told = _with_order(sheet, number, order)
    for group in groups:
        turned = tuple(
            itertools.chain.from_iterable(
                reversed(each) if each is group else each for each in groups
            )
        )
        if len(group) > 1 and _seats(told) != _seats(_with_order(sheet, number, turned)):
            return None, Contenders(tuple(group), tie.place)
    return told, None


def _ranked(
    between: Sequence[str], place: str, later: Sequence[LaterVote]
) -> Iterator[Sequence[str]]:
    """The equals in groups, the best first; a group of several is still equal."""
    for at, vote in enumerate(later):
        if vote.place != place or set(vote.votes) != set(between):
            continue
        strongest_first = sorted(between, key=lambda name: -vote.votes[name])
        for _votes, equals in itertools.groupby(strongest_first, key=vote.votes.__getitem__):
            group = tuple(equals)
            order = next((one for one in vote.orders if set(one) == set(group)), None)
            if order is not None:
                yield from ((name,) for name in order)
            elif len(group) == 1:
                yield group
            else:
                yield from _ranked(group, place, later[at + 1 :])
        return
    yield tuple(between)


def _with_order(sheet: CountSheet, contest: int, order: tuple[str, ...]) -> CountSheet:
    return replace(sheet, tie_decisions=(*sheet.tie_decisions, TieDecision(contest, order)))


def _seats(sheet: CountSheet) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Who gets what, in whatever order."""
    result = count(sheet)
    again = {name for each in result.second_round for name in each.between}
    return frozenset(result.winners), frozenset(result.alternates), frozenset(again)
