"""Who stands, who was admitted, who is on the ballot paper."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Max, QuerySet

from okil.areas.bodies.models import ElectoralGroup, Membership, Person
from okil.areas.elections.models import (
    Candidate,
    Contestant,
    Election,
    Place,
    Round,
)
from okil.areas.elections.queries.voters import registration_round
from okil.foundation import vault
from okil.pure.rules import rotation
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.rotation import Rotation, Tenure


def candidates_of(row: Round) -> QuerySet[Candidate]:
    """Everybody who applied in this round's registration, in the order of their numbers."""
    found = Candidate.objects.filter(round=registration_round(row))
    return found.defer("photo").order_by("number")  # large, and read where it is shown


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
