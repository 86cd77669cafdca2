"""The commission's decision on candidates: who votes, who keeps out, what was found out together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import FilteredRelation, OuterRef, Q, Subquery

from okil.areas.bodies.models import Decision, ElectoralGroup, Role, RoleName
from okil.areas.elections.models import (
    AdmissionVote,
    Candidate,
    Criterion,
    CriterionCheck,
    Relation,
    Voter,
)
from okil.areas.elections.queries.complaints import term_of
from okil.foundation.accounts.models import User
from okil.pure.rules import admission
from okil.pure.rules.regulation import Regulation


def commission_of(group: ElectoralGroup) -> list[Role]:
    """Its members now, in the order of their numbers."""
    in_force = group.roles.filter(role=RoleName.COMMISSIONER, ends_at=None)
    return list(in_force.select_related("person").order_by("person__number"))


def officers_about(candidate: Candidate, group: ElectoralGroup) -> list[Any]:
    """The commission of the group, and every role of the candidate's person, each with its `vote` on
    the candidate and the `tie` its person declared; in one query."""
    about = Q(person=candidate.person_id, person__isnull=False)
    declared = candidate.relations.filter(role__person=OuterRef("person"))
    roles: Any = Role.objects.filter(
        Q(group=group, role=RoleName.COMMISSIONER) | about, ends_at=None
    ).annotate(
        vote=FilteredRelation(
            "admission_votes", condition=Q(admission_votes__candidate=candidate.pk)
        ),
        tie=Subquery(declared.values("kind")[:1]),
    )
    joined = roles.select_related("person", "vote").defer("vote__reason")
    return list(joined.order_by("person__number", "pk"))


def is_member(role: Role, group: ElectoralGroup) -> bool:
    return role.role == RoleName.COMMISSIONER and role.group_id == group.pk


@dataclass(frozen=True)
class Votes:
    """The votes on one candidate, of the commission as it is now; by the person's number."""

    members: tuple[Role, ...]
    given: Mapping[int, AdmissionVote]  # of those who take part
    related: Mapping[int, str]  # who keeps out, and what ties them to the candidate

    @property
    def outcome(self) -> str:
        """What they amount to; "waiting" until everybody who takes part has voted."""
        votes = {number: vote.vote for number, vote in self.given.items()}
        members = frozenset(role.person.number for role in self.members)
        return admission.outcome(votes, members, frozenset(self.related))

    @property
    def deciding(self) -> list[int]:
        """The numbers of those who take part."""
        numbers = [role.person.number for role in self.members]
        return [number for number in numbers if number not in self.related]

    @property
    def missing(self) -> list[int]:
        """Who has still to vote."""
        return [number for number in self.deciding if number not in self.given]

    def seen_by(self, number: int | None, *, decided: bool) -> dict[int, AdmissionVote]:
        """Nobody sees the others' votes before their own; who has none sees them when all is decided."""
        votes = {each: vote.vote for each, vote in self.given.items()}
        if decided or (number is not None and admission.may_see_others(number, votes)):
            return dict(self.given)
        return {}


def votes_on(candidate: Candidate, group: ElectoralGroup) -> Votes:
    officers = officers_about(candidate, group)
    return votes_among(candidate, [role for role in officers if is_member(role, group)])


def votes_among(candidate: Candidate, members: Collection[Any]) -> Votes:
    """The same, of members whom `officers_about` found."""
    related = {
        role.person.number: _tie(candidate, role) for role in members if _tie(candidate, role)
    }
    voted = [role for role in members if getattr(role, "vote", None) is not None]
    given = {role.person.number: role.vote for role in voted}
    return Votes(
        tuple(members),
        {number: vote for number, vote in given.items() if number not in related},
        related,
    )


def _tie(candidate: Candidate, role: Any) -> str:
    return str(Relation.Kind.SELF) if role.person_id == candidate.person_id else role.tie or ""


def related_to(candidate: Candidate, members: Collection[Role]) -> dict[int, str]:
    """Who of these members is tied to the candidate, and how: as they declared, in whatever role, or
    because the application is linked with them."""
    return related_in([candidate], members)[candidate.pk]


