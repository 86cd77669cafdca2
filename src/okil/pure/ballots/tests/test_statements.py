"""Key files, names and what the server signs, apart from an archive."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from okil.pure.ballots import key_file, names, statements
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.tests.deterministic import chance_from
from okil.pure.encoding import base64_text

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
CONTENT = {"seed": "1" * 22}


def test_a_public_key_is_read_from_base64_or_hexadecimal() -> None:
    for text in (base64_text(PUBLIC), base64_text(PUBLIC) + "=", PUBLIC.hex()):
        assert statements.read_public_key(text).public_bytes_raw() == PUBLIC


@pytest.mark.parametrize("text", ["", "AAAA", "x" * 64, "not a key", base64_text(bytes(33))])
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        statements.read_public_key(text)


def test_a_signature_of_one_kind_does_not_serve_for_another() -> None:
    """A receipt cannot be passed off as a head: the prefix is signed along."""
    signed = {statements.signed_bytes(kind, {"uuid": "1" * 14}) for kind in KINDS}
    assert len(signed) == len(KINDS)


KINDS: tuple[type[statements.Statement], ...] = (
    statements.Head,
    statements.Receipt,
    statements.VoidList,
)


def test_a_key_file_opens_with_its_passphrase_however_it_was_typed() -> None:
    sealed = key_file.seal_key_file("Йод, 7", CONTENT, chance_from("x"))
    assert key_file.open_key_file("Йод, 7", sealed) == CONTENT
    assert key_file.open_key_file("\u0418\u0306од, 7", sealed) == CONTENT
    with pytest.raises(Malformed) as refusal:
        key_file.open_key_file("йод, 7", sealed)
    assert refusal.value.reason == "passphrase-wrong"


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"kdf": "PBKDF2"},
        {"rounds": 1000},
        {"rounds": 10**9},
        {"nonce": "AAAA"},
        {"data": "=="},
        {"data": 5},
        {"x": 1},
    ],
)
def test_a_changed_key_file_does_not_open(change: dict[str, Any]) -> None:
    sealed = key_file.seal_key_file("p", CONTENT, chance_from("x"))
    with pytest.raises(Malformed):
        key_file.open_key_file("p", json.dumps({**json.loads(sealed), **change}).encode())
    with pytest.raises(Malformed):
        key_file.open_key_file("p", b"no key file")


def test_equal_names_have_unequal_commitments() -> None:
    chance = chance_from("salt")
    same = dict.fromkeys(names.LANGUAGES, "Ромашкина")
    one, other = (names.name_entry(0, 0, same, chance) for _ in range(2))
    assert names.commitment(one) != names.commitment(other)
    assert names.commitment(names.withdrawn(one)) == names.commitment(one)
    assert names.description_of([one, other]) == names.description_of([one, names.withdrawn(other)])
