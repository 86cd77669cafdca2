"""Candidates: entered by the organiser from the signed application, consent by consent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from okil.areas.bodies import queries as bodies
from okil.areas.bodies.models import Person
from okil.areas.elections import access
from okil.areas.elections.actions.lists import issue_published
from okil.areas.elections.actions.voters import Registration, hold_registration, hold_round
from okil.areas.elections.models import Candidate, Election, Round
from okil.areas.elections.queries import candidates as queries
from okil.areas.elections.queries import voters as roll
from okil.areas.elections.queries.lists import places_for
from okil.areas.elections.wording.voters import REGIONS
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

SEALED = ("contact", "experience", "term_history", "conflict")
CONSENTS = ("shows_name", "shows_region", "shows_programme")
MAY_STILL_WITHDRAW = (State.REGISTRATION, State.CANDIDATES_PUBLISHED)


@dataclass(frozen=True, slots=True)
class Consents:
    """What everybody may read of a candidate, item by item (4.05)."""

    shows_name: bool = False
    shows_region: bool = False
    shows_programme: bool = False


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """The application on paper. A sealed item that is None stays as it is; "" is none."""

    place: str
    region: str
    organisation: str
    consented_on: date
    signed_on: date
    name: str | None = None
    pseudonym: str = ""
    programme: dict[str, str] = field(default_factory=dict)
    contact: str | None = None
    experience: str | None = None
    term_history: str | None = None
    conflict: str | None = None
    is_namesake: bool = False  # not the person of this name whom the body knows


def _entering(actor: User, election: Election) -> Actor:
    return access.require_confidence(actor, "change", "candidate_application", election)


@transaction.atomic
def enter_candidate(
    election_id: int,
    *,
    facts: CandidateFacts,
    consents: Consents,
    actor: User,
    at: datetime,
) -> Candidate:
    """From the signed application on paper. Who comes after the end is kept, and marked late.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    name-missing, place-unknown, region-unknown, day-of-consent-to-come, day-of-signature-to-come,
    candidate-twice, candidate-is-officer.
    """
    registration = hold_registration(election_id, at=at)
    election, row = registration.election, registration.row
    acting = _entering(actor, election)
    if not facts.name:
        raise Refused("name-missing")
    _require_sound(facts, row, at=at)
    _require_named_once(row, facts.name)
    candidate = Candidate(
        election=election,
        round=row,
        number=queries.next_candidate_number(row),
        person=_known_as(election, facts),
        name=facts.name,
        entered_at=at,
        is_late=registration.is_late(at),
    )
    _write(candidate, facts)
    _write_consents(candidate, consents)
    candidate.save()
    record(
        "candidate.entered",
        actor=acting,
        subject=candidate,
        at=at,
        chapter=election.chapter,
        after={"number": candidate.number},
    )
    return candidate


def _require_sound(facts: CandidateFacts, row: Round, *, at: datetime) -> None:
    election = row.election
    if facts.place not in places_for(row, queries.rules_of(election.group)):
        raise Refused("place-unknown")
    if facts.region and facts.region not in REGIONS:
        raise Refused("region-unknown")
    today = at.astimezone(ZoneInfo(election.cycle.body.time_zone)).date()
    if facts.consented_on > today:
        raise Refused("day-of-consent-to-come")
    if facts.signed_on > today:
        raise Refused("day-of-signature-to-come")


def _require_named_once(row: Round, name: str, *, but: int | None = None) -> None:
    scope = f"election-{row.election_id}"
    same = vault.find(Candidate, "name", name, scope=scope).filter(round=row, withdrawn_at=None)
    for twin in same:
        if twin.pk != but:
            raise Refused("candidate-twice", number=twin.number)


def _known_as(election: Election, facts: CandidateFacts) -> Person | None:
    """The one person of this name whom the body knows, whose terms then count.

    An officer whose role forbids it is refused at once (REG-21, REG-22).
    """
    if facts.is_namesake or not facts.name:
        return None
    if barred := roll.barred_names(election, [facts.name], "candidate"):
        raise Refused("candidate-is-officer", held=barred[0][0])
    known = list(bodies.people_named(election.cycle.body, facts.name)[:2])
    return known[0] if len(known) == 1 else None


def _write(candidate: Candidate, facts: CandidateFacts) -> list[str]:
    """Everything but the name; the names of the fields that were written."""
    plain = ("place", "pseudonym", "region", "organisation", "programme")
    days = ("consented_on", "signed_on")
    told = [name for name in SEALED if getattr(facts, name) is not None]
    for name in (*plain, *days):
        setattr(candidate, name, getattr(facts, name))
    for name in told:
        setattr(candidate, name, getattr(facts, name) or None)
    return [*plain, *days, *told]


def _write_consents(candidate: Candidate, consents: Consents) -> None:
    for name in CONSENTS:
        setattr(candidate, name, getattr(consents, name))


def _held(candidate_id: int, *, actor: User, at: datetime) -> tuple[Registration, Candidate, Actor]:
    """A candidate's application before the closing, held."""
    election_id = Candidate.objects.values_list("election_id", flat=True).get(pk=candidate_id)
    registration = hold_registration(election_id, at=at)
    candidate = locked(Candidate, candidate_id)
    acting = _entering(actor, registration.election)
    if candidate.round_id != registration.row.pk:
        raise Refused("not-in-registration")
    if candidate.withdrawn_at is not None:
        raise Refused("candidate-withdrawn")
    return registration, candidate, acting


