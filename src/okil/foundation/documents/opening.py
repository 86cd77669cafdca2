"""Reading what was issued: internal versions on the record, public ones by anyone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from okil.foundation import vault
from okil.foundation.audit import Actor
from okil.foundation.documents.models import File, Issued

PURPOSE = "documents"


@dataclass(frozen=True)
class OpenedFacts:
    """SHA-256 of the salt and the internal facts, one after the other, is the commitment."""

    salt: bytes = field(repr=False)
    internal: bytes = field(repr=False)
    public: bytes | None = field(repr=False)


def open_file(file: File, *, actor: Actor, at: datetime, chapter: str = "") -> bytes:
    if file.published_by_owner:
        return open_published_file(file)
    opened = vault.open([file], PURPOSE, actor=actor, at=at, chapter=chapter)
    content: bytes = opened[file.pk]["content"]
    return content


def open_published_file(file: File) -> bytes:
    """Raises KeyError for an internal version."""
    content: bytes = vault.open_published([file])[file.pk]["content"]
    return content


def open_facts(issued: Issued, *, actor: Actor, at: datetime, chapter: str = "") -> OpenedFacts:
    """For a package: what the commitment was made from."""
    opened = vault.open([issued], PURPOSE, actor=actor, at=at, chapter=chapter)[issued.pk]
    return OpenedFacts(opened["salt"], opened["internal_facts"], opened["public_facts"])


def open_published_facts(papers: Iterable[Issued]) -> dict[int, bytes]:
    """What the public versions of these papers rest on, by primary key, for everybody.

    Papers without a public version are left out; of the others nothing else is opened.
    """
    opened = vault.open_published(papers, only=("public_facts",))
    return {pk: fields["public_facts"] for pk, fields in opened.items()}
