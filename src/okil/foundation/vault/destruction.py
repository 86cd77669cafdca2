"""Destroying a key: what it sealed can then be opened by nobody, here or in a later backup."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction
from django.views.decorators.debug import sensitive_variables

from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.foundation.traces import leave_no_copy, overwrite_freed_pages
from okil.foundation.vault import keys
from okil.foundation.vault.fields import sealed_fields
from okil.foundation.vault.models import VaultKey
from okil.pure.refusal import Refused


@transaction.atomic
def destroy(scope: str, purpose: str, *, actor: Actor, at: datetime) -> None:
    _destroy(_held(scope, purpose), actor=actor, at=at)


@sensitive_variables("plain", "value")
@transaction.atomic
def keep_only(
    scope: str,
    purpose: str,
    records: Iterable[tuple[type[models.Model], Iterable[int]]],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Seals these records anew under a fresh key and destroys the old one: whatever else it sealed is
    gone. By model and primary keys, for records that have no keyed hash.

    Another process remembers the old key for up to a minute: only where nothing new is sealed.
    """
    row = _held(scope, purpose)
    old = keys.keys_numbered({row.pk})[row.pk]
    row.purpose = _aside(row)
    row.save(update_fields=["purpose"])
    keys.forget()
    for model, numbers in records:
        fields = sealed_fields(model, purpose=purpose)
        for number in numbers:
            record_kept = locked(model, number)
            for field in fields:
                value = getattr(record_kept, field.attname)
                plain = None if value is None else field.opened(value, old)
                setattr(record_kept, field.attname, plain)
            record_kept.save(update_fields=[field.name for field in fields])
    _destroy(row, actor=actor, at=at)


@transaction.atomic
def begin_anew(scope: str) -> None:
    """Part of an action: what is destroyed in this scope stays so, and new records may be sealed."""
    gone = VaultKey.objects.filter(scope=scope, destroyed_at__isnull=False)
    for number in gone.exclude(purpose__contains=".").values_list("pk", flat=True):
        row = locked(VaultKey, number)
        row.purpose = _aside(row)
        row.save(update_fields=["purpose"])
    keys.forget()
    transaction.on_commit(keys.forget)  # also what was read before in this transaction


def kept(scope: str) -> dict[str, datetime | None]:
    """The purposes that something was sealed for in this scope, and when the key of each was destroyed.
    What stands aside for a new key is not among them."""
    found = VaultKey.objects.filter(scope=scope).exclude(purpose__contains=".")
    return dict(found.values_list("purpose", "destroyed_at"))


def _aside(row: VaultKey) -> str:
    """Another name for a key that is destroyed, so that there may be a new one."""
    before = VaultKey.objects.filter(scope=row.scope, purpose__startswith=f"{row.purpose}.")
    return f"{row.purpose}.{before.count() + 1}"


def _held(scope: str, purpose: str) -> VaultKey:
    number = (
        VaultKey.objects.filter(scope=scope, purpose=purpose).values_list("pk", flat=True).first()
    )
    if number is None:
        raise Refused("nothing-sealed-to-destroy", scope=scope, purpose=purpose)
    row = locked(VaultKey, number)
    if row.destroyed_at is not None:
        raise Refused("vault-key-destroyed", destroyed_at=row.destroyed_at)
    return row


def _destroy(row: VaultKey, *, actor: Actor, at: datetime) -> None:
    overwrite_freed_pages()
    row.sealed_key = None
    row.destroyed_at = at
    row.save(update_fields=["sealed_key", "destroyed_at"])
    record(
        "vault.destroyed",
        actor=actor,
        subject=row,
        at=at,
        after={"purpose": row.purpose, "scope": row.scope},
    )
    keys.forget()
    transaction.on_commit(_leave_no_copy)


def _leave_no_copy() -> None:
    keys.forget()
    leave_no_copy()
