"""A member's browser opens nothing but the tally of an archive that it has checked itself."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from okil.pure.ballots import credentials
from okil.pure.ballots.ballot import read_ballot
from okil.pure.ballots.proofs import prove_logarithm
from okil.pure.ballots.tally import Tally
from okil.pure.ballots.tests import given
from okil.pure.encoding import (
    canonical_json,
    read_canonical_json,
    sha256_base64,
    sha256_hex,
)

VERIFIED = """async (archive) => {
    const { Malformed } = await import("/static/booth/failures.js");
    const { verifyTally } = await import("/static/booth/verify.js");
    const bytes = Uint8Array.from(atob(archive), (letter) => letter.charCodeAt(0));
    try {
        const { ballots, counting, head, tallyHash } = await verifyTally(bytes);
        return { ballots, counting, head, tallyHash };
    } catch (error) {
        if (error instanceof Malformed) return error.reason;
        throw error;
    }
}"""


def voted(seed: str = "opening", weights: list[int] | None = None) -> given.World:
    """Three voters; the first replaced an earlier ballot."""
    world = given.world(given.ONE_OF_THREE, voters=4, weights=weights, seed=seed)
    world.cast(0, [[1, 0, 0]])
    world.cast(1, [[0, 1, 0]])
    world.cast(0, [[0, 0, 1]])
    world.cast(2, [[0, 1, 0]])
    return world


def closed(world: given.World) -> given.World:
    world.close()
    world.add_tally()
    return world


def verified(page: Page, archive: bytes) -> Any:
    return page.evaluate(VERIFIED, base64.b64encode(archive).decode())


@pytest.mark.parametrize("weights", [None, [1, 3, 0, 2_000_000_000]])
def test_the_browser_finds_the_tally_that_python_makes(
    page: Page, weights: list[int] | None
) -> None:
    world = closed(voted(weights=weights))

    assert verified(page, world.archive()) == {
        "ballots": 4,
        "counting": 3,
        "head": head_of(world),
        "tallyHash": sha256_hex(world.tally().record()),
    }


def test_another_members_decryption_does_not_stand_in_the_way(page: Page) -> None:
    world = closed(voted())
    world.add_partial(2)

    assert verified(page, world.archive())["ballots"] == 4


def head_of(world: given.World) -> str:
    """The hash of EndBallots: the parent that the next event names."""
    parents = [
        value["parent"] for value in events_in(world.archive()) if value["type"] == "EncryptedTally"
    ]
    return str(parents[0])


def events_in(archive: bytes) -> list[dict[str, Any]]:
    parts = archive.split(b'{"')
    texts = [b'{"' + part.partition(b"\0")[0] for part in parts]
    return [read_canonical_json(text) for text in texts if b'"height":' in text[:120]]


def one_ballot_as_the_tally() -> bytes:
    """The attack that these checks are for: who did the last voter choose?"""
    world = voted()
    world.close()
    last = read_ballot(world.election, read_canonical_json(world.entries[4][1][0]))
    alone = Tally.nothing(world.election).with_ballot([a.choices for a in last.answers], 1)
    world.entries.append(("EncryptedTally", (alone.record(), alone.sized_record())))
    return world.archive()


def an_unproved_ballot() -> bytes:
    """One voter's ciphertexts, signed by an accomplice: counted twice, they tell the first vote."""
    world = voted()
    copied, own = (read_canonical_json(world.entries[place][1][0]) for place in (4, 2))
    del own["signature"]
    own["answers"] = copied["answers"]
    signed = sha256_base64(canonical_json(own))
    proof = prove_logarithm(f"sig|{signed}|", world.secret(1), world.chance)
    own["signature"] = {"hash": signed, "proof": proof.as_json()}
    world.entries[2] = ("Ballot", (canonical_json(own),))
    return closed(world).archive()


def a_stranger() -> bytes:
    world = voted()
    stranger = credentials.secret_of("23456789ABCDEFGHJKLMNP", world.election.uuid)
    world.credentials_raw = credentials.credentials_record(
        credentials.public_credential(secret)
        for secret in [stranger, *(world.secret(voter) for voter in (1, 2, 3))]
    )
    setup = world.entries[0][1]
    named = read_canonical_json(setup[3]) | {"credentials": sha256_hex(world.credentials_raw)}
    world.entries[0] = ("Setup", (*setup[:2], world.credentials_raw, canonical_json(named)))
    world.close()
    none = Tally.nothing(world.election)
    world.entries.append(("EncryptedTally", (none.record(), none.sized_record())))
    return world.archive()


def a_ballot_twice() -> bytes:
    world = voted()
    world.entries.append(world.entries[2])
    return closed(world).archive()


def another_key() -> bytes:
    world, other = voted(), voted(seed="another")
    raw, _, listed, setup = world.entries[0][1]
    named = read_canonical_json(setup) | {"trustees": sha256_hex(other.trustees_raw)}
    records = raw, other.trustees_raw, listed, canonical_json(named)
    world.entries[0] = ("Setup", records)
    return closed(world).archive()


def a_wrong_count() -> bytes:
    world = closed(voted())
    kind, (record, sized) = world.entries[-1]
    stated = read_canonical_json(sized) | {"num_tallied": 4}
    world.entries[-1] = (kind, (record, canonical_json(stated)))
    return world.archive()


def no_end() -> bytes:
    world = voted()
    world.add_tally()
    return world.archive()


def not_tallied() -> bytes:
    world = voted()
    world.close()
    return world.archive()


def changed(before: bytes, after: bytes) -> bytes:
    archive = closed(voted()).archive()
    assert before in archive
    return archive.replace(before, after, 1)


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        (one_ballot_as_the_tally, "tally-wrong"),
        (an_unproved_ballot, "individual-proof-wrong"),
        (a_stranger, "credential-unknown"),
        (a_ballot_twice, "ballot-twice"),
        (another_key, "election-key-wrong"),
        (a_wrong_count, "tally-size-wrong"),
        (no_end, "event-out-of-order"),
        (not_tallied, "no-tally"),
        (lambda: closed(voted()).archive() + bytes(1024), "record-header-wrong"),
        (lambda: closed(voted()).archive()[:-512], "record-cut-off"),
        (lambda: changed(b'"min":1', b'"min":0'), "record-hash-wrong"),
        (lambda: changed(b"0000644", b"0000600"), "record-header-wrong"),
        (lambda: changed(b"BELENIOS\0", b"BELENIOZ\0"), "record-header-wrong"),
        (lambda: b"", "no-setup"),
    ],
)
def test_a_spoilt_archive_is_not_opened(
    page: Page, spoilt: Callable[[], bytes], reason: str
) -> None:
    assert verified(page, spoilt()) == reason
