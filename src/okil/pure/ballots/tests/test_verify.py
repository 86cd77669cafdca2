"""What the verifier says of good archives, of unfinished ones, and of the files beside them."""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from okil.pure.ballots import names, statements
from okil.pure.ballots.archive import NotAnArchive
from okil.pure.ballots.ballot import tracker
from okil.pure.ballots.examination import PIECES_IN_FLIGHT, Given
from okil.pure.ballots.tests import given as worlds
from okil.pure.ballots.tests.given import World, archive_of, counted_world, world
from okil.pure.ballots.tests.spoiling import events_of, failed_check, place_of, verdict, with_json
from okil.pure.ballots.verify import CHECKS, verify
from okil.pure.encoding import base64_text, canonical_json, sha256_hex

SAMPLES = Path(__file__).parents[5] / "tests" / "vectors" / "belenios"
STANDARD = Given(accept_standard_proofs=True)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
FILES = ["heads-not-checked", "names-not-checked", "void-not-checked", "receipt-not-checked"]


@cache
def good() -> World:
    return counted_world()


@pytest.mark.parametrize(
    ("name", "result", "missing"),
    [
        ("a-basic-plain", [[0, 3, 1, 1, 1]], (9, "extra-proof-missing")),
        ("a-basic-blank", [[2, 0, 2, 1, 0, 1]], (9, "extra-proof-missing")),
        (
            "e-threshold30-BELENIOS-2048-plain",
            [[1, 3, 0, 0, 1]],
            (4, "coefficients-not-promised"),
        ),
    ],
)
def test_archives_made_elsewhere_verify_with_standard_proofs_only(
    name: str, result: list[list[int]], missing: tuple[int, str]
) -> None:
    archive = (SAMPLES / f"{name}.bel").read_bytes()
    report = verdict(archive, STANDARD)
    assert report.complete
    assert report.result == result
    assert "extra-proof-missing" in report.warnings
    assert failed_check(verdict(archive)) == missing


def test_a_good_archive_says_what_was_checked() -> None:
    report = verdict(good().archive())
    assert report.verified
    assert report.complete
    assert [check.ok for check in report.checks] == [True] * 10
    assert report.warnings == FILES
    assert report.ballots == 5
    facts = [dict(check.facts) for check in report.checks]
    assert facts[0] == {"records": 28}
    assert facts[1]["events"] == 11
    assert facts[3]["needed"] == 2
    assert facts[4] == {"credentials": 5, "weight": 5}
    assert facts[6] == {"counted": 4, "replaced": 1}
    assert facts[8] == {"opened": 2, "needed": 2}


# None: not reached. After Setup nothing is said about ballots until there is one, or voting ended.
REACHED = {"Setup": 5, "Ballot": 7, "EndBallots": 7, "EncryptedTally": 8, "Result": 10}


def test_an_unfinished_archive_verifies_as_far_as_it_goes() -> None:
    entries = good().entries
    for upto in range(1, len(entries)):
        report = verdict(archive_of(entries[:upto]))
        kind = entries[upto - 1][0]
        assert report.verified
        assert not report.complete
        assert report.result is None
        opened = [entry for entry in entries[:upto] if entry[0] == "PartialDecryption"]
        reached = (8 if len(opened) < 2 else 9) if opened else REACHED[kind]
        assert [check.ok for check in report.checks] == [True] * reached + [None] * (10 - reached)


def test_an_unfinished_archive_with_a_fault_fails() -> None:
    entries = with_json(good().entries, "PartialDecryption", 0, lambda f: f.pop("x_strong_proofs"))
    upto = place_of(entries, "PartialDecryption") + 1
    assert failed_check(verdict(archive_of(entries[:upto]))) is not None


def test_what_is_no_archive_is_said_at_once() -> None:
    with pytest.raises(NotAnArchive):
        verify(io.BytesIO(b"%PDF-1.7"), Given())


@pytest.mark.parametrize("workers", [1, 3])
def test_an_executor_changes_nothing_but_the_time(workers: int) -> None:
    archive = world_with_many_ballots().archive()
    with ThreadPoolExecutor(workers) as executor:
        report = verify(io.BytesIO(archive), Given(), executor=executor)
    assert report == verdict(archive)


@cache
def world_with_many_ballots() -> World:
    made = world(worlds.ONE_OF_THREE, voters=30, seed="many")
    for voter in range(30):
        made.cast(voter, [[1, 0, 0]])
    made.count(1, 2)
    return made


