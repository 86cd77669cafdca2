"""Opening sealed fields: by purpose, one journal row for each opening."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.views.decorators.debug import sensitive_variables

from okil.foundation.audit import Actor, record
from okil.foundation.vault.fields import SealedField, sealed_fields
from okil.foundation.vault.keys import Key, keys_numbered, scope_of
from okil.foundation.vault.models import VaultKey
from okil.foundation.vault.sealed import Sealed
from okil.foundation.vault.sealing import SealBroken, key_number
from okil.pure.refusal import Refused

# pk → field's name → text or bytes (None where nothing was ever entered).
Opened = dict[Any, dict[str, Any]]


@sensitive_variables("opened")
@transaction.atomic
def open(  # noqa: A001 (read with its package: vault.open)
    records: Iterable[models.Model],
    purpose: str,
    *,
    actor: Actor,
    at: datetime,
    chapter: str = "",
    only: Sequence[str] = (),
) -> Opened:
    """Opens the fields of this purpose in all these records; they are of one model. `only` names the
    fields to open, where not all are needed.

    Refused("opened-for-another-purpose") if the model keeps nothing for this purpose,
    Refused("vault-key-destroyed") if what was sealed is gone for good.
    """
    rows = list(records)
    if not rows:
        return {}
    sealed = sealed_fields(_one_model(rows), purpose=purpose)
    fields = [field for field in sealed if not only or field.name in only]
    if not fields:
        raise Refused("opened-for-another-purpose", purpose=purpose)
    opened, keys = _opened(rows, fields)
    if keys:
        _write_down(rows, keys, actor=actor, at=at, chapter=chapter)
    return opened


@sensitive_variables()
def open_published(
    records: Iterable[models.Model],
    *,
    only: Sequence[str] = (),
    is_published: Callable[[Any], bool] | None = None,
) -> Opened:
    """Opens, without a journal row, those records that their owners have published.

    The owner's consent was written down once, when it was given: `published_by_owner` is True. The
    other records are left out, and those whose key was destroyed. `only` names the fields to open,
    where not all were consented to; `is_published` is asked instead where a field has its own consent.
    """
    told = is_published or _published_by_owner
    rows = [row for row in records if told(row) is True]
    if not rows:
        return {}
    fields = [f for f in sealed_fields(_one_model(rows)) if not only or f.name in only]
    opened, _keys = _opened(_not_destroyed(rows, fields), fields)
    return opened


def _published_by_owner(row: Any) -> bool:
    published: bool = row.published_by_owner
    return published


@sensitive_variables()
def _opened(rows: list[models.Model], fields: list[SealedField]) -> tuple[Opened, dict[int, Key]]:
    values = {(row.pk, field.name): _stored(row, field) for row in rows for field in fields}
    numbers = {key_number(value.sealed_bytes()) for value in values.values() if value is not None}
    keys = keys_numbered(numbers)
    opened: Opened = {row.pk: {} for row in rows}
    for row in rows:
        for field in fields:
            value = values[row.pk, field.name]
            opened[row.pk][field.name] = (
                None if value is None else field.opened(value, _key_of(row, field, value, keys))
            )
    return opened, keys


def _not_destroyed(rows: list[models.Model], fields: list[SealedField]) -> list[models.Model]:
    numbers = {
        row.pk: {key_number(value.sealed_bytes()) for f in fields if (value := _stored(row, f))}
        for row in rows
    }
    known = keys_numbered(set().union(*numbers.values()))
    gone = {number for number, key in known.items() if key.secret is None}
    return [row for row in rows if not numbers[row.pk] & gone]


def _stored(row: models.Model, field: SealedField) -> Sealed | None:
    value: Sealed | None = getattr(row, field.attname)
    if value is not None and not value.is_stored_form:
        raise ValueError(f"{row._meta.label} has an unsaved {field.name}: save it, then open it.")
    return value


def _key_of(row: models.Model, field: SealedField, value: Sealed, keys: dict[int, Key]) -> Key:
    key = keys.get(key_number(value.sealed_bytes()))
    # A destroyed key that stands aside for a new one is called "roll.1".
    if key is None or (key.scope, key.purpose.partition(".")[0]) != (scope_of(row), field.purpose):
        raise SealBroken(f"{field.label} of record {row.pk} was not sealed where it stands.")
    return key


def _one_model(rows: list[models.Model]) -> type[models.Model]:
    kinds = {type(row) for row in rows}
    if len(kinds) > 1:
        raise TypeError("Records of one model are opened at a time.")
    return kinds.pop()


def _write_down(
    rows: list[models.Model],
    keys: dict[int, Key],
    *,
    actor: Actor,
    at: datetime,
    chapter: str,
) -> None:
    # The subject of the row is the key that was used, the first if there were several: the history of
    # a key is the list of its openings.
    first = min(keys)
    record(
        "vault.opened",
        actor=actor,
        subject=VaultKey(pk=first),
        at=at,
        chapter=chapter,
        after={
            "purpose": keys[first].purpose,
            "scopes": sorted({key.scope for key in keys.values()}),
            "model": rows[0]._meta.label_lower,
            "count": len(rows),
            "records": [row.pk for row in rows],
        },
    )
