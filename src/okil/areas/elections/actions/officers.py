"""What officers sign, how they work, when observers were present; the papers on all of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction

from okil.areas.bodies import access
from okil.areas.bodies.actions.people import open_names
from okil.areas.bodies.models import Body, Person, Role, RoleName
from okil.areas.elections.access import require_confidence
from okil.areas.elections.actions.current import running
from okil.areas.elections.documents import officers as papers
from okil.areas.elections.documents.meetings import MINUTES
from okil.areas.elections.documents.partners import LETTER
from okil.areas.elections.models import (
    Cycle,
    Election,
    OrganisationKind,
    Presence,
    Undertaking,
)
from okil.areas.elections.queries import officers as known
from okil.areas.elections.queries.officers import Officer
from okil.foundation import documents, vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.documents.models import File, Issued, NumbersOfAYear
from okil.foundation.locking import locked
from okil.pure.encoding import sha256_hex
from okil.pure.hashchain import canonical_bytes
from okil.pure.refusal import Refused

PAPERS = (*papers.ON_OFFICERS, LETTER, MINUTES)


def local_day(body: Body, at: datetime) -> date:
    return at.astimezone(ZoneInfo(body.time_zone)).date()


def number_of(acting: Actor) -> int:
    if acting.number is None:
        raise Refused("not-allowed")
    return acting.number


# Undertakings


@transaction.atomic
def sign_undertaking(
    election_id: int,
    *,
    role: str,
    kind: str,
    organisation_kind: str = "",
    actor: User,
    at: datetime,
) -> Undertaking:
    """An officer's word, in the role it is asked of. The view asked for a fresh second factor.

    Possible also while the election is suspended: who settles a complaint then must be bound too.
    Raises Refused: not-the-mover, undertaking-not-asked, organisation-kind-missing,
    undertaking-signed.
    """
    election = locked(Election, election_id)
    acting = access.require_role(actor, role, election.group)
    if kind not in known.ASKED_OF.get(role, ()):
        raise Refused("undertaking-not-asked")
    comes_from = organisation_kind if kind == Undertaking.Kind.NO_INTEREST else ""
    if kind == Undertaking.Kind.NO_INTEREST and comes_from not in OrganisationKind.values:
        raise Refused("organisation-kind-missing")
    held = election.group.roles.get(role=role, person__number=number_of(acting), ends_at=None)
    if election.undertakings.filter(role=held, kind=kind).exists():
        raise Refused("undertaking-signed")
    facts = papers.undertaking_facts(
        election,
        role=role,
        number=number_of(acting),
        kind=kind,
        organisation_kind=comes_from,
        at=at,
    )
    signed = Undertaking.objects.create(
        election=election,
        role=held,
        kind=kind,
        organisation_kind=comes_from,
        signed_at=at,
        facts_sha256=sha256_hex(canonical_bytes(facts)),
    )
    record(
        "undertaking.signed",
        actor=acting,
        subject=signed,
        at=at,
        chapter=election.chapter,
        after={"kind": kind, "facts": signed.facts_sha256},
    )
    return signed


# How they work


@transaction.atomic
def describe_officers(
    election_id: int,
    *,
    commission_name: dict[str, str],
    organiser_enabled: dict[str, str],
    channel: dict[str, str],
    actor: User,
    at: datetime,
) -> Election:
    """What the group calls its commission (1.18), how it enables its organiser (1.16), by which
    channel they reach each other (1.14, 1.22).

    Raises Refused: not-allowed, suspended, annulled.
    """
    election, _row = running(election_id)
    acting = changing_officers(election, actor)
    election.commission_name = commission_name
    election.organiser_enabled = organiser_enabled
    election.channel = channel
    election.save(update_fields=["commission_name", "organiser_enabled", "channel"])
    record("officers.described", actor=acting, subject=election, at=at, chapter=election.chapter)
    return election


def changing_officers(election: Election, actor: User) -> Actor:
    return access.require(
        actor, "change", "officers", body=election.cycle.body, group=election.group
    )


# Observers


@transaction.atomic
def enter_presence(election_id: int, *, day: date, actor: User, at: datetime) -> Presence:
    """A day on which the observer was there (1.23), entered by themselves.

    Raises Refused: not-the-mover, suspended, annulled, presence-to-come, presence-before-role,
    presence-entered.
    """
    election, _row = running(election_id)
    acting, role = _own_role_of_observer(election, actor)
    if day > local_day(election.cycle.body, at):
        raise Refused("presence-to-come")
    if day < local_day(election.cycle.body, role.begins_at):
        raise Refused("presence-before-role")
    if election.presences.filter(role=role, day=day).exists():
        raise Refused("presence-entered")
    presence = Presence.objects.create(election=election, role=role, day=day)
    record(
        "presence.entered",
        actor=acting,
        subject=presence,
        at=at,
        chapter=election.chapter,
        after={"day": day.isoformat()},
    )
    return presence


@transaction.atomic
def withdraw_presence(election_id: int, *, day: date, actor: User, at: datetime) -> None:
    """A day entered by mistake is taken back; pressed twice, it is taken back once.

    Raises Refused: not-the-mover, suspended, annulled.
    """
    election, _row = running(election_id)
    acting, role = _own_role_of_observer(election, actor)
    presence = election.presences.filter(role=role, day=day).first()
    if presence is None:
        return
    number = presence.pk
    presence.delete()
    record(
        "presence.withdrawn",
        actor=acting,
        subject=Presence(pk=number),
        at=at,
        chapter=election.chapter,
        after={"day": day.isoformat()},
    )


def _own_role_of_observer(election: Election, actor: User) -> tuple[Actor, Role]:
    acting = access.require_role(actor, RoleName.OBSERVER, election.group)
    role = election.group.roles.get(
        role=RoleName.OBSERVER, person__number=number_of(acting), ends_at=None
    )
    return acting, role


# Papers


@transaction.atomic
def issue_nomination(election_id: int, *, seen: int, actor: User, at: datetime) -> Issued:
    """The nomination to the Organizing Committee (7.04), with the name and the contact.

    `seen` is the version the person had before them, 0 for none.
    Raises Refused: not-allowed, undertaking-missing, no-organiser, paper-issued.
    """
    election = locked(Election, election_id)
    acting = require_confidence(actor, "see", "officer_names", election)
    officer = _organiser(election)
    people = _people([officer])
    hold_number(papers.NOMINATION, election, seen=seen, body=election.cycle.body, at=at)
    facts = papers.nomination_facts(
        election,
        officer,
        names=opened_names(election, people, actor=actor, at=at),
        contact=officer.role.person.user.email if officer.role.person.user else "",
    )
    issued = issue_for(papers.NOMINATION, facts, None, election, about=election, at=at)
    _record_issued(issued, RoleName.ORGANISER, election, acting, at=at)
    return issued


@transaction.atomic
def issue_commission_list(election_id: int, *, seen: int, actor: User, at: datetime) -> Issued:
    """The commission's list (7.07): who, from where, and what each has signed.

    Raises Refused: not-allowed, undertaking-missing, no-commission, paper-issued.
    """
    election = locked(Election, election_id)
    acting = require_confidence(actor, "see", "officer_names", election)
    members = [o for o in known.officers_in(election) if o.role.role == RoleName.COMMISSIONER]
    if not members:
        raise Refused("no-commission")
    people = _people(members)
    hold_number(papers.COMMISSION, election, seen=seen, body=election.cycle.body, at=at)
    names = opened_names(election, people, actor=actor, at=at)
    issued = issue_for(
        papers.COMMISSION,
        papers.commission_facts(election, members, names=names),
        papers.commission_facts(election, members, names=_public_names(people)),
        election,
        about=election,
        at=at,
    )
    _record_issued(issued, RoleName.COMMISSIONER, election, acting, at=at)
    return issued


@transaction.atomic
def issue_accreditation(
    election_id: int, role_id: int, *, seen: int, actor: User, at: datetime
) -> Issued:
    """An observer's accreditation (7.08), when the confidentiality undertaking is signed.

    Raises Refused: not-allowed, undertaking-missing, observer-unsigned, paper-issued.
    """
    election = locked(Election, election_id)
    acting = require_confidence(actor, "see", "officer_names", election)
    officer = _observer(election, role_id)
    people = _people([officer])
    hold_number(papers.ACCREDITATION, officer.role, seen=seen, body=election.cycle.body, at=at)
    names = opened_names(election, people, actor=actor, at=at)
    issued = issue_for(
        papers.ACCREDITATION,
        papers.accreditation_facts(election, officer, names=names),
        papers.accreditation_facts(election, officer, names=_public_names(people)),
        election,
        about=officer.role,
        at=at,
    )
    _record_issued(issued, RoleName.OBSERVER, election, acting, at=at)
    return issued


@transaction.atomic
def issue_committee_list(cycle_id: int, *, seen: int, actor: User, at: datetime) -> Issued:
    """The Organizing Committee of the cycle (7.05), by the Secretariat.

    Raises Refused: not-allowed, no-organiser, paper-issued.
    """
    cycle = locked(Cycle, cycle_id)
    acting = access.require(actor, "see", "officer_names", body=cycle.body)
    committee = known.committee_of(cycle)
    people = _people(officer for _election, officer in committee if officer)
    if not people:
        raise Refused("no-organiser")
    hold_number(papers.COMMITTEE, cycle, seen=seen, body=cycle.body, at=at)
    names = open_names(people, body=cycle.body, group=None, actor=actor, at=at)
    issued = documents.issue(
        papers.COMMITTEE,
        facts=papers.committee_facts(cycle, committee, names=names),
        public_facts=papers.committee_facts(cycle, committee, names=_public_names(people)),
        scope=f"body-{cycle.body_id}",
        subject=cycle,
        year=local_day(cycle.body, at).year,
        zone=cycle.body.time_zone,
        at=at,
    )
    record(
        "officers.committee_listed",
        actor=acting,
        subject=cycle,
        at=at,
        chapter=cycle.chapter,
        after={"version": issued.version, "people": len(people)},
    )
    return issued


@transaction.atomic
def open_paper(file_id: int, *, election_id: int, actor: User, at: datetime) -> tuple[File, bytes]:
    """A file of a paper on officers; an internal one on the record.

    Raises Refused: not-allowed, undertaking-missing.
    """
    election = Election.objects.select_related("cycle__body", "group").get(pk=election_id)
    file = File.objects.select_related("issued").get(
        pk=file_id, issued__vault_scope=_scope(election), issued__kind__in=PAPERS
    )
    thing = "commission_meetings" if file.issued.kind == MINUTES else "officer_names"
    acting = require_confidence(actor, "see", thing, election)
    return file, documents.open_file(file, actor=acting, at=at, chapter=election.chapter)


@transaction.atomic
def open_committee_paper(
    file_id: int, *, cycle_id: int, actor: User, at: datetime
) -> tuple[File, bytes]:
    """A file of the Organizing Committee's list, for the Secretariat. Raises Refused("not-allowed")."""
    cycle = Cycle.objects.select_related("body").get(pk=cycle_id)
    file = File.objects.select_related("issued").get(
        pk=file_id, issued__kind=papers.COMMITTEE, issued__subject_number=cycle.pk
    )
    acting = access.require(actor, "see", "officer_names", body=cycle.body)
    return file, documents.open_file(file, actor=acting, at=at, chapter=cycle.chapter)


