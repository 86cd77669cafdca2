"""The key of a scope and purpose: made once, read often, forgotten when it is destroyed."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import connection, models, transaction

from okil.foundation.vault.installation import hold_right_key, seal_key, unseal_key
from okil.foundation.vault.models import VaultKey
from okil.foundation.vault.sealing import KEY_BYTES, new_key, new_number
from okil.pure.refusal import Refused

# Other processes learn of a destroyed key by reading again.
FORGOTTEN_AFTER_SECONDS = 60

# "body-1", "election-12". Guards against f"election-{None}" of a record that has no election yet.
SCOPE = re.compile(r"[a-z]+(-[a-z]+)*-[0-9]+")


@dataclass(frozen=True)
class Key:
    number: int
    scope: str
    purpose: str
    secret: bytes | None = field(repr=False)  # None: destroyed
    destroyed_at: datetime | None = None

    def secret_or_refused(self) -> bytes:
        if self.secret is None:
            raise Refused("vault-key-destroyed", destroyed_at=self.destroyed_at)
        return self.secret

    def derived(self, label: str) -> bytes:
        """A key of its own for another use (HKDF-SHA256), named by the label."""
        secret = self.secret_or_refused()
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=label.encode()).derive(secret)


Name = tuple[str, str] | int  # scope and purpose, or the number

_remembered: dict[Name, tuple[float, Key]] = {}


@dataclass(frozen=True, eq=False)
class _Remembering:
    """Waits for the commit. Django forgets it with whatever is rolled back, and the key goes with it."""

    key: Key
    forgotten: int  # how often all had been forgotten when it was read

    def __call__(self) -> None:
        _remember(self.key)

    def is_of(self, name: Name) -> bool:
        known = (self.key.number, (self.key.scope, self.key.purpose))
        return self.forgotten == _times_forgotten and name in known


def scope_of(record: models.Model) -> str:
    scope = getattr(record, "vault_scope", None)
    if not isinstance(scope, str) or not SCOPE.fullmatch(scope):
        raise ValueError(
            f"{record._meta.label} needs vault_scope like 'election-12', not {scope!r}."
        )
    return scope


def key_to_seal(scope: str, purpose: str) -> Key:
    """The key, made now if this is the first thing sealed in this scope for this purpose."""
    key = known_key(scope, purpose)
    if key is None:
        key = _made(scope, purpose)
    key.secret_or_refused()
    return key


def known_key(scope: str, purpose: str) -> Key | None:
    remembered = _recall((scope, purpose))
    if remembered is not None:
        return remembered
    row = VaultKey.objects.filter(scope=scope, purpose=purpose).first()
    return None if row is None else _read(row)


def keys_numbered(numbers: set[int]) -> dict[int, Key]:
    """Those that exist; one query for all that are not remembered."""
    found = {number: key for number in numbers if (key := _recall(number)) is not None}
    for row in (
        VaultKey.objects.filter(pk__in=numbers - found.keys()) if numbers - found.keys() else ()
    ):
        found[row.pk] = _read(row)
    return found


_times_forgotten = 0


def forget(**_signal: object) -> None:
    global _times_forgotten
    _times_forgotten += 1
    _remembered.clear()


def _made(scope: str, purpose: str) -> Key:
    with transaction.atomic():
        hold_right_key()
        # Two writers may both be first: the constraint lets one in, the other reads that one's key.
        row, _new = VaultKey.objects.get_or_create(
            scope=scope,
            purpose=purpose,
            defaults={
                "pk": new_number(),
                "sealed_key": seal_key(new_key(), scope=scope, purpose=purpose),
            },
        )
        return _read(row)


def _read(row: VaultKey) -> Key:
    secret = None if row.sealed_key is None else unseal_key(row)
    key = Key(row.pk, row.scope, row.purpose, secret, row.destroyed_at)

    # Only after the commit: a key whose row is rolled back must seal nothing more.
    transaction.on_commit(_Remembering(key, _times_forgotten))
    return key


def _remember(key: Key) -> None:
    at = time.monotonic()
    _remembered[key.number] = _remembered[key.scope, key.purpose] = (at, key)


def _recall(name: Name) -> Key | None:
    at, key = _remembered.get(name, (0.0, None))
    if key is not None and time.monotonic() - at < FORGOTTEN_AFTER_SECONDS:
        return key
    return _read_in_this_transaction(name)


def _read_in_this_transaction(name: Name) -> Key | None:
    """A list of ten thousand is sealed with a key that is asked for once."""
    waiting = [entry[1] for entry in connection.run_on_commit]
    read = [each.key for each in waiting if isinstance(each, _Remembering) and each.is_of(name)]
    return read[-1] if read else None
