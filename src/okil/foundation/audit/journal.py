from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction

from okil.foundation.audit.facts import require_code, require_small
from okil.foundation.audit.models import Journal, JournalEntry, PublishedHead
from okil.foundation.locking import locked
from okil.pure import hashchain

READ_AT_ONCE = 2_000


@dataclass(frozen=True)
class Actor:
    """Who acted: the role they acted in, and the number of their account. Never a name."""

    role: str
    number: int | None


def record(
    event: str,
    *,
    actor: Actor,
    subject: models.Model,
    at: datetime,
    chapter: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> JournalEntry:
    """One row of the journal: who did what, on what, when.

    Called last in an action: it locks the whole journal until the transaction ends, and a lock
    taken after that one could wait for somebody who waits for the journal.
    """
    require_code(event, "The event", 80)
    require_code(actor.role, "The actor's role", 40)
    if chapter:
        require_code(chapter, "The chapter", 60)
    require_small(before, "before")
    require_small(after, "after")
    if at.tzinfo is None:
        raise ValueError("The moment needs its time zone.")
    if subject.pk is None:
        raise ValueError("Save the subject before it is written into the journal.")

    with transaction.atomic(savepoint=False):
        locked(Journal, Journal.ONLY)
        length, last_hash = length_and_last_hash()
        entry = JournalEntry(
            number=length + 1,
            at=at,
            role=actor.role,
            actor_number=actor.number,
            event=event,
            subject_kind=subject._meta.label_lower,
            subject_number=subject.pk,
            chapter=chapter,
            before=before,
            after=after,
            previous_hash=last_hash,
        )
        entry.hash = hashchain.row_hash(last_hash, {**entry.content(), "number": entry.number})
        entry.save(force_insert=True)
    return entry


def history_of(subject: models.Model) -> models.QuerySet[JournalEntry]:
    """What happened to this thing, oldest first."""
    return JournalEntry.objects.filter(
        subject_kind=subject._meta.label_lower, subject_number=subject.pk
    )


def entries_of(chapter: str) -> models.QuerySet[JournalEntry]:
    """What happened in this chapter ("election-12", "body-1"), oldest first."""
    return JournalEntry.objects.filter(chapter=chapter)


def length_and_last_hash() -> tuple[int, str]:
    last = JournalEntry.objects.order_by("-number").values_list("number", "hash").first()
    return last or (0, hashchain.BEGINNING)


def verify_chain() -> list[str]:
    """What is wrong with the journal, as sentences; nothing if it is whole."""
    return [*_broken_links(), *_heads_that_do_not_stand()]


def publish_head(at: datetime, zone: str) -> PublishedHead:
    """Keeps the journal's length and last hash for the day; the first of a day stays."""
    length, last_hash = length_and_last_hash()
    head, _ = PublishedHead.objects.get_or_create(
        day=at.astimezone(ZoneInfo(zone)).date(),
        defaults={"length": length, "last_hash": last_hash},
    )
    return head


def _broken_links() -> Iterator[str]:
    entries = JournalEntry.objects.order_by("number").iterator(READ_AT_ONCE)
    for problem in hashchain.verify(entry.as_chained_row() for entry in entries):
        yield str(problem)


def _heads_that_do_not_stand() -> Iterator[str]:
    """Rows cut off the end leave a whole chain; only what was published before shows it."""
    hashes = JournalEntry.objects.filter(number=models.OuterRef("length")).values("hash")
    heads = PublishedHead.objects.filter(length__gt=0).annotate(hash_now=models.Subquery(hashes))
    for head in heads.order_by("day").iterator(READ_AT_ONCE):
        if head.hash_now != head.last_hash:
            yield f"The head published on {head.day} (row {head.length}) is not in the journal."