def _organiser(election: Election) -> Officer:
    for officer in known.officers_in(election):
        if officer.role.role == RoleName.ORGANISER:
            return officer
    raise Refused("no-organiser")


def _observer(election: Election, role_id: int) -> Officer:
    officers = known.officers_in(election)
    officer = next(each for each in officers if each.role.pk == role_id)
    if not officer.has_signed_all:
        raise Refused("observer-unsigned")
    return officer


def _people(officers: Iterable[Officer]) -> list[Person]:
    return [officer.role.person for officer in officers]


def opened_names(
    election: Election, people: list[Person], *, actor: User, at: datetime
) -> dict[int, str]:
    return open_names(people, body=election.cycle.body, group=election.group, actor=actor, at=at)


def _public_names(people: list[Person]) -> dict[int, str]:
    """Of those who agreed to it."""
    opened = vault.open_published(people, only=("name",))
    return {pk: str(fields["name"]) for pk, fields in opened.items()}


def hold_number(kind: str, subject: models.Model, *, seen: int, body: Body, at: datetime) -> None:
    """The year's numbers are held before names are opened: opening holds the journal, which is the
    last lock of everybody. And nobody issues over a version they have not seen."""
    year = local_day(body, at).year
    NumbersOfAYear.objects.get_or_create(year=year)
    locked(NumbersOfAYear, year)
    newest = known.newest_paper(kind, subject)
    if (newest.version if newest else 0) != seen:
        raise Refused("paper-issued")


def _scope(election: Election) -> str:
    return f"election-{election.pk}"


def issue_for(
    kind: str,
    facts: dict[str, Any],
    public_facts: dict[str, Any] | None,
    election: Election,
    *,
    about: models.Model,
    at: datetime,
) -> Issued:
    body = election.cycle.body
    return documents.issue(
        kind,
        facts=facts,
        public_facts=public_facts,
        scope=_scope(election),
        subject=about,
        year=local_day(body, at).year,
        zone=body.time_zone,
        at=at,
    )


def _record_issued(
    issued: Issued, role: str, election: Election, acting: Actor, *, at: datetime
) -> None:
    record(
        "officers.paper_issued",
        actor=acting,
        subject=issued,
        at=at,
        chapter=election.chapter,
        after={"role": role, "version": issued.version},
    )
