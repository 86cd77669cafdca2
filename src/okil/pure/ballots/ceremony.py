"""A commission makes a threshold key: its rounds, from messages to messages (section 5.3).

    1  each member      open_ceremony   -> certificate, and coefficients sealed to herself
    2  everybody        read_certificates: they fit together; members compare ids by voice
    3  each member      share           -> a sealed point of her polynomial for each member
    4  the server       deliver         -> what belongs to one member
    5  each member      receive_shares  -> her decryption key, sealed to herself; its public part
    6  the server       threshold_record -> the entry of trustees.json

The server carries the messages and learns nothing from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from okil.pure.ballots import group, strict
from okil.pure.ballots.arithmetic import mpz
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.group import (
    Chance,
    Element,
    G,
    PlainBase,
    Q,
    Scalar,
    random_scalar,
    secret_power,
)
from okil.pure.ballots.proofs import read_proof
from okil.pure.ballots.signing import (
    MemberKeys,
    receive,
    require_signature,
    send,
    sign,
    signature_of,
)
from okil.pure.ballots.trustees import (
    Certificate,
    certificates_message,
    joint_coefexps,
    power_at,
    public_part,
    read_certificate,
    read_coefexps,
    read_trustees,
    read_verification_key,
    require_certificates,
)
from okil.pure.encoding import canonical_json, read_canonical_json, sha256_hex


def open_ceremony(
    member: MemberKeys, *, index: int, size: int, threshold: int, chance: Chance
) -> dict[str, Any]:
    """Step 1: `{"certificate", "polynomial"}`; the second is sealed to the member herself.

    The coefficients are drawn now and their hash is in the certificate, so that nobody can choose
    hers after seeing the others' (decision 4). Chance: coefficients, certificate, sealing.
    """
    if not (1 <= threshold <= size and 1 <= index <= size):
        raise ValueError("a threshold and an index within the size, please")
    coefficients = [random_scalar(chance) for _ in range(threshold)]
    coefexps = [secret_power(G, coefficient) for coefficient in coefficients]
    certificate = canonical_json(
        {
            "context": {
                "group": group.NAME,
                "size": size,
                "threshold": threshold,
                "index": index,
            },
            "verification": str(member.verification),
            "encryption": str(member.encryption),
            "coefexps_hash": sha256_hex(_coefexps_message(coefexps).encode()),
        }
    ).decode()
    return {
        "certificate": sign(member.sk, certificate, chance),
        "polynomial": send(
            member.sk,
            member.encryption,
            canonical_json({"polynomial": [str(a) for a in coefficients]}).decode(),
            chance,
        ),
    }


def _coefexps_message(coefexps: Sequence[Element]) -> str:
    return canonical_json({"coefexps": [str(power) for power in coefexps]}).decode()


def read_certificates(certs: Sequence[Any], *, size: int, threshold: int) -> list[Certificate]:
    """Step 2: the certificates of all members, complete and fitting; raises Malformed."""
    strict.items(list(certs), where="certificates", count=size)
    certificates = [
        read_certificate(cert, where=f"certificate {index}") for index, cert in enumerate(certs, 1)
    ]
    require_certificates(certificates, threshold)
    if any(each.coefexps_hash is None for each in certificates):
        raise Malformed("coefficients-not-promised", where="certificates")
    return certificates


def share(
    member: MemberKeys, certs: Sequence[Any], polynomial: Any, *, threshold: int, chance: Chance
) -> dict[str, Any]:
    """Step 3: `{"polynomial", "secrets", "coefexps", "signature"}`, as the server collects them.

    `polynomial` is what step 1 sealed. Chance: each secret in turn, coefexps, signature.
    """
    certificates = read_certificates(certs, size=len(certs), threshold=threshold)
    if member.verification not in {each.verification for each in certificates}:
        raise Malformed("not-a-member", where="certificates")
    coefficients = _opened_polynomial(member, polynomial, threshold)
    coefexps = [secret_power(G, a) for a in coefficients]
    secrets = [
        send(
            member.sk,
            certificate.encryption,
            canonical_json({"secret": str(_value_at(coefficients, j))}).decode(),
            chance,
        )
        for j, certificate in enumerate(certificates, 1)
    ]
    over_all = certificates_message(certs, [str(power) for power in coefexps])
    return {
        "polynomial": polynomial,
        "secrets": secrets,
        "coefexps": sign(member.sk, _coefexps_message(coefexps), chance),
        "signature": signature_of(member.sk, over_all, chance).as_json(),
    }


def _opened_polynomial(member: MemberKeys, sealed: Any, threshold: int) -> list[Scalar]:
    where = "polynomial"
    message = receive(
        member.dk, member.encryption, member.verification, sealed, where=where
    ).encode()
    found = strict.fields(read_canonical_json(message), "polynomial", where=where)
    coefficients = strict.items(found["polynomial"], where=where, count=threshold)
    return [group.read_scalar(a, where=where) for a in coefficients]


def _value_at(coefficients: Sequence[Scalar], j: int) -> Scalar:
    value = mpz(0)
    for coefficient in reversed(coefficients):
        value = (value * j + coefficient) % Q
    return value


def require_share(certs: Sequence[Any], index: int, value: Any, *, threshold: int) -> None:
    """What the server can check of one member's step 3: her signatures, and her promise of step 1.

    Whether the points she sealed lie on her polynomial only their receivers can tell. Raises Malformed.
    """
    where = f"share of member {index}"
    certificates = read_certificates(certs, size=len(certs), threshold=threshold)
    found = strict.fields(value, "polynomial", "secrets", "coefexps", "signature", where=where)
    strict.items(found["secrets"], where=where, count=len(certs))
    own = certificates[index - 1]
    powers = read_coefexps(own, found["coefexps"], threshold, where)
    over_all = certificates_message(certs, [str(power) for power in powers])
    signature = read_proof(found["signature"], where=where)
    require_signature(PlainBase(own.verification), over_all, signature, where=where)


def deliver(shares: Sequence[Any], index: int) -> dict[str, Any]:
    """Step 4: from everybody's step 3, what the member with this index needs."""
    return {
        "polynomial": shares[index - 1]["polynomial"],
        "secrets": [each["secrets"][index - 1] for each in shares],
        "coefexps": [each["coefexps"] for each in shares],
        "signatures": [each["signature"] for each in shares],
    }


