"""What an archive holds, event by event, without the bodies (PROTOCOL.md, section 11).

Reading finds everything that check 1 asks. What breaks the chain (check 2) or brings a ballot twice
(check 7) is kept until that check's turn comes, so that the lowest number is told first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from okil.pure.ballots.archive import DATA_RECORDS, Event, Reader, Record, read_event
from okil.pure.ballots.credentials import credential_hash
from okil.pure.ballots.failures import CheckFailed, Malformed

FILE, CHAIN, REPETITIONS = 1, 2, 7  # docs/verification.md

# Which event may follow which: the order of section 11. None is the beginning of the archive.
NEXT: dict[str | None, tuple[str, ...]] = {
    None: ("Setup",),
    "Setup": ("Ballot", "EndBallots"),
    "Ballot": ("Ballot", "EndBallots"),
    "EndBallots": ("EncryptedTally",),
    "EncryptedTally": ("PartialDecryption",),
    "PartialDecryption": ("PartialDecryption", "Result"),
    "Result": (),
}


class BallotPlace(NamedTuple):
    """Where a ballot stands. Small: there may be very many."""

    height: int
    offset: int
    size: int
    hash: bytes
    credential: bytes | None  # hash of the credential it names, None if it names none


@dataclass
class Contents:
    """All events; those that are ballots only by their place."""

    event_hashes: list[bytes] = field(default_factory=list)  # by height
    kinds: list[str] = field(default_factory=list)  # each kind once, in order of appearance
    events: dict[str, list[Event]] = field(default_factory=dict)  # by kind, without ballots
    ballots: list[BallotPlace] = field(default_factory=list)
    last_of_credential: dict[bytes, int] = field(default_factory=dict)  # place in `ballots`
    faults: dict[int, CheckFailed] = field(default_factory=dict)  # by check, the first of each
    records: int = 0

    def has(self, kind: str) -> bool:
        return kind in self.kinds

    def only(self, kind: str) -> Event:
        return self.events[kind][0]

    def counts(self, place: int) -> bool:
        """Whether this ballot is the last of its credential."""
        credential = self.ballots[place].credential
        return credential is not None and self.last_of_credential[credential] == place

    def ballot_with(self, ballot_hash: bytes) -> int | None:
        """The place of the ballot with this hash."""
        return next((i for i, b in enumerate(self.ballots) if b.hash == ballot_hash), None)


def read_contents(reader: Reader, progress: Callable[[int, int], None]) -> Contents:
    """Reads the whole archive once; raises CheckFailed for what check 1 finds.

    `progress` is called with the number of bytes read and of all bytes.
    """
    return _Reading(reader).done(progress)


class _Reading:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._contents = Contents()
        self._waiting: list[Record] = []  # data records whose event has not come yet
        self._seen: dict[bytes, int] = {}  # ballots by hash
        self._last_kind: str | None = None
        self._last_hash: str | None = None
        self._events = 0

    def done(self, progress: Callable[[int, int], None]) -> Contents:
        for record in self._reader.records_in_order():
            if record.kind == "data":
                self._waiting.append(record)
                if len(self._waiting) > max(DATA_RECORDS.values()):
                    self._fail_unreferenced(self._waiting[0])
            else:
                self._event(record)
                progress(record.offset, self._reader.size)
        if self._waiting:
            self._fail_unreferenced(self._waiting[0])
        self._contents.records = self._reader.records
        if self._events == 0:
            self._later(CHAIN, "no-setup")
        return self._contents

    def _event(self, record: Record) -> None:
        waiting, self._waiting = self._waiting, []
        height = self._events
        self._events += 1
        try:
            event = read_event(record, [each._replace(value=None) for each in waiting])
        except Malformed as error:
            self._later(CHAIN, error.reason, **error.facts)
            return
        ballot = self._ballot_of(event, waiting) if event.kind == "Ballot" else None
        if ballot is None:
            self._require_records(event, waiting)
        self._link(event, height)
        if event.kind == "Ballot":
            value = waiting[-1].value if waiting else None
            self._keep_ballot(event, ballot or event.records[-1], value)
        else:
            self._contents.events.setdefault(event.kind, []).append(event)

    def _ballot_of(self, event: Event, waiting: list[Record]) -> Record | None:
        """The record of a ballot whose event comes again without it (check 7 will say so)."""
        earlier = self._seen.get(bytes.fromhex(event.payload or ""))
        if waiting or earlier is None:
            return None
        place = self._contents.ballots[earlier]
        return Record(event.payload or "", "data", place.offset, place.size, None)

    def _require_records(self, event: Event, waiting: list[Record]) -> None:
        needed = DATA_RECORDS[event.kind]
        if len(waiting) > needed:
            self._fail_unreferenced(waiting[0])
        if len(waiting) < needed or (waiting and waiting[-1].hash != event.payload):
            raise CheckFailed(FILE, "record-missing", self._events - 1, type=event.kind)

    def _fail_unreferenced(self, record: Record) -> None:
        raise CheckFailed(FILE, "record-unreferenced", name=f"{record.hash}.data.json")

    def _link(self, event: Event, height: int) -> None:
        if event.height != height:
            self._later(CHAIN, "height-wrong", found=event.height)
        if event.parent != self._last_hash:
            self._later(CHAIN, "parent-wrong")
        if event.kind not in NEXT[self._last_kind]:
            self._later(CHAIN, "event-out-of-order", type=event.kind, after=self._last_kind or "-")
        if event.kind not in self._contents.kinds:
            self._contents.kinds.append(event.kind)
        self._last_kind, self._last_hash = event.kind, event.hash
        self._contents.event_hashes.append(bytes.fromhex(event.hash))

    def _keep_ballot(self, event: Event, record: Record, value: Any) -> None:
        ballots = self._contents.ballots
        named = value.get("credential") if isinstance(value, dict) else None
        credential = credential_hash(named) if isinstance(named, str) else None
        digest = bytes.fromhex(record.hash)
        if digest in self._seen:
            credential = ballots[self._seen[digest]].credential
            self._later(REPETITIONS, "ballot-twice", first=ballots[self._seen[digest]].height)
        self._seen.setdefault(digest, len(ballots))
        if credential is not None:
            self._contents.last_of_credential[credential] = len(ballots)
        place = BallotPlace(event.height, record.offset, record.size, digest, credential)
        ballots.append(place)

    def _later(self, check: int, reason: str, **facts: Any) -> None:
        height = max(self._events - 1, 0)
        fault = CheckFailed(check, reason, height if self._events else None, **facts)
        self._contents.faults.setdefault(check, fault)
