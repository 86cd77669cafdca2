"""Who follows when somebody elected declines or drops out before approval (REG-07, 6.10, 11.10)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from okil.pure.rules.count_sheet import CountSheet, Finding, TieDecision
from okil.pure.rules.counting import Result
from okil.pure.rules.ties import Contenders

MEMBER = "member"
ALTERNATE = "alternate"
BOTH = "both"


@dataclass(frozen=True, slots=True)
class Elected:
    """Who holds which place after a count, and what a free place goes by: votes and recorded orders."""

    members: tuple[str, ...]
    alternates: tuple[str, ...]
    votes: Mapping[str, Mapping[str, int]]  # by contest: member and alternate, or both
    orders: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()  # elected by another group


@dataclass(frozen=True, slots=True)
class Replacement:
    """What follows when one person is gone; `steps` are codes of replacement_words.py.

    `open`: a place waits for a decision (of a tie), a repeat vote, or what the regulation describes.
    A place for which nobody is left is vacant, not open.
    """

    after: Elected
    steps: tuple[Finding, ...]
    ties: tuple[Contenders, ...] = ()
    needs_repeat_vote: bool = False
    open: bool = False

    @property
    def members(self) -> tuple[str, ...]:
        return self.after.members

    @property
    def alternates(self) -> tuple[str, ...]:
        return self.after.alternates


def elected_by(
    sheet: CountSheet,
    result: Result,
    *,
    decisions: Sequence[TieDecision] = (),
    elsewhere: Collection[str] = (),
) -> Elected:
    """Who a count elected, to be handed to `follow`.

    `decisions` are those about ties that a replacement itself brought up; `elsewhere` names who is
    elected by another group. Raises ValueError for a count that is not decided: that comes first.
    """
    if not result.decided:
        raise ValueError("nobody follows before the count is decided")
    known = [*sheet.tie_decisions, *decisions]
    return Elected(
        members=result.winners,
        alternates=result.alternates,
        votes={
            contest.place: {name: contest.tally()[name] for name in contest.candidates}
            for contest in sheet.contests
        },
        orders={
            contest.place: tuple(one.order for one in known if one.contest == number)
            for number, contest in enumerate(sheet.contests)
        },
        elsewhere=frozenset(elsewhere),
    )


def follow(elected: Elected, gone: str, mode: str | None) -> Replacement:
    """What follows when `gone` declines or drops out; `mode` is what the regulation says (REG-07).

    Next by votes: in a single contest the alternate becomes member, and the next candidate alternate. In
    two parallel contests the next of the same contest takes the place; who holds a place through
    the other contest keeps it and is passed over. Equals are not told apart without a recorded
    decision. No majority is asked for again. If several drop out, hand `after` to the next call.

    Raises ValueError if `gone` did not stand.
    """
    if not any(gone in votes for votes in elected.votes.values()):
        raise ValueError("only a candidate can drop out")
    place = _place_of(elected, gone)
    left = replace(
        elected,
        members=tuple(name for name in elected.members if name != gone),
        alternates=tuple(name for name in elected.alternates if name != gone),
        gone=elected.gone | {gone},
    )
    if place is None:
        return Replacement(left, (Finding("gone-not-elected", {"name": gone}),))
    steps = (Finding("gone", {"name": gone, "place": place}),)
    if mode == "next_by_votes":
        return _next_by_votes(left, place, steps)
    code = {"repeat_vote": "repeat-vote", "other": "as-described"}.get(mode or "", "unsaid")
    return Replacement(
        left,
        (*steps, Finding(code, {"place": place})),
        needs_repeat_vote=mode == "repeat_vote",
        open=True,
    )


def _place_of(elected: Elected, name: str) -> str | None:
    if name in elected.members:
        return MEMBER
    return ALTERNATE if name in elected.alternates else None


def _next_by_votes(elected: Elected, place: str, steps: tuple[Finding, ...]) -> Replacement:
    """Fills a free place; where the alternate moves up, theirs too."""
    contest = BOTH if BOTH in elected.votes else place
    votes = elected.votes[contest]
    # In a single contest the alternates are the next by votes.
    may_move_up = tuple(name for name in elected.alternates if name not in elected.elsewhere)
    moves_up = contest == BOTH and place == MEMBER and bool(may_move_up)
    line = may_move_up if moves_up else _waiting(elected, contest)
    steps += tuple(one for one in _passed_over(elected, contest, line) if one not in steps)
    if not line:
        return Replacement(elected, (*steps, Finding("nobody-left", {"place": place})))

    most = max(votes[name] for name in line)
    equals = tuple(name for name in votes if name in line and votes[name] == most)
    if len(equals) > 1:
        facts = {"names": equals, "votes": most, "place": place}
        steps += (Finding("tie", facts),)
        order = _order_of(equals, elected.orders.get(contest, ()))
        if order is None:
            tie = Contenders(equals, place)
            return Replacement(elected, (*steps, Finding("tie-open", {})), ties=(tie,), open=True)
        steps += (Finding("tie-decided", {"names": order}),)
        equals = order

    name = equals[0]
    code = "moves-up" if moves_up else f"next-as-{place}"
    steps += (Finding(code, {"name": name, "votes": most}),)
    if not most:
        steps += (Finding("without-a-vote", {"name": name}),)
    alternates = tuple(other for other in elected.alternates if other != name)
    if place == ALTERNATE:
        return Replacement(replace(elected, alternates=(*alternates, name)), steps)
    after = replace(elected, members=(*elected.members, name), alternates=alternates)
    return _next_by_votes(after, ALTERNATE, steps) if moves_up else Replacement(after, steps)


def _waiting(elected: Elected, contest: str) -> tuple[str, ...]:
    """Who stood in the contest and could still take a place."""
    taken = {*elected.members, *elected.alternates, *elected.gone, *elected.elsewhere}
    return tuple(name for name in elected.votes[contest] if name not in taken)


def _passed_over(elected: Elected, contest: str, line: Sequence[str]) -> tuple[Finding, ...]:
    """Who would be next, but holds a place through the other contest or in another group."""
    votes = elected.votes[contest]
    holders = {MEMBER: elected.alternates, ALTERNATE: elected.members}.get(contest, ())
    most = max((votes[name] for name in line), default=0)
    return tuple(
        Finding("passed-over", {"name": name})
        for name in votes
        if name in {*holders, *elected.elsewhere} - elected.gone and votes[name] >= most
    )


def _order_of(equals: Sequence[str], orders: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The equals in the order of the newest recorded decision that orders all of them."""
    for order in reversed(orders):
        if set(equals) <= set(order):
            return tuple(name for name in order if name in equals)
    return None
