"""The group's package: made and proved by the organiser, read on the record, checked by the Secretariat."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from okil.areas.bodies import access as bodies_access
from okil.areas.elections import queries
from okil.areas.elections.access import require_confidence
from okil.areas.elections.actions.current import current, require_running
from okil.areas.elections.actions.officers import hold_number, issue_for, number_of
from okil.areas.elections.documents.packages import (
    APPLICATION,
    COVER,
    application_facts,
    cover_facts,
)
from okil.areas.elections.documents.plan import plan_data
from okil.areas.elections.documents.protocols import counted_rounds, regulation_data
from okil.areas.elections.models import (
    AgreedCount,
    Candidate,
    CountEntry,
    Election,
    Package,
    PackageCheck,
    Protocol,
    Round,
    Signature,
)
from okil.areas.elections.queries import packages, protocols
from okil.areas.elections.queries.count import outcome_of
from okil.foundation import documents, vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, entries_of, length_and_last_hash, record
from okil.foundation.documents import issued_of
from okil.foundation.documents.models import File, Issued
from okil.foundation.documents.opening import OpenedFacts
from okil.pure.packages import writing
from okil.pure.packages.kinds import CHECKLIST, MANIFEST, checklist_of
from okil.pure.packages.reading import read_zip
from okil.pure.packages.sheets import read_sheet
from okil.pure.packages.verify import Report, verify
from okil.pure.refusal import Refused

Json = dict[str, Any]


@dataclass(frozen=True)
class _Opening:
    """Who opens, when, in which chapter of the journal."""

    acting: Actor
    at: datetime
    chapter: str

    def open(self, rows: Iterable[Any], purpose: str) -> dict[int, dict[str, Any]]:
        return vault.open(rows, purpose, actor=self.acting, at=self.at, chapter=self.chapter)

    def facts(self, issued: Issued) -> OpenedFacts:
        return documents.open_facts(issued, actor=self.acting, at=self.at, chapter=self.chapter)


# Making it


@transaction.atomic
def build_package(election_id: int, *, seen_version: int, actor: User, at: datetime) -> Package:
    """The next version, made of the newest protocol. It is kept only if all ten checks pass.

    Where the Secretariat has a package already, the new version is handed over with it.
    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, package-not-due,
    package-made-meanwhile, protocol-missing, package-unsigned, package-unsound.
    """
    election, row = current(election_id)
    acting = require_confidence(actor, "change", "package", election)
    _require_open(election, row, at=at)
    newest = packages.newest(row)
    if seen_version != (newest.version if newest else 0):
        raise Refused("package-made-meanwhile")
    protocol = _signed_protocol(row)
    hold_number(COVER, row, seen=seen_version, body=election.cycle.body, at=at)

    opening = _Opening(acting, at, election.chapter)
    content = writing.write(_made_of(row, protocol, seen_version + 1, opening))
    _require_sound(content)
    package = _kept(row, protocol, seen_version + 1, content, acting, at=at)
    _issue_cover(election, package, protocol, content, at=at)
    record(
        "package.made",
        actor=acting,
        subject=package,
        at=at,
        chapter=election.chapter,
        after=_said_of(package),
    )
    if row.state in packages.HANDED_OVER:
        submitted(row, acting, at=at)
    return package


def submitted(row: Round, acting: Actor, *, at: datetime) -> Package:
    """Part of an action: the newest package goes to the Secretariat, its fingerprint into the journal.

    Raises Refused("package-missing").
    """
    package = packages.newest(row)
    if package is None:
        raise Refused("package-missing")
    record(
        "package.submitted",
        actor=acting,
        subject=package,
        at=at,
        chapter=row.election.chapter,
        after=_said_of(package),
    )
    return package


def _said_of(package: Package) -> Json:
    return {"version": package.version, "fingerprint": package.fingerprint}


def _require_open(election: Election, row: Round, *, at: datetime) -> None:
    situation = require_running(queries.standing(election, row))
    if situation.state not in packages.OPEN_FOR_PACKAGES:
        raise Refused("package-not-due")


def _signed_protocol(row: Round) -> Protocol:
    protocol = protocols.newest(row)
    if protocol is None:
        raise Refused("protocol-missing")
    if protocol.pk not in protocols.complete_among([protocol]):
        raise Refused("package-unsigned")
    return protocol


def _require_sound(content: bytes) -> None:
    """What a stranger will check is checked before it is kept."""
    report = verify(content)
    for check in report.checks:
        if not check.ok:
            found = ", ".join([str(check.reason), *map(str, check.facts.values())])
            raise Refused(
                "package-unsound", number=check.number, failed_check=check.number, found=found
            )


def _kept(
    row: Round, protocol: Protocol, version: int, content: bytes, acting: Actor, *, at: datetime
) -> Package:
    return Package.objects.create(
        round=row,
        protocol=protocol,
        version=version,
        fingerprint=writing.fingerprint(read_zip(content)[MANIFEST]),
        content=content,
        content_bytes=len(content),
        made_at=at,
        person_number=number_of(acting),
    )


def _issue_cover(
    election: Election, package: Package, protocol: Protocol, content: bytes, *, at: datetime
) -> Issued:
    paths = sorted(read_zip(content).keys() - {MANIFEST, CHECKLIST})
    length, last_hash = length_and_last_hash()
    facts = cover_facts(
        election,
        package,
        protocol,
        checklist=checklist_of(paths)["items"],
        journal={"length": length, "last_hash": last_hash},
        organiser=package.person_number,
    )
    return issue_for(COVER, facts, None, election, about=package.round, at=at)


# What it is made of


def _made_of(row: Round, protocol: Protocol, version: int, opening: _Opening) -> writing.Package:
    """Everything is opened first: each opening is a row of the journal, whose extract comes last."""
    issued = protocol.issued
    opened = opening.facts(issued)
    facts: Json = json.loads(opened.internal)
    applications = _applications(row, facts, opening)
    papers = _papers(issued, opening)
    signatures, scans = _signatures(protocol, opening)
    remarks = _remarks(row, opening)
    length, last_hash = length_and_last_hash()
    rows = entries_of(opening.chapter).order_by("number")
    return writing.Package(
        version=version,
        made_at=opening.at.isoformat(),
        code=issued.code,
        salt=opened.salt,
        internal=facts,
        papers=papers,
        signatures=signatures,
        entries=_entries(row),
        regulation=regulation_data(row, read_sheet(facts["count"], row.kind)),
        plan=plan_data(row.election.cycle),
        journal=[entry.as_chained_row() for entry in rows],
        journal_length=length,
        journal_last_hash=last_hash,
        remarks=remarks,
        applications=applications,
        scans=scans,
    )


def _papers(issued: Issued, opening: _Opening) -> dict[str, bytes]:
    """Every file of the protocol, by its name in a package."""
    files = {file.pk: file for file in File.objects.filter(issued=issued).select_related("issued")}
    opened = opening.open(files.values(), "documents")
    return {
        f"{file.audience}.{file.language}.{file.format}": opened[pk]["content"]
        for pk, file in files.items()
    }


def _signatures(protocol: Protocol, opening: _Opening) -> tuple[list[Json], dict[str, bytes]]:
    """Everybody's, and the scans of those made on paper, by role and number of the signer."""
    issued = protocol.issued
    found = list(
        Signature.objects.filter(protocol=protocol)
        .select_related("role__person", "protocol__round")
        .order_by("signed_at", "pk")
    )
    opened = opening.open(found, "protocol")
    signatures = [
        {
            "role": each.role.role,
            "number": each.role.person.number,
            "kind": each.kind,
            "at": each.signed_at.isoformat(),
            "internal_sha256": issued.internal_sha256,
            "public_sha256": issued.public_sha256,
            "files": each.files,
            "note": opened[each.pk]["note"] or "",
        }
        for each in found
    ]
    scans = {
        f"{each.role.role}-{each.role.person.number}.{each.paper_kind}": opened[each.pk]["paper"]
        for each in found
        if each.kind == Signature.Kind.HANDWRITTEN
    }
    return signatures, scans