@transaction.atomic
def change_candidate(
    candidate_id: int, *, facts: CandidateFacts, actor: User, at: datetime
) -> Candidate:
    """Until the closing. Without a name the name stays, and so does each sealed item that is None.

    Raises Refused as `enter_candidate` does, and registration-closed, candidate-withdrawn.
    """
    registration, candidate, acting = _held(candidate_id, actor=actor, at=at)
    if registration.closing is not None:
        raise Refused("registration-closed", closed_at=registration.closing.closed_at)
    _require_sound(facts, registration.row, at=at)
    changed = _write(candidate, facts)
    if facts.name:
        _require_named_once(registration.row, facts.name, but=candidate.pk)
        candidate.person = _known_as(registration.election, facts)
        candidate.name = facts.name
        changed += ["person", "name_key", "name"]
    candidate.save(update_fields=changed)
    record(
        "candidate.changed",
        actor=acting,
        subject=candidate,
        at=at,
        chapter=registration.election.chapter,
        after={"number": candidate.number},
    )
    return candidate


@transaction.atomic
def link_person(candidate_id: int, *, person: int | None, actor: User, at: datetime) -> Candidate:
    """Which person of the body this is, by number, so that their terms count; or nobody known.

    By the organiser or the commission. Raises Refused: not-allowed, undertaking-missing, suspended,
    annulled, candidate-withdrawn, person-unknown, candidate-is-officer.
    """
    election_id = Candidate.objects.values_list("election_id", flat=True).get(pk=candidate_id)
    election, _row, _situation = hold_round(election_id, at=at)
    candidate = locked(Candidate, candidate_id)
    acting = access.require_confidence(actor, "see", "candidate_application", election)
    if candidate.withdrawn_at is not None:
        raise Refused("candidate-withdrawn")
    if candidate.outcome != Candidate.Outcome.WAITING:
        raise Refused("admission-decided")
    candidate.person = None
    if person is not None:
        found = election.cycle.body.people.filter(number=person).first()
        if found is None:
            raise Refused("person-unknown", number=person)
        candidate.person = found
    candidate.save(update_fields=["person"])
    record(
        "candidate.linked",
        actor=acting,
        subject=candidate,
        at=at,
        chapter=election.chapter,
        after={"number": candidate.number, "known": person is not None},
    )
    return candidate


