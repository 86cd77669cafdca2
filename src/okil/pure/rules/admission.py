"""A candidate is admitted or refused by the votes of the commission (3.14, REG-38)."""

from __future__ import annotations

from collections.abc import Mapping

ADMIT = "admit"
REFUSE = "refuse"
UNDECIDED = "undecided"
VOTES = (ADMIT, REFUSE, UNDECIDED)

FEWEST_MEMBERS = 2  # nobody of the commission acts alone (PRODUCT.md, "Who uses it")


def outcome(votes: Mapping[int, str], members: frozenset[int]) -> str:
    """What the commission has decided: "waiting", "admitted", "refused" or "undecided".

    It waits until every member has voted, and while there are fewer than two. Admitted or refused is
    who has more than half of the whole commission; of two members both. Anything else is undecided
    and goes to the group's assembly. A vote of somebody who is no member (any more) does not count.
    Raises ValueError for a vote that is none of the three.
    """
    if not set(votes.values()) <= set(VOTES):
        raise ValueError("a vote on admission is one of three")
    if len(members) < FEWEST_MEMBERS or not members <= votes.keys():
        return "waiting"
    given = [votes[member] for member in members]
    for vote, decision in ((ADMIT, "admitted"), (REFUSE, "refused")):
        if given.count(vote) * 2 > len(members):
            return decision
    return UNDECIDED


def may_see_others(member: int, votes: Mapping[int, str]) -> bool:
    """May this member see how the others voted? Only after voting, so that nobody votes like another."""
    return member in votes