def receive_shares(
    member: MemberKeys, certs: Sequence[Any], delivered: Any, *, threshold: int, chance: Chance
) -> dict[str, Any]:
    """Step 5: `{"private_key", "public_key"}`; the first is sealed to the member herself.

    Raises Malformed if anything is not as the others signed, or a point does not lie on the
    polynomial it should lie on. Chance: sealing, proof, signature.
    """
    where = "shares"
    size = len(certs)
    certificates = read_certificates(certs, size=size, threshold=threshold)
    index = next(
        (i for i, c in enumerate(certificates, 1) if c.verification == member.verification), None
    )
    if index is None:
        raise Malformed("not-a-member", where="certificates")
    found = strict.fields(delivered, "polynomial", "secrets", "coefexps", "signatures", where=where)
    _opened_polynomial(member, found["polynomial"], threshold)
    entries = zip(
        certificates,
        *(strict.items(found[n], where=where, count=size) for n in ("secrets", "coefexps")),
        strict.items(found["signatures"], where=where, count=size),
        strict=True,
    )
    key = mpz(0)
    for place, (sender, sealed, coefexps, signature) in enumerate(entries, 1):
        where = f"share of member {place}"
        powers = read_coefexps(sender, coefexps, threshold, where)
        over_all = certificates_message(certs, [str(power) for power in powers])
        require_signature(
            PlainBase(sender.verification),
            over_all,
            read_proof(signature, where=where),
            where=where,
        )
        secret = _opened_secret(member, sender, sealed, where)
        if secret_power(G, secret) != power_at(powers, index):
            raise Malformed("share-not-on-polynomial", where=where)
        key = (key + secret) % Q

    message = canonical_json({"decryption_key": str(key)}).decode()
    sealed_key = send(member.sk, member.encryption, message, chance)
    public = public_part(key, chance)
    public["signature"] = signature_of(member.sk, public["public_key"], chance).as_json()
    return {"private_key": sealed_key, "public_key": public}


def _opened_secret(member: MemberKeys, sender: Certificate, sealed: Any, where: str) -> Scalar:
    message = receive(member.dk, member.encryption, sender.verification, sealed, where=where)
    found = strict.fields(read_canonical_json(message.encode()), "secret", where=where)
    # A share made elsewhere may not be reduced: any number of digits that fits a sum of powers.
    return mpz(strict.decimal(found["secret"], where=where, longest=4 * group.SCALAR_DIGITS)) % Q


def require_output(
    certs: Sequence[Any], shares: Sequence[Any], index: int, value: Any, *, threshold: int
) -> None:
    """The public part of one member's step 5 is the key that all shares give her. Raises Malformed."""
    where = f"key of member {index}"
    certificates = read_certificates(certs, size=len(certs), threshold=threshold)
    found = strict.fields(value, "private_key", "public_key", where=where)
    joint = joint_coefexps(
        [
            read_coefexps(certificate, each["coefexps"], threshold, where)
            for certificate, each in zip(certificates, shares, strict=True)
        ]
    )
    read_verification_key(
        certificates[index - 1], found["public_key"], power_at(joint, index), where
    )


def threshold_record(
    certs: Sequence[Any], shares: Sequence[Any], outputs: Sequence[Any], *, threshold: int
) -> list[Any]:
    """Step 6: the entry of trustees.json, checked as a stranger will; raises Malformed."""
    record = [
        "Pedersen",
        {
            "threshold": threshold,
            "certs": list(certs),
            "coefexps": [each["coefexps"] for each in shares],
            "signatures": [each["signature"] for each in shares],
            "verification_keys": [each["public_key"] for each in outputs],
        },
    ]
    read_trustees(canonical_json([record]))
    return record


def open_decryption_key(member: MemberKeys, private_key: Any) -> Scalar:
    """The member's decryption key from what step 5 sealed to her."""
    where = "decryption key"
    message = receive(member.dk, member.encryption, member.verification, private_key, where=where)
    found = strict.fields(read_canonical_json(message.encode()), "decryption_key", where=where)
    return group.read_scalar(found["decryption_key"], where=where)
