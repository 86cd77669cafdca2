"""Who can open the count: trustees.json, read and checked (PROTOCOL.md, section 5).

How threshold keys are made is in `ceremony`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from okil.pure.ballots import group, strict
from okil.pure.ballots.arithmetic import invert, mpz, powmod
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.group import (
    IDENTITY,
    Chance,
    Element,
    G,
    P,
    PlainBase,
    Q,
    Scalar,
    read_key,
    secret_power,
)
from okil.pure.ballots.proofs import (
    Proof,
    logarithm_is_known,
    prove_logarithm,
    read_proof,
    read_proofs,
)
from okil.pure.ballots.signing import read_signed, require_signature
from okil.pure.encoding import canonical_json, read_canonical_json, sha256_hex


class Block(Protocol):
    """One entry of trustees.json: one trustee alone, or several who share a key."""

    @property
    def keys(self) -> Sequence[Element]: ...

    @property
    def public_key(self) -> Element: ...

    @property
    def needed(self) -> int: ...

    def joined_factor(self, factors: Mapping[int, Element]) -> Element: ...


@dataclass(frozen=True)
class Single:
    """A trustee without whom nothing can be opened (section 5.1)."""

    public_key: Element

    @property
    def keys(self) -> Sequence[Element]:
        return (self.public_key,)

    @property
    def needed(self) -> int:
        return 1

    def joined_factor(self, factors: Mapping[int, Element]) -> Element:
        return factors[1]


@dataclass(frozen=True)
class Pedersen:
    """Trustees of whom `threshold` can open (section 5.3). `keys` are their verification keys."""

    threshold: int
    public_key: Element
    keys: Sequence[Element]
    certificate_ids: Sequence[str]
    coefficients_promised: bool

    @property
    def needed(self) -> int:
        return self.threshold

    def joined_factor(self, factors: Mapping[int, Element]) -> Element:
        """Lagrange at 0 over the first `threshold` indices there are (section 10)."""
        chosen = sorted(factors)[: self.threshold]
        joined = IDENTITY
        for j in chosen:
            joined = joined * powmod(factors[j], lagrange(j, chosen), P) % P
        return joined


def lagrange(j: int, chosen: Sequence[int]) -> Scalar:
    """The weight of index j when the polynomial is known at the chosen indices."""
    weight = mpz(1)
    for k in chosen:
        if k != j:
            weight = weight * k * invert(k - j, Q) % Q
    return weight


@dataclass(frozen=True)
class Trustees:
    """All of them. A trustee's number is the place in the flattened list, from 1."""

    blocks: Sequence[Block]

    @property
    def keys(self) -> Sequence[Element]:
        return [key for block in self.blocks for key in block.keys]

    @property
    def public_key(self) -> Element:
        y = IDENTITY
        for block in self.blocks:
            y = y * block.public_key % P
        return y

    @property
    def needed(self) -> int:
        """The fewest trustees who can open."""
        return sum(block.needed for block in self.blocks)

    @property
    def coefficients_promised(self) -> bool:
        """Whether every threshold certificate holds the hash of its coefficients (decision 4)."""
        return all(
            block.coefficients_promised for block in self.blocks if isinstance(block, Pedersen)
        )

    def can_open(self, owners: Collection[int]) -> bool:
        return all(len(present) >= block.needed for block, present in self._by_block(owners))

    def joined_factor(self, factors: Mapping[int, Element]) -> Element:
        """alpha^x, for the secret x of y, from the factors alpha^x_i of enough trustees."""
        joined = IDENTITY
        for block, present in self._by_block(factors):
            own = {index: factors[owner] for index, owner in present.items()}
            joined = joined * block.joined_factor(own) % P
        return joined

    def _by_block(self, owners: Collection[int]) -> list[tuple[Block, dict[int, int]]]:
        """For each block, index within the block (from 1) -> number of the trustee."""
        parts, first = [], 1
        for block in self.blocks:
            count = len(block.keys)
            present = {i + 1: first + i for i in range(count) if first + i in owners}
            parts.append((block, present))
            first += count
        return parts


# Single trustees


def single_record(x: Scalar, chance: Chance) -> list[Any]:
    """The entry of trustees.json for a trustee with the secret key x."""
    return ["Single", public_part(x, chance)]


