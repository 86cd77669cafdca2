"""Opening the count: partial decryptions, their two proofs, the result (sections 10 and 13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import Any

from okil.pure.ballots import strict
from okil.pure.ballots.arithmetic import powmod
from okil.pure.ballots.election import Election
from okil.pure.ballots.elgamal import Ciphertext
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.group import (
    IDENTITY,
    Chance,
    Element,
    G,
    P,
    Q,
    Scalar,
    SharedBase,
    inverse,
    read_element,
    secret_power,
)
from okil.pure.ballots.proofs import (
    Proof,
    logarithms_are_same,
    prove_same_logarithm,
    read_proof,
)
from okil.pure.ballots.trustees import Trustees
from okil.pure.encoding import canonical_json, read_canonical_json, sha256_hex

Entries = Sequence[Sequence[Ciphertext]]


@dataclass(frozen=True)
class Owned:
    """Which trustee a partial decryption is from, and the hash of its record."""

    owner: int
    payload: str


@dataclass(frozen=True)
class PartialDecryption:
    """What one trustee computed; `strong_proofs` is None where another tool left them out."""

    factors: Sequence[Sequence[Element]]
    proofs: Sequence[Sequence[Proof]]
    strong_proofs: Sequence[Sequence[Proof]] | None


# Making


def partial_decryption(
    election: Election, tally: Entries, tally_hash: str, owner: int, x: Scalar, chance: Chance
) -> bytes:
    """The record of the trustee number `owner`, whose secret key is x.

    Chance: for each question and answer, w of the standard proof, then w of the extra proof.
    Raises Malformed for a tally that is not in the group: a factor of it would leak x.
    """
    key = secret_power(G, x)
    factors: list[list[str]] = []
    proofs: list[list[dict[str, str]]] = []
    strong: list[list[dict[str, str]]] = []
    for i, entries in enumerate(tally):
        _require_in_group(entries)
        made = [secret_power(entry.alpha, x) for entry in entries]
        pairs = []
        for j, (entry, factor) in enumerate(zip(entries, made, strict=True)):
            extra = _extra_prefix(election, tally_hash, owner, i, j, key, entry.alpha, factor)
            pairs.append(
                (
                    prove_same_logarithm(_standard_prefix(election, key), entry.alpha, x, chance),
                    prove_same_logarithm(extra, entry.alpha, x, chance),
                )
            )
        factors.append([str(factor) for factor in made])
        proofs.append([standard.as_json() for standard, _ in pairs])
        strong.append([extra_proof.as_json() for _, extra_proof in pairs])
    return canonical_json(
        {"decryption_factors": factors, "decryption_proofs": proofs, "x_strong_proofs": strong}
    )


def _require_in_group(entries: Sequence[Ciphertext]) -> None:
    for entry in entries:
        if not all(SharedBase(part).is_member() for part in entry):
            raise Malformed("element-outside-group", where="encrypted_tally")


def owned_record(owner: int, partial: bytes) -> bytes:
    """The payload of a PartialDecryption event."""
    return canonical_json({"owner": owner, "payload": sha256_hex(partial)})


def _standard_prefix(election: Election, key: Element) -> str:
    return f"decrypt|{election.fingerprint}|{key}|"


def _extra_prefix(
    election: Election,
    tally_hash: str,
    owner: int,
    i: int,
    j: int,
    key: Element,
    alpha: Element,
    factor: Element,
) -> str:
    """Section 13: binds the ciphertext and the factor, which the standard proof does not."""
    place = f"{tally_hash}|{owner}|{i}|{j}"
    return f"xdecrypt|{election.fingerprint}|{place}|{key}|{alpha}|{factor}|"


# Reading and checking


def read_owned(raw: bytes) -> Owned:
    where = "owned"
    found = strict.fields(read_canonical_json(raw), "owner", "payload", where=where)
    return Owned(
        owner=strict.whole(found["owner"], where=where),
        payload=strict.digest(found["payload"], where=where),
    )


def read_partial_decryption(election: Election, raw: bytes) -> PartialDecryption:
    where = "partial_decryption"
    found = strict.fields(
        read_canonical_json(raw),
        "decryption_factors",
        "decryption_proofs",
        "x_strong_proofs",
        where=where,
        optional=("x_strong_proofs",),
    )
    strong = found.get("x_strong_proofs")
    return PartialDecryption(
        factors=[
            [read_element(factor, where=where) for factor in row]
            for row in _rows(election, found["decryption_factors"], where)
        ],
        proofs=_read_proof_rows(election, found["decryption_proofs"], where),
        strong_proofs=None if strong is None else _read_proof_rows(election, strong, where),
    )


def _rows(election: Election, value: Any, where: str) -> Iterator[list[Any]]:
    rows = strict.items(value, where=where, count=len(election.questions))
    for question, row in zip(election.questions, rows, strict=True):
        yield strict.items(row, where=where, count=question.entries)


def _read_proof_rows(election: Election, value: Any, where: str) -> list[list[Proof]]:
    return [[read_proof(p, where=where) for p in row] for row in _rows(election, value, where)]


def check_partial_decryption(
    election: Election,
    tally: Entries,
    tally_hash: str,
    owner: int,
    key: Element,
    raw: bytes,
    *,
    accept_standard_proofs: bool = False,
) -> PartialDecryption:
    """The partial decryption, if all its factors and proofs are right; raises Malformed.

    `tally` must have been recomputed, or be known to be in the group; `key` is the owner's.
    """
    partial = read_partial_decryption(election, raw)
    if partial.strong_proofs is None and not accept_standard_proofs:
        raise Malformed("extra-proof-missing", where="partial_decryption")
    key_base = SharedBase(key)
    for i, entries in enumerate(tally):
        for j, entry in enumerate(entries):
            where = f"question {i + 1}, entry {j + 1}"
            factor = partial.factors[i][j]
            alpha_base, factor_base = SharedBase(entry.alpha), SharedBase(factor)
            if not factor_base.is_member():
                raise Malformed("element-outside-group", where=where)
            prefix = _standard_prefix(election, key)
            bases = key_base, alpha_base, factor_base
            if not logarithms_are_same(prefix, *bases, partial.proofs[i][j]):
                raise Malformed("decryption-proof-wrong", where=where)
            if partial.strong_proofs is not None:
                prefix = _extra_prefix(election, tally_hash, owner, i, j, key, entry.alpha, factor)
                if not logarithms_are_same(prefix, *bases, partial.strong_proofs[i][j]):
                    raise Malformed("extra-proof-wrong", where=where)
    return partial


# Result


def opened(
    trustees: Trustees, tally: Entries, partials: Mapping[int, PartialDecryption]
) -> list[list[Element]]:
    """g^m for every entry, from the partial decryptions of enough trustees, by their numbers."""
    return [
        [
            entry.beta * inverse(_joined(trustees, partials, i, j)) % P
            for j, entry in enumerate(entries)
        ]
        for i, entries in enumerate(tally)
    ]


def _joined(
    trustees: Trustees, partials: Mapping[int, PartialDecryption], i: int, j: int
) -> Element:
    return trustees.joined_factor(
        {owner: partial.factors[i][j] for owner, partial in partials.items()}
    )


def counted(powers: Sequence[Sequence[Element]], most: int) -> list[list[int]]:
    """The m behind every g^m; raises Malformed if one is not in 0..most."""
    search = Logarithms(most)
    return [[search.of(power) for power in row] for row in powers]


class Logarithms:
    """Small logarithms to base g: baby steps and giant steps, one table for all."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._width = isqrt(most) + 1
        self._baby_steps: dict[Element, int] = {}
        step = IDENTITY
        for exponent in range(self._width):
            self._baby_steps[step] = exponent
            step = step * G % P
        self._giant_step = inverse(step)

    def of(self, power: Element) -> int:
        for giant in range(self._most // self._width + 1):
            baby = self._baby_steps.get(power)
            if baby is not None and giant * self._width + baby <= self._most:
                return giant * self._width + baby
            power = power * self._giant_step % P
        raise Malformed("not-a-count", where="result")


def is_power(power: Element, count: int) -> bool:
    """Whether g^count is this element: checks a stated result without searching for it."""
    return bool(powmod(G, count, P) == power and count < Q)


def result_record(result: Sequence[Sequence[int]]) -> bytes:
    return canonical_json(
        {"result": [[strict.written_weight(count) for count in row] for row in result]}
    )


def read_result(election: Election, raw: bytes) -> list[list[int]]:
    where = "result"
    found = strict.fields(read_canonical_json(raw), "result", where=where)
    return [
        [strict.weight(count, where=where) for count in row]
        for row in _rows(election, found["result"], where)
    ]
