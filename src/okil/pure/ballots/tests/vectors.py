"""Makes the shared vectors of tests/vectors: `python -m okil.pure.ballots.tests.vectors DIRECTORY`.

A test makes them again and compares, so the files change only when somebody means it. The browser's
twin is held to the same files.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from okil.pure.ballots import (
    ballot,
    ceremony,
    credentials,
    decryption,
    elgamal,
    group,
    key_file,
    names,
    proofs,
    signing,
    statements,
    tally,
    trustees,
)
from okil.pure.ballots.arithmetic import mpz
from okil.pure.ballots.election import Question, election_record, read_election
from okil.pure.ballots.tests.deterministic import chance_from
from okil.pure.encoding import base64_text, canonical_json, sha256_hex

UUID = "KzNs3nXw8GmVbT"
KEY = mpz(1234567890123456789)
CODES = ("23456789ABCDEFGHJKLMNP", "1111111111111111111111", "zzzzzzzzzzzzzzzzzzzzzz")


def _groups() -> dict[str, Any]:
    member = group.G**5 % group.P
    return {
        "name": group.NAME,
        "p": str(group.P),
        "q": str(group.Q),
        "g": str(group.G),
        "elements": [
            {"text": text, "why": why, "accepted": accepted}
            for text, why, accepted in (
                (str(group.G), "the generator", True),
                (str(member), "g^5", True),
                ("1", "the identity is in the group", True),
                (str(group.P - 1), "has order 2", False),
                (str(group.P - member), "a member with its sign changed", False),
                (str(member + group.P), "not reduced", False),
                ("0", "zero", False),
                (str(group.P), "p itself", False),
                ("2", "a number outside the group", False),
                ("0" + str(member), "a leading zero", False),
                ("+" + str(member), "a sign", False),
                (hex(member), "hexadecimal", False),
                (" " + str(member), "a space", False),
                ("", "nothing", False),
            )
        ],
        "scalars": [
            {"text": text, "why": why, "accepted": accepted}
            for text, why, accepted in (
                ("0", "zero", True),
                (str(group.Q - 1), "the largest", True),
                (str(group.Q), "q itself", False),
                ("00", "a leading zero", False),
                ("-1", "a sign", False),
                ("1e3", "an exponent", False),
                ("\u0661", "a digit of another script", False),
            )
        ],
    }


def _hashes() -> dict[str, Any]:
    cases: tuple[tuple[str, list[int]], ...] = (
        ("", []),
        ("pok|", [1]),
        ("prove|a|b|", [1, 2, 3]),
        ("жүйе|", [group.G, group.P - 1]),
    )
    return {
        "hash_to_scalar": [
            {
                "prefix": prefix,
                "elements": [str(element) for element in elements],
                "scalar": str(group.hash_to_scalar(prefix, *map(mpz, elements))),
            }
            for prefix, elements in cases
        ]
    }


def _randomness() -> dict[str, Any]:
    chance = chance_from("seed")
    drawn = chance(80).hex()
    chance = chance_from("seed")
    scalars = [str(group.random_scalar(chance)) for _ in range(3)]
    chance = chance_from("seed")
    code = credentials.make_code(chance)
    return {"seed": "seed", "first_80_bytes": drawn, "first_scalars": scalars, "first_code": code}


def _elgamal() -> dict[str, Any]:
    y = group.FixedBase(group.generator.to(KEY))
    cases = []
    for message in (0, 1, 2, 7):
        r = group.random_scalar(chance_from(f"elgamal {message}"))
        ciphertext = elgamal.encrypt(y, message, r)
        cases.append({"message": message, "r": str(r), **ciphertext.as_json()})
    return {"x": str(KEY), "y": str(group.generator.to(KEY)), "cases": cases}


def _proofs() -> dict[str, Any]:
    y = group.FixedBase(group.generator.to(KEY))
    cases = []
    for about, claims in (
        ("individual, 0", [(0, 0), (0, 1)]),
        ("individual, 1", [(1, 0), (1, 1)]),
        ("overall, one of one", [(1, 1)]),
        ("overall, 2 of 0 to 3", [(2, 0), (2, 1), (2, 2), (2, 3)]),
        ("blank: m_0 = 0 or m_S = 0, where m_0 = 1", [(1, 0), (0, 0)]),
    ):
        r = group.random_scalar(chance_from(f"r of {about}"))
        opened = [proofs.Opened(r, plaintext, message) for plaintext, message in claims]
        made = proofs.prove_disjunction(y, "prove|x|", opened, chance_from(about))
        ciphertexts = [elgamal.encrypt(y, plaintext, r).as_json() for plaintext, _ in claims]
        cases.append(
            {
                "about": about,
                "prefix": "prove|x|",
                "r": str(r),
                "statements": [
                    {"plaintext": plaintext, "message": message, **ciphertext}
                    for (plaintext, message), ciphertext in zip(claims, ciphertexts, strict=True)
                ],
                "seed": about,
                "proofs": [proof.as_json() for proof in made],
            }
        )
    logarithm = proofs.prove_logarithm("pok|x|", KEY, chance_from("logarithm"))
    alpha = group.generator.to(mpz(99))
    same = proofs.prove_same_logarithm("decrypt|x|", alpha, KEY, chance_from("same"))
    return {
        "x": str(KEY),
        "y": str(group.generator.to(KEY)),
        "disjunctions": cases,
        "logarithm": {"prefix": "pok|x|", "seed": "logarithm", **logarithm.as_json()},
        "same_logarithm": {
            "prefix": "decrypt|x|",
            "seed": "same",
            "alpha": str(alpha),
            "factor": str(group.secret_power(alpha, KEY)),
            **same.as_json(),
        },
    }


def _credentials() -> dict[str, Any]:
    shown = credentials.shown_code(CODES[0])
    return {
        "uuid": UUID,
        "codes": [
            {
                "code": code,
                "check": credentials.check_characters(code),
                "shown": credentials.shown_code(code),
                "secret": str(credentials.secret_of(code, UUID)),
                "public": str(credentials.public_credential(credentials.secret_of(code, UUID))),
            }
            for code in CODES
        ],
        "typed": [
            {"typed": typed, "code": code}
            for typed, code in (
                (shown, CODES[0]),
                (shown.replace("-", ""), CODES[0]),
                (f"  {shown.replace('-', ' - ')}\n", CODES[0]),
                (CODES[0], None),
                (shown[:-1] + "M", None),
                (shown.replace("2", "3"), None),
                (shown.replace("8", "0"), None),
                (shown + "1", None),
                ("", None),
            )
        ],
        "list": credentials.credentials_record(
            credentials.public_credential(credentials.secret_of(code, UUID)) for code in CODES
        ).decode(),
        "fingerprint": credentials.read_credentials(
            credentials.credentials_record(
                credentials.public_credential(credentials.secret_of(code, UUID)) for code in CODES
            )
        ).fingerprint,
    }


def _ballots() -> dict[str, Any]:
    papers = (
        ("one of five", [Question("1", tuple("12345"), 1, 1)], [[0, 0, 1, 0, 0]]),
        (
            "one of five, blank allowed",
            [Question("1", tuple("12345"), 1, 1, True)],
            [[0] * 5 + [1]],
        ),
        ("blank", [Question("1", tuple("12345"), 1, 1, True)], [[1] + [0] * 5]),
        ("up to three of four", [Question("1", tuple("1234"), 0, 3)], [[1, 0, 1, 0]]),
        (
            "two questions",
            [Question("1", ("1", "2"), 1, 1), Question("2", ("1", "2", "3"), 1, 2, True)],
            [[0, 1], [0, 1, 0, 1]],
        ),
    )
    secret = credentials.secret_of(CODES[0], UUID)
    cases = []
    for about, questions, choices in papers:
        election = election_record(
            uuid=UUID,
            name="G-07",
            description="names:" + sha256_hex(b"[]"),
            public_key=group.generator.to(KEY),
            questions=tuple(questions),
        )
        read = read_election(election)
        made = ballot.make_ballot(read, secret, choices, chance_from(about))
        cases.append(
            {
                "about": about,
                "election": election.decode(),
                "fingerprint": read.fingerprint,
                "code": CODES[0],
                "choices": choices,
                "seed": about,
                "ballot": made.decode(),
                "tracker": ballot.tracker(made),
            }
        )
    return {"cases": cases}


def _single_key() -> dict[str, Any]:
    return {
        "private_key": str(KEY),
        "seed": "single",
        "trustee": trustees.single_record(KEY, chance_from("single")),
    }


def threshold_rounds(size: int, threshold: int) -> dict[str, Any]:
    """Every message of a threshold key, from the seeds `member 1`, `member 2`, …"""
    seeds = [signing.make_seed(chance_from(f"member {i}")) for i in range(1, size + 1)]
    members = [signing.member_keys(seed) for seed in seeds]
    step_1 = [
        ceremony.open_ceremony(
            member, index=i, size=size, threshold=threshold, chance=chance_from(f"step 1 of {i}")
        )
        for i, member in enumerate(members, 1)
    ]
    certs = [each["certificate"] for each in step_1]
    step_3 = [
        ceremony.share(
            member,
            certs,
            each["polynomial"],
            threshold=threshold,
            chance=chance_from(f"step 3 of {i}"),
        )
        for i, (member, each) in enumerate(zip(members, step_1, strict=True), 1)
    ]
    step_5 = [
        ceremony.receive_shares(
            member,
            certs,
            ceremony.deliver(step_3, i),
            threshold=threshold,
            chance=chance_from(f"step 5 of {i}"),
        )
        for i, member in enumerate(members, 1)
    ]
    record = ceremony.threshold_record(certs, step_3, step_5, threshold=threshold)
    read = trustees.read_trustees(canonical_json([record]))
    return {
        "size": size,
        "threshold": threshold,
        "seeds": seeds,
        "certificate_ids": [
            each.id for each in ceremony.read_certificates(certs, size=size, threshold=threshold)
        ],
        "step_1": step_1,
        "step_3": step_3,
        "step_5": step_5,
        "decryption_keys": [
            str(ceremony.open_decryption_key(member, each["private_key"]))
            for member, each in zip(members, step_5, strict=True)
        ],
        "trustee": record,
        "public_key": str(read.public_key),
    }


def _ceremony() -> dict[str, Any]:
    content = {"uuid": UUID, "seed": signing.make_seed(chance_from("member 1"))}
    passphrase = "қызыл алма, 7 жол"
    sealed = key_file.seal_key_file(passphrase, content, chance_from("key file"))
    return {
        "single": _single_key(),
        "threshold": threshold_rounds(3, 2),
        "key_file": {
            "passphrase": passphrase,
            "content": content,
            "seed": "key file",
            "file": sealed.decode(),
        },
    }


def _decryption() -> dict[str, Any]:
    rounds = threshold_rounds(3, 2)
    commission = trustees.read_trustees(canonical_json([rounds["trustee"]]))
    read = read_election(
        election_record(
            uuid=UUID,
            name="G-07",
            description="names:" + sha256_hex(b"[]"),
            public_key=commission.public_key,
            questions=(Question("1", ("1", "2", "3"), 1, 1, True),),
        )
    )
    papers = [[0, 1, 0, 0], [0, 0, 0, 1], [0, 1, 0, 0], [1, 0, 0, 0]]
    total = tally.Tally.nothing(read)
    for number, bits in enumerate(papers):
        chance = chance_from(f"paper {number}")
        entries = [elgamal.encrypt(read.y, bit, group.random_scalar(chance)) for bit in bits]
        total = total.with_ballot([entries], 1)
    tally_hash = sha256_hex(total.record())
    partials: dict[int, dict[str, Any]] = {}
    for owner in (1, 3):
        x = mpz(rounds["decryption_keys"][owner - 1])
        seed = f"partial decryption {owner}"
        raw = decryption.partial_decryption(
            read, total.questions, tally_hash, owner, x, chance_from(seed)
        )
        partials[owner] = {
            "owner": owner,
            "private_key": str(x),
            "seed": seed,
            "partial_decryption": raw.decode(),
            "owned": decryption.owned_record(owner, raw).decode(),
        }
    read_partials = {
        owner: decryption.check_partial_decryption(
            read,
            total.questions,
            tally_hash,
            owner,
            commission.keys[owner - 1],
            each["partial_decryption"].encode(),
        )
        for owner, each in partials.items()
    }
    powers = decryption.opened(commission, total.questions, read_partials)
    result = decryption.counted(powers, total.weight)
    return {
        "election": read.raw.decode(),
        "trustees": canonical_json([rounds["trustee"]]).decode(),
        "encrypted_tally": total.record().decode(),
        "sized_encrypted_tally": total.sized_record().decode(),
        "partial_decryptions": list(partials.values()),
        "result": decryption.result_record(result).decode(),
    }


def _names() -> dict[str, Any]:
    questions = (Question("1", ("1", "2"), 1, 1),)
    words = (
        ("Орын", "Место", "Seat"),
        ("Ромашкина А.", "Ромашкина А.", "A. Romashkina"),
        ("Кленова «К»", "Клёнова «К»", "K. Klyonova"),
    )
    entries = [
        names.name_entry(
            question,
            answer,
            dict(zip(names.LANGUAGES, each, strict=True)),
            chance_from(f"salt {question} {answer}"),
        )
        for (question, answer), each in zip(names.places(questions), words, strict=True)
    ]
    shrunk = [*entries[:2], names.withdrawn(entries[2])]
    return {
        "names": entries,
        "commitments": [names.commitment(entry) for entry in entries],
        "description": names.description_of(entries),
        "one_name_withdrawn": shrunk,
        "description_then": names.description_of(shrunk),
    }


def _statements() -> dict[str, Any]:
    private = hashlib.sha256(b"installation").digest()
    key = Ed25519PrivateKey.from_private_bytes(private)
    event, shown = sha256_hex(b"event"), ballot.tracker(b"ballot")
    kinds: tuple[tuple[str, type[statements.Statement], dict[str, Any]], ...] = (
        (
            "head",
            statements.Head,
            {
                "uuid": UUID,
                "number": 3,
                "height": 17,
                "event": event,
                "hour": "2024-11-20T10:00+05:00",
            },
        ),
        ("receipt", statements.Receipt, {"uuid": UUID, "tracker": shown, "after_head": 2}),
        (
            "void_list",
            statements.VoidList,
            {"uuid": UUID, "void": [str(group.G)], "unused_spares": []},
        ),
    )
    return {
        "private_key": base64_text(private),
        "public_key": base64_text(key.public_key().public_bytes_raw()),
        "statements": [
            {
                "kind": name,
                "signed_text": statements.signed_bytes(kind, statement).decode(),
                "statement": statements.sign_statement(kind, statement, key),
            }
            for name, kind, statement in kinds
        ],
    }


FILES = {
    "group.json": _groups,
    "hashes.json": _hashes,
    "randomness.json": _randomness,
    "elgamal.json": _elgamal,
    "proofs.json": _proofs,
    "credentials.json": _credentials,
    "ballots.json": _ballots,
    "ceremony.json": _ceremony,
    "decryption.json": _decryption,
    "names.json": _names,
    "statements.json": _statements,
}


def made(name: str) -> str:
    """The text of one file of vectors."""
    return json.dumps(FILES[name](), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name in FILES:
        (Path(sys.argv[1]) / name).write_text(made(name), encoding="utf-8")