def _remarks(row: Round, opening: _Opening) -> list[Json]:
    found = list(row.remarks.select_related("role__person", "round").order_by("number"))
    opened = opening.open(found, "protocol")
    return [
        {
            "number": each.number,
            "filed_at": each.filed_at.isoformat(),
            "organisation": each.role.person.organisation,
            "text": opened[each.pk]["text"],
        }
        for each in found
    ]


def _entries(row: Round) -> Json:
    """Both counts behind the sheet: after a repeat vote between equals those of the earlier round.
    Those of the other rounds that the protocol tells of stand beside them."""
    outcome = outcome_of(row)
    if outcome is None:
        raise Refused("count-not-agreed")
    others = [
        {"round": each.number, **_both(agreed)}
        for each, agreed, _own in counted_rounds(row)
        if agreed != outcome.agreed
    ]
    return {**_both(outcome.agreed), **({"rounds": others} if others else {})}


def _both(agreed: AgreedCount) -> Json:
    return {
        "counts": [_entry(each) for each in (agreed.first, agreed.second)],
        "explanation": agreed.explanation,
    }


def _entry(entry: CountEntry) -> Json:
    return {
        "number": entry.role.person.number,
        "entered_at": entry.entered_at.isoformat(),
        **entry.content,
    }


# The applications of the elected


