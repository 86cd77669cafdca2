from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from okil.pure.ballots.archive import Chain, NotAnArchive, Reader
from okil.pure.ballots.contents import read_contents
from okil.pure.ballots.examination import Given
from okil.pure.ballots.failures import CheckFailed
from okil.pure.ballots.tests.given import counted_world
from okil.pure.ballots.tests.spoiling import events_of, raw_records, written
from okil.pure.ballots.verify import verify
from okil.pure.encoding import sha256_hex

SAMPLES = sorted((Path(__file__).parents[5] / "tests" / "vectors" / "belenios").glob("*.bel"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_archives_of_belenios_tool_are_written_again_byte_for_byte(path: Path) -> None:
    archive = path.read_bytes()
    records = raw_records(archive)
    assert written(records) == archive

    chain = Chain(records[0][2])
    parts = [chain.beginning()]
    for event, bodies in events_of(archive):
        part, chain = chain.appended(event["type"], *bodies)
        parts.append(part)
    assert b"".join(parts) == archive


def test_python_reads_our_records_as_tar() -> None:
    world = counted_world()
    with tarfile.open(fileobj=io.BytesIO(world.archive())) as tar:
        bodies = [tar.extractfile(member) for member in tar]
        names = tar.getnames()
    assert names[0] == "BELENIOS"
    for name, body in zip(names[1:], bodies[1:], strict=True):
        assert body is not None
        assert name.startswith(sha256_hex(body.read()))


def test_an_archive_grows_event_by_event_from_a_kept_state() -> None:
    """Height and last hash are all that must be kept to go on."""
    world = counted_world()
    chain = Chain(1_732_100_000)
    archive = chain.beginning()
    for kind, bodies in world.entries:
        state = (chain.height, chain.parent)
        part, chain = Chain(1_732_100_000, *state).appended(kind, *bodies)
        archive += part
    assert archive == world.archive()


def test_an_event_takes_its_own_number_of_records() -> None:
    with pytest.raises(ValueError, match="data records"):
        Chain(0).appended("Ballot")
    with pytest.raises(ValueError, match="data records"):
        Chain(0).appended("EndBallots", b"{}")


@pytest.mark.parametrize(
    "beginning",
    [b"", b"BELENIOS", b"PK\x03\x04" + bytes(600), bytes(512), b"BELENIOSX" + bytes(600)],
)
def test_what_does_not_begin_as_an_archive_is_none(beginning: bytes) -> None:
    with pytest.raises(NotAnArchive):
        Reader(io.BytesIO(beginning))


def test_contents_tell_where_each_ballot_stands_and_which_count() -> None:
    world = counted_world()
    contents = read_contents(Reader(io.BytesIO(world.archive())), lambda done, of: None)
    assert contents.kinds == [
        "Setup", "Ballot", "EndBallots", "EncryptedTally", "PartialDecryption", "Result",
    ]  # fmt: skip
    assert [ballot.height for ballot in contents.ballots] == [1, 2, 3, 4, 5]
    assert [contents.counts(place) for place in range(5)] == [False, True, True, True, True]
    raw = world.entries[4][1][0]
    assert contents.ballot_with(bytes.fromhex(sha256_hex(raw))) == 3
    assert contents.ballot_with(bytes(32)) is None


def test_a_file_that_changes_while_it_is_checked_is_found() -> None:
    """What is counted is what was hashed, though the file is read twice."""

    class Changing(io.BytesIO):
        reads = 0

        def read(self, size: int | None = -1, /) -> bytes:
            body = super().read(size)
            if body.startswith(b'{"election_uuid"'):
                self.reads += 1
                if self.reads > 5:  # each of the five ballots has been read once
                    return body.replace(b"1", b"2", 1)
            return body

    report = verify(Changing(counted_world().archive()), Given())
    assert [check.ok for check in report.checks[:2]] == [False, True]
    assert report.checks[0].reason == "record-changed"
    assert not report.verified


def test_reading_tells_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    archive = counted_world().archive()
    read_contents(Reader(io.BytesIO(archive)), lambda done, of: told.append((done, of)))
    assert told == sorted(told)
    assert {of for _, of in told} == {len(archive)}


def test_a_failed_check_says_number_place_and_reason() -> None:
    failed = CheckFailed(6, "ballot-hash-wrong", 7, where="signature")
    assert str(failed) == "check 6 at event 7: ballot-hash-wrong, where signature"
    assert str(CheckFailed(1, "record-cut-off", name="x")) == "check 1: record-cut-off, name x"
