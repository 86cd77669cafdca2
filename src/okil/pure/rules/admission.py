"""A candidate is admitted or refused by the votes of the commission (3.14, REG-38)."""

from __future__ import annotations

from collections.abc import Mapping

ADMIT = "admit"
REFUSE = "refuse"
UNDECIDED = "undecided"
VOTES = (ADMIT, REFUSE, UNDECIDED)

FEWEST_MEMBERS = 2  # nobody of the commission acts alone (PRODUCT.md, "Who uses it")


def outcome(
    votes: Mapping[int, str], members: frozenset[int], related: frozenset[int] = frozenset()
) -> str:
    """What the commission has decided: "waiting", "admitted", "refused" or "undecided".

    `related` are tied to the candidate and take no part: their votes do not count, nobody waits for
    them, and more than half is counted among the others. It waits until each of the others has voted,
    and while the commission has fewer than two members. Admitted or refused is who has more than half;
    of two both. Anything else is undecided and goes to the group's assembly, and so does a candidate
    to whom so many are related that fewer than two can decide. A vote of somebody who is no member
    (any more) does not count. Raises ValueError for a vote that is none of the three.
    """
    if not set(votes.values()) <= set(VOTES):
        raise ValueError("a vote on admission is one of three")
    deciding = members - related
    if len(members) < FEWEST_MEMBERS:
        return "waiting"
    if len(deciding) < FEWEST_MEMBERS:
        return UNDECIDED
    if not deciding <= votes.keys():
        return "waiting"
    given = [votes[member] for member in deciding]
    for vote, decision in ((ADMIT, "admitted"), (REFUSE, "refused")):
        if given.count(vote) * 2 > len(deciding):
            return decision
    return UNDECIDED


def may_see_others(member: int, votes: Mapping[int, str]) -> bool:
    """May this member see how the others voted? Only after voting, so that nobody votes like another."""
    return member in votes
