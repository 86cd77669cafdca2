"""Giving out a document: number it, commit to its facts, render it in every language, keep it all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Prefetch

from okil.foundation.documents.codes import new_code
from okil.foundation.documents.kinds import INTERNAL, PUBLIC, Kind, kind_of
from okil.foundation.documents.models import File, Issued, NumbersOfAYear
from okil.foundation.documents.rendering import RENDERED
from okil.foundation.documents.sheets import Before, Place, sheet
from okil.foundation.locking import locked
from okil.foundation.web.languages import Texts
from okil.pure.encoding import sha256_hex
from okil.pure.hashchain import canonical_bytes

SALT_BYTES = 32
NOT_NUMBERED_YET = "____"  # in a draft, where the number will stand
SEALED_IN_ISSUED = ("salt", "internal_facts", "public_facts")

Facts = Mapping[str, Any]


@transaction.atomic
def issue(
    kind_code: str,
    *,
    facts: Facts,
    public_facts: Facts | None = None,
    scope: str,
    subject: models.Model,
    year: int,
    zone: str,
    at: datetime,
    reason: Mapping[str, str] | None = None,
) -> Issued:
    """Part of an action, which writes the journal's row after it.

    `number`, `version`, `supersedes` and `reason` are put into the facts here, so that what is
    committed to names them. A kind with an internal and a public version needs both facts.
    """
    kind = kind_of(kind_code)
    number = _next_number(year)
    before = _newest(kind_code, subject)
    version = before.version + 1 if before else 1
    own = {
        "number": f"{number}/{year}",
        "version": version,
        "supersedes": before.number_shown if before else None,
        "reason": dict(reason or {}),
    }
    told = {who: {**each, **own} for who, each in _by_audience(kind, facts, public_facts)}
    issued = Issued(
        kind=kind_code,
        year=year,
        number=number,
        version=version,
        code=new_code(),
        subject_kind=subject._meta.label_lower,
        subject_number=subject.pk,
        supersedes=before,
        reason=Texts(reason or {}),
        issued_at=at,
        zone=zone,
        vault_scope=scope,
    )
    _commit_to(issued, told)
    issued.save()
    _render_and_keep(issued, kind, told)
    return issued


def draft(
    kind_code: str,
    *,
    facts: Facts,
    language: str,
    audience: str,
    format: str = "pdf",  # noqa: A002 (as the field of a file)
) -> bytes:
    """What it would look like: watermarked, without number or code, kept nowhere."""
    own = {"number": NOT_NUMBERED_YET, "version": 1, "supersedes": None, "reason": {}}
    shown = sheet(
        kind_of(kind_code), {**facts, **own}, language=language, audience=audience, place=None
    )
    return RENDERED[format](shown)


def issued_of(subject: models.Model, kind_code: str | None = None) -> models.QuerySet[Issued]:
    """Documents about this, newest first, with their files; nothing sealed is read."""
    found = Issued.objects.filter(subject_kind=subject._meta.label_lower, subject_number=subject.pk)
    if kind_code is not None:
        found = found.filter(kind=kind_code)
    files = Prefetch("files", File.objects.defer("content").order_by("pk"))
    return found.defer(*SEALED_IN_ISSUED).prefetch_related(files).order_by("-pk")


def _next_number(year: int) -> int:
    NumbersOfAYear.objects.get_or_create(year=year)
    numbers = locked(NumbersOfAYear, year)
    numbers.last += 1
    numbers.save(update_fields=["last"])
    return numbers.last


def _newest(kind_code: str, subject: models.Model) -> Issued | None:
    return issued_of(subject, kind_code).prefetch_related(None).order_by("-version").first()


def _by_audience(
    kind: Kind, facts: Facts, public_facts: Facts | None
) -> Iterator[tuple[str, Facts]]:
    if kind.audiences == (PUBLIC,):
        if public_facts is not None:
            raise TypeError(f"{kind.code} is public: all its facts are.")
        yield PUBLIC, facts
        return
    yield INTERNAL, facts
    if PUBLIC in kind.audiences:
        if public_facts is None:
            raise TypeError(f"{kind.code} needs to be told what of it is public.")
        yield PUBLIC, public_facts


def _commit_to(issued: Issued, told: Mapping[str, Facts]) -> None:
    """What the paper says is fixed for everyone, and told to nobody: only a salted hash is shown."""
    internal = canonical_bytes(told.get(INTERNAL) or told[PUBLIC])
    public = canonical_bytes(told[PUBLIC]) if PUBLIC in told else None
    salt = secrets.token_bytes(SALT_BYTES)
    issued.commitment = sha256_hex(salt + internal)
    issued.internal_sha256 = sha256_hex(internal)
    issued.public_sha256 = sha256_hex(public) if public is not None else ""
    issued.salt, issued.internal_facts = salt, internal
    if public is not None:
        issued.public_facts = public


def _render_and_keep(issued: Issued, kind: Kind, told: Mapping[str, Facts]) -> None:
    place = _place(issued)
    for audience in kind.audiences:
        for language in kind.languages:
            shown = sheet(kind, told[audience], language=language, audience=audience, place=place)
            for form in kind.formats:
                content = RENDERED[form](shown)
                File.objects.create(
                    issued=issued,
                    audience=audience,
                    language=language,
                    format=form,
                    sha256=sha256_hex(content),
                    size=len(content),
                    content=content,
                )


def _place(issued: Issued) -> Place:
    before = issued.supersedes
    return Place(
        number=issued.number_shown,
        version=issued.version,
        code=issued.code,
        issued_at=issued.issued_at,
        zone=issued.zone,
        before=Before(before.number_shown, before.issued_at) if before else None,
        reason=issued.reason,
    )
