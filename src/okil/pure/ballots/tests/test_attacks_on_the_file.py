"""Ways to spoil the file and the chain of a good archive (checks 1, 2 and 7)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from okil.pure.ballots.archive import BLOCK, tar_record
from okil.pure.ballots.tests.given import CREATED, World, counted_world
from okil.pure.ballots.tests.spoiling import (
    copied,
    events_of,
    failed_check,
    place_of,
    raw_records,
    rechained,
    verdict,
    with_json,
    with_record,
    written,
)
from okil.pure.encoding import canonical_json, read_canonical_json, sha256_hex


@cache
def good() -> World:
    return counted_world()


@cache
def good_archive() -> bytes:
    return good().archive()


def test_the_archive_that_is_spoilt_here_is_good() -> None:
    report = verdict(good_archive())
    assert failed_check(report) is None
    assert report.complete
    assert report.result == [[0, 2, 2], [1, 1, 1, 0, 1]]


def _bytes_changed(place: int, to: bytes) -> bytes:
    archive = good_archive()
    return archive[:place] + to + archive[place + len(to) :]


def _with_records(change: Callable[[list[Any]], None]) -> bytes:
    records = raw_records(good_archive())
    change(records)
    return written(records)


def _insert(place: int, body: bytes) -> bytes:
    extra = (f"{sha256_hex(body)}.data.json", body, CREATED)
    return _with_records(lambda records: records.insert(place, extra))


def _rename(place: int, change: Callable[[str], str]) -> bytes:
    def renamed(records: list[Any]) -> None:
        name, body, mtime = records[place]
        records[place] = (change(name), body, mtime)

    return _with_records(renamed)


def _later(place: int) -> bytes:
    def delayed(records: list[Any]) -> None:
        name, body, mtime = records[place]
        records[place] = (name, body, mtime + 1)

    return _with_records(delayed)


def _header(**fields: Any) -> bytes:
    body = canonical_json(fields)
    return tar_record("BELENIOS", body, CREATED) + good_archive()[2 * BLOCK :]


def _text(kind: str, which: int, change: Callable[[bytes], bytes]) -> bytes:
    world = copied(good())
    place = place_of(world.entries, kind)
    world.entries = with_record(world.entries, place, which, change)
    return world.archive()


FIRST_BALLOT = 6  # place among the records: header, four of Setup, its event
FILE_ATTACKS: dict[str, Callable[[], bytes]] = {
    "a digit changed in a body": lambda: _bytes_changed(len(good_archive()) - 3 * BLOCK + 20, b"!"),
    "two empty blocks at the end": lambda: good_archive() + bytes(2 * BLOCK),
    "one empty block at the end": lambda: good_archive() + bytes(BLOCK),
    "a byte at the end": lambda: good_archive() + b"\0",
    "cut off in the middle of a body": lambda: good_archive()[: -BLOCK - 7],
    "cut off in a header": lambda: good_archive()[: -2 * BLOCK + 100],
    "padding that is not zero": lambda: good_archive()[:-1] + b"x",
    "a tar header as other tools write it": lambda: _bytes_changed(257, b"ustar\x0000"),
    "other permissions": lambda: _bytes_changed(100, b"0000600"),
    "a name with something behind it": lambda: _bytes_changed(9, b"x"),
    "a record that no event needs": lambda: _insert(FIRST_BALLOT, b'"extra"'),
    "a record after the last event": lambda: _insert(len(raw_records(good_archive())), b"[]"),
    "a record before everything": lambda: _insert(1, b"[]"),
    "the record of a ballot missing": lambda: _with_records(lambda r: r.pop(FIRST_BALLOT)),
    "a record of Setup missing": lambda: _with_records(lambda r: r.pop(2)),
    "another time on one record": lambda: _later(9),
    "a name in capitals": lambda: _rename(7, str.upper),
    "a name of another kind": lambda: _rename(6, lambda name: name.replace("data", "info")),
    "the name of another record": lambda: _rename(6, lambda name: "0" * 64 + name[64:]),
    "a timestamp that is a number": lambda: _header(version=1, timestamp=CREATED),
    "a timestamp of another time": lambda: _header(version=1, timestamp=str(CREATED + 1)),
    "a timestamp with a zero in front": lambda: _header(version=1, timestamp=f"0{CREATED}"),
    "another version": lambda: _header(version=2, timestamp=str(CREATED)),
    "version true": lambda: _header(version=True, timestamp=str(CREATED)),
    "a header with one more field": lambda: _header(version=1, timestamp=str(CREATED), x=1),
    "spaces in a ballot": lambda: _text("Ballot", 0, lambda b: b.replace(b":", b": ", 1)),
    "a line feed after the election": lambda: _text("Setup", 0, lambda b: b + b"\n"),
    "an escape that was not needed": lambda: _text(
        "Setup", 0, lambda b: b.replace(b"G", b"\\u0047")
    ),
    "a field twice": lambda: _text(
        "Ballot", 0, lambda b: b.replace(b"{", b'{"credential":"1",', 1)
    ),
    "a number with a fraction": lambda: _text("Result", 0, lambda b: b.replace(b"2", b"2.0", 1)),
    "a number with an exponent": lambda: _text("Result", 0, lambda b: b.replace(b"2", b"2e0", 1)),
    "minus zero": lambda: _text("Result", 0, lambda b: b.replace(b"0", b"-0", 1)),
    "not JSON": lambda: _text("Result", 0, lambda b: b"no result"),
    "not a number": lambda: _text("Result", 0, lambda b: b.replace(b"2", b"NaN", 1)),
    "half a letter": lambda: _text("Setup", 0, lambda b: b.replace(b"G", b"\xd0", 1)),
    "half a surrogate": lambda: _text("Setup", 0, lambda b: b.replace(b"G", b"\\ud800", 1)),
    "very deep": lambda: _text("Result", 0, lambda b: b"[" * 100_000 + b"]" * 100_000),
    "a very long number": lambda: _text("Result", 0, lambda b: b'{"result":' + b"9" * 9999 + b"}"),
}


@pytest.mark.parametrize("attack", FILE_ATTACKS)
def test_check_1_finds(attack: str) -> None:
    found = failed_check(verdict(FILE_ATTACKS[attack]()))
    assert found is not None
    assert found[0] == 1


def _chain(change: Callable[[list[Any]], None]) -> bytes:
    events = events_of(good_archive())
    change(events)
    return rechained(events)


def _renumbered(change: Callable[[list[Any]], None]) -> bytes:
    def changed(events: list[Any]) -> None:
        change(events)
        for height, (event, _) in enumerate(events):
            event["height"] = height
        events[0][0].pop("parent", None)

    return _chain(changed)


def _set(place: int, **fields: Any) -> Callable[[list[Any]], None]:
    return lambda events: events[place][0].update(fields)


def _swapped(events: list[Any], one: int, other: int) -> None:
    events[one], events[other] = events[other], events[one]


def _forged_parent() -> bytes:
    records = raw_records(good_archive())
    event = {**read_canonical_json(records[-1][1]), "parent": "0" * 64}
    raw = canonical_json(event)
    records[-1] = (f"{sha256_hex(raw)}.event.json", raw, CREATED)
    return written(records)


CHAIN_ATTACKS: dict[str, Callable[[], bytes]] = {
    "no events at all": lambda: written(raw_records(good_archive())[:1]),
    "a ballot dropped": lambda: _with_records(lambda r: r.__delitem__(slice(6, 8))),
    "ballots reordered": lambda: _with_records(lambda r: _swap_pairs(r)),
    "ballots reordered, chained anew": lambda: _chain(lambda e: _swapped(e, 1, 2)),
    "a parent that is another event": _forged_parent,
    "no parent in the middle": lambda: _chain(lambda e: e[3][0].pop("parent") and None),
    "a parent in the first event": lambda: _chain(
        lambda e: e.__setitem__(0, ({"parent": "0" * 64, **e[0][0]}, e[0][1]))
    ),
    "a height left out": lambda: _chain(_set(4, height=5)),
    "a height as text": lambda: _chain(_set(4, height="4")),
    "a negative height": lambda: _chain(_set(4, height=-4)),
    "a late ballot": lambda: _renumbered(lambda e: e.insert(7, e.pop(2))),
    "a ballot after the result": lambda: _renumbered(lambda e: e.append(e.pop(2))),
    "never closed": lambda: _renumbered(lambda e: e.pop(6) and None),
    "closed twice": lambda: _renumbered(lambda e: e.insert(7, ({**e[6][0]}, ()))),
    "set up twice": lambda: _renumbered(lambda e: e.insert(1, ({**e[1][0], **e[0][0]}, e[0][1]))),
    "never set up": lambda: _renumbered(lambda e: e.pop(0) and None),
    "opened before the sum": lambda: _renumbered(lambda e: e.insert(7, e.pop(8))),
    "two sums": lambda: _renumbered(lambda e: e.insert(8, ({**e[7][0]}, e[7][1]))),
    "opened after the result": lambda: _renumbered(lambda e: e.append(e.pop(9))),
    "two results": lambda: _renumbered(lambda e: e.append(({**e[10][0]}, e[10][1]))),
    "an event of another kind": lambda: _chain(_set(6, type="Break")),
    "a field more in an event": lambda: _chain(_set(6, note="hello")),
    "a payload where there is none": lambda: _chain(_set(6, payload="0" * 64)),
    "a payload that is no hash": lambda: _chain(_set(1, payload="A" * 64)),
}


def _swap_pairs(records: list[Any]) -> None:
    records[6:10] = [*records[8:10], *records[6:8]]


@pytest.mark.parametrize("attack", CHAIN_ATTACKS)
def test_check_2_finds(attack: str) -> None:
    found = failed_check(verdict(CHAIN_ATTACKS[attack]()))
    assert found is not None
    assert found[0] == 2


def _ballot_again(with_record: bool, to: int = 3, of: int = 1) -> bytes:
    """Event `of` comes again at height `to`, with or without its record."""
    return _renumbered(
        lambda e: e.insert(to, ({**e[1][0], **e[of][0]}, e[of][1] if with_record else ()))
    )


REPETITIONS: dict[str, Callable[[], bytes]] = {
    "a ballot duplicated with its record": lambda: _ballot_again(True),
    "a ballot duplicated without its record": lambda: _ballot_again(False),
    "a replaced ballot replayed at the end": lambda: _ballot_again(True, to=6),
    "a counted ballot replayed": lambda: _ballot_again(True, to=6, of=5),
}


@pytest.mark.parametrize("attack", REPETITIONS)
def test_check_7_finds(attack: str) -> None:
    assert failed_check(verdict(REPETITIONS[attack]())) == (7, "ballot-twice")


def test_a_replayed_ballot_in_other_bytes_is_not_canonical_or_not_signed() -> None:
    """The same vote cannot come again in another dress: the signature covers every byte."""
    world = copied(good())
    place = place_of(world.entries, "Ballot")
    again = read_canonical_json(world.entries[place][1][0])
    again["signature"]["proof"]["response"] = "1"
    world.entries.insert(place + 1, ("Ballot", (canonical_json(again),)))
    assert failed_check(verdict(world.archive())) == (6, "ballot-signature-wrong")


def test_the_lowest_number_is_told_first() -> None:
    """Wrong in the result and in a ballot; then in the file as well."""
    world = copied(good())
    world.entries = with_json(
        world.entries, "Ballot", 0, lambda ballot: ballot.update(credential="1")
    )
    world.entries = with_json(world.entries, "Result", 0, lambda value: {"result": []})
    assert failed_check(verdict(world.archive())) == (6, "ballot-hash-wrong")
    records = raw_records(world.archive())
    assert (failed_check(verdict(written([*records[:-2], records[-1]]))) or (0,))[0] == 1