def test_the_first_fault_is_told_whichever_worker_is_faster() -> None:
    entries = list(world_with_many_ballots().entries)
    for nth in (7, 25):
        entries = with_json(entries, "Ballot", 0, lambda f: f.update(election_uuid="x"), nth)
    with ThreadPoolExecutor(3) as executor:
        report = verify(io.BytesIO(archive_of(entries)), Given(), executor=executor)
    assert report.checks[5].height == 8


def test_no_more_pieces_are_on_their_way_than_memory_bears() -> None:
    """Anything with the interface of concurrent.futures will do."""
    in_flight, most = 0, 0

    class Waiting:
        def __init__(self, answer: Any) -> None:
            self._answer = answer

        def result(self) -> Any:
            nonlocal in_flight
            in_flight -= 1
            return self._answer

        def cancel(self) -> None:
            pass

    class Hand:
        def submit(self, function: Any, /, *arguments: Any) -> Waiting:
            nonlocal in_flight, most
            in_flight += 1
            most = max(most, in_flight)
            return Waiting(function(*arguments))

    archive = world_with_many_ballots().archive()
    assert verify(io.BytesIO(archive), Given(), executor=Hand()).complete
    assert 0 < most <= PIECES_IN_FLIGHT


def test_progress_is_told_for_the_long_checks() -> None:
    told: list[tuple[int, int, int]] = []
    archive = world_with_many_ballots().archive()
    verify(io.BytesIO(archive), Given(), progress=lambda *how_far: told.append(how_far))
    assert {check for check, _, _ in told} == {1, 5, 6}
    assert (6, 30, 30) in told


def test_an_unsorted_list_of_codes_is_a_warning() -> None:
    made = world(worlds.ONE_OF_THREE, seed="unsorted")
    entries = with_json(made.entries, "Setup", 2, lambda found: found[::-1])
    report = verdict(archive_of(entries))
    assert report.verified
    assert "credentials-unsorted" in report.warnings


def test_every_check_is_named_in_the_document() -> None:
    document = (Path(__file__).parents[5] / "docs" / "verification.md").read_text(encoding="utf-8")
    for number, (check, _) in CHECKS.items():
        assert f"## {number}." in document
        assert f"`{check.__name__}`" in document


# Fingerprints and names


def test_fingerprints_are_compared_with_those_announced() -> None:
    archive, report = good().archive(), verdict(good().archive())
    assert report.election is not None
    assert report.credentials is not None
    announced = Given(
        election_fingerprint=report.election.fingerprint,
        credentials_fingerprint=report.credentials.fingerprint + "=",
    )
    assert verdict(archive, announced).complete
    for wrong in (Given(election_fingerprint="A" * 43), Given(credentials_fingerprint="A" * 43)):
        assert failed_check(verdict(archive, wrong)) == (3, "fingerprint-differs")


def test_the_names_file_belongs_to_the_fingerprint() -> None:
    archive, listed = good().archive(), json.loads(good().names_file)
    report = verdict(archive, Given(names=good().names_file))
    assert report.complete
    assert report.names is not None
    assert report.names.of(0, 1, "ru") == "Ромашкина 2"
    assert "names-not-checked" not in report.warnings

    by_hand = json.dumps(listed, indent=2).encode()
    assert verdict(archive, Given(names=by_hand)).complete


def test_a_withdrawn_name_leaves_the_others_verifiable() -> None:
    listed = json.loads(good().names_file)
    listed[2] = names.withdrawn(listed[2])
    report = verdict(good().archive(), Given(names=canonical_json(listed)))
    assert report.complete
    assert report.names is not None
    assert report.names.of(0, 1, "ru") is None
    assert report.names.of(0, 2, "kk") == "Ромашкина 3"


def _renamed(listed: list[Any]) -> None:
    listed[1]["ru"] = "Кленова 1"


def _swapped(listed: list[Any]) -> None:
    listed[1], listed[2] = listed[2], listed[1]


def _longer(listed: list[Any]) -> None:
    listed.append(listed[1])


def _short_salt(listed: list[Any]) -> None:
    listed[1]["salt"] = "AAAA"


def _wrong_commitment(listed: list[Any]) -> None:
    listed[1] = {"commitment": "0" * 64}


@pytest.mark.parametrize("change", [_renamed, _swapped, _longer, _short_salt, _wrong_commitment])
def test_other_names_are_refused(change: Any) -> None:
    listed = json.loads(good().names_file)
    change(listed)
    found = failed_check(verdict(good().archive(), Given(names=canonical_json(listed))))
    assert found is not None
    assert found[0] == 3


# What the server signs


def _signed(kind: type[statements.Statement], **statement: Any) -> Any:
    return statements.sign_statement(kind, statement, KEY)


