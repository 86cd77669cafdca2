"""What tests look at: rows, the journal, what was refused, what a page says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db.models import BinaryField, Model

from okil.foundation.accounts.models import User
from okil.foundation.audit.models import JournalEntry
from okil.foundation.notifications.models import Notification
from okil.pure.refusal import Refused


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Everything of the area, the accounts, the letters and the journal, but for what is sealed."""
    of_area = apps.get_app_config("bodies").get_models()
    models: list[type[Model]] = [*of_area, User, JournalEntry, Notification]
    return {
        model._meta.label: sorted(
            model._default_manager.values_list(
                *(
                    field.attname
                    for field in model._meta.concrete_fields
                    if not isinstance(field, BinaryField)
                )
            ),
            key=str,
        )
        for model in models
    }


@contextmanager
def refused(code: str) -> Iterator[None]:
    """The action says no, and nothing at all has changed."""
    before = rows()
    with pytest.raises(Refused) as refusal:
        yield
    assert refusal.value.code == code
    assert rows() == before


class Journal:
    """What the journal holds since this was made."""

    def __init__(self) -> None:
        self.start = JournalEntry.objects.count()

    @property
    def entries(self) -> list[JournalEntry]:
        return list(JournalEntry.objects.order_by("number")[self.start :])

    @property
    def rows(self) -> list[tuple[str, str, int | None]]:
        return [(entry.event, entry.role, entry.actor_number) for entry in self.entries]


def text(response: Any) -> str:
    decoded: str = response.content.decode()
    return decoded