def related_in(
    candidates: Collection[Candidate], members: Collection[Role]
) -> dict[int, dict[int, str]]:
    """The same by the candidate's key, for many in one query."""
    kinds: dict[int, dict[int | None, str]] = defaultdict(dict)
    for each in Relation.objects.filter(candidate__in=candidates).select_related("role"):
        if each.candidate_id is not None:
            kinds[each.candidate_id][each.role.person_id] = each.kind
    for candidate in candidates:
        kinds[candidate.pk][candidate.person_id] = Relation.Kind.SELF
    return {
        each.pk: {
            role.person.number: kinds[each.pk][role.person_id]
            for role in members
            if role.person_id in kinds[each.pk]
        }
        for each in candidates
    }


def related_voters(user: User, voters: Collection[Voter]) -> set[int]:
    """The keys of those of these voters to whom this officer declared a relation, in whatever role."""
    declared = Relation.objects.filter(voter__in=voters, role__person__user=user)
    return {key for key in declared.values_list("voter", flat=True) if key is not None}


def relation_of(person: int, *, to: Candidate | Voter) -> Relation | None:
    """What this person declared, in whatever role."""
    return to.relations.filter(role__person=person).first()


AGAINST = (CriterionCheck.State.NOT_MET, CriterionCheck.State.ASKED)


def checks_on(candidate: Candidate) -> dict[str, CriterionCheck]:
    """What the commission wrote, by the condition; on what it rests stays sealed."""
    return {each.criterion: each for each in candidate.checks.defer("basis")}


def checks_against(candidate: Candidate) -> list[str]:
    """The conditions that are not met or wait for something, as the commission wrote."""
    against = candidate.checks.filter(state__in=AGAINST)
    found = set(against.values_list("criterion", flat=True))
    return [code for code in Criterion.values if code in found]


def votes_given(
    candidates: Collection[Candidate], related: Mapping[int, Collection[int]]
) -> dict[int, dict[int, AdmissionVote]]:
    """By candidate, then by the person's number: the votes kept, also of former members, but for those
    of who is related."""
    votes: dict[int, dict[int, AdmissionVote]] = defaultdict(dict)
    kept = AdmissionVote.objects.filter(candidate__in=candidates).select_related("role__person")
    for vote in kept:
        number = vote.role.person.number
        if number not in related.get(vote.candidate_id, ()):
            votes[vote.candidate_id][number] = vote
    return dict(votes)


# What the candidate is told

VOTE_FOR = {
    Candidate.Outcome.ADMITTED: (AdmissionVote.Vote.ADMIT,),
    Candidate.Outcome.REFUSED: (AdmissionVote.Vote.REFUSE,),
    Candidate.Outcome.UNDECIDED: tuple(AdmissionVote.Vote),
}
MAY_COMPLAIN_OF = ("refused", "late")


@dataclass(frozen=True)
class Told:
    """A decision as the candidate learns it: the result and what it rests on, not who voted how."""

    outcome: str  # of `Candidate.Outcome`, or "late"
    not_met: tuple[str, ...]  # codes of Criterion
    settled_by: Decision | None  # the group's own body, in the commission's place
    may_complain: bool
    complaint_ends_at: datetime | None  # None where the regulation names no term


def told_to_candidate(candidate: Candidate, rules: Regulation, at: datetime) -> Told | None:
    """None while nothing is decided, and for who withdrew."""
    if candidate.withdrawn_at is not None:
        return None
    outcome = "late" if candidate.is_late else candidate.outcome
    if outcome == Candidate.Outcome.WAITING:
        return None
    votes = votes_behind(candidate)
    unmet = {code for vote in votes for code in vote.not_met}
    ends_at = None
    if outcome in MAY_COMPLAIN_OF:
        decided_at = candidate.decided_at or candidate.entered_at
        ends_at = term_of(decided_at, rules.complaint_days, candidate.election.cycle.body)
    return Told(
        outcome=outcome,
        not_met=tuple(code for code in Criterion.values if code in unmet),
        settled_by=candidate.settled_by,
        may_complain=outcome in MAY_COMPLAIN_OF and (ends_at is None or at <= ends_at),
        complaint_ends_at=ends_at,
    )


def votes_behind(candidate: Candidate) -> list[AdmissionVote]:
    """The votes that made the decision; none where the group's own body decided, or nobody has yet."""
    if candidate.settled_by_id is not None or candidate.is_late:
        return []
    wanted = VOTE_FOR.get(Candidate.Outcome(candidate.outcome), ())
    related = related_in([candidate], commission_of(candidate.election.group))
    given = votes_given([candidate], related).get(candidate.pk, {})
    return [vote for vote in given.values() if vote.vote in wanted]
