"""Messages of commission members to each other while they make a key (PROTOCOL.md, section 5.2).

Each member keeps one secret, the seed; everything is derived from it. Sealed messages never enter
the archive, so they use AES-256-GCM, which every browser has (decision 4).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from okil.pure.ballots import strict
from okil.pure.ballots.arithmetic import mpz
from okil.pure.ballots.credentials import BASE58, random_base58
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.group import (
    Base,
    Chance,
    Element,
    G,
    P,
    PlainBase,
    Q,
    Scalar,
    inverse,
    random_scalar,
    read_member,
    secret_power,
)
from okil.pure.ballots.proofs import (
    Proof,
    logarithm_is_known,
    prove_logarithm,
    read_proof,
)
from okil.pure.encoding import canonical_json, read_canonical_json

SEED_LENGTH = 22


@dataclass(frozen=True)
class MemberKeys:
    """What a member derives from the seed: one key to sign with, one to open messages with."""

    sk: Scalar
    dk: Scalar

    @property
    def verification(self) -> Element:
        return secret_power(G, self.sk)

    @property
    def encryption(self) -> Element:
        return secret_power(G, self.dk)


def make_seed(chance: Chance) -> str:
    return random_base58(SEED_LENGTH, chance)


def member_keys(seed: str) -> MemberKeys:
    """Raises Malformed if the seed is none."""
    if len(seed) != SEED_LENGTH or any(character not in BASE58 for character in seed):
        raise Malformed("not-a-seed", where="seed")
    return MemberKeys(sk=_derived(f"sk|{seed}"), dk=_derived(f"dk|{seed}"))


def _derived(text: str) -> Scalar:
    return mpz(int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")) % Q


# Signed messages


def signature_of(sk: Scalar, message: str, chance: Chance) -> Proof:
    return prove_logarithm(f"sigmsg|{message}|", sk, chance)


def sign(sk: Scalar, message: str, chance: Chance) -> dict[str, Any]:
    return {"message": message, "signature": signature_of(sk, message, chance).as_json()}


def require_signature(key: Base, message: str, signature: Proof, *, where: str) -> None:
    if not logarithm_is_known(f"sigmsg|{message}|", key, signature):
        raise Malformed("signature-wrong", where=where)


def read_signed(value: Any, *, where: str) -> tuple[str, Proof]:
    """Message and signature; the signature is not yet checked."""
    found = strict.fields(value, "message", "signature", where=where)
    return strict.text(found["message"], where=where), read_proof(found["signature"], where=where)


# Sealed messages


def send(sk: Scalar, recipient: Element, message: str, chance: Chance) -> dict[str, str]:
    """Signs the message and seals it for one recipient, whose key is signed along."""
    addressed = canonical_json({"recipient": str(recipient), "message": message}).decode()
    signed = canonical_json(sign(sk, addressed, chance))
    r, s = random_scalar(chance), random_scalar(chance)
    alpha, secret = secret_power(G, r), secret_power(G, s)
    beta = secret_power(recipient, r) * secret % P
    data = _cipher(secret).encrypt(_nonce(alpha), signed, None)
    return {"alpha": str(alpha), "beta": str(beta), "data": data.hex()}


def receive(dk: Scalar, recipient: Element, sender: Element, value: Any, *, where: str) -> str:
    """The message in a sealed one; raises Malformed if it is damaged or not from that sender."""
    found = strict.fields(value, "alpha", "beta", "data", where=where)
    alpha = read_member(found["alpha"], where=where)
    beta = read_member(found["beta"], where=where)
    secret = beta * inverse(secret_power(alpha, dk)) % P
    try:
        data = bytes.fromhex(strict.text(found["data"], where=where))
        opened = _cipher(secret).decrypt(_nonce(alpha), data, None)
    except (ValueError, InvalidTag) as error:
        raise Malformed("message-does-not-open", where=where) from error
    message, signature = read_signed(read_canonical_json(opened), where=where)
    require_signature(PlainBase(sender), message, signature, where=where)
    addressed = strict.fields(
        read_canonical_json(message.encode()), "recipient", "message", where=where
    )
    if addressed["recipient"] != str(recipient):
        raise Malformed("message-for-another", where=where)
    return strict.text(addressed["message"], where=where)


def _cipher(secret: Element) -> AESGCM:
    return AESGCM(hashlib.sha256(f"key|{secret}".encode()).digest())


def _nonce(alpha: Element) -> bytes:
    # The key is new for every message, so the nonce may follow from alpha.
    return hashlib.sha256(f"iv|{alpha}".encode()).digest()[:12]
