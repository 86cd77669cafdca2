"""The roll: entered by the organiser, verified by the commission."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from okil.areas.elections import access, queries
from okil.areas.elections.actions.current import current, require_running
from okil.areas.elections.models import Closing, DelegatesMeeting, Election, Round, Voter
from okil.areas.elections.queries import voters as roll
from okil.areas.elections.queries.admission import related_voters
from okil.areas.elections.wording.voters import REGIONS
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.foundation.vault.fields import normalised
from okil.pure.refusal import Refused
from okil.pure.rules.stages import Situation, Stage, State

ORGANISATION = Voter.Kind.ORGANISATION


@dataclass(frozen=True, slots=True)
class VoterFacts:
    """What is asked of a voter. A number only where the group's own list has one; how to be reached, and
    an organisation's number in the State's register, only where they were told."""

    kind: str
    name: str
    region: str
    organisation: str
    source: str
    consented_on: date
    number: int | None = None
    contact: str = ""
    organisation_number: str = ""


@dataclass(frozen=True)
class Registration:
    """The election and its round, both held, at one moment."""

    election: Election
    row: Round
    closing: Closing | None
    ends_at: datetime | None

    def is_late(self, at: datetime) -> bool:
        return self.closing is not None or (self.ends_at is not None and at >= self.ends_at)


def hold_registration(election_id: int, *, at: datetime) -> Registration:
    """Part of an action: nobody else enters, decides, closes or moves meanwhile.

    Raises Refused: suspended, annulled, not-in-registration.
    """
    election, row, situation = hold_round(election_id, at=at)
    if row.state != State.REGISTRATION:
        raise Refused("not-in-registration")
    ends_at = (situation.ends or {}).get(Stage.REGISTRATION)
    return Registration(election, row, roll.closing_of(row), ends_at)


def hold_round(election_id: int, *, at: datetime) -> tuple[Election, Round, Situation]:
    """Part of an action: the election first, then its current round. Raises Refused: suspended, annulled."""
    election, row = current(election_id)
    return election, row, require_running(queries.standing(election, row))


def _entering(actor: User, election: Election) -> Actor:
    return access.require_confidence(actor, "change", "voter_application", election)


@transaction.atomic
def enter_voter(election_id: int, *, facts: VoterFacts, actor: User, at: datetime) -> Voter:
    """One voter, from the application on paper. Who comes after the end is kept, and marked late.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    region-unknown, day-of-consent-to-come, voter-twice, organisation-twice, voter-number-taken.
    """
    registration = hold_registration(election_id, at=at)
    acting = _entering(actor, registration.election)
    (voter,) = put_on_list(registration, [facts], way=Voter.Way.ORGANISER, at=at)
    record(
        "voter.entered",
        actor=acting,
        subject=voter,
        at=at,
        chapter=registration.election.chapter,
        after={"number": voter.number},
    )
    return voter


@transaction.atomic
def enter_voters(
    election_id: int,
    *,
    facts: Sequence[VoterFacts],
    way: str = Voter.Way.ORGANISER,
    actor: User,
    at: datetime,
) -> list[Voter]:
    """A whole list, or nothing of it. Raises Refused as `enter_voter` does, and name-repeated,
    organisation-repeated."""
    registration = hold_registration(election_id, at=at)
    acting = _entering(actor, registration.election)
    voters = put_on_list(registration, facts, way=way, at=at)
    numbers = [voter.number for voter in voters]
    record(
        "voters.imported",
        actor=acting,
        subject=registration.row,
        at=at,
        chapter=registration.election.chapter,
        after={"count": len(voters), "first": min(numbers), "last": max(numbers)},
    )
    return voters


def put_on_list(
    registration: Registration,
    facts: Sequence[VoterFacts],
    *,
    way: str,
    at: datetime,
    meeting: DelegatesMeeting | None = None,
) -> list[Voter]:
    """Part of an action: all of them or nobody. Raises Refused as `enter_voters` says."""
    election, row = registration.election, registration.row
    for each in facts:
        _require_sound(each, election, at=at)
    _require_named_once(row, [each.name for each in facts])
    _require_registered_once(row, facts)
    voters = [
        Voter(
            election=election,
            round=row,
            number=number,
            kind=each.kind,
            name=each.name,
            region=each.region,
            organisation=each.organisation,
            source=each.source,
            consented_on=each.consented_on,
            contact=each.contact or None,
            organisation_number=each.organisation_number,
            meeting=meeting,
            way=way,
            entered_at=at,
            is_late=registration.is_late(at),
        )
        for number, each in zip(_numbers(row, facts), facts, strict=True)
    ]
    return Voter.objects.bulk_create(voters)


def _require_sound(facts: VoterFacts, election: Election, *, at: datetime) -> None:
    if facts.region and facts.region not in REGIONS:
        raise Refused("region-unknown")
    if facts.consented_on > at.astimezone(ZoneInfo(election.cycle.body.time_zone)).date():
        raise Refused("day-of-consent-to-come")


def _require_named_once(row: Round, names: Sequence[str], *, but: int | None = None) -> None:
    """Nobody twice: neither on the list already nor twice among these. `but` is the one that changes."""
    for number in roll.voters_named(row, names).values():
        if number != but:
            raise Refused("voter-twice", number=number)
    if (place := first_repeated(names)) is not None:
        raise Refused("name-repeated", line=place + 1)


def _require_registered_once(row: Round, facts: Sequence[VoterFacts]) -> None:
    """An organisation is on the list once, whoever votes for it; told by its number in the register."""
    told = [each.organisation_number if each.kind == ORGANISATION else "" for each in facts]
    for number in roll.organisations_numbered(row, told).values():
        raise Refused("organisation-twice", number=number)
    if (place := first_repeated(told)) is not None:
        raise Refused("organisation-repeated", line=place + 1)


def first_repeated(names: Sequence[str]) -> int | None:
    """The place of the first name that stood there before, spelt as the search spells it."""
    seen: set[str] = set()
    for place, name in enumerate(names):
        plain = normalised(name)
        if plain and plain in seen:
            return place
        seen.add(plain)
    return None


def _numbers(row: Round, facts: Sequence[VoterFacts]) -> list[int]:
    """The numbers asked for, and for the others the next free ones."""
    asked = [each.number for each in facts if each.number is not None]
    taken = set(row.voters.filter(number__in=asked).values_list("number", flat=True))
    for number in asked:
        if number in taken:
            raise Refused("voter-number-taken", number=number)
        taken.add(number)
    following = max([roll.next_voter_number(row) - 1, *asked]) + 1
    numbers = []
    for each in facts:
        numbers.append(each.number if each.number is not None else following)
        following += each.number is None
    return numbers


def _changing(voter_id: int, *, actor: User, at: datetime) -> tuple[Registration, Voter, Actor]:
    """A voter's entry before the closing, held."""
    election_id = Voter.objects.values_list("election_id", flat=True).get(pk=voter_id)
    registration = hold_registration(election_id, at=at)
    voter = locked(Voter, voter_id)
    acting = _entering(actor, registration.election)
    if registration.closing is not None:
        raise Refused("registration-closed", closed_at=registration.closing.closed_at)
    if voter.round_id != registration.row.pk:
        raise Refused("not-in-registration")
    if voter.status == Voter.Status.WITHDRAWN:
        raise Refused("voter-withdrawn", number=voter.number)
    return registration, voter, acting