def public_part(x: Scalar, chance: Chance) -> dict[str, Any]:
    """Public key and proof that x is known."""
    key = secret_power(G, x)
    return {"pok": prove_logarithm(_pok_prefix(key), x, chance).as_json(), "public_key": str(key)}


def _pok_prefix(key: Element) -> str:
    return f"pok|{group.NAME}|{key}|"


def _read_public_part(found: Mapping[str, Any], *, where: str) -> Element:
    if "name" in found:
        strict.text(found["name"], where=where)
    key = read_key(found["public_key"], where=where)
    if not logarithm_is_known(
        _pok_prefix(key), PlainBase(key), read_proof(found["pok"], where=where)
    ):
        raise Malformed("key-proof-wrong", where=where)
    return key


# Reading all


def read_trustees(raw: bytes) -> Trustees:
    """The trustees in these bytes, everything proved that they prove; raises Malformed.

    Whether certificates without the hash of their coefficients are acceptable is for the caller.
    """
    where = "trustees"
    entries = strict.items(read_canonical_json(raw), where=where)
    blocks: list[Block] = []
    for entry in entries:
        kind, value = strict.items(entry, where=where, count=2)
        if kind == "Single":
            found = strict.fields(
                value, "pok", "public_key", "name", where=where, optional=("name",)
            )
            blocks.append(Single(_read_public_part(found, where=f"trustee {len(blocks) + 1}")))
        elif kind == "Pedersen":
            blocks.append(_read_pedersen(value))
        else:
            raise Malformed("unknown-trustee", where=where)
    trustees = Trustees(blocks)
    if not blocks:
        raise Malformed("no-trustee", where=where)
    if len(set(trustees.keys)) != len(trustees.keys):
        raise Malformed("key-twice", where=where)
    return trustees


@dataclass(frozen=True)
class Certificate:
    """One member's certificate, its signature checked."""

    message: str
    verification: Element
    encryption: Element
    context: Mapping[str, Any] | None
    coefexps_hash: str | None

    @property
    def id(self) -> str:
        """What members compare by voice."""
        return sha256_hex(self.message.encode())


def read_certificate(value: Any, *, where: str) -> Certificate:
    message, signature = read_signed(value, where=where)
    found = strict.fields(
        read_canonical_json(message.encode()),
        "context",
        "verification",
        "encryption",
        "coefexps_hash",
        where=where,
        optional=("context", "coefexps_hash"),
    )
    verification = read_key(found["verification"], where=where)
    require_signature(PlainBase(verification), message, signature, where=where)
    promised = found.get("coefexps_hash")
    return Certificate(
        message=message,
        verification=verification,
        encryption=read_key(found["encryption"], where=where),
        context=found.get("context"),
        coefexps_hash=None if promised is None else strict.digest(promised, where=where),
    )


def require_certificates(certificates: Sequence[Certificate], threshold: int) -> None:
    """Raises Malformed unless they fit together: same style, right contexts, distinct keys."""
    where = "certificates"
    size = len(certificates)
    if not 1 <= threshold <= size:
        raise Malformed("wrong-threshold", where=where)
    keys = [key for each in certificates for key in (each.verification, each.encryption)]
    if len(set(keys)) != len(keys):
        raise Malformed("key-twice", where=where)
    if len({(each.context is None, each.coefexps_hash is None) for each in certificates}) != 1:
        raise Malformed("certificates-differ", where=where)
    for index, certificate in enumerate(certificates, 1):
        context = {"group": group.NAME, "size": size, "threshold": threshold, "index": index}
        found = certificate.context
        # Compared as written: in Python, True would be equal to 1.
        if found is not None and canonical_json(found) != canonical_json(context):
            raise Malformed("certificate-context-wrong", where=f"certificate {index}")
    if certificates[0].context is None and certificates[0].coefexps_hash is not None:
        raise Malformed("certificates-differ", where=where)


def read_coefexps(
    certificate: Certificate, value: Any, threshold: int, where: str
) -> list[Element]:
    """The powers g^a_k of one member's coefficients, signed and as promised."""
    message, signature = read_signed(value, where=where)
    require_signature(PlainBase(certificate.verification), message, signature, where=where)
    promised = certificate.coefexps_hash
    if promised is not None and promised != sha256_hex(message.encode()):
        raise Malformed("coefficients-not-as-promised", where=where)
    found = strict.fields(read_canonical_json(message.encode()), "coefexps", where=where)
    powers = strict.items(found["coefexps"], where=where, count=threshold)
    return [read_key(power, where=where) for power in powers]


