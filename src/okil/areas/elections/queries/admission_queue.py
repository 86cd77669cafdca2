"""What waits for the commission, and for whom of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from okil.areas.bodies.models import ElectoralGroup
from okil.areas.elections.models import Candidate, CriterionCheck, Round
from okil.areas.elections.queries.admission import commission_of, related_in, votes_given
from okil.areas.elections.queries.candidates import candidates_of
from okil.pure.rules.admission import FEWEST_MEMBERS

# Where an application stands for one member of the commission, most urgent first.
STANDS = ("yours", "conclude", "others", "closing", "group", "related", "decided")


@dataclass(frozen=True)
class Waiting:
    """An application, and how far the commission is with it."""

    candidate: Candidate
    asked: tuple[CriterionCheck, ...]  # what is asked for and not there yet
    related: frozenset[int]  # the numbers of the members who take no part
    deciding: tuple[int, ...]  # of those who do
    voted: tuple[int, ...]  # of those who have voted

    @property
    def goes_to_the_group(self) -> bool:
        """Too many are related: it is only to be concluded that the group decides."""
        members = len(self.deciding) + len(self.related)
        return len(self.deciding) < FEWEST_MEMBERS <= members

    def stands(self, number: int | None) -> str:
        """One of STANDS; `number`: the member who reads, None for anybody else."""
        if self.candidate.outcome == Candidate.Outcome.UNDECIDED:
            return "group"
        if self.candidate.outcome != Candidate.Outcome.WAITING:
            return "decided"
        if number in self.related:
            return "related"
        if getattr(self.candidate.round, "closing", None) is None:
            return "closing"
        if self.goes_to_the_group or self.voted == self.deciding:
            return "conclude"
        waits = number in self.deciding and number not in self.voted
        return "yours" if waits else "others"


def queue_of(row: Round, group: ElectoralGroup) -> list[Waiting]:
    """The applications that came in time, in the order of their numbers."""
    came = candidates_of(row).filter(is_late=False, withdrawn_at=None)
    candidates = list(came.select_related("round__closing"))
    members = commission_of(group)
    related = related_in(candidates, members)
    given = votes_given(candidates, related)
    asked = _asked(candidates)
    numbers = [role.person.number for role in members]
    found = []
    for each in candidates:
        deciding = tuple(one for one in numbers if one not in related[each.pk])
        found.append(
            Waiting(
                candidate=each,
                asked=tuple(asked[each.pk]),
                related=frozenset(related[each.pk]),
                deciding=deciding,
                voted=tuple(one for one in deciding if one in given.get(each.pk, {})),
            )
        )
    return found


def _asked(candidates: Collection[Candidate]) -> dict[int, list[CriterionCheck]]:
    """What is asked for of those who wait for the decision, the first day first."""
    waiting = [each for each in candidates if each.outcome == Candidate.Outcome.WAITING]
    checks = CriterionCheck.objects.filter(
        candidate__in=waiting, state=CriterionCheck.State.ASKED
    ).defer("basis")
    found: dict[int, list[CriterionCheck]] = defaultdict(list)
    for check in checks.order_by("due_on", "pk"):
        found[check.candidate_id].append(check)
    return found
