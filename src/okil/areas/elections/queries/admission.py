"""The commission's decision on candidates: who votes, who keeps out, what was found out together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q

from okil.areas.bodies.models import ElectoralGroup, Role, RoleName
from okil.areas.elections.models import AdmissionVote, Candidate
from okil.pure.rules import admission


def commission_of(group: ElectoralGroup) -> list[Role]:
    """Its members now, in the order of their numbers."""
    in_force = group.roles.filter(role=RoleName.COMMISSIONER, ends_at=None)
    return list(in_force.select_related("person").order_by("person__number"))


def officers_about(group: ElectoralGroup, person: int | None) -> list[Role]:
    """The commission of the group, and every role of one person, in one query."""
    asked = Q(group=group, role=RoleName.COMMISSIONER) | Q(person=person, person__isnull=False)
    in_force = Role.objects.filter(asked, ends_at=None)
    return list(in_force.select_related("person").order_by("person__number"))


def is_member(role: Role, group: ElectoralGroup) -> bool:
    return role.role == RoleName.COMMISSIONER and role.group_id == group.pk


@dataclass(frozen=True)
class Votes:
    """The votes on one candidate, of the commission as it is now."""

    members: tuple[Role, ...]
    given: Mapping[int, AdmissionVote]  # by the person's number

    @property
    def outcome(self) -> str:
        """What they amount to; "waiting" until everybody has voted."""
        votes = {number: vote.vote for number, vote in self.given.items()}
        return admission.outcome(votes, frozenset(role.person.number for role in self.members))

    def seen_by(self, number: int | None, *, decided: bool) -> dict[int, AdmissionVote]:
        """Nobody sees the others' votes before their own; who has none sees them when all is decided."""
        votes = {each: vote.vote for each, vote in self.given.items()}
        if decided or (number is not None and admission.may_see_others(number, votes)):
            return dict(self.given)
        return {}


def votes_on(candidate: Candidate, members: Collection[Role]) -> Votes:
    given = candidate.votes.filter(role__in=[role.pk for role in members])
    found = {vote.role.person.number: vote for vote in given.select_related("role__person")}
    return Votes(tuple(members), found)


def votes_given(candidates: Collection[Candidate]) -> dict[int, dict[int, AdmissionVote]]:
    """By candidate, then by the person's number: the votes kept, also of former members."""
    votes: dict[int, dict[int, AdmissionVote]] = defaultdict(dict)
    kept = AdmissionVote.objects.filter(candidate__in=candidates).select_related("role__person")
    for vote in kept:
        votes[vote.candidate_id][vote.role.person.number] = vote
    return dict(votes)