def _head(height: int, number: int = 1, **changes: Any) -> Any:
    event, _ = events_of(good().archive())[height]
    statement = {
        "uuid": good().election.uuid,
        "number": number,
        "height": height,
        "event": sha256_hex(canonical_json(event)),
        "hour": "2024-11-20T10:00+05:00",
    }
    return _signed(statements.Head, **{**statement, **changes})


def _with(**files: Any) -> Given:
    written: dict[str, Any] = {name: canonical_json(value) for name, value in files.items()}
    return replace(Given(key=KEY.public_key()), **written)


def test_heads_that_stand_in_the_chain_are_counted() -> None:
    report = verdict(good().archive(), _with(heads=[_head(2, 1), _head(5, 2)]))
    assert report.complete
    assert report.checks[1].facts["heads"] == 2
    assert "heads-not-checked" not in report.warnings
    assert verdict(good().archive(), _with(heads=_head(2))).complete


def test_a_board_that_dropped_what_it_had_published_is_found() -> None:
    """The archive is good in itself, but a head signed earlier does not stand in it."""
    entries = list(good().entries)
    del entries[place_of(entries, "Ballot", 0)]
    other = archive_of(entries[:4])
    assert verdict(other).verified
    assert failed_check(verdict(other, _with(heads=[_head(2)]))) == (2, "head-not-in-chain")


def test_an_archive_older_than_a_head_is_found() -> None:
    shorter = archive_of(good().entries[:3])
    assert failed_check(verdict(shorter, _with(heads=[_head(5)]))) == (2, "head-beyond-archive")


def test_a_head_that_another_key_signed_is_refused() -> None:
    forged = {**_head(2), "hour": "2024-11-20T11:00+05:00"}
    assert failed_check(verdict(good().archive(), _with(heads=[forged]))) == (
        2,
        "statement-signature-wrong",
    )


def test_a_head_of_another_election_is_refused() -> None:
    other = _head(2, uuid="1" * 14)
    assert failed_check(verdict(good().archive(), _with(heads=[other]))) == (
        2,
        "statement-of-another-election",
    )


@pytest.mark.parametrize("heads", [[{}], "no", [[]], [{"uuid": 1}]])
def test_what_are_no_heads_fails_the_check_of_the_chain(heads: Any) -> None:
    found = failed_check(verdict(good().archive(), _with(heads=heads)))
    assert found is not None
    assert found[0] == 2


def _void(*void: str, spares: tuple[str, ...] = ()) -> Any:
    return _signed(
        statements.VoidList,
        uuid=good().election.uuid,
        void=list(void),
        unused_spares=list(spares),
    )


def test_void_codes_and_unused_spares_cast_nothing() -> None:
    archive = good().archive()
    silent = good().public(4)
    assert verdict(archive, _with(void=_void(silent))).complete
    assert verdict(archive, _with(void=_void(spares=(silent,)))).complete
    voted = good().public(1)
    for void in (_void(voted), _void(silent, spares=(voted,))):
        assert failed_check(verdict(archive, _with(void=void))) == (6, "credential-void")


def test_a_void_list_is_signed_or_a_warning_says_that_nobody_looked() -> None:
    forged = {**_void(), "void": [good().public(4)]}
    archive = good().archive()
    assert failed_check(verdict(archive, _with(void=forged))) == (6, "statement-signature-wrong")
    report = verdict(archive, Given(void=canonical_json(forged)))
    assert report.complete
    assert "signatures-not-checked" in report.warnings


def _receipt(shown: str, **changes: Any) -> Any:
    statement = {"uuid": good().election.uuid, "tracker": shown, "after_head": 0}
    return _signed(statements.Receipt, **{**statement, **changes})


def test_the_ballot_of_a_receipt_is_in() -> None:
    for place in (1, 4):
        shown = tracker(good().entries[place][1][0])
        report = verdict(good().archive(), _with(receipt=_receipt(shown)))
        assert report.complete
        assert "receipt-not-checked" not in report.warnings


def test_a_receipt_without_its_ballot_is_proof_against_the_server() -> None:
    shown = base64_text(bytes(32))
    for upto in (1, 3, len(good().entries)):
        archive = archive_of(good().entries[:upto])
        found = failed_check(verdict(archive, _with(receipt=_receipt(shown))))
        assert found == (7, "receipt-without-ballot")


def test_a_receipt_of_another_election_or_key_is_refused() -> None:
    shown = tracker(good().entries[1][1][0])
    other = _receipt(shown, uuid="1" * 14)
    assert failed_check(verdict(good().archive(), _with(receipt=other))) == (
        7,
        "statement-of-another-election",
    )
    forged = {**_receipt(shown), "after_head": 5}
    assert failed_check(verdict(good().archive(), _with(receipt=forged))) == (
        7,
        "statement-signature-wrong",
    )
