"""How an installation's key is recognised. No table is touched here: `okil restore` asks before any."""

from __future__ import annotations

import hashlib

from okil.foundation.vault.sealing import SealBroken, seal, unseal

LABEL = "vault probe"
CONTENT = b"Okil vault"
# Sealed by the installation's key itself, not by a numbered row of VaultKey.
INSTALLATION = 0


def fingerprint(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:8]


def sealed_probe(key: bytes) -> bytes:
    return seal(key, CONTENT, key_number=INSTALLATION, label=LABEL)


def opens_probe(key: bytes, sealed: bytes) -> bool:
    try:
        return unseal(key, sealed, label=LABEL) == CONTENT
    except SealBroken:
        return False
