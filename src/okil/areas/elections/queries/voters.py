"""Who is on the roll of a round, and how it is spread."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Model, Q, QuerySet

from okil.areas.bodies.models import ElectoralGroup, Person, Role
from okil.areas.elections.models import Candidate, Closing, Election, Round, Voter
from okil.foundation import vault
from okil.pure.rules import incompatibilities
from okil.pure.rules.incompatibilities import Held
from okil.pure.rules.stages import RoundKind

WITH_REGISTRATION = (RoundKind.FIRST.value, RoundKind.BY_ELECTION.value)


def registration_round(row: Round) -> Round:
    """The round whose registration made the roll and the list of this one: itself, or the newest
    before it that registered anybody (a repeat vote and a second round do not)."""
    if row.kind in WITH_REGISTRATION:
        return row
    if row.registered_in is None:
        earlier = row.election.rounds.filter(number__lt=row.number, kind__in=WITH_REGISTRATION)
        row.registered_in = earlier.order_by("-number")[0]
    return row.registered_in


def remember_registration(row: Round, before: Round | None) -> None:
    """Saves `registration_round` its question where the round before was read too."""
    if row.kind not in WITH_REGISTRATION and before is not None:
        row.registered_in = registration_round(before)


SELDOM = ("contact", "basis", "paper")  # sealed, and up to five megabytes: read where it is opened


def voters_of(row: Round) -> QuerySet[Voter]:
    """Everybody entered for this round's registration, in the order of their numbers."""
    found = Voter.objects.filter(round=registration_round(row))
    return found.defer(*SELDOM).order_by("number")


def roll_of(row: Round) -> QuerySet[Voter]:
    """Those who may vote in this round."""
    return voters_of(row).filter(status=Voter.Status.ACCEPTED, is_late=False)


def next_voter_number(row: Round) -> int:
    """To be asked while the election's row is locked."""
    return (row.voters.aggregate(last=Max("number"))["last"] or 0) + 1


def closing_of(row: Round) -> Closing | None:
    """When the lists of this round were frozen; None as long as they are open."""
    return Closing.objects.filter(round=registration_round(row)).first()


@dataclass(frozen=True)
class RollCounts:
    """How many there are; late ones are counted apart, and in no status. `by_way`: how many came by
    which way, whatever became of them."""

    by_status: Mapping[str, int]
    late: int
    by_way: Mapping[str, int]

    def __getitem__(self, status: str) -> int:
        return self.by_status.get(status, 0)

    @property
    def in_time(self) -> int:
        """Everybody who came in time and did not withdraw."""
        withdrawn = self[Voter.Status.WITHDRAWN]
        return sum(self.by_status.values()) - withdrawn


def roll_counts(row: Round) -> RollCounts:
    found = voters_of(row).order_by().values_list("status", "is_late", "way")
    by_status: Counter[str] = Counter()
    by_way: Counter[str] = Counter()
    late = 0
    for status, is_late, way, n in found.annotate(n=Count("pk")):
        by_way[way] += n
        if is_late:
            late += n
        else:
            by_status[status] += n
    return RollCounts(dict(by_status), late, dict(by_way))


ORDERS = {
    "number": ("number",),
    "region": ("region", "number"),
    "organisation": ("organisation", "number"),
    "status": ("status", "number"),
}


def roll_page(
    row: Round, *, status: str, region: str, order: str, number: int | None = None
) -> QuerySet[Voter]:
    """The list of voters as somebody asked for it; "late" is asked for as a status."""
    found = voters_of(row).defer("name")
    if number is not None:
        found = found.filter(number=number)
    if status == "late":
        found = found.filter(is_late=True)
    elif status:
        found = found.filter(status=status, is_late=False)
    if region:
        found = found.filter(region="" if region == "none" else region)
    return found.order_by(*ORDERS.get(order, ORDERS["number"]))


# Who has the same name? Asked without opening anything, many names in a few queries.

AT_ONCE = 500  # in one query


def _found(
    model: type[Model], names: Sequence[str], *, scopes: Iterable[str], field: str, only: Q
) -> Iterator[tuple[int, int]]:
    """For each name that is found: its place in the list, and this field of what was found."""
    for scope in scopes:
        column, places = vault.places_by_hash(model, "name", names, scope=scope)
        asked = list(places)
        for first in range(0, len(asked), AT_ONCE):
            some = model._default_manager.filter(
                only, **{f"{column}__in": asked[first : first + AT_ONCE]}
            )
            for hashed, value in some.order_by().values_list(column, field):
                for place in places[bytes(hashed)]:
                    yield place, value


