"""Candidates: entered by the organiser from the signed application, consent by consent; what the organiser
does for those who applied themselves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from okil.areas.bodies import queries as bodies
from okil.areas.bodies.models import Person
from okil.areas.elections import access
from okil.areas.elections.actions.lists import issue_published
from okil.areas.elections.actions.voters import Registration, hold_registration, hold_round
from okil.areas.elections.models import Candidate, Election, Round
from okil.areas.elections.queries import admission as deciding
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
from okil.pure.rules.tickets import candidate_check_of

SEALED = ("contact", "experience", "term_history", "conflict")
CONSENTS = ("shows_name", "shows_region", "shows_programme", "shows_photo")
MAY_STILL_WITHDRAW = (State.REGISTRATION, State.CANDIDATES_PUBLISHED)


@dataclass(frozen=True, slots=True)
class Consents:
    """What everybody may read of a candidate, item by item (4.05)."""

    shows_name: bool = False
    shows_region: bool = False
    shows_programme: bool = False
    shows_photo: bool = False


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """The application on paper. A sealed item that is None stays as it is; "" is none."""

    place: str
    region: str
    organisation: str
    consented_on: date
    signed_on: date | None  # by hand; None: not yet
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
    require_offered(row, facts.place, facts.region)
    today = day_of(at, row.election)
    if facts.consented_on > today:
        raise Refused("day-of-consent-to-come")
    if facts.signed_on and facts.signed_on > today:
        raise Refused("day-of-signature-to-come")


def require_offered(row: Round, place: str, region: str) -> None:
    """What one can stand for here, and where from. Raises Refused: place-unknown, region-unknown."""
    if place not in places_for(row, queries.rules_of(row.election.group)):
        raise Refused("place-unknown")
    if region and region not in REGIONS:
        raise Refused("region-unknown")


def day_of(at: datetime, election: Election) -> date:
    """The day where the body is."""
    return at.astimezone(ZoneInfo(election.cycle.body.time_zone)).date()


def _require_named_once(row: Round, name: str, *, but: int | None = None) -> None:
    for twin in _named(row, name):
        if twin.pk != but:
            raise Refused("candidate-twice", number=twin.number)


def _named(row: Round, name: str) -> QuerySet[Candidate]:
    """Who stands under this name."""
    same = vault.find(Candidate, "name", name, scope=f"election-{row.election_id}")
    return same.filter(round=row, withdrawn_at=None).only("number").order_by("number")


def _known_as(election: Election, facts: CandidateFacts) -> Person | None:
    """The one person of this name whom the body knows, whose terms then count.

    An officer whose role forbids it is refused at once (REG-21, REG-22).
    """
    if facts.is_namesake or not facts.name:
        return None
    if barred := roll.barred_names(election, [facts.name], "candidate"):
        raise Refused("candidate-is-officer", held=barred[0][0])
    return the_person_named(election, facts.name)


def the_person_named(election: Election, name: str) -> Person | None:
    """Whom the body knows by this name, if it is one person; their terms then count."""
    known = list(bodies.people_named(election.cycle.body, name)[:2])
    return known[0] if len(known) == 1 else None


def _write(candidate: Candidate, facts: CandidateFacts) -> list[str]:
    """Everything but the name; the names of the fields that were written. What the organiser writes is
    signed by hand or not at all: a code confirmed other words."""
    plain = ("place", "pseudonym", "region", "organisation", "programme")
    days = ("consented_on", "signed_on")
    told = [name for name in SEALED if getattr(facts, name) is not None]
    for name in (*plain, *days):
        setattr(candidate, name, getattr(facts, name))
    for name in told:
        setattr(candidate, name, getattr(facts, name) or None)
    candidate.signing = Candidate.Signing.PAPER if facts.signed_on else ""
    return [*plain, *days, "signing", *told]


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

    By the organiser or the commission, but for who is related. Raises Refused: not-allowed,
    undertaking-missing, suspended, annulled, candidate-withdrawn, admission-decided,
    related-to-candidate, person-unknown.
    """
    election_id = Candidate.objects.values_list("election_id", flat=True).get(pk=candidate_id)
    election, _row, _situation = hold_round(election_id, at=at)
    candidate = locked(Candidate, candidate_id)
    acting = access.require_confidence(actor, "see", "candidate_application", election)
    if candidate.withdrawn_at is not None:
        raise Refused("candidate-withdrawn")
    if candidate.outcome != Candidate.Outcome.WAITING:
        raise Refused("admission-decided")
    if acting.number in deciding.related_to(candidate, deciding.commission_of(election.group)):
        raise Refused("related-to-candidate")
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
    write_changed_consents(candidate, consents, pseudonym, election=election, acting=acting, at=at)
    return candidate


def write_changed_consents(
    candidate: Candidate,
    consents: Consents,
    pseudonym: str,
    *,
    election: Election,
    acting: Actor,
    at: datetime,
) -> None:
    """Part of an action, whoever's word it is. Raises Refused as `require_consents_possible` does."""
    require_consents_possible(candidate, consents, pseudonym)
    before = {name: getattr(candidate, name) for name in CONSENTS}
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
        before=before,
        after={**asdict(consents), "number": candidate.number},
    )


