"""Laws: every changed byte is found, and nothing that somebody hands in ends in a traceback."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from okil.pure.hashchain import canonical_bytes
from okil.pure.packages import kinds, writing
from okil.pure.packages.reading import NotAPackage
from okil.pure.packages.tests import given as worlds
from okil.pure.packages.tests.given import World
from okil.pure.packages.tests.spoiling import good, unzipped, verdict, zipped
from okil.pure.packages.verify import Report, verify

FILES = unzipped(good())
FINGERPRINT = writing.fingerprint(FILES[kinds.MANIFEST])
PATHS = st.sampled_from(sorted(FILES))
OTHER_BYTE = st.integers(1, 255)
SIMPLE: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers(-2, 2**70)
    | st.sampled_from(["", "1", "both", "x" * 30_000, "2024-09-07", "9999-12-31T23:59:59-23:59"])
)
VALUES = st.recursive(
    SIMPLE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@given(PATHS, st.integers(0), OTHER_BYTE)
def test_any_byte_changed_in_a_file_of_the_zip_is_found(path: str, at: int, by: int) -> None:
    contents = FILES[path]
    place = good().index(contents) + at % len(contents)
    changed = bytearray(good())
    changed[place] ^= by
    assert verdict(bytes(changed)) == (1, "file-damaged")


@given(PATHS, st.integers(0), OTHER_BYTE)
def test_any_byte_changed_in_a_file_packed_anew_is_found(path: str, at: int, by: int) -> None:
    contents = bytearray(FILES[path])
    contents[at % len(contents)] ^= by
    packed = zipped(list({**FILES, path: bytes(contents)}.items()))
    found = verdict(packed, FINGERPRINT)
    assert found is not None
    assert found[0] == (2 if path == kinds.MANIFEST else 3)


@given(PATHS, st.integers(0), st.binary(max_size=5))
def test_bytes_put_into_a_file_or_taken_out_of_it_are_found(
    path: str, at: int, inserted: bytes
) -> None:
    contents = FILES[path]
    place = at % len(contents)
    changed = contents[:place] + inserted + contents[place + 1 :]
    assume(changed != contents)
    assert verdict(zipped(list({**FILES, path: changed}.items())), FINGERPRINT) is not None


def _answered(raw: bytes) -> Report | None:
    """What verify says; None if it is no package. Whatever else it raises fails the test."""
    with contextlib.suppress(NotAPackage):
        return verify(raw)
    return None


@given(st.binary(max_size=200))
def test_no_bytes_end_in_a_traceback(raw: bytes) -> None:
    report = _answered(b"PK\x03\x04" + raw)
    assert report is not None
    assert not report.verified


@given(
    st.lists(st.tuples(st.integers(0, len(good()) - 1), st.binary(min_size=1, max_size=4))),
    st.integers(0, len(good())),
)
def test_no_damaged_package_ends_in_a_traceback(
    changes: list[tuple[int, bytes]], length: int
) -> None:
    raw = bytearray(good())
    for place, other in changes:
        raw[place : place + len(other)] = other
    _answered(bytes(raw))
    _answered(bytes(raw[:length]))


HEADERS = [place for place in range(len(good()) - 4) if good()[place : place + 2] == b"PK"]


@given(st.sampled_from(HEADERS), st.integers(0, 45), st.binary(min_size=1, max_size=4))
@settings(max_examples=300)
def test_no_damaged_header_ends_in_a_traceback(header: int, place: int, other: bytes) -> None:
    raw = bytearray(good())
    raw[header + place : header + place + len(other)] = other
    _answered(bytes(raw))


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = list(value.items()) if isinstance(value, dict) else []
    if isinstance(value, list):
        inner = list(enumerate(value))
    return [path, *(each for key, one in inner for each in _places(one, (*path, key)))]


def _put(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    if not path:
        return other
    copied = value.copy()
    copied[path[0]] = _put(value[path[0]], path[1:], other)
    return copied


@given(st.data())
@settings(max_examples=300)
def test_no_json_value_ends_in_a_traceback(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([path for path in FILES if path.endswith(".json")]))
    value = json.loads(FILES[path])
    place = data.draw(st.sampled_from(_places(value)))
    changed = {**FILES, path: canonical_bytes(_put(value, place, data.draw(VALUES)))}
    if path != kinds.MANIFEST:
        manifest = json.loads(changed.pop(kinds.MANIFEST))
        manifest["files"] = writing.listed(changed)
        changed[kinds.MANIFEST] = canonical_bytes(manifest)
    _answered(writing.zipped(changed))


PARTS = ("facts", "acts", "entries", "regulation", "plan", "remarks")


@given(st.data())
@settings(max_examples=300)
def test_no_world_ends_in_a_traceback(data: st.DataObject) -> None:
    """As before, but hashes and signatures fit, so the later checks see the value too."""
    world = World()
    part = data.draw(st.sampled_from(PARTS))
    value = getattr(world, part)
    place = data.draw(st.sampled_from(_places(value)))
    setattr(world, part, _put(value, place, data.draw(VALUES)))
    try:
        package = worlds.package(world)
    except (AttributeError, KeyError, TypeError, ValueError):
        assume(False)  # such a world cannot even be written
    _answered(package)


@pytest.mark.parametrize("depth", [100, 900, 990, 1_100, 100_000])
@pytest.mark.parametrize("path", [kinds.MANIFEST, kinds.SHEET, kinds.RESULT, kinds.PLAN])
def test_no_nesting_ends_in_a_traceback(depth: int, path: str) -> None:
    raw = b'{"actions":' + b"[" * depth + b"]" * depth + b"}"
    changed = {**FILES, path: raw}
    if path != kinds.MANIFEST:
        manifest = json.loads(changed.pop(kinds.MANIFEST))
        manifest["files"] = writing.listed(changed)
        changed[kinds.MANIFEST] = canonical_bytes(manifest)
    report = _answered(writing.zipped(changed))
    assert report is not None
    assert not report.verified
