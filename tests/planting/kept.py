"""All that the vault keeps, opened: what was planted without anybody having to remember it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.apps import apps
from django.db.models import Model

from okil.foundation import vault
from okil.foundation.audit import Actor
from okil.foundation.vault.fields import sealed_fields

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NAMES = ("name", "name_latin")
NUMBERS = ("contact",)
# Shorter sentences ("None.") are said in the open too.
SHORTEST_TEXT = 20


@dataclass(frozen=True)
class Kept:
    """One cell: the record it belongs to, as it is stored, and what it says."""

    row: Model
    field: str
    stored: bytes
    said: str | bytes

    @property
    def kind(self) -> str:
        return str(self.row._meta.model_name)

    @property
    def is_name(self) -> bool:
        return self.field in NAMES

    @property
    def is_number(self) -> bool:
        return self.field in NUMBERS

    @property
    def is_text(self) -> bool:
        written = isinstance(self.said, str) and not (self.is_name or self.is_number)
        return written and len(self.said) >= SHORTEST_TEXT

    @property
    def is_published(self) -> bool:
        return getattr(self.row, "published_by_owner", False) is True


def every_field() -> set[str]:
    return {
        f"{model._meta.model_name}.{field.name}"
        for model in apps.get_models()
        for field in sealed_fields(model)
    }


def everything() -> list[Kept]:
    return [kept for model in apps.get_models() for kept in in_table_of(model)]


def in_table_of(model: type[Model]) -> Iterator[Kept]:
    fields = sealed_fields(model)
    rows = list(model._default_manager.all())
    for purpose in sorted({field.purpose for field in fields}):
        opened = vault.open(rows, purpose, actor=Actor("system", None), at=AT)
        for row in rows:
            for name, said in opened[row.pk].items():
                if said is not None:
                    yield Kept(row, name, getattr(row, name).sealed_bytes(), said)
