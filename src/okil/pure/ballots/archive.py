"""The archive `<uuid>.bel`: written byte for byte, read strictly (PROTOCOL.md, section 11).

It is a sequence of tar records, hash-chained by events. `Chain` appends; `read_records` and
`read_events` read one after the other without keeping bodies.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, Literal, NamedTuple

from okil.pure.ballots import strict
from okil.pure.ballots.failures import CheckFailed, Malformed
from okil.pure.encoding import NotCanonical, canonical_json, read_canonical_json, sha256_hex

CHECK = 1  # docs/verification.md: the file; the chain of events is check 2

BLOCK = 512
HEADER_NAME = "BELENIOS"
LARGEST_RECORD = 512 * 2**20  # a bound against absurd sizes
_RECORD_NAME = re.compile(r"([0-9a-f]{64})\.(data|event)\.json")

EventType = Literal[
    "Setup", "Ballot", "EndBallots", "EncryptedTally", "PartialDecryption", "Result"
]
# How many data records stand before each kind of event; the last of them is its payload.
DATA_RECORDS: dict[str, int] = {
    "Setup": 4,
    "Ballot": 1,
    "EndBallots": 0,
    "EncryptedTally": 2,
    "PartialDecryption": 2,
    "Result": 1,
}


class NotAnArchive(ValueError):  # noqa: N818 (what the file is)
    """The file does not begin as an archive does."""


# Writing


def tar_header(name: str, size: int, mtime: int) -> bytes:
    """The 512 bytes before a record; standard tar writers make others."""
    header = bytearray(BLOCK)
    for place, field in (
        (0, name.encode("ascii")),
        (100, b"0000644"),
        (108, b"0000000"),
        (116, b"0000000"),
        (124, b"%011o" % size),
        (136, b"%011o" % mtime),
        (148, b" " * 8),
        (156, b"0"),
    ):
        header[place : place + len(field)] = field
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header)


def tar_record(name: str, body: bytes, mtime: int) -> bytes:
    return tar_header(name, len(body), mtime) + body + bytes(-len(body) % BLOCK)


@dataclass(frozen=True)
class Chain:
    """Where an archive stands: enough to append the next event, without the archive itself."""

    timestamp: int
    height: int = -1
    parent: str | None = None

    def beginning(self) -> bytes:
        """The first bytes of the file."""
        body = canonical_json({"version": 1, "timestamp": str(self.timestamp)})
        return tar_record(HEADER_NAME, body, self.timestamp)

    def appended(self, kind: EventType, *bodies: bytes) -> tuple[bytes, Chain]:
        """The bytes that this event adds to the file, and where the archive then stands.

        `bodies` are its data records in the order of section 11; the last is the payload.
        """
        if len(bodies) != DATA_RECORDS[kind]:
            raise ValueError(f"{kind} has {DATA_RECORDS[kind]} data records")
        event: dict[str, Any] = {} if self.parent is None else {"parent": self.parent}
        event |= {"height": self.height + 1, "type": kind}
        if bodies:
            event["payload"] = sha256_hex(bodies[-1])
        raw = canonical_json(event)
        records = [tar_record(f"{sha256_hex(b)}.data.json", b, self.timestamp) for b in bodies]
        records.append(tar_record(f"{sha256_hex(raw)}.event.json", raw, self.timestamp))
        chain = replace(self, height=self.height + 1, parent=sha256_hex(raw))
        return b"".join(records), chain


def setup_record(election: bytes, trustees: bytes, credentials: bytes) -> bytes:
    """The payload of the Setup event."""
    return canonical_json(
        {
            "election": sha256_hex(election),
            "trustees": sha256_hex(trustees),
            "credentials": sha256_hex(credentials),
        }
    )


# Reading


class Record(NamedTuple):
    """One record of the file. `value` is its parsed JSON."""

    hash: str
    kind: str  # "data" or "event"
    offset: int
    size: int
    value: Any


@dataclass(frozen=True)
class Event:
    """One event with the records before it, without their bodies; `read_body` fetches one."""

    hash: str
    height: int
    kind: str
    parent: str | None
    payload: str | None
    records: Sequence[Record]


class Reader:
    """Reads an archive from a file that can be searched. Raises NotAnArchive at once, or later
    CheckFailed."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.size = stream.seek(0, 2)
        stream.seek(0)
        header = stream.read(BLOCK)
        name = HEADER_NAME.encode() + b"\0"
        if len(header) != BLOCK or not header.startswith(name):
            raise NotAnArchive("the first record is not the header of an archive")
        self._offset = 0
        self.records = 0
        self.timestamp: int | None = None

    def read_body(self, record: Record) -> bytes:
        return self.read_again(bytes.fromhex(record.hash), record.offset, record.size)

    def read_again(self, record_hash: bytes, offset: int, size: int) -> bytes:
        """The body of a record seen before; raises CheckFailed if the file was changed since."""
        self._stream.seek(offset)
        body = self._stream.read(size)
        if hashlib.sha256(body).digest() != record_hash:
            raise CheckFailed(CHECK, "record-changed", name=record_hash.hex())
        return body

    def records_in_order(self) -> Iterator[Record]:
        """Every record after the header, its form checked (check 1)."""
        self._read_header()
        while self._offset < self.size:
            name, offset, body = self._next_record()
            found = _RECORD_NAME.fullmatch(name)
            if not found:
                raise CheckFailed(CHECK, "record-name-wrong", name=name)
            if found[1] != sha256_hex(body):
                raise CheckFailed(CHECK, "record-hash-wrong", name=name)
            try:
                value = read_canonical_json(body)
            except NotCanonical as error:
                raise CheckFailed(CHECK, "json-not-canonical", name=name) from error
            self.records += 1
            yield Record(found[1], found[2], offset, len(body), value)

    def _read_header(self) -> None:
        self._offset = 0
        name, _, body = self._next_record()
        if name != HEADER_NAME:
            raise CheckFailed(CHECK, "record-name-wrong", name=name)
        self.records = 1
        try:
            found = strict.fields(read_canonical_json(body), "version", "timestamp", where="header")
            written = strict.decimal(found["timestamp"], where="header", longest=11)
            if found["version"] != 1 or found["version"] is True:
                raise Malformed("unknown-version", where="header")
        except (Malformed, NotCanonical) as error:
            raise CheckFailed(CHECK, "header-wrong") from error
        if int(written) != self.timestamp:
            raise CheckFailed(CHECK, "record-time-wrong", name=HEADER_NAME)

    def _next_record(self) -> tuple[str, int, bytes]:
        self._stream.seek(self._offset)
        header = self._stream.read(BLOCK)
        place = self._offset
        try:
            name = header[:100].rstrip(b"\0").decode("ascii")
            size, mtime = int(header[124:135], 8), int(header[136:147], 8)
        except ValueError as error:
            raise CheckFailed(CHECK, "record-header-wrong", offset=place) from error
        if self.timestamp is None:
            self.timestamp = mtime
        if mtime != self.timestamp:
            raise CheckFailed(CHECK, "record-time-wrong", name=name)
        if size < 0 or size > LARGEST_RECORD or header != tar_header(name, size, mtime):
            raise CheckFailed(CHECK, "record-header-wrong", offset=place)
        body = self._stream.read(size)
        padding = self._stream.read(-size % BLOCK)
        if len(body) != size or padding != bytes(-size % BLOCK):
            raise CheckFailed(CHECK, "record-cut-off", name=name)
        self._offset = place + BLOCK + size + len(padding)
        return name, place + BLOCK, body


def read_event(record: Record, records: Sequence[Record]) -> Event:
    """The event in this record; raises Malformed if it has not the form of one."""
    where = "event"
    found = strict.fields(
        record.value,
        "parent",
        "height",
        "type",
        "payload",
        where=where,
        optional=("parent", "payload"),
    )
    parent, payload = found.get("parent"), found.get("payload")
    kind = strict.text(found["type"], where=where)
    if kind not in DATA_RECORDS:
        raise Malformed("unknown-event", where=where, type=kind)
    if (payload is None) != (DATA_RECORDS[kind] == 0):
        raise Malformed("wrong-fields", where=where, expected="payload")
    return Event(
        hash=record.hash,
        height=strict.whole(found["height"], where=where),
        kind=kind,
        parent=None if parent is None else strict.digest(parent, where=where),
        payload=None if payload is None else strict.digest(payload, where=where),
        records=records,
    )
