from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType

from okil.foundation.audit import Actor, record
from okil.foundation.audit.models import JournalEntry

AT = datetime(2026, 9, 12, 13, 0, 0, 123456, tzinfo=UTC)
SECRETARIAT = Actor("secretariat", 7)


def subject(name: str = "thing") -> ContentType:
    """Something with a number; which model it is does not matter here."""
    thing, _ = ContentType.objects.get_or_create(app_label="audit-tests", model=name)
    return thing


def entry(event: str = "round.moved", **given: Any) -> JournalEntry:
    facts: dict[str, Any] = {"actor": SECRETARIAT, "subject": subject(), "at": AT} | given
    return record(event, **facts)
