"""Every field of every record of a good archive: no single change is accepted unseen.

Without repaired hashes the file itself is broken. With all hashes repaired, the change fails a
check, or a fingerprint that is printed is another one.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okil.pure.ballots.election import Question
from okil.pure.ballots.examination import Given, Report
from okil.pure.ballots.tests.given import Entry, World, archive_of, world
from okil.pure.ballots.tests.spoiling import (
    events_of,
    failed_check,
    raw_records,
    rechained,
    verdict,
    with_record,
    written,
)
from okil.pure.encoding import canonical_json, read_canonical_json

Path = tuple[str | int, ...]
FIELDS = st.sampled_from(
    [
        "uuid",
        "number",
        "height",
        "event",
        "hour",
        "signature",
        "tracker",
        "after_head",
        "void",
        "unused_spares",
        "question",
        "answer",
        "salt",
        "kk",
        "ru",
        "en",
        "commitment",
    ]
)


@cache
def good() -> World:
    made = world(Question("1", ("1", "2"), 0, 1, blank=True), voters=3, seed="small")
    made.cast(0, [[0, 1, 0]])
    made.cast(1, [[1, 0, 0]])
    made.cast(0, [[0, 0, 1]])
    made.count(1, 2)
    return made


@cache
def good_archive() -> bytes:
    return good().archive()


@cache
def printed() -> tuple[object, ...]:
    return _fingerprints(verdict(good_archive()))


def _fingerprints(report: Report) -> tuple[object, ...]:
    """What the setup's checks print for people to compare with the announcement."""
    setup, commission = report.checks[2].facts, report.checks[3].facts
    return tuple(setup.items()), commission.get("fingerprint")


def _places(value: Any, path: Path = ()) -> Iterator[Path]:
    """The path of every value inside this JSON, the whole first."""
    yield path
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _places(inner, (*path, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _places(inner, (*path, place))


@cache
def data_places() -> list[tuple[int, int, Path]]:
    """Event, record and path of everything in the data records."""
    return [
        (event, record, path)
        for event, (_, bodies) in enumerate(good().entries)
        for record, body in enumerate(bodies)
        for path in _places(read_canonical_json(body))
    ]


def _other_values(value: Any) -> list[Any]:
    """Values of the same kind, and of other kinds."""
    others: list[Any] = [None, True, [], {}, "", 0]
    if isinstance(value, str):
        others += [value + "0", "0" + value, value[:-1], value[::-1], value.upper()]
        if value.isdecimal():
            others += [str(int(value) + 1), f"-{value}", f"+{value}", f"{value} ", hex(int(value))]
            others += [int(value)]
    elif isinstance(value, int):
        others += [value + 1, -1, str(value), 2**30]
    elif isinstance(value, list):
        others += [value[:-1], [*value, *value[-1:]], [*value, "0"], value[::-1], [value]]
    elif isinstance(value, dict):
        others += [{**value, "x": 0}, {"x": 0, **value}, dict(reversed(value.items()))]
        others += [{k: v for k, v in value.items() if k != name} for name in value]
    return [other for other in others if canonical_json(other) != canonical_json(value)]


def _changed(value: Any, path: Path, other: Any) -> Any:
    if not path:
        return other
    changed = copy.deepcopy(value)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = other
    return changed


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _require_noticed(archive: bytes) -> None:
    report = verdict(archive)
    assert failed_check(report) is not None or _fingerprints(report) != printed()


@given(st.data())
@settings(max_examples=250)
def test_a_changed_field_with_all_hashes_repaired_is_noticed(data: st.DataObject) -> None:
    event, record, path = data.draw(st.sampled_from(data_places()))
    value = read_canonical_json(good().entries[event][1][record])
    other = data.draw(st.sampled_from(_other_values(_at(value, path))))
    raw = canonical_json(_changed(value, path, other))
    _require_noticed(archive_of(with_record(good().entries, event, record, lambda _: raw)))


@given(st.data())
@settings(max_examples=100)
def test_a_changed_field_of_an_event_is_noticed_though_the_chain_is_repaired(
    data: st.DataObject,
) -> None:
    events = events_of(good_archive())
    which = data.draw(st.integers(0, len(events) - 1))
    event, bodies = events[which]
    path = data.draw(st.sampled_from(list(_places(event))))
    if path == ("parent",):
        return  # the repair sets it right again
    other = data.draw(st.sampled_from(_other_values(_at(event, path))))
    changed = _changed(event, path, other)
    events[which] = (changed, bodies)
    if not isinstance(changed, dict):
        return  # cannot be chained at all; other tests bring such records
    repaired = rechained(events)
    if repaired != good_archive():
        assert failed_check(verdict(repaired)) is not None


@given(st.data())
@settings(max_examples=150)
def test_a_changed_byte_is_noticed(data: st.DataObject) -> None:
    archive = good_archive()
    place = data.draw(st.integers(0, len(archive) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != archive[place]))
    if place < 9:
        return  # it is no archive any more: another answer, shown elsewhere
    found = failed_check(verdict(archive[:place] + bytes([byte]) + archive[place + 1 :]))
    assert found is not None
    assert found[0] == 1


@given(st.data())
@settings(max_examples=60)
def test_a_record_dropped_doubled_or_moved_is_noticed(data: st.DataObject) -> None:
    records = raw_records(good_archive())
    one, other = (data.draw(st.integers(1, len(records) - 1)) for _ in range(2))
    act = data.draw(st.sampled_from(["drop", "double", "move"]))
    if act == "drop":
        del records[one]
    elif act == "double":
        records.insert(one, records[one])
    else:
        records.insert(other, records.pop(one))
    if written(records) == good_archive():
        return
    report = verdict(written(records))
    # Without its last records it is simply an archive that stops early.
    assert failed_check(report) is not None or good_archive().startswith(written(records))


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 2**70) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=7),
    max_leaves=10,
)


@given(st.sampled_from(["names", "void", "heads", "receipt"]), json_values | st.binary(max_size=9))
@settings(max_examples=150)
def test_whatever_a_file_beside_the_archive_holds_is_an_answer_not_a_crash(
    name: str, content: Any
) -> None:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    files: dict[str, Any] = {name: raw}
    report = verdict(archive_of(good().entries[:1]), replace(Given(), **files))
    assert failed_check(report) is not None or (name == "void" and report.verified) or raw == b"[]"


def _always(raw: bytes) -> Callable[[bytes], bytes]:
    return lambda _: raw


@pytest.mark.slow
def test_every_change_of_every_field_with_all_hashes_repaired_is_noticed() -> None:
    entries: list[Entry] = good().entries
    tried = 0
    for event, record, path in data_places():
        if entries[event][0] == "Ballot" and event > 1:
            continue  # all ballots are alike
        value = read_canonical_json(entries[event][1][record])
        for other in _other_values(_at(value, path)):
            raw = canonical_json(_changed(value, path, other))
            _require_noticed(archive_of(with_record(entries, event, record, _always(raw))))
            tried += 1
    assert tried > 3000
