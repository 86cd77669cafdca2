"""What tests look at: what the journal holds since a moment."""

from __future__ import annotations

from okil.foundation.audit.models import JournalEntry


class Journal:
    """What was written down since this was made."""

    def __init__(self) -> None:
        self.start = JournalEntry.objects.count()

    @property
    def entries(self) -> list[JournalEntry]:
        return list(JournalEntry.objects.order_by("number")[self.start :])

    @property
    def rows(self) -> list[tuple[str, str, int | None]]:
        return [(entry.event, entry.role, entry.actor_number) for entry in self.entries]