def _applications(row: Round, facts: Json, opening: _Opening) -> dict[int, bytes]:
    """As PDF in the first language of the body, by the candidate's number; issued once."""
    elected = {*facts["decision"]["members"], *facts["decision"]["alternates"]}
    candidates = list(
        queries.candidates_of(row)
        .filter(number__in=elected)
        .select_related("election__cycle__body", "election__group")
    )
    papers = _issued_applications(candidates, opening)
    language = row.election.cycle.body.languages[0]
    files = {
        file.issued_id: file
        for file in File.objects.filter(
            issued__in=[paper.pk for paper in papers.values()], format="pdf", language=language
        ).select_related("issued")
    }
    opened = opening.open(files.values(), "documents")
    return {
        candidate.number: opened[files[papers[candidate.pk].pk].pk]["content"]
        for candidate in candidates
    }


def _issued_applications(candidates: list[Candidate], opening: _Opening) -> dict[int, Issued]:
    """An application that was issued for an earlier package stands."""
    papers = {each.pk: issued_of(each, APPLICATION).first() for each in candidates}
    new = [each for each in candidates if papers[each.pk] is None]
    opened = opening.open(new, "candidates")
    made: Mapping[int, Issued] = {
        each.pk: issue_for(
            APPLICATION,
            application_facts(each.election, each, opened[each.pk]),
            None,
            each.election,
            about=each,
            at=opening.at,
        )
        for each in new
    }
    return {pk: paper or made[pk] for pk, paper in papers.items()}


# Reading and checking it


@transaction.atomic
def read_package(election_id: int, *, version: int, actor: User, at: datetime) -> bytes:
    """The file, on the record. Raises Refused: not-allowed, undertaking-missing, package-missing."""
    _package, content = _opened(election_id, version, actor=actor, at=at)
    return content


@transaction.atomic
def examine_package(election_id: int, *, version: int, actor: User, at: datetime) -> Report:
    """The ten checks of the file as it is kept, against the fingerprint of the journal.

    Raises Refused: not-allowed, undertaking-missing, package-missing.
    """
    package, content = _opened(election_id, version, actor=actor, at=at)
    return verify(content, fingerprint=package.fingerprint)


@transaction.atomic
def check_package(
    election_id: int, *, version: int, missing: dict[str, str], actor: User, at: datetime
) -> PackageCheck:
    """The Secretariat's answer: complete, or what is missing, which the organiser reads. It judges no
    content (6.07).

    Raises Refused: not-allowed, suspended, annulled, package-missing, package-replaced,
    package-checked, package-unsound.
    """
    election, row = current(election_id)
    acting = bodies_access.require(
        actor, "decide", "package", body=election.cycle.body, group=election.group
    )
    _require_open(election, row, at=at)
    package = _version(row, version)
    if package != packages.newest(row):
        raise Refused("package-replaced")
    if packages.check_of(package) is not None:
        raise Refused("package-checked")
    is_complete = not any(missing.values())
    if is_complete:
        opened = _Opening(acting, at, election.chapter).open([package], "protocol")
        _require_sound(opened[package.pk]["content"])
    check = PackageCheck.objects.create(
        package=package,
        is_complete=is_complete,
        missing={} if is_complete else missing,
        checked_at=at,
        person_number=number_of(acting),
    )
    record(
        "package.complete" if is_complete else "package.sent_back",
        actor=acting,
        subject=package,
        at=at,
        chapter=election.chapter,
        after={"version": package.version},
    )
    return check


def _opened(election_id: int, version: int, *, actor: User, at: datetime) -> tuple[Package, bytes]:
    election = Election.objects.select_related("cycle__body", "group__body").get(pk=election_id)
    acting = require_confidence(actor, "see", "package", election)
    package = _version(queries.current_round(election), version)
    opened = _Opening(acting, at, election.chapter).open([package], "protocol")
    return package, opened[package.pk]["content"]


def _version(row: Round, version: int) -> Package:
    package = packages.packages_of(row).defer(None).filter(version=version).first()
    if package is None:
        raise Refused("package-missing")
    return package
