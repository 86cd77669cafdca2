"""A commission member's key file, locked with a passphrase (PROTOCOL.md, decision 4)."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from okil.pure.ballots import strict
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.group import Chance
from okil.pure.encoding import (
    NotCanonical,
    base64_text,
    canonical_json,
    read_base64,
    read_canonical_json,
    read_json,
)

KDF = "PBKDF2-HMAC-SHA256"
ROUNDS = 600_000
MOST_ROUNDS = 10_000_000  # a bound against a file that would keep a browser busy for ever


def seal_key_file(passphrase: str, content: dict[str, Any], chance: Chance) -> bytes:
    """The file. Chance: 16 bytes of salt, 12 of nonce."""
    salt, nonce = chance(16), chance(12)
    sealed = _cipher(passphrase, salt, ROUNDS).encrypt(nonce, canonical_json(content), None)
    return canonical_json(
        {
            "version": 1,
            "kdf": KDF,
            "rounds": ROUNDS,
            "salt": base64_text(salt),
            "nonce": base64_text(nonce),
            "data": base64_text(sealed),
        }
    )


def open_key_file(passphrase: str, raw: bytes) -> dict[str, Any]:
    """What is inside; raises Malformed for a wrong passphrase and for a file that is none."""
    where = "key file"
    try:
        found = strict.fields(
            read_json(raw), "version", "kdf", "rounds", "salt", "nonce", "data", where=where
        )
        if found["version"] != 1 or found["kdf"] != KDF:
            raise Malformed("unknown-version", where=where)
        rounds = strict.whole(found["rounds"], where=where, at_most=MOST_ROUNDS)
        salt, nonce, data = (
            read_base64(strict.text(found[name], where=where)) for name in ("salt", "nonce", "data")
        )
    except NotCanonical as error:
        raise Malformed("not-a-key-file", where=where) from error
    if rounds < ROUNDS or len(nonce) != 12:
        raise Malformed("not-a-key-file", where=where)
    try:
        content = read_canonical_json(_cipher(passphrase, salt, rounds).decrypt(nonce, data, None))
    except (InvalidTag, NotCanonical) as error:
        raise Malformed("passphrase-wrong", where=where) from error
    if not isinstance(content, dict):
        raise Malformed("not-a-key-file", where=where)
    return content


def _cipher(passphrase: str, salt: bytes, rounds: int) -> AESGCM:
    # Normalised, because keyboards write the same letter in several ways.
    secret = unicodedata.normalize("NFKC", passphrase).encode()
    return AESGCM(hashlib.pbkdf2_hmac("sha256", secret, salt, rounds, dklen=32))
