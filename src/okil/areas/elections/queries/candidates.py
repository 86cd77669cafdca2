"""Who stands, who was admitted, who is on the ballot paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet

from okil.areas.bodies.models import ElectoralGroup, Membership, Person, Role, RoleName
from okil.areas.elections.models import (
    AdmissionVote,
    Candidate,
    Contestant,
    Election,
    Place,
    Round,
)
from okil.areas.elections.queries.voters import registration_round
from okil.foundation import vault
from okil.pure.rules import admission, rotation
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.rotation import Rotation, Tenure


def candidates_of(row: Round) -> QuerySet[Candidate]:
    """Everybody who applied in this round's registration, in the order of their numbers."""
    return Candidate.objects.filter(round=registration_round(row)).order_by("number")


def contestants_of(row: Round) -> QuerySet[Contestant]:
    """Who is on the ballot paper of a round, in the order drawn; withdrawn ones left out."""
    return (
        row.contestants.filter(candidate__withdrawn_at=None)
        .select_related("candidate")
        .order_by("place", "position", "candidate__number")
    )


def places_of(rules: Regulation) -> tuple[str, ...]:
    """The contests of a group's election, as its regulation says (REG-05)."""
    if rules.contest_model == "two_parallel_contests":
        return (Place.MEMBER, Place.ALTERNATE)
    return (Place.BOTH,)


def shown_names(candidates: Iterable[Candidate]) -> dict[int, str]:
    """What everybody may read, by primary key: the name, if its owner shows it and the list is
    published; else the pseudonym; else "" (a page then says the number)."""
    listed = list(candidates)
    opened = vault.open_published(listed, only=("name",))
    return {
        each.pk: str(opened[each.pk]["name"]) if each.pk in opened else each.pseudonym
        for each in listed
    }


def next_candidate_number(row: Round) -> int:
    """To be asked while the election's row is locked."""
    return (row.candidates.aggregate(last=Max("number"))["last"] or 0) + 1


def rules_of(group: ElectoralGroup) -> Regulation:
    """The group's newest regulation; without one, nothing is answered."""
    newest = group.regulations.first()
    return newest.regulation if newest else Regulation()


def contests_entered(candidate: Candidate, places: tuple[str, ...]) -> tuple[str, ...]:
    """The contests somebody takes part in, if these are the contests there are."""
    if candidate.place in places:
        return (candidate.place,)
    return places


# The commission's decision


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


# Rotation


def memberships_held(person: Person) -> list[Membership]:
    """Every seat somebody held, newest first."""
    return list(person.memberships.select_related("seat__group").order_by("-begins_on", "pk"))


def rotation_of(
    candidate: Candidate, election: Election, held: Collection[Membership], rules: Regulation
) -> Rotation:
    """May the person stand again, by the body's limit and what the group's regulation says of it?"""
    cycle = election.cycle
    return rotation.may_stand(
        [
            Tenure(
                each.person_id,
                each.elected_in,
                each.position,
                each.begins_on,
                each.uncertain,
                ends_on=each.ends_on,
                group=each.seat.group_id,
            )
            for each in held
        ],
        position="alternate" if candidate.place == Place.ALTERNATE else "member",
        term_begins_on=cycle.term_begins_on,
        rule=rotation.rule_of(
            rules, terms_in_a_row=cycle.body.terms_in_a_row, term_years=cycle.body.term_years
        ),
        group=election.group_id,
    )
