"""AES-GCM, as the cryptography package gives it, and the few bytes we put around it.

    version (1) · key number (8) · nonce (12) · what is sealed, padded · tag (16)

Version, key number and the label of the place (model and field) are authenticated with it: a sealed
text that is moved to another field, or given another key's number, does not open.
"""

from __future__ import annotations

import secrets
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.views.decorators.debug import sensitive_variables

KEY_BYTES = 32

VERSION = 1
HEADER = struct.Struct(">BQ")
NONCE_BYTES = 12
TAG_BYTES = 16
# Lengths are rounded up, so that "yes" and "no", or a short and a long name, look alike.
BLOCK_BYTES = 32


class SealBroken(Exception):  # noqa: N818 (reads as what happened)
    """The bytes are not what was sealed here under this key. Carries the place, never the content."""


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def new_number() -> int:
    return secrets.randbits(48)


@sensitive_variables()
def seal(key: bytes, plain: bytes, *, key_number: int, label: str) -> bytes:
    header = HEADER.pack(VERSION, key_number)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return header + nonce + AESGCM(key).encrypt(nonce, _padded(plain), header + label.encode())


@sensitive_variables()
def unseal(key: bytes, sealed: bytes, *, label: str) -> bytes:
    require_sealed_form(sealed)
    header = sealed[: HEADER.size]
    nonce = sealed[HEADER.size : HEADER.size + NONCE_BYTES]
    content = sealed[HEADER.size + NONCE_BYTES :]
    try:
        padded = AESGCM(key).decrypt(nonce, content, header + label.encode())
    except InvalidTag:
        raise SealBroken(f"{label} does not open with key number {key_number(sealed)}.") from None
    return padded.rstrip(b"\0")[:-1]


def key_number(sealed: bytes) -> int:
    number: int = HEADER.unpack_from(sealed)[1]
    return number


def require_sealed_form(sealed: bytes) -> None:
    """The outer form only; whether it is genuine is known when it is opened."""
    shortest = HEADER.size + NONCE_BYTES + BLOCK_BYTES + TAG_BYTES
    if len(sealed) < shortest or sealed[0] != VERSION:
        raise SealBroken("These bytes were not sealed by this vault.")


def _padded(plain: bytes) -> bytes:
    marked = plain + b"\x80"
    return marked + b"\0" * (-len(marked) % BLOCK_BYTES)
