"""Ways to cheat with what is set up, all hashes repaired (checks 3 to 5)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from okil.pure.ballots import trustees
from okil.pure.ballots.archive import setup_record
from okil.pure.ballots.arithmetic import mpz
from okil.pure.ballots.election import election_record
from okil.pure.ballots.group import G, P, Q, generator, random_scalar
from okil.pure.ballots.tests import given
from okil.pure.ballots.tests.deterministic import chance_from
from okil.pure.ballots.tests.given import World, archive_of, counted_world
from okil.pure.ballots.tests.spoiling import (
    failed_check,
    lead,
    put,
    swap,
    verdict,
    with_json,
)
from okil.pure.encoding import canonical_json, read_canonical_json

Attack = Callable[[], bytes]


@cache
def good() -> World:
    return counted_world()


@cache
def singles() -> World:
    world = given.world(given.ONE_OF_THREE, threshold=None, singles=3, voters=2, seed="singles")
    world.cast(0, [[1, 0, 0]])
    world.count(1, 2, 3)
    return world


def _json(kind: str, which: int, change: Callable[[Any], Any], nth: int = 0) -> Attack:
    return lambda: archive_of(with_json(good().entries, kind, which, change, nth))


def _single_json(change: Callable[[Any], Any]) -> Attack:
    return lambda: archive_of(with_json(singles().entries, "Setup", 1, change))


def _setup(world: World, election: bytes, trustees_raw: bytes, credentials_raw: bytes) -> bytes:
    setup = setup_record(election, trustees_raw, credentials_raw)
    return archive_of(
        [("Setup", (election, trustees_raw, credentials_raw, setup)), *world.entries[1:]]
    )


def _question(**changes: Any) -> Callable[[Any], Any]:
    return lambda found: found["questions"][0].update(changes)


# 3

SETUP_ATTACKS: dict[str, Attack] = {
    "another election than Setup names": _json("Setup", 3, put("election", "0" * 64)),
    "other trustees than Setup names": _json("Setup", 3, put("trustees", "0" * 64)),
    "a field more in Setup": _json("Setup", 3, put("x", "0" * 64)),
    "the fields of Setup in another order": _json(
        "Setup", 3, lambda found: dict(reversed(list(found.items())))
    ),
    "an unknown field in the election": _json("Setup", 0, put("result", [])),
    "fields of the election in another order": _json(
        "Setup", 0, lambda found: {"uuid": found.pop("uuid"), **found}
    ),
    "another group": _json("Setup", 0, put("group", "Ed25519")),
    "version 1 as text": _json("Setup", 0, put("version", "1")),
    "no question": _json("Setup", 0, put("questions", [])),
    "no answer": _json("Setup", 0, _question(answers=[])),
    "more to choose than there is": _json("Setup", 0, _question(max=4)),
    "at least more than at most": _json("Setup", 0, _question(min=2)),
    "a negative limit": _json("Setup", 0, _question(min=-1)),
    "an answer that is no text": _json("Setup", 0, _question(answers=["1", 2, "3"])),
    "a short uuid": _json("Setup", 0, put("uuid", "abc")),
    "the election key outside the group": _json("Setup", 0, put("public_key", str(P - G))),
    "the election key 1": _json("Setup", 0, put("public_key", "1")),
    "a zero before the election key": _json("Setup", 0, lambda f: lead(f, "public_key")),
}


# 4


def _block(change: Callable[[Any], Any]) -> Attack:
    return _json("Setup", 1, lambda found: change(found[0][1]))


def _copycat() -> bytes:
    """One key poses as three: the same Single trustee three times, the election key to match."""
    chance = chance_from("copycat")
    x = random_scalar(chance)
    raw = canonical_json([trustees.single_record(x, chance)] * 3)
    return _with_trustees(raw, generator.to(x * 3 % Q))


def _with_trustees(raw: bytes, public_key: int) -> bytes:
    world = good()
    election = election_record(
        uuid=world.election.uuid,
        name="G-07",
        description=world.election.description,
        public_key=public_key,
        questions=world.election.questions,
    )
    return _setup(world, election, raw, world.credentials_raw)


def _chooses_last() -> bytes:
    """A trustee takes the inverse of the others' keys, so that the election key is her own."""
    chance = chance_from("last")
    mine, other = random_scalar(chance), random_scalar(chance)
    honest = trustees.single_record(other, chance)
    forged = trustees.single_record(mine, chance)
    forged[1]["public_key"] = str(generator.to(mine) * pow(generator.to(other), -1, P) % P)
    return _with_trustees(canonical_json([honest, forged]), generator.to(mine))


