"""Zero-knowledge proofs (PROTOCOL.md, sections 2, 5, 7, 10).

Everywhere: commitment A = g^w, challenge c, response = w - x c mod q; the verifier computes
A = g^response X^c again and compares the hash of it with c.

The functions answer true or false; who calls them says which check fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from okil.pure.ballots import strict
from okil.pure.ballots.group import (
    Base,
    Chance,
    Element,
    FixedBase,
    G,
    P,
    Q,
    Scalar,
    generator,
    hash_to_scalar,
    random_scalar,
    read_scalar,
    secret_power,
)


class Proof(NamedTuple):
    challenge: Scalar
    response: Scalar

    def as_json(self) -> dict[str, str]:
        return {"challenge": str(self.challenge), "response": str(self.response)}


def read_proof(value: Any, *, where: str) -> Proof:
    found = strict.fields(value, "challenge", "response", where=where)
    return Proof(
        read_scalar(found["challenge"], where=where), read_scalar(found["response"], where=where)
    )


def read_proofs(value: Any, *, where: str, count: int) -> list[Proof]:
    return [read_proof(item, where=where) for item in strict.items(value, where=where, count=count)]


# Knowledge of a logarithm: signatures, public keys.


def prove_logarithm(prefix: str, x: Scalar, chance: Chance) -> Proof:
    """Proves knowledge of x = log_g X; the prefix says what for, and names X where it must."""
    w = random_scalar(chance)
    c = hash_to_scalar(prefix, secret_power(G, w))
    return Proof(c, (w - x * c) % Q)


def logarithm_is_known(prefix: str, key: Base, proof: Proof) -> bool:
    c, response = proof
    commitment = generator.to(response) * key.to(c) % P
    return hash_to_scalar(prefix, commitment) == c


# The same logarithm to two bases: decryption.


def prove_same_logarithm(prefix: str, alpha: Element, x: Scalar, chance: Chance) -> Proof:
    """Proves log_g X = log_alpha F for X = g^x and F = alpha^x."""
    w = random_scalar(chance)
    c = hash_to_scalar(prefix, secret_power(G, w), secret_power(alpha, w))
    return Proof(c, (w - x * c) % Q)


def logarithms_are_same(prefix: str, key: Base, alpha: Base, factor: Base, proof: Proof) -> bool:
    c, response = proof
    a = generator.to(response) * key.to(c) % P
    b = alpha.to(response) * factor.to(c) % P
    return hash_to_scalar(prefix, a, b) == c


# One of several statements is true: individual, overall and blank proofs.


class Statement(NamedTuple):
    """ "(alpha, beta) encrypts `message`", for the verifier."""

    alpha: Base
    beta: Base
    message: int


class Opened(NamedTuple):
    """The same for the prover, who knows randomness r and true plaintext m of the ciphertext."""

    r: Scalar
    plaintext: int
    message: int


def prove_disjunction(
    y: FixedBase, prefix: str, statements: Sequence[Opened], chance: Chance
) -> list[Proof]:
    """D of section 7: proves that one of the statements is true and hides which.

    Raises ValueError if none is. Chance is drawn in this order: for each statement that is not
    proved, its challenge and its response; then w.
    """
    true = next((j for j, s in enumerate(statements) if s.plaintext == s.message), None)
    if true is None:
        raise ValueError("none of the statements is true")
    simulated = {
        j: Proof(random_scalar(chance), random_scalar(chance))
        for j in range(len(statements))
        if j != true
    }
    w = random_scalar(chance)

    commitments: list[Element] = []
    for j, (r, plaintext, message) in enumerate(statements):
        if j == true:
            commitments += [generator.to(w), y.to(w)]
        else:
            # g^response alpha^c and y^response (beta / g^M)^c, but from the fixed bases alone.
            c, response = simulated[j]
            exponent = (response + r * c) % Q
            shift = generator.to((plaintext - message) * c % Q)
            commitments += [generator.to(exponent), y.to(exponent) * shift % P]

    c = hash_to_scalar(prefix, *commitments)
    c = (c - sum(proof.challenge for proof in simulated.values())) % Q
    simulated[true] = Proof(c, (w - statements[true].r * c) % Q)
    return [simulated[j] for j in range(len(statements))]


def disjunction_holds(
    y: FixedBase, prefix: str, statements: Sequence[Statement], proofs: Sequence[Proof]
) -> bool:
    """Whether D of section 7 proves that one of the statements is true."""
    commitments: list[Element] = []
    for (alpha, beta, message), (c, response) in zip(statements, proofs, strict=True):
        b = y.to(response) * beta.to(c) % P
        if message:
            b = b * generator.to(-message * c % Q) % P
        commitments += [generator.to(response) * alpha.to(c) % P, b]
    total = sum(proof.challenge for proof in proofs) % Q
    return hash_to_scalar(prefix, *commitments) == total