def voters_named(row: Round, names: Sequence[str]) -> dict[int, int]:
    """By place in the list: the number of a voter who is on this round's list under that name."""
    only = Q(round=row) & ~Q(status=Voter.Status.WITHDRAWN)
    scope = f"election-{row.election_id}"
    return dict(_found(Voter, names, scopes=[scope], field="number", only=only))


def organisations_numbered(row: Round, numbers: Sequence[str]) -> dict[int, int]:
    """By place in the list: the number of a voter who is an organisation with this number in the State's
    register, and on this round's list."""
    asked = {number for number in numbers if number}
    listed = row.voters.exclude(status=Voter.Status.WITHDRAWN).exclude(organisation_number="")
    known = dict(
        listed.filter(kind=Voter.Kind.ORGANISATION)
        .order_by("-number")
        .values_list("organisation_number", "number")
        if asked
        else ()
    )
    return {place: known[number] for place, number in enumerate(numbers) if number in known}


def alike_on_the_list(voters: Sequence[Voter], names: Sequence[str]) -> dict[int, list[int]]:
    """By place in the list: the numbers of others of the round with the same name, or the same number
    in the State's register, who wait or are accepted. All are of one round; two may be namesakes."""
    if not voters:
        return {}
    listed = Q(round=voters[0].round_id, status__in=(Voter.Status.WAITING, Voter.Status.ACCEPTED))
    scope = f"election-{voters[0].election_id}"
    alike: dict[int, set[int]] = defaultdict(set)
    for place, number in _found(Voter, names, scopes=[scope], field="number", only=listed):
        alike[place].add(number)
    registered = _by_organisation_number(voters, listed)
    return {
        place: sorted(others)
        for place, voter in enumerate(voters)
        if (others := (alike[place] | registered[voter.organisation_number]) - {voter.number})
    }


def _by_organisation_number(voters: Iterable[Voter], listed: Q) -> dict[str, set[int]]:
    asked = {voter.organisation_number for voter in voters} - {""}
    same = Voter.objects.filter(listed, organisation_number__in=asked).order_by()
    found: dict[str, set[int]] = defaultdict(set)
    for registered, number in same.values_list("organisation_number", "number") if asked else ():
        found[registered].add(number)
    return found


def candidates_elsewhere(election: Election, name: str) -> int:
    """In how many other groups of the cycle somebody of this name stands (3.16): how many, not which."""
    others = election.cycle.elections.exclude(pk=election.pk).values_list("pk", flat=True)
    scopes = [f"election-{pk}" for pk in others]
    found = _found(Candidate, [name], scopes=scopes, field="election_id", only=Q(withdrawn_at=None))
    return len({pk for _place, pk in found})


def people_of_names(election: Election, names: Sequence[str]) -> dict[int, list[int]]:
    """By place in the list: the primary keys of the body's people of that name."""
    scope = f"body-{election.cycle.body_id}"
    known: dict[int, list[int]] = defaultdict(list)
    for place, pk in _found(Person, names, scopes=[scope], field="pk", only=Q()):
        known[place].append(pk)
    return dict(known)


def roles_held(people: Collection[int]) -> dict[int, list[Role]]:
    """By primary key of the person: the roles in force."""
    held: dict[int, list[Role]] = defaultdict(list)
    in_force = Role.objects.filter(person__in=people, ends_at=None) if people else ()
    for role in in_force:
        held[role.person_id].append(role)
    return dict(held)


def roles_against(roles: Iterable[Role], wanted: str, group: ElectoralGroup) -> list[str]:
    """Which of these roles forbid somebody to be a voter, or a candidate, of this group."""
    held = [Held(role.role, role.group_id) for role in roles]
    bans = incompatibilities.conflicts(held, Held(wanted, group.pk))
    return sorted({ban.one if ban.other == wanted else ban.other for ban in bans})


def barred_names(election: Election, names: Sequence[str], wanted: str) -> dict[int, list[str]]:
    """By place in the list: the roles that somebody of this name holds and that forbid it.

    A name may be a namesake's: whoever verifies says which it is.
    """
    known = people_of_names(election, names)
    held = roles_held({pk for people in known.values() for pk in people})
    against = {
        place: roles_against(
            [role for pk in people for role in held.get(pk, ())], wanted, election.group
        )
        for place, people in known.items()
    }
    return {place: roles for place, roles in against.items() if roles}