def _certificate(change: Callable[[Any], Any]) -> Attack:
    def changed(found: Any) -> None:
        message = read_canonical_json(found["certs"][0]["message"].encode())
        change(message)
        found["certs"][0]["message"] = canonical_json(message).decode()

    return _block(changed)


def _copied_coefficients(found: Any) -> None:
    found["coefexps"][1] = found["coefexps"][0]


TRUSTEE_ATTACKS: dict[str, Attack] = {
    "nobody holds a key": _json("Setup", 1, lambda found: []),
    "a kind of trustee nobody knows": _json("Setup", 1, lambda f: f[0].__setitem__(0, "Shamir")),
    "a lower threshold than agreed": _block(put("threshold", 1)),
    "a higher threshold than members": _block(put("threshold", 4)),
    "a certificate dropped": _block(lambda found: found["certs"].pop() and None),
    "two certificates exchanged": _block(lambda found: swap(found["certs"])),
    "one certificate twice": _block(lambda f: f["certs"].__setitem__(1, f["certs"][0])),
    "a certificate for another place": _certificate(lambda m: m["context"].update(index=2)),
    "a certificate without its promise": _certificate(lambda m: m.pop("coefexps_hash") and None),
    "a certificate with another promise": _certificate(put("coefexps_hash", "0" * 64)),
    "another member's coefficients": _block(_copied_coefficients),
    "coefficients exchanged": _block(lambda found: swap(found["coefexps"])),
    "signatures over the certificates left out": _block(lambda f: f.pop("signatures") and None),
    "signatures over the certificates exchanged": _block(lambda f: swap(f["signatures"])),
    "verification keys exchanged": _block(lambda found: swap(found["verification_keys"])),
    "a verification key of nobody": _block(
        lambda found: found["verification_keys"][0].update(public_key=str(G))
    ),
    "a verification key outside the group": _block(
        lambda found: found["verification_keys"][0].update(public_key=str(P - 1))
    ),
    "an unknown field in a key": _block(lambda f: f["verification_keys"][0].update(x=1)),
    "a wrong proof of knowledge": _single_json(
        lambda found: found[0][1]["pok"].update(response="1")
    ),
    "a Single key that is 1": _single_json(lambda found: found[0][1].update(public_key="1")),
    "a Single trustee left out": _single_json(lambda found: found.pop() and None),
    "one Single trustee twice": _single_json(lambda found: found.__setitem__(1, found[0])),
    "one key posing as three": _copycat,
    "a key chosen after the others": _chooses_last,
    "an election key nobody shares": lambda: _with_trustees(
        good().trustees_raw, generator.to(mpz(5))
    ),
}

# 5


def _credentials(change: Callable[[Any], Any]) -> Attack:
    return _json("Setup", 2, change)


CREDENTIAL_ATTACKS: dict[str, Attack] = {
    "a code outside the group": _credentials(lambda f: f.__setitem__(4, str(P - mpz(f[4])))),
    "a code twice": _credentials(lambda found: found.append(found[0])),
    "the code 1, whose secret everybody knows": _credentials(lambda f: f.__setitem__(4, "1")),
    "the code 0": _credentials(lambda found: found.__setitem__(4, "0")),
    "a zero before a code": _credentials(lambda found: found.__setitem__(4, "0" + found[4])),
    "a code that is a number": _credentials(lambda found: found.__setitem__(4, 5)),
    "a weight for one only": _credentials(lambda f: f.__setitem__(4, f[4] + ",2")),
    "a negative weight": _credentials(lambda found: [each + ",-1" for each in found]),
    "a weight with a zero in front": _credentials(lambda found: [each + ",01" for each in found]),
    "a weight that is empty": _credentials(lambda found: [each + "," for each in found]),
    "a weight beyond all bounds": _credentials(lambda f: [each + "," + "9" * 40 for each in f]),
    "a name beside the code": _credentials(lambda f: [each + ",1,ivanov" for each in f]),
    "not a list": _credentials(lambda found: {"codes": found}),
}

TABLES: dict[int, dict[str, Attack]] = {
    3: SETUP_ATTACKS,
    4: TRUSTEE_ATTACKS,
    5: CREDENTIAL_ATTACKS,
}


@pytest.mark.parametrize(
    ("check", "attack"), [(check, attack) for check, table in TABLES.items() for attack in table]
)
def test_an_attack_on_the_setup_is_found_by_its_check(check: int, attack: str) -> None:
    found = failed_check(verdict(TABLES[check][attack]()))
    assert found is not None
    assert found[0] == check
