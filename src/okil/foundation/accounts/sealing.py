"""Keys of this package, drawn from the installation's key: one for what is sealed, one for hashes.

Sessions and authenticator secrets are no fields of a model with a scope, so the vault's fields do not
fit them; their key hangs on the same installation key, which no backup holds.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class NotOurs(Exception):  # noqa: N818 (reads as what it says)
    """The text was not sealed with this key, or somebody changed it."""


def seal(text: str, purpose: str) -> str:
    return _box(settings.VAULT_KEY, purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """Raises NotOurs."""
    try:
        return _box(settings.VAULT_KEY, purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise NotOurs from None


def seal_anew(sealed: str, purpose: str, *, old_key: bytes, new_key: bytes) -> str:
    """The same text under a key drawn from another installation key. Raises InvalidToken."""
    return _box(new_key, purpose).encrypt(_box(old_key, purpose).decrypt(sealed.encode())).decode()


def keyed_hash(text: str, purpose: str) -> str:
    """The same for the same text, and nobody without the key can tell or guess the text (hex)."""
    key = _key(settings.VAULT_KEY, purpose)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


@cache
def _key(installation_key: bytes, purpose: str) -> bytes:
    return HKDF(
        algorithm=SHA256(), length=32, salt=None, info=f"okil.accounts.{purpose}".encode()
    ).derive(installation_key)


@cache
def _box(installation_key: bytes, purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(installation_key, purpose)))