def power_at(coefexps: Sequence[Element], j: int) -> Element:
    """g^f(j) from the powers of the coefficients of f."""
    power = IDENTITY
    for k, coefexp in enumerate(coefexps):
        power = power * powmod(coefexp, mpz(j) ** k, P) % P
    return power


def joint_coefexps(all_coefexps: Sequence[Sequence[Element]]) -> list[Element]:
    """The powers of the coefficients of the sum of all polynomials."""
    joint = [IDENTITY] * len(all_coefexps[0])
    for coefexps in all_coefexps:
        joint = [a * b % P for a, b in zip(joint, coefexps, strict=True)]
    return joint


def certificates_message(certs: Sequence[Any], coefexps: Sequence[str]) -> str:
    """What each member signs over all certificates (section 5.3, step 3)."""
    listed = {"certs": list(certs), "coefexps": list(coefexps)}
    return "certs_sig|" + canonical_json(listed).decode()


def _read_pedersen(value: Any) -> Pedersen:
    where = "threshold key"
    found = strict.fields(
        value,
        "threshold",
        "certs",
        "coefexps",
        "signatures",
        "verification_keys",
        where=where,
        optional=("signatures",),
    )
    certs = strict.items(found["certs"], where=where)
    threshold, size = strict.whole(found["threshold"], where=where), len(certs)
    certificates = [
        read_certificate(cert, where=f"certificate {index}") for index, cert in enumerate(certs, 1)
    ]
    require_certificates(certificates, threshold)
    signed = certificates[0].context is not None
    if signed != ("signatures" in found):
        raise Malformed("certificates-unsigned", where=where)

    all_coefexps = _read_all_coefexps(found, certificates, threshold, signed=signed)
    joint = joint_coefexps(all_coefexps)
    if IDENTITY in joint:  # a smaller threshold than it says, or a key that everybody knows
        raise Malformed("identity-as-key", where=where)
    entries = strict.items(found["verification_keys"], where=where, count=size)
    keys = [
        read_verification_key(certificate, entry, power_at(joint, index), f"trustee {index}")
        for index, (certificate, entry) in enumerate(zip(certificates, entries, strict=True), 1)
    ]
    return Pedersen(
        threshold=threshold,
        public_key=joint[0],
        keys=keys,
        certificate_ids=[certificate.id for certificate in certificates],
        coefficients_promised=certificates[0].coefexps_hash is not None,
    )


def _read_all_coefexps(
    found: Mapping[str, Any], certificates: Sequence[Certificate], threshold: int, *, signed: bool
) -> list[list[Element]]:
    """Everybody's powers of coefficients; where `signed`, each over all certificates."""
    where, size = "threshold key", len(certificates)
    entries = strict.items(found["coefexps"], where=where, count=size)
    all_coefexps = [
        read_coefexps(certificate, entry, threshold, f"coefficients {index}")
        for index, (certificate, entry) in enumerate(zip(certificates, entries, strict=True), 1)
    ]
    if signed:
        signatures = read_proofs(found["signatures"], where=where, count=size)
        for certificate, coefexps, signature in zip(
            certificates, all_coefexps, signatures, strict=True
        ):
            message = certificates_message(found["certs"], [str(power) for power in coefexps])
            key = PlainBase(certificate.verification)
            require_signature(key, message, signature, where=where)
    return all_coefexps


def read_verification_key(
    certificate: Certificate, value: Any, expected: Element, where: str
) -> Element:
    """One member's public part, which must be the expected key; raises Malformed."""
    signed = certificate.context is not None
    names = ("pok", "public_key", "signature", "name") if signed else ("pok", "public_key", "name")
    found = strict.fields(value, *names, where=where, optional=("name",))
    key = _read_public_part(found, where=where)
    if key != expected:
        raise Malformed("key-not-from-coefficients", where=where)
    if signed:
        signature: Proof = read_proof(found["signature"], where=where)
        require_signature(PlainBase(certificate.verification), str(key), signature, where=where)
    return key
