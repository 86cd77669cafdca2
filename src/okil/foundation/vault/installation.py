"""The installation's key: it seals the other keys, comes from outside, and is never stored here."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from okil.foundation.locking import locked
from okil.foundation.vault.models import VaultKey, VaultProbe
from okil.foundation.vault.probe import INSTALLATION, fingerprint, opens_probe, sealed_probe
from okil.foundation.vault.sealing import KEY_BYTES, SealBroken, seal, unseal


class WrongVaultKey(Exception):  # noqa: N818 (reads as what happened)
    """One sentence for the operator."""


def key_label(scope: str, purpose: str) -> str:
    return f"vault key {scope} {purpose}"


@sensitive_variables()
def seal_key(key: bytes, *, scope: str, purpose: str) -> bytes:
    return seal(_key(), key, key_number=INSTALLATION, label=key_label(scope, purpose))


@sensitive_variables()
def unseal_key(row: VaultKey) -> bytes:
    assert row.sealed_key is not None
    return unseal(_key(), bytes(row.sealed_key), label=key_label(row.scope, row.purpose))


def require_right_key() -> None:
    """Raises WrongVaultKey. The first start of a new database writes the probe."""
    key = _key()
    probe = VaultProbe.objects.filter(pk=1).first()
    if probe is None:
        _require_nothing_sealed_by_another(key)
        probe, _new = VaultProbe.objects.get_or_create(
            pk=1, defaults={"fingerprint": fingerprint(key), "sealed": sealed_probe(key)}
        )
    if not opens_probe(key, bytes(probe.sealed)):
        raise WrongVaultKey(
            _(
                "The vault key from %(source)s (fingerprint %(given)s) is not the key this "
                "database was sealed with (fingerprint %(kept)s)."
            )
            % {"source": key_source(), "given": fingerprint(key), "kept": probe.fingerprint}
        )


def hold_right_key() -> None:
    """The same, and no other process re-seals under another key before this transaction ends."""
    require_right_key()
    probe = locked(VaultProbe, 1)
    if not opens_probe(_key(), bytes(probe.sealed)):
        raise WrongVaultKey(_("The vault was re-sealed under another key: start Okil again."))


# Sent inside the transaction of a rotation: who keeps something else under a key drawn from the
# installation's seals it anew. Arguments: old_key, new_key.
installation_key_changes = Signal()


@sensitive_variables()
@transaction.atomic
def rotate(new_key: bytes) -> int:
    """Seals every kept key, and the probe, under the new key. Answers how many keys there were."""
    hold_right_key()
    kept = VaultKey.objects.filter(sealed_key__isnull=False).order_by("pk")
    numbers = list(kept.values_list("pk", flat=True))
    for number in numbers:
        row = locked(VaultKey, number)
        label = key_label(row.scope, row.purpose)
        row.sealed_key = seal(new_key, unseal_key(row), key_number=INSTALLATION, label=label)
        row.save(update_fields=["sealed_key"])
    installation_key_changes.send(sender=VaultKey, old_key=_key(), new_key=new_key)
    VaultProbe.objects.update(fingerprint=fingerprint(new_key), sealed=sealed_probe(new_key))
    return len(numbers)


def key_source() -> str:
    """Where the operator has put the key, for sentences: a variable's or a file's name."""
    return str(getattr(settings, "VAULT_KEY_SOURCE", "OKIL_VAULT_KEY"))


def _key() -> bytes:
    key: bytes = settings.VAULT_KEY
    if len(key) != KEY_BYTES:
        raise WrongVaultKey(
            _("The vault key from %(source)s must be %(bytes)s bytes long, not %(given)s.")
            % {"source": key_source(), "bytes": KEY_BYTES, "given": len(key)}
        )
    return key


def _require_nothing_sealed_by_another(key: bytes) -> None:
    # A lost probe must not let a wrong key in.
    row = VaultKey.objects.filter(sealed_key__isnull=False).first()
    if row is None:
        return
    try:
        unseal_key(row)
    except SealBroken:
        raise WrongVaultKey(
            _("The vault key from %(source)s (fingerprint %(given)s) does not open this database.")
            % {"source": key_source(), "given": fingerprint(key)}
        ) from None
