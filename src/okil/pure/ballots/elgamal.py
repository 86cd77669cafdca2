"""ElGamal with the message in the exponent: sums can be counted unopened (section 7)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from okil.pure.ballots import strict
from okil.pure.ballots.arithmetic import mpz, powmod
from okil.pure.ballots.group import (
    IDENTITY,
    Element,
    FixedBase,
    P,
    Scalar,
    generator,
    read_element,
)


class Ciphertext(NamedTuple):
    """alpha = g^r, beta = y^r g^m."""

    alpha: Element
    beta: Element

    def times(self, other: Ciphertext) -> Ciphertext:
        """An encryption of the sum of both messages."""
        return Ciphertext(self.alpha * other.alpha % P, self.beta * other.beta % P)

    def weighted(self, weight: int) -> Ciphertext:
        """An encryption of `weight` times the message."""
        if weight == 1:
            return self
        return Ciphertext(powmod(self.alpha, weight, P), powmod(self.beta, weight, P))

    def as_json(self) -> dict[str, str]:
        return {"alpha": str(self.alpha), "beta": str(self.beta)}


NEUTRAL = Ciphertext(IDENTITY, IDENTITY)


def product(ciphertexts: Iterable[Ciphertext]) -> Ciphertext:
    total = NEUTRAL
    for ciphertext in ciphertexts:
        total = total.times(ciphertext)
    return total


def encrypt(y: FixedBase, message: int, r: Scalar) -> Ciphertext:
    """Encrypts a small message for the key y with the randomness r."""
    shifted = generator.to(mpz(message)) if message else IDENTITY
    return Ciphertext(generator.to(r), y.to(r) * shifted % P)


def read_ciphertext(value: Any, *, where: str) -> Ciphertext:
    """The ciphertext that `value` writes; its elements are not yet known to be in the group."""
    found = strict.fields(value, "alpha", "beta", where=where)
    return Ciphertext(
        read_element(found["alpha"], where=where), read_element(found["beta"], where=where)
    )