@transaction.atomic
def change_consents(
    candidate_id: int,
    *,
    consents: Consents,
    pseudonym: str,
    actor: User,
    at: datetime,
) -> Candidate:
    """What becomes public, on the candidate's word: freely until the list is published; afterwards a
    consent can only be taken back, and is gone from every page at once.

    Raises Refused: not-allowed, undertaking-missing, candidate-withdrawn, consent-only-back,
    nothing-changes. A suspended election does not keep anybody's name on a page.
    """
    election_id = Candidate.objects.values_list("election_id", flat=True).get(pk=candidate_id)
    election = locked(Election, election_id)
    candidate = locked(Candidate, candidate_id)
    acting = _entering(actor, election)
    before = {name: getattr(candidate, name) for name in CONSENTS}
    wanted = {name: getattr(consents, name) for name in CONSENTS}
    gives = [name for name in CONSENTS if wanted[name] and not before[name]]
    if candidate.listed_at is not None and (gives or pseudonym not in ("", candidate.pseudonym)):
        raise Refused("consent-only-back")
    if (wanted, pseudonym) == (before, candidate.pseudonym):
        raise Refused("nothing-changes")
    _write_consents(candidate, consents)
    candidate.pseudonym = pseudonym
    candidate.save(update_fields=[*CONSENTS, "pseudonym"])
    if candidate.listed_at is not None:
        issue_published(candidate.round, at=at)  # in place of the paper with what was taken back
    record(
        "candidate.consents_changed",
        actor=acting,
        subject=candidate,
        at=at,
        chapter=election.chapter,
        before={**before},
        after={**wanted, "number": candidate.number},
    )
    return candidate


@transaction.atomic
def withdraw_candidate(candidate_id: int, *, actor: User, at: datetime) -> Candidate:
    """On the candidate's word, until the vote opens.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, candidate-withdrawn,
    voting-has-begun.
    """
    election_id = Candidate.objects.values_list("election_id", flat=True).get(pk=candidate_id)
    election, row, _situation = hold_round(election_id, at=at)
    candidate = locked(Candidate, candidate_id)
    acting = _entering(actor, election)
    if candidate.withdrawn_at is not None:
        raise Refused("candidate-withdrawn")
    if row.state not in MAY_STILL_WITHDRAW:
        raise Refused("voting-has-begun")
    candidate.withdrawn_at = at
    candidate.save(update_fields=["withdrawn_at"])
    if candidate.listed_at is not None:
        issue_published(candidate.round, at=at)
    record(
        "candidate.withdrawn",
        actor=acting,
        subject=candidate,
        at=at,
        chapter=election.chapter,
        after={"number": candidate.number},
    )
    return candidate


@dataclass(frozen=True, slots=True)
class Application:
    """One application, opened, and what its name tells: roles that forbid it, other groups."""

    sealed: dict[str, str]
    barred: list[str]
    people: list[int]  # numbers of the body's people of this name
    elsewhere: int  # other groups of the cycle where somebody of this name stands


@transaction.atomic
def open_application(candidate_id: int, *, actor: User, at: datetime) -> Application:
    """Name, contact, experience, terms, conflict of interest; one row says who looked.

    Raises Refused: not-allowed, undertaking-missing.
    """
    candidate = Candidate.objects.select_related("election__cycle__body", "election__group").get(
        pk=candidate_id
    )
    election = candidate.election
    acting = access.require_confidence(actor, "see", "candidate_application", election)
    opened = vault.open([candidate], "candidates", actor=acting, at=at, chapter=election.chapter)
    sealed = {name: str(value or "") for name, value in opened[candidate.pk].items()}
    name = sealed["name"]
    known = bodies.people_named(election.cycle.body, name)
    return Application(
        sealed,
        roll.barred_names(election, [name], "candidate").get(0, []),
        list(known.values_list("number", flat=True)),
        roll.candidates_elsewhere(election, name),
    )


@transaction.atomic
def open_candidates(
    election: Election, candidates: Collection[Candidate], *, actor: User, at: datetime
) -> dict[int, str]:
    """The names of these candidates by primary key; one row says who looked.

    Raises Refused: not-allowed, undertaking-missing.
    """
    acting = access.require_confidence(actor, "see", "candidate_application", election)
    if any(each.election_id != election.pk for each in candidates):
        raise Refused("not-allowed")
    opened = vault.open(candidates, "candidates", actor=acting, at=at, chapter=election.chapter)
    return {pk: str(fields["name"]) for pk, fields in opened.items()}
