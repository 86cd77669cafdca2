"""The results protocol: drawn up from the count, signed by all, corrected by a further version."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from okil.areas.bodies import access as bodies_access
from okil.areas.bodies.actions.decisions import kind_of_paper
from okil.areas.bodies.models import Role, RoleName
from okil.areas.elections import access, queries
from okil.areas.elections.actions.current import current, require_running
from okil.areas.elections.actions.officers import hold_number
from okil.areas.elections.documents.protocols import (
    RESULTS_PROTOCOL,
    Names,
    internal_facts,
    signing_roles,
)
from okil.areas.elections.models import Election, Protocol, Round, Signature
from okil.areas.elections.queries import protocols
from okil.areas.elections.queries.candidates import rules_of
from okil.areas.elections.queries.count import Outcome, outcome_of, waits_for_an_act
from okil.areas.elections.queries.officers import is_whole_commission
from okil.foundation import documents, vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.documents.models import File
from okil.pure.packages.facts import public_facts
from okil.pure.packages.writing import paper_path
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State


@transaction.atomic
def draw_up_protocol(
    election_id: int, *, seen_version: int, reason: dict[str, str], actor: User, at: datetime
) -> Protocol:
    """A new version, made from the facts alone; a further one needs a reason and all signatures anew.

    Raises Refused: not-the-mover, undertaking-missing, suspended, annulled, protocol-not-due,
    protocol-changed, protocol-reason-missing, protocol-commission-not-whole, count-not-agreed,
    protocol-not-countable, protocol-tie-open.
    """
    election, row = current(election_id)
    acting = _commissioner(actor, election)
    outcome = _require_ready(election, row, seen_version, reason, at=at)
    hold_number(RESULTS_PROTOCOL, row, seen=seen_version, body=election.cycle.body, at=at)
    names = _opened_names(election, row, acting, at=at)
    facts = internal_facts(row, outcome, names, at=at)
    zone = election.cycle.body.time_zone
    issued = documents.issue(
        RESULTS_PROTOCOL,
        facts=facts,
        public_facts=public_facts(facts),
        scope=election.chapter,
        subject=row,
        year=at.astimezone(ZoneInfo(zone)).year,
        zone=zone,
        at=at,
        reason=reason,
    )
    protocol = Protocol.objects.create(
        round=row,
        version=issued.version,
        issued=issued,
        drawn_up_at=at,
        person_number=_number(acting),
        reason=reason,
    )
    record(
        "protocol.drawn_up",
        actor=acting,
        subject=protocol,
        at=at,
        chapter=election.chapter,
        after={
            "version": protocol.version,
            "number": issued.number_shown,
            "facts": issued.internal_sha256,
            "public": issued.public_sha256,
        },
    )
    return protocol


def _commissioner(actor: User, election: Election) -> Actor:
    """The commission draws up; who sees names has promised to keep them."""
    acting = bodies_access.require_role(actor, RoleName.COMMISSIONER, election.group)
    if not access.has_promised(acting, election):
        raise Refused("undertaking-missing")
    return acting


def _number(acting: Actor) -> int:
    """Who signs is always somebody: visitors and the scheduler have no number."""
    if acting.number is None:
        raise Refused("not-allowed")
    return acting.number


def _require_open(election: Election, row: Round, *, at: datetime) -> None:
    situation = require_running(queries.standing(election, row))
    if situation.state not in protocols.OPEN_FOR_PROTOCOLS:
        raise Refused("protocol-not-due")


def _require_ready(
    election: Election, row: Round, seen_version: int, reason: dict[str, str], *, at: datetime
) -> Outcome:
    _require_open(election, row, at=at)
    newest = protocols.newest(row)
    if newest is None and row.state != State.COUNTING:
        raise Refused("protocol-not-due")
    if seen_version != (newest.version if newest else 0):
        raise Refused("protocol-changed")
    if newest is not None and not any(reason.values()):
        raise Refused("protocol-reason-missing")
    _require_whole_commission(election)
    return _counted(row)


def _require_whole_commission(election: Election) -> None:
    """The protocol names its commission, and a package with another one than the regulation's is
    refused (check 9)."""
    members = [r for r in signing_roles(election) if r.role == RoleName.COMMISSIONER]
    if not is_whole_commission(rules_of(election.group), len(members)):
        raise Refused("protocol-commission-not-whole")


def _counted(row: Round) -> Outcome:
    """What the agreed count came to; a tie that an act of these days settles is settled first."""
    outcome = outcome_of(row)
    if outcome is None:
        raise Refused("count-not-agreed")
    if outcome.not_counted:
        raise Refused("protocol-not-countable")
    if waits_for_an_act(row):
        raise Refused("protocol-tie-open")
    return outcome


def _opened_names(election: Election, row: Round, acting: Actor, *, at: datetime) -> Names:
    """All names of the internal version; the journal says who opened them."""
    people = {role.person_id: role.person for role in signing_roles(election)}
    asked: dict[str, Any] = {"actor": acting, "at": at, "chapter": election.chapter}
    officers = vault.open(people.values(), "officers", **asked)
    candidates = vault.open(queries.candidates_of(row), "candidates", only=["name"], **asked)
    return Names(
        candidates={pk: str(fields["name"]) for pk, fields in candidates.items()},
        people={pk: str(fields["name"] or fields["name_latin"]) for pk, fields in officers.items()},
    )


@transaction.atomic
def draft_protocol(
    election_id: int, *, language: str, form: str, actor: User, at: datetime
) -> bytes:
    """The internal version as it would be now, watermarked and kept nowhere; names on the record.

    Raises Refused: not-the-mover, undertaking-missing, count-not-agreed, protocol-not-countable,
    protocol-tie-open.
    """
    election = Election.objects.select_related("cycle__body", "group__body").get(pk=election_id)
    row = queries.current_round(election)
    acting = _commissioner(actor, election)
    outcome = _counted(row)
    names = _opened_names(election, row, acting, at=at)
    facts = internal_facts(row, outcome, names, at=at)
    return documents.draft(
        RESULTS_PROTOCOL, facts=facts, language=language, audience="internal", format=form
    )


# Signing


@transaction.atomic
def sign_protocol(
    election_id: int, *, version: int, dissent: str = "", actor: User, at: datetime
) -> Signature:
    """Over the hashes of the facts and of every file; with a dissent, if one is written down.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, protocol-not-due,
    protocol-missing, protocol-changed, protocol-not-yours, protocol-absence-there,
    protocol-signed-already.
    """
    election, row = current(election_id)
    acting = access.require_confidence(actor, "decide", "protocol_internal", election)
    protocol = _version_to_sign(election, row, version, at=at)
    role = _signer(protocol, acting.role, acting.number)
    signature = Signature.objects.create(
        protocol=protocol,
        role=role,
        kind=Signature.Kind.DISSENT if dissent else Signature.Kind.SIGNED,
        note=dissent or None,
        files=_files(protocol),
        signed_at=at,
        person_number=_number(acting),
    )
    record(
        "protocol.signed",
        actor=acting,
        subject=signature,
        at=at,
        chapter=election.chapter,
        after={"kind": signature.kind, **_signed_facts(protocol)},
    )
    return signature


@transaction.atomic
def enter_paper_signature(
    election_id: int, *, version: int, number: int, paper: bytes, actor: User, at: datetime
) -> Signature:
    """Signed by hand on the printed protocol: an officer who signs it too keeps the scan here, of
    their own signature or of another's (`number`: the person's whose it is).

    Raises Refused: as sign_protocol, and protocol-scan-missing, paper-unknown, paper-too-large.
    """
    election, row = current(election_id)
    acting = access.require_confidence(actor, "decide", "protocol_internal", election)
    protocol = _version_to_sign(election, row, version, at=at)
    _require_signer(protocol, acting)
    role = _signer(protocol, None, number)
    if not paper:
        raise Refused("protocol-scan-missing")
    signature = Signature.objects.create(
        protocol=protocol,
        role=role,
        kind=Signature.Kind.HANDWRITTEN,
        paper=paper,
        paper_kind=kind_of_paper(paper),
        files=_files(protocol),
        signed_at=at,
        person_number=_number(acting),
    )
    record(
        "protocol.signed",
        actor=acting,
        subject=signature,
        at=at,
        chapter=election.chapter,
        after={"kind": signature.kind, "number": number, **_signed_facts(protocol)},
    )
    return signature


@transaction.atomic
def state_absence(
    election_id: int, *, version: int, number: int, reason: str, actor: User, at: datetime
) -> Signature:
    """A member of the commission has not signed for three days: the others say why.

    Raises Refused: as sign_protocol, and protocol-absence-own, protocol-absence-early.
    """
    election, row = current(election_id)
    acting = access.require_confidence(actor, "decide", "protocol_internal", election)
    protocol = _version_to_sign(election, row, version, at=at)
    _require_signer(protocol, acting)
    role = _signer(protocol, RoleName.COMMISSIONER, number)
    if protocols.signer(role) == (acting.role, acting.number):
        raise Refused("protocol-absence-own")
    standing = protocols.standing(protocol, at=at)
    if protocols.signer(role) not in standing.may_be_stated_absent:
        raise Refused("protocol-absence-early", since=standing.may_state_absence_from)
    signature = Signature.objects.create(
        protocol=protocol,
        role=role,
        kind=Signature.Kind.ABSENT,
        note=reason,
        files=_files(protocol),
        signed_at=at,
        person_number=_number(acting),
    )
    record(
        "protocol.absence_stated",
        actor=acting,
        subject=signature,
        at=at,
        chapter=election.chapter,
        after={"number": number, **_signed_facts(protocol)},
    )
    return signature


def _version_to_sign(election: Election, row: Round, version: int, *, at: datetime) -> Protocol:
    """The newest version, if it is the one the signer has read."""
    _require_open(election, row, at=at)
    protocol = protocols.newest(row)
    if protocol is None:
        raise Refused("protocol-missing")
    if protocol.version != version:
        raise Refused("protocol-changed")
    return protocol


def _signer(protocol: Protocol, role: str | None, number: int | None) -> Role:
    """Whose signature it is; it must not be there yet."""
    found = [
        each
        for each in protocols.signers_of(protocol)
        if each.person.number == number and role in (None, each.role)
    ]
    if not found:
        raise Refused("protocol-not-yours")
    there = protocol.signatures.filter(role=found[0]).first()
    if there is not None and there.kind == Signature.Kind.ABSENT:
        raise Refused("protocol-absence-there")
    if there is not None:
        raise Refused("protocol-signed-already")
    return found[0]


def _require_signer(protocol: Protocol, acting: Actor) -> None:
    signers = {protocols.signer(role) for role in protocols.signers_of(protocol)}
    if (acting.role, acting.number) not in signers:
        raise Refused("protocol-not-yours")


def _files(protocol: Protocol) -> dict[str, str]:
    """Every file of the protocol, by the name it has in a package, with its SHA-256."""
    return {
        paper_path(f"{each.audience}.{each.language}.{each.format}"): each.sha256
        for each in File.objects.filter(issued=protocol.issued_id).defer("content")
    }


def _signed_facts(protocol: Protocol) -> dict[str, Any]:
    issued = protocol.issued
    return {
        "version": protocol.version,
        "facts": issued.internal_sha256,
        "public": issued.public_sha256,
    }


# Reading what is sealed


@transaction.atomic
def open_protocol_file(
    election_id: int,
    *,
    version: int,
    language: str,
    form: str,
    actor: User,
    at: datetime,
) -> tuple[File, bytes]:
    """A file of the internal version, on the record.

    Raises Refused: not-allowed, undertaking-missing, protocol-missing.
    """
    election = Election.objects.select_related("cycle__body", "group__body").get(pk=election_id)
    acting = access.require_confidence(actor, "see", "protocol_internal", election)
    protocol = _version(election, version)
    file = protocol.issued.files.filter(audience="internal", language=language, format=form).first()
    if file is None:
        raise Refused("protocol-missing")
    return file, documents.open_file(file, actor=acting, at=at, chapter=election.chapter)


@transaction.atomic
def open_signatures(
    election_id: int, *, version: int, actor: User, at: datetime
) -> dict[int, dict[str, Any]]:
    """Dissents, reasons of absence and scans of a version, by row number, on the record.

    Raises Refused: not-allowed, undertaking-missing, protocol-missing.
    """
    election = Election.objects.select_related("cycle__body", "group__body").get(pk=election_id)
    acting = access.require_confidence(actor, "see", "protocol_internal", election)
    signatures = _version(election, version).signatures.select_related("protocol__round")
    return vault.open(signatures, "protocol", actor=acting, at=at, chapter=election.chapter)


def _version(election: Election, version: int) -> Protocol:
    row = queries.current_round(election)
    found = protocols.versions_of(row).filter(version=version).first()
    if found is None:
        raise Refused("protocol-missing")
    return found
