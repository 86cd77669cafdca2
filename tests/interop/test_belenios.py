"""Elections made by us pass belenios-tool 2.0, and elections made by it pass our verifier."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from okil.pure.ballots import group
from okil.pure.ballots.archive import setup_record
from okil.pure.ballots.arithmetic import mpz
from okil.pure.ballots.ballot import make_ballot
from okil.pure.ballots.election import Question, election_record, read_election
from okil.pure.ballots.examination import Given, Report
from okil.pure.ballots.tests import given
from okil.pure.ballots.tests.deterministic import chance_from
from okil.pure.ballots.tests.given import World, archive_of
from okil.pure.ballots.verify import verify
from okil.pure.encoding import canonical_json, read_canonical_json
from tests.interop.belenios import VERSION, Folder, is_here, secret_of_short_code

pytestmark = pytest.mark.skipif(not is_here(), reason=f"belenios-tool {VERSION} is not installed")

SAMPLES = Path(__file__).parents[1] / "vectors" / "belenios"
PASSED = "all checks passed"
OURS = Given()
THEIRS = Given(accept_standard_proofs=True)


def _report(archive: bytes, given: Given) -> Report:
    return verify(io.BytesIO(archive), given)


def _require_good(archive: bytes, given: Given) -> Report:
    report = _report(archive, given)
    assert [check for check in report.checks if check.ok is False] == []
    return report


# Made by us


def _one_of_five() -> World:
    world = given.world(given.ONE_OF_FIVE, seed="one of five")
    world.cast(0, [[1, 0, 0, 0, 0]])
    world.cast(1, [[0, 0, 0, 0, 1]])
    world.cast(2, [[0, 0, 0, 0, 1]])
    return world


def _blank() -> World:
    world = given.world(given.BLANK_ALLOWED, seed="blank")
    world.cast(0, [[1, 0, 0, 0]])
    world.cast(1, [[0, 0, 1, 0]])
    return world


def _up_to_three() -> World:
    world = given.world(given.UP_TO_THREE, seed="up to three")
    world.cast(0, [[1, 1, 1, 0, 0]])
    world.cast(1, [[0, 0, 1, 0, 0]])
    return world


def _two_questions_and_a_revote() -> World:
    world = given.world(given.ONE_OF_THREE, given.NONE_OR_MORE, seed="two questions")
    world.cast(0, [[1, 0, 0], [1, 0, 0, 0, 0]])
    world.cast(1, [[0, 1, 0], [0, 0, 0, 0, 0]])
    world.cast(0, [[0, 0, 1], [0, 1, 1, 0, 1]])
    return world


def _nobody_voted() -> World:
    return given.world(given.ONE_OF_THREE, given.NONE_OR_MORE, seed="nobody")


def _weights() -> World:
    world = given.world(given.BLANK_ALLOWED, weights=[0, 2_000_000_000, 1, 1, 1], seed="weights")
    world.cast(0, [[0, 1, 0, 0]])
    world.cast(1, [[0, 0, 1, 0]])
    world.cast(2, [[1, 0, 0, 0]])
    return world


def _single_and_threshold() -> World:
    world = given.world(given.ONE_OF_THREE, singles=1, threshold=(2, 3), seed="both kinds")
    world.cast(0, [[0, 1, 0]])
    return world


OUR_WORLDS = {
    "one of five": (_one_of_five, (1, 2), [[1, 0, 0, 0, 2]]),
    "blank allowed": (_blank, (2, 3), [[1, 0, 1, 0]]),
    "up to three of five": (_up_to_three, (1, 3), [[1, 1, 2, 0, 0]]),
    "two questions, a revote": (_two_questions_and_a_revote, (3, 1), [[0, 1, 1], [0, 1, 1, 0, 1]]),
    "nobody voted": (_nobody_voted, (1, 2), [[0, 0, 0], [0, 0, 0, 0, 0]]),
    "weights": (_weights, (1, 2), [[1, 0, 2_000_000_000, 0]]),
    "one alone and two of three": (_single_and_threshold, (1, 2, 4), [[0, 1, 0]]),
    "all three of three": (_one_of_five, (1, 2, 3), [[1, 0, 0, 0, 2]]),
}


@pytest.mark.parametrize("name", OUR_WORLDS)
def test_an_election_of_ours_passes_both_verifiers_after_every_event(
    name: str, tmp_path: Path
) -> None:
    make, owners, expected = OUR_WORLDS[name]
    world = make()
    assert world.count(*owners) == expected
    folder = Folder(tmp_path)
    path = tmp_path / f"{world.election.uuid}.bel"
    for upto in range(1, len(world.entries) + 1):
        archive = archive_of(world.entries[:upto])
        path.write_bytes(archive)
        status, said = folder.verdict()
        assert (status, PASSED in said) == (0, True), said
        report = _require_good(archive, OURS)
        assert report.complete == (upto == len(world.entries))
    assert report.result == expected


def test_the_tool_computes_the_same_sum_and_the_same_result_as_we(tmp_path: Path) -> None:
    world = _two_questions_and_a_revote()
    world.count(1, 3)
    folder = Folder(tmp_path)
    path = tmp_path / f"{world.election.uuid}.bel"
    kinds: list[str] = [kind for kind, _ in world.entries]
    for kind, command in (
        ("EncryptedTally", "compute-encrypted-tally"),
        ("Result", "compute-result"),
    ):
        place = kinds.index(kind)
        path.write_bytes(archive_of(world.entries[:place]))
        lines = folder.tool("election", command).splitlines()
        assert tuple(lines) == world.entries[place][1]


def test_the_tool_refuses_a_ballot_of_ours_that_was_spoilt(tmp_path: Path) -> None:
    """It is worth something that it accepts the others."""
    world = _one_of_five()
    raw = world.entries[1][1][0]
    world.entries[1] = ("Ballot", (raw.replace(b'"response":"', b'"response":"1', 1),))
    (tmp_path / f"{world.election.uuid}.bel").write_bytes(world.archive())
    assert Folder(tmp_path).verdict()[0] != 0


# Made by belenios-tool


PLAIN = {"answers": ["A", "B", "C"], "min": 1, "max": 1, "question": "Who?"}
BLANK = {"answers": ["A", "B"], "blank": True, "min": 1, "max": 1, "question": "Алма?"}
MANY = {"answers": ["A", "B", "C", "D"], "blank": False, "min": 0, "max": 3, "question": "All?"}


def _follow(folder: Folder) -> Report:
    """What our verifier says of the archive as it is now."""
    return _require_good(folder.archive.read_bytes(), THEIRS)


def _voted(folder: Folder, codes: dict[str, str], papers: Sequence[Any]) -> None:
    for voter, choices in zip(codes, papers, strict=False):
        folder.add("Ballot", folder.make_ballot(codes[voter], choices))
        assert not _follow(folder).complete


def test_an_election_of_the_tool_with_single_trustees_passes_at_every_step(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    codes = folder.make_codes(["a@example.org", "b@example.org", "c@example.org"])
    folder.make_single_trustees(3)
    folder.make_election(PLAIN, BLANK, MANY)
    _follow(folder)
    _voted(folder, codes, [[[1, 0, 0], [1, 0, 0], [1, 1, 1, 0]], [[0, 0, 1], [0, 1, 0], [0] * 4]])
    folder.add(
        "Ballot", folder.make_ballot(codes["a@example.org"], [[0, 1, 0], [0, 0, 1], [0] * 4])
    )
    folder.add("EndBallots")
    folder.add_tally()
    for number in (1, 2, 3):
        folder.add_single_decryption(number)
        assert not _follow(folder).complete
    result = folder.add_result()
    report = _follow(folder)
    assert report.complete
    assert report.result == result == [[0, 1, 1], [0, 1, 1], [0, 0, 0, 0]]
    assert "extra-proof-missing" in report.warnings


def test_an_election_of_the_tool_with_a_threshold_passes_at_every_step(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    codes = folder.make_codes(["a@example.org", "b@example.org"])
    folder.make_threshold_trustees(2, 3)
    folder.make_election(BLANK)
    _voted(folder, codes, [[[0, 1, 0]], [[0, 0, 1]]])
    folder.add("EndBallots")
    folder.add_tally()
    for number in (3, 1):
        folder.add_threshold_decryption(number)
        assert not _follow(folder).complete
    result = folder.add_result()
    report = _follow(folder)
    assert report.complete
    assert report.result == result == [[0, 1, 1]]
    assert "coefficients-not-promised" in report.warnings


def test_weights_of_the_tool_count_as_it_counts_them(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    codes = folder.make_codes(
        ["a@example.org,a,0", "b@example.org,b,2000000000", "c@example.org,c"]
    )
    folder.make_single_trustees(1)
    folder.make_election(PLAIN)
    _voted(folder, codes, [[[1, 0, 0]], [[0, 1, 0]], [[0, 0, 1]]])
    folder.add("EndBallots")
    folder.add_tally()
    folder.add_single_decryption(1)
    assert folder.add_result() == [[0, "2000000000", 1]]
    report = _follow(folder)
    assert report.complete
    assert report.result == [[0, 2_000_000_000, 1]]


def test_our_ballots_stand_in_its_archive_beside_its_own(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    codes = folder.make_codes(["a@example.org", "b@example.org", "c@example.org"])
    folder.make_single_trustees(2)
    folder.make_election(PLAIN, BLANK)
    election = read_election((tmp_path / "election.json").read_bytes().rstrip(b"\n"))
    chance = chance_from("ours among theirs")
    for voter, choices in (
        ("a@example.org", [[0, 1, 0], [0, 1, 0]]),
        ("b@example.org", [[0, 0, 1], [1, 0, 0]]),
    ):
        secret = mpz(secret_of_short_code(codes[voter], folder.uuid))
        folder.add("Ballot", make_ballot(election, secret, choices, chance) + b"\n")
    theirs = folder.make_ballot(codes["c@example.org"], [[0, 0, 1], [0, 0, 1]])
    folder.add("Ballot", theirs)
    folder.add("EndBallots")
    folder.add_tally()
    folder.add_single_decryption(1)
    folder.add_single_decryption(2)
    assert folder.add_result() == [[0, 1, 2], [1, 1, 1]]
    assert _follow(folder).complete
    assert folder.verdict()[0] == 0


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("a-basic-plain", [[0, 3, 1, 1, 1]]),
        ("a-basic-blank", [[2, 0, 2, 1, 0, 1]]),
        ("e-threshold30-BELENIOS-2048-plain", [[1, 3, 0, 0, 1]]),
    ],
)
def test_the_tool_agrees_with_us_about_the_samples(
    name: str, result: list[list[int]], tmp_path: Path
) -> None:
    archive = (SAMPLES / f"{name}.bel").read_bytes()
    uuid = _report(archive, THEIRS).election
    assert uuid is not None
    (tmp_path / f"{uuid.uuid}.bel").write_bytes(archive)
    assert Folder(tmp_path).verdict()[0] == 0
    assert _require_good(archive, THEIRS).result == result


def test_what_the_tool_does_not_find_we_find(tmp_path: Path) -> None:
    """docs/security.md says what its word is worth: here one key poses as three, and it passes."""
    world = given.world(Question("1", ("1", "2"), 1, 1), threshold=None, singles=1, seed="copycat")
    single = read_canonical_json(world.trustees_raw)[0]
    raw = canonical_json([single] * 3)
    election = election_record(
        uuid=world.election.uuid,
        name="G-07",
        description=world.election.description,
        public_key=group.generator.to(world.keys[1] * 3 % group.Q),
        questions=world.election.questions,
    )
    setup = setup_record(election, raw, world.credentials_raw)
    archive = archive_of([("Setup", (election, raw, world.credentials_raw, setup))])
    (tmp_path / f"{world.election.uuid}.bel").write_bytes(archive)
    assert Folder(tmp_path).verdict()[0] == 0
    failed = [check for check in _report(archive, OURS).checks if check.ok is False]
    assert [(check.number, check.reason) for check in failed] == [(4, "key-twice")]