@transaction.atomic
def change_voter(
    voter_id: int, *, facts: VoterFacts, new_name: bool, actor: User, at: datetime
) -> Voter:
    """Until the closing; the commission then looks at it again. Without `new_name` the name stays.
    Where somebody else confirms now, a meeting of delegates does not any more.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    registration-closed, voter-withdrawn, region-unknown, day-of-consent-to-come, voter-twice.
    """
    registration, voter, acting = _changing(voter_id, actor=actor, at=at)
    _require_sound(facts, registration.election, at=at)
    if facts.source != voter.source:
        voter.meeting = None
    changed = ["kind", "region", "organisation", "source", "consented_on"]
    for name in changed:
        setattr(voter, name, getattr(facts, name))
    changed.append("meeting")
    if new_name:
        _require_named_once(registration.row, [facts.name], but=voter.number)
        voter.name = facts.name
        changed += ["name_key", "name"]
    wait_again(voter)
    voter.save(update_fields=[*changed, *DECISION])
    record(
        "voter.changed",
        actor=acting,
        subject=voter,
        at=at,
        chapter=registration.election.chapter,
        after={"number": voter.number},
    )
    return voter


DECISION = ("status", "refusal", "decided_at", "decided_by")


def wait_again(voter: Voter) -> None:
    voter.status = Voter.Status.WAITING
    voter.refusal = ""
    voter.decided_at = None
    voter.decided_by = None


@transaction.atomic
def withdraw_voter(voter_id: int, *, actor: User, at: datetime) -> Voter:
    """Off the list, until the closing; the number is not given again.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    registration-closed, voter-withdrawn.
    """
    registration, voter, acting = _changing(voter_id, actor=actor, at=at)
    wait_again(voter)
    voter.status = Voter.Status.WITHDRAWN
    voter.save(update_fields=DECISION)
    record(
        "voter.withdrawn",
        actor=acting,
        subject=voter,
        at=at,
        chapter=registration.election.chapter,
        after={"number": voter.number},
    )
    return voter


