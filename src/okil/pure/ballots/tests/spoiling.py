"""Tools with which tests spoil good archives: at the level of bytes, of records, of numbers."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from typing import Any

from okil.pure.ballots import decryption
from okil.pure.ballots.archive import BLOCK, tar_record
from okil.pure.ballots.election import Question
from okil.pure.ballots.examination import Given, Report
from okil.pure.ballots.group import Scalar
from okil.pure.ballots.proofs import prove_logarithm
from okil.pure.ballots.tests.given import CREATED, Entry, World
from okil.pure.ballots.verify import verify
from okil.pure.encoding import canonical_json, read_canonical_json, sha256_base64, sha256_hex

# One record as it stands in the file: name, body, time.
Raw = tuple[str, bytes, int]


def verdict(archive: bytes, given: Given | None = None) -> Report:
    return verify(io.BytesIO(archive), given or Given())


def failed_check(report: Report) -> tuple[int, str | None] | None:
    """Number and reason of the check that failed."""
    return next(((c.number, c.reason) for c in report.checks if c.ok is False), None)


def copied(world: World) -> World:
    """The same election and secrets; its list of events may be changed."""
    other = copy.copy(world)
    other.entries = list(world.entries)
    return other


# Records


def raw_records(archive: bytes) -> list[Raw]:
    records, place = [], 0
    while place < len(archive):
        header = archive[place : place + BLOCK]
        size, mtime = int(header[124:135], 8), int(header[136:147], 8)
        name = header[:100].rstrip(b"\0").decode()
        records.append((name, archive[place + BLOCK : place + BLOCK + size], mtime))
        place += BLOCK + size + -size % BLOCK
    return records


def written(records: list[Raw]) -> bytes:
    return b"".join(tar_record(*record) for record in records)


def rechained(events: list[tuple[dict[str, Any], tuple[bytes, ...]]]) -> bytes:
    """An archive from events given as JSON, each with its data records; parents are set anew."""
    header = canonical_json({"version": 1, "timestamp": str(CREATED)})
    parts = [tar_record("BELENIOS", header, CREATED)]
    parent = None
    for event, bodies in events:
        if "parent" in event and parent is not None:
            event = {**event, "parent": parent}
        raw = canonical_json(event)
        parent = sha256_hex(raw)
        parts += [tar_record(f"{sha256_hex(body)}.data.json", body, CREATED) for body in bodies]
        parts.append(tar_record(f"{parent}.event.json", raw, CREATED))
    return b"".join(parts)


def events_of(archive: bytes) -> list[tuple[dict[str, Any], tuple[bytes, ...]]]:
    """Every event as JSON, with its data records."""
    events, bodies = [], []
    for name, body, _ in raw_records(archive)[1:]:
        if name.endswith(".data.json"):
            bodies.append(body)
        else:
            events.append((read_canonical_json(body), tuple(bodies)))
            bodies = []
    return events


# Entries


def place_of(entries: list[Entry], kind: str, which: int = 0) -> int:
    return [place for place, entry in enumerate(entries) if entry[0] == kind][which]


def with_record(
    entries: list[Entry], place: int, which: int, change: Callable[[bytes], bytes]
) -> list[Entry]:
    """One data record changed, and every hash in the same event that names it."""
    kind, bodies = entries[place]
    changed = list(bodies)
    changed[which] = change(bodies[which])
    if changed[which] != bodies[which] and which < len(bodies) - 1:
        old, new = (sha256_hex(each).encode() for each in (bodies[which], changed[which]))
        changed[-1] = changed[-1].replace(old, new)
    return [*entries[:place], (kind, tuple(changed)), *entries[place + 1 :]]


def with_json(
    entries: list[Entry], kind: str, which: int, change: Callable[[Any], Any], nth: int = 0
) -> list[Entry]:
    """As `with_record`, for a change of the parsed JSON, made in place or returned."""

    def changed(raw: bytes) -> bytes:
        value = read_canonical_json(raw)
        answer = change(value)
        return canonical_json(value if answer is None else answer)

    return with_record(entries, place_of(entries, kind, nth), which, changed)


# Ballots and decryptions of somebody who cheats


def signed_again(ballot: dict[str, Any], secret: Scalar, world: World) -> bytes:
    """The ballot with a right signature over whatever is in it."""
    unsigned = {name: value for name, value in ballot.items() if name != "signature"}
    digest = sha256_base64(canonical_json(unsigned))
    proof = prove_logarithm(f"sig|{digest}|", secret, world.chance)
    return canonical_json({**unsigned, "signature": {"hash": digest, "proof": proof.as_json()}})


def changed_ballot(world: World, voter: int, change: Callable[[Any], Any], nth: int) -> list[Entry]:
    """The nth ballot, which is this voter's, changed and signed again by the voter."""

    def cheated(raw: bytes) -> bytes:
        value = read_canonical_json(raw)
        change(value)
        return signed_again(value, world.secret(voter), world)

    return with_record(world.entries, place_of(world.entries, "Ballot", nth), 0, cheated)


def with_questions(world: World, *questions: Question) -> World:
    """The same election as a cheat's device sees it: other rules, same fingerprint."""
    other = copied(world)
    election = copy.copy(world.election)
    object.__setattr__(election, "questions", questions)
    other.election = election
    return other


def re_owned(partial: bytes, owner: int) -> tuple[bytes, bytes]:
    return partial, decryption.owned_record(owner, partial)


# Small changes of parsed JSON


def put(name: str, value: Any) -> Callable[[Any], Any]:
    return lambda found: found.update({name: value})


def lead(found: dict[str, Any], name: str) -> None:
    found[name] = "0" + found[name]


def swap(items: list[Any], one: int = 0, other: int = 1) -> None:
    items[one], items[other] = items[other], items[one]


def swap_each(found: dict[str, list[Any]], *names: str) -> None:
    for name in names:
        swap(found[name])
