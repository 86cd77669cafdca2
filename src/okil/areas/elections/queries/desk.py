"""The desk during the vote: one number, yes or no. Who voted is asked again only after it is over."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from okil.areas.elections.models import PaperGiven, Round, Voter
from okil.areas.elections.queries.voters import roll_of
from okil.pure.rules.stages import ORDER, State

# Who voted is nobody's business, but for the count and its protocol: until the results are published.
LISTED_IN = frozenset({State.COUNTING, State.RESULTS, State.SUBMITTED})
CLOSED_IN = frozenset(ORDER[ORDER.index(State.PUBLISHED) :])


@dataclass(frozen=True, slots=True)
class AtTheDesk:
    """What the desk learns about a number, and nothing else."""

    number: int
    is_on_roll: bool
    has_paper: bool


def at_the_desk(row: Round, number: int) -> AtTheDesk:
    voter = roll_of(row).filter(number=number).first()
    if voter is None:
        return AtTheDesk(number, is_on_roll=False, has_paper=False)
    given = PaperGiven.objects.filter(round=row, voter=voter).exists()
    return AtTheDesk(number, is_on_roll=True, has_paper=given)


def voters_with_paper(row: Round) -> QuerySet[Voter]:
    """The list of those who voted (6.04), in the order of their numbers: from the end of the vote until
    its results are published. In the archive is what they signed.
    """
    if State(row.state) not in LISTED_IN:
        return Voter.objects.none()
    return Voter.objects.filter(papers_given__round=row).order_by("number")