@transaction.atomic
def decide_voters(
    election_id: int,
    *,
    numbers: Collection[int],
    refusal: str = "",
    is_namesake: bool = False,
    actor: User,
    at: datetime,
) -> list[Voter]:
    """The commission accepts these voters, or refuses them for a reason (3.10); until the list is
    published it may decide anew.

    Names are compared with those of officers, which opens them. Raises Refused: not-allowed,
    undertaking-missing, suspended, annulled, not-in-registration, nothing-chosen, voter-unknown,
    voter-withdrawn, voter-late, voter-is-officer, refusal-without-reason, nothing-to-decide,
    related-to-voters.
    """
    registration = hold_registration(election_id, at=at)
    election = registration.election
    acting = access.require_confidence(actor, "decide", "voter_application", election)
    if refusal and refusal not in Voter.Refusal:
        raise Refused("refusal-without-reason")
    voters = _chosen(registration.row, numbers)
    _require_unrelated(actor, voters)
    status = Voter.Status.REFUSED if refusal else Voter.Status.ACCEPTED
    changed = [each for each in voters if (each.status, each.refusal) != (status, refusal)]
    if not changed:
        raise Refused("nothing-to-decide")
    if status == Voter.Status.ACCEPTED:
        _require_acceptable(election, changed, acting, is_namesake=is_namesake, at=at)
    for voter in changed:
        voter.status = status
        voter.refusal = refusal
        voter.decided_at = at
        voter.decided_by = acting.number
    Voter.objects.bulk_update(changed, DECISION)
    record(
        "voters.decided",
        actor=acting,
        subject=registration.row,
        at=at,
        chapter=election.chapter,
        after={"status": str(status), "numbers": [voter.number for voter in changed]},
    )
    return changed


def _require_unrelated(actor: User, voters: Sequence[Voter]) -> None:
    """Nobody decides on themselves or on somebody near to them."""
    related = related_voters(actor, voters)
    if numbers := [voter.number for voter in voters if voter.pk in related]:
        raise Refused("related-to-voters", numbers=", ".join(map(str, numbers)))


def _chosen(row: Round, numbers: Collection[int]) -> list[Voter]:
    if not numbers:
        raise Refused("nothing-chosen")
    voters = list(row.voters.filter(number__in=numbers).order_by("number"))
    if unknown := set(numbers) - {voter.number for voter in voters}:
        raise Refused("voter-unknown", number=min(unknown))
    for voter in voters:
        if voter.status == Voter.Status.WITHDRAWN:
            raise Refused("voter-withdrawn", number=voter.number)
    return voters


def _require_acceptable(
    election: Election, voters: Sequence[Voter], acting: Actor, *, is_namesake: bool, at: datetime
) -> None:
    for voter in voters:
        if voter.is_late:
            raise Refused("voter-late", number=voter.number)
    if is_namesake:
        return
    opened = _open(voters, acting, election, at=at, only=["name"])
    names = [str(opened[voter.pk]["name"] or "") for voter in voters]
    barred = roll.barred_names(election, names, "voter")
    for place, roles in sorted(barred.items()):
        raise Refused("voter-is-officer", number=voters[place].number, held=roles[0])
    for place, others in sorted(roll.alike_on_the_list(voters, names).items()):
        raise Refused("voter-alike", number=voters[place].number, other=others[0])


def _open(
    voters: Iterable[Voter],
    acting: Actor,
    election: Election,
    *,
    at: datetime,
    only: Collection[str],
) -> dict[int, dict[str, Any]]:
    """These fields of each, whatever of the rows was read before."""
    sealed = {"name", *roll.SELDOM}
    rows = Voter.objects.filter(pk__in=[voter.pk for voter in voters]).defer(*(sealed - {*only}))
    return vault.open(
        rows, "roll", actor=acting, at=at, chapter=election.chapter, only=sorted(only)
    )


@dataclass(frozen=True, slots=True)
class Named:
    """What is sealed of a voter, opened, and what speaks against accepting: the roles that somebody of
    that name holds, and others on the list with the same name or number."""

    name: str
    barred: list[str]
    alike: list[int]
    contact: str = ""
    basis: str = ""


@transaction.atomic
def open_voters(
    election: Election,
    voters: Collection[Voter],
    *,
    actor: User,
    at: datetime,
    only: Collection[str] = ("name",),
) -> dict[int, Named]:
    """The names of these voters by primary key, and what else is asked for (contact, basis); one row in
    the journal says who looked.

    Raises Refused: not-allowed, undertaking-missing.
    """
    acting = access.require_confidence(actor, "see", "voter_application", election)
    if any(voter.election_id != election.pk for voter in voters):
        raise Refused("not-allowed")
    opened = _open(voters, acting, election, at=at, only=only)
    listed = list(voters)
    names = [str(opened[voter.pk]["name"] or "") for voter in listed]
    barred = roll.barred_names(election, names, "voter")
    alike = roll.alike_on_the_list(listed, names)
    return {
        voter.pk: Named(
            **{name: str(text or "") for name, text in opened[voter.pk].items()},
            barred=barred.get(place, []),
            alike=alike.get(place, []),
        )
        for place, voter in enumerate(listed)
    }
