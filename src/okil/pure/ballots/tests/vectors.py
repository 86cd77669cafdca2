"""Makes the shared vectors of tests/vectors: `python -m okil.pure.ballots.tests.vectors DIRECTORY`.

A test makes them again and compares, so the files change only when somebody means it. The browser's
twin is held to the same files.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from okil.pure.ballots import ballot, credentials, elgamal, group, proofs
from okil.pure.ballots.election import Question, election_record, read_election
from okil.pure.ballots.tests.deterministic import chance_from
from okil.pure.encoding import sha256_hex

UUID = "KzNs3nXw8GmVbT"
KEY = group.Scalar(1234567890123456789)
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
    cases = (("", []), ("pok|", [1]), ("prove|a|b|", [1, 2, 3]), ("жүйе|", [group.G, group.P - 1]))
    return {
        "hash_to_scalar": [
            {
                "prefix": prefix,
                "elements": [str(element) for element in elements],
                "scalar": str(group.hash_to_scalar(prefix, *map(group.Element, elements))),
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
    for about, statements in (
        ("individual, 0", [(0, 0), (0, 1)]),
        ("individual, 1", [(1, 0), (1, 1)]),
        ("overall, one of one", [(1, 1)]),
        ("overall, 2 of 0 to 3", [(2, 0), (2, 1), (2, 2), (2, 3)]),
        ("blank: m_0 = 0 or m_S = 0, where m_0 = 1", [(1, 0), (0, 0)]),
    ):
        r = group.random_scalar(chance_from(f"r of {about}"))
        opened = [proofs.Opened(r, plaintext, message) for plaintext, message in statements]
        made = proofs.prove_disjunction(y, "prove|x|", opened, chance_from(about))
        ciphertexts = [elgamal.encrypt(y, plaintext, r).as_json() for plaintext, _ in statements]
        cases.append(
            {
                "about": about,
                "prefix": "prove|x|",
                "r": str(r),
                "statements": [
                    {"plaintext": plaintext, "message": message, **ciphertext}
                    for (plaintext, message), ciphertext in zip(
                        statements, ciphertexts, strict=True
                    )
                ],
                "seed": about,
                "proofs": [proof.as_json() for proof in made],
            }
        )
    logarithm = proofs.prove_logarithm("pok|x|", KEY, chance_from("logarithm"))
    alpha = group.generator.to(group.Scalar(99))
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


FILES = {
    "group.json": _groups,
    "hashes.json": _hashes,
    "randomness.json": _randomness,
    "elgamal.json": _elgamal,
    "proofs.json": _proofs,
    "credentials.json": _credentials,
    "ballots.json": _ballots,
}


def made(name: str) -> str:
    """The text of one file of vectors."""
    return json.dumps(FILES[name](), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name in FILES:
        (Path(sys.argv[1]) / name).write_text(made(name), encoding="utf-8")
