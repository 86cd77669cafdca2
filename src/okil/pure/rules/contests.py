"""How one contest of a round is held and counted: with or without a vote, by which rule (REG-33, REG-92)."""

from __future__ import annotations

from dataclasses import dataclass

from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import RoundKind

WITHOUT_VOTE = "elected_without_vote"
FOR_OR_AGAINST = "vote_for_or_against"


@dataclass(frozen=True, slots=True)
class Held:
    """`rule` is None where the regulation leaves open who is elected: then nobody can count."""

    is_voted_on: bool
    for_or_against: bool
    rule: str | None
    majority_of: str | None


def held(rules: Regulation, kind: str, *, candidates: int, seats: int) -> Held:
    """How a contest with so many candidates for so many seats is held in a round of this kind.

    A contest is uncontested if nobody can lose a seat in it; the regulation's answer for the single
    candidate holds then. For or against is a majority of all papers found: what is not for the
    candidate is against (docs/counting.md). A second round is decided by plurality, since the majority
    was asked for in the first.
    """
    uncontested = 0 < candidates <= seats
    if candidates == 0 or (uncontested and rules.single_candidate == WITHOUT_VOTE):
        return Held(is_voted_on=False, for_or_against=False, rule="plurality", majority_of=None)
    if candidates == 1 and uncontested and rules.single_candidate == FOR_OR_AGAINST:
        return Held(
            is_voted_on=True,
            for_or_against=True,
            rule="absolute_majority",
            majority_of="votes_cast",
        )
    if kind == RoundKind.SECOND_ROUND:
        return Held(is_voted_on=True, for_or_against=False, rule="plurality", majority_of=None)
    return Held(
        is_voted_on=True,
        for_or_against=False,
        rule=_rule(rules),
        majority_of=rules.majority_of if rules.decision_principle == "absolute_majority" else None,
    )


def _rule(rules: Regulation) -> str | None:
    if rules.decision_principle == "absolute_majority" and rules.majority_of is None:
        return None  # more than half of what, the regulation does not say
    return rules.decision_principle
