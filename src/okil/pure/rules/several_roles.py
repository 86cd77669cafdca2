"""One person in two groups: which situations there are, and what follows (10.01-10.05, REG-12 to REG-15).

All groups decide about them together; as long as they have not, each group's own body answers for its
own list. Inside one group `incompatibilities` says what is forbidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from okil.pure.rules import incompatibilities
from okil.pure.rules.incompatibilities import Held


class Capacity(StrEnum):
    VOTER = "voter"
    CANDIDATE = "candidate"
    COMMISSIONER = "commissioner"
    ORGANISER = "organiser"


class Follows(StrEnum):
    ALLOWED = "allowed"
    DECLARE = "declare"  # both are allowed to whoever says so
    CHOOSE = "choose"  # one of the two, as the person says
    FORBIDDEN = "forbidden"  # one of the two ends
    UNREGULATED = "unregulated"  # each group's own body answers


@dataclass(frozen=True, slots=True)
class Situation:
    """Two roles of one person in two groups; `question` is the common rule that speaks of it."""

    code: str
    one: Capacity
    other: Capacity
    question: str = ""
    gives_way: Capacity | None = None  # the role that the question is about, where one is forbidden


SITUATIONS = (
    Situation("X1", Capacity.VOTER, Capacity.VOTER, "voter_in_many"),
    Situation("X2", Capacity.COMMISSIONER, Capacity.VOTER, "commission_and_voter", Capacity.VOTER),
    Situation("X3", Capacity.CANDIDATE, Capacity.VOTER, "candidate_and_voter", Capacity.VOTER),
    Situation("X4", Capacity.COMMISSIONER, Capacity.COMMISSIONER, "most_commissions"),
    Situation("X5", Capacity.CANDIDATE, Capacity.CANDIDATE),
    Situation("X6", Capacity.COMMISSIONER, Capacity.CANDIDATE),
    Situation("X7", Capacity.ORGANISER, Capacity.CANDIDATE, gives_way=Capacity.CANDIDATE),
)
BY_CODE = {each.code: each for each in SITUATIONS}
_BY_PAIR = {frozenset((each.one, each.other)): each for each in SITUATIONS}

# What each answer to the questions of REG-12 to REG-14 means.
_MEANS = {
    "several": Follows.ALLOWED,
    "several_declared": Follows.DECLARE,
    "one_choice": Follows.CHOOSE,
    "allowed": Follows.ALLOWED,
    "declared": Follows.DECLARE,
    "forbidden": Follows.FORBIDDEN,
}


def situation_of(one: str, other: str) -> Situation | None:
    """Which situation these two roles in two groups are; None if nobody ever asked about them."""
    return _BY_PAIR.get(frozenset((Capacity(one), Capacity(other))))


def follows(code: str, rules: Mapping[str, Any], *, commissions: int = 2) -> Follows:
    """What follows from a situation by these rules (the groups' common ones, or one group's own).

    A ban that reaches through the whole body stands whatever the groups say. `commissions`: on how
    many the person serves.
    """
    situation = BY_CODE[code]
    if _is_banned(situation):
        return Follows.FORBIDDEN
    said = rules.get(situation.question) if situation.question else None
    if said is None:
        return Follows.UNREGULATED
    if situation.question == "most_commissions":
        return Follows.ALLOWED if commissions <= said else Follows.CHOOSE
    return _MEANS[said]


def _is_banned(situation: Situation) -> bool:
    here, elsewhere = 1, 2
    return bool(
        incompatibilities.conflicts([Held(situation.one, here)], Held(situation.other, elsewhere))
    )


class Answer(StrEnum):
    """What the person says about one of the two roles."""

    NONE = ""
    BOTH = "both"
    HERE = "here"
    ELSEWHERE = "elsewhere"
    NOT_ME = "not_me"


# Which answers a person is offered.
OFFERED = {
    Follows.ALLOWED: (Answer.BOTH, Answer.ELSEWHERE, Answer.NOT_ME),
    Follows.DECLARE: (Answer.BOTH, Answer.HERE, Answer.ELSEWHERE, Answer.NOT_ME),
    Follows.CHOOSE: (Answer.HERE, Answer.ELSEWHERE, Answer.NOT_ME),
    Follows.FORBIDDEN: (Answer.HERE, Answer.ELSEWHERE, Answer.NOT_ME),
    Follows.UNREGULATED: (Answer.BOTH, Answer.HERE, Answer.ELSEWHERE, Answer.NOT_ME),
}


class Stand(StrEnum):
    """How far the question about one role is."""

    ASKED = "asked"  # the person has not answered
    FOR_THE_BODY = "for_the_body"  # the group's own body has to say
    STAYS = "stays"
    LEAVES = "leaves"


def stand(
    what_follows: str,
    *,
    answer: str,
    ruling: str = "",
    other_answer: str = "",
    other_is_over: bool = False,
) -> Stand:
    """Where the question about one of two roles stands.

    The body's ruling comes first, then a person's word that they leave; when the other role is over,
    nothing is left to ask. Somebody who says twice "I stay here" has not chosen.
    """
    if ruling:
        return Stand(ruling)
    if answer == Answer.ELSEWHERE:
        return Stand.LEAVES
    if other_is_over or what_follows == Follows.ALLOWED:
        return Stand.STAYS
    if answer == Answer.NONE:
        return Stand.ASKED
    if answer == Answer.HERE and other_answer != Answer.HERE:
        return Stand.STAYS
    if what_follows == Follows.DECLARE and answer in (Answer.BOTH, Answer.HERE):
        return Stand.STAYS
    return Stand.FOR_THE_BODY