def require_consents_possible(candidate: Candidate, consents: Consents, pseudonym: str) -> None:
    """Raises Refused: consent-only-back, nothing-changes."""
    before = {name: getattr(candidate, name) for name in CONSENTS}
    wanted = asdict(consents)
    gives = [name for name in CONSENTS if wanted[name] and not before[name]]
    if candidate.listed_at is not None and (gives or pseudonym not in ("", candidate.pseudonym)):
        raise Refused("consent-only-back")
    if (wanted, pseudonym) == (before, candidate.pseudonym):
        raise Refused("nothing-changes")


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
    write_withdrawal(candidate, row, election=election, acting=acting, at=at)
    return candidate


def require_withdrawal_possible(candidate: Candidate, row: Round) -> None:
    """Raises Refused: candidate-withdrawn, voting-has-begun."""
    if candidate.withdrawn_at is not None:
        raise Refused("candidate-withdrawn")
    if row.state not in MAY_STILL_WITHDRAW:
        raise Refused("voting-has-begun")


def write_withdrawal(
    candidate: Candidate, row: Round, *, election: Election, acting: Actor, at: datetime
) -> None:
    """Part of an action, whoever's word it is. Raises Refused: candidate-withdrawn, voting-has-begun."""
    require_withdrawal_possible(candidate, row)
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


# For those who applied themselves


@transaction.atomic
def confirm_signature(
    candidate_id: int, *, signed_on: date, actor: User, at: datetime
) -> Candidate:
    """The organiser holds the application signed by hand, until the lists are closed.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    candidate-withdrawn, registration-closed, application-signed, day-of-signature-to-come.
    """
    registration, candidate, acting = _held(candidate_id, actor=actor, at=at)
    if registration.closing is not None:
        raise Refused("registration-closed", closed_at=registration.closing.closed_at)
    if candidate.signed_on is not None:
        raise Refused("application-signed")
    if signed_on > day_of(at, registration.election):
        raise Refused("day-of-signature-to-come")
    write_signature(candidate, signed_on, Candidate.Signing.PAPER, acting=acting, at=at)
    return candidate


def write_signature(
    candidate: Candidate, signed_on: date, signing: str, *, acting: Actor, at: datetime
) -> None:
    """Part of an action."""
    candidate.signed_on, candidate.signing = signed_on, signing
    candidate.save(update_fields=["signed_on", "signing"])
    record(
        "candidate.signed",
        actor=acting,
        subject=candidate,
        at=at,
        chapter=candidate.election.chapter,
        after={"number": candidate.number, "how": signing},
    )


@transaction.atomic
def renew_candidate_ticket(
    candidate_id: int, *, reason: str, ticket: str, actor: User, at: datetime
) -> Candidate:
    """The organiser makes a ticket and hands it over; the one before is void from now on.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, concluded,
    candidate-withdrawn.
    """
    election_id = Candidate.objects.values_list("election_id", flat=True).get(pk=candidate_id)
    election, row, _situation = hold_round(election_id, at=at)
    candidate = locked(Candidate, candidate_id)
    acting = _entering(actor, election)
    if row.state == State.CONCLUDED:
        raise Refused("concluded")
    if candidate.withdrawn_at is not None:
        raise Refused("candidate-withdrawn")
    candidate.ticket_check = candidate_check_of(ticket)
    candidate.save(update_fields=["ticket_check"])
    record(
        "candidate.ticket_made",
        actor=acting,
        subject=candidate,
        at=at,
        chapter=election.chapter,
        after={"number": candidate.number, "reason": reason},
    )
    return candidate


@dataclass(frozen=True, slots=True)
class Application:
    """One application, opened, and what its name tells: roles that forbid it, other groups."""

    sealed: dict[str, str]
    barred: list[str]
    people: list[int]  # numbers of the body's people of this name
    elsewhere: int  # other groups of the cycle where somebody of this name stands
    alike: list[int]  # numbers of other candidates of this name, who did not withdraw


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
    opened = vault.open(
        [candidate],
        "candidates",
        actor=acting,
        at=at,
        chapter=election.chapter,
        only=("name", *SEALED),
    )
    sealed = {name: str(value or "") for name, value in opened[candidate.pk].items()}
    name = sealed["name"]
    known = bodies.people_named(election.cycle.body, name)
    return Application(
        sealed,
        roll.barred_names(election, [name], "candidate").get(0, []),
        list(known.values_list("number", flat=True)),
        roll.candidates_elsewhere(election, name),
        [twin.number for twin in _named(candidate.round, name) if twin.pk != candidate.pk],
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
    opened = vault.open(
        candidates, "candidates", actor=acting, at=at, chapter=election.chapter, only=("name",)
    )
    return {pk: str(fields["name"]) for pk, fields in opened.items()}
