"""The files inside a ZIP that a stranger made.

Only the plainest ZIP is read: files one after the other, stored or deflated, then the list of them,
then nothing. What could be read in two ways, or could hold bytes that no file holds, is refused.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from okil.pure.packages.failures import Faulty
from okil.pure.packages.forms import MOST_FILES

LARGEST_PACKAGE = 64_000_000  # bytes of the ZIP
LARGEST_FILE = 32_000_000  # bytes of one file: a scanned application of many pages
LARGEST_CONTENTS = 128_000_000  # bytes of all files together

BEGINNING = b"PK\x03\x04"
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0b0000_0000_0000_0001
# How hard a program tried to compress, and that names are UTF-8, which ASCII is.
_HARMLESS = 0b0000_1000_0000_0110
_FILE_OR_UNSAID = (0o000000, 0o100000)  # of a Unix mode: no folder, no link
_SEGMENT = r"[a-z0-9]+(?:[.-][a-z0-9]+)*"
_PATH = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT}){{0,3}}")
_LONGEST_PATH = 100


class NotAPackage(ValueError):  # noqa: N818 (it says what the data are not)
    """The data do not begin as a ZIP does."""


@dataclass(frozen=True, slots=True)
class _Entry:
    path: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    at: int


def read_zip(raw: bytes) -> dict[str, bytes]:
    """The files by path. Raises NotAPackage or Faulty, and nothing else, whatever the bytes are."""
    if not raw.startswith(BEGINNING):
        raise NotAPackage
    if len(raw) > LARGEST_PACKAGE:
        raise Faulty("package-too-large", most=LARGEST_PACKAGE)
    number, list_at = _end(raw)
    entries = list(_entries(raw, number, list_at))
    if sum(entry.size for entry in entries) > LARGEST_CONTENTS:
        raise Faulty("contents-too-large", most=LARGEST_CONTENTS)
    files: dict[str, bytes] = {}
    place = 0
    for entry in sorted(entries, key=lambda entry: entry.at):
        if entry.path in files:
            raise Faulty("path-twice", path=entry.path)
        if entry.at != place:
            raise Faulty("bytes-between-files")
        begins = _begins(raw, entry)
        place = begins + entry.packed
        if place > list_at:
            raise Faulty("zip-damaged")
        files[entry.path] = _contents(raw[begins:place], entry)
    if place != list_at:
        raise Faulty("bytes-between-files")
    return files


def _end(raw: bytes) -> tuple[int, int]:
    """How many files there are, and where their list begins."""
    if len(raw) < _END.size:
        raise Faulty("zip-damaged")
    mark, disk, list_disk, here, number, size, at, comment = _END.unpack(raw[-_END.size :])
    if mark != b"PK\x05\x06" or comment:
        raise Faulty("zip-end-missing")
    if disk or list_disk or here != number or at + size + _END.size != len(raw):
        raise Faulty("zip-damaged")
    if number > MOST_FILES:
        raise Faulty("too-many-files", most=MOST_FILES)
    return number, at


def _entries(raw: bytes, number: int, place: int) -> Iterator[_Entry]:
    end = len(raw) - _END.size
    for _ in range(number):
        if place + _CENTRAL.size > end:
            raise Faulty("zip-damaged")
        (
            mark, _made_by, _needs, flags, method, _time, _day, crc, packed, size,
            name, extra, comment, disk, _kind, attributes, at,
        ) = _CENTRAL.unpack_from(raw, place)  # fmt: skip
        place += _CENTRAL.size
        if mark != b"PK\x01\x02" or disk or place + name > end:
            raise Faulty("zip-damaged")
        if extra or comment:
            raise Faulty("bytes-between-files")
        path = _path(raw[place : place + name])
        place += name
        if attributes >> 16 & 0o170000 not in _FILE_OR_UNSAID:
            raise Faulty("path-strange", path=path)
        yield _checked(_Entry(path, flags, method, crc, packed, size, at))
    if place != end:
        raise Faulty("zip-damaged")


def _path(name: bytes) -> str:
    path = name.decode("ascii", "backslashreplace")
    if len(path) > _LONGEST_PATH or not _PATH.fullmatch(path):
        raise Faulty("path-strange", path=path[:_LONGEST_PATH])
    return path


def _checked(entry: _Entry) -> _Entry:
    if entry.flags & _ENCRYPTED:
        raise Faulty("file-encrypted", path=entry.path)
    if entry.flags & ~_HARMLESS or entry.method not in (_STORED, _DEFLATED):
        raise Faulty("file-packed-strangely", path=entry.path)
    if entry.size > LARGEST_FILE:
        raise Faulty("file-too-large", path=entry.path, most=LARGEST_FILE)
    return entry


def _begins(raw: bytes, entry: _Entry) -> int:
    """Where the contents begin. The file's own header must say what the list says."""
    if entry.at + _LOCAL.size > len(raw):
        raise Faulty("zip-damaged")
    mark, _needs, flags, method, _time, _day, crc, packed, size, name, extra = _LOCAL.unpack_from(
        raw, entry.at
    )
    begins = entry.at + _LOCAL.size
    said = (mark, flags, method, crc, packed, size, raw[begins : begins + name])
    listed = (entry.flags, entry.method, entry.crc, entry.packed, entry.size)
    if said != (BEGINNING, *listed, entry.path.encode("ascii")):
        raise Faulty("headers-differ", path=entry.path)
    if extra:
        raise Faulty("bytes-between-files")
    return begins + int(name)


def _contents(packed: bytes, entry: _Entry) -> bytes:
    contents = packed if entry.method == _STORED else _inflated(packed, entry)
    if len(contents) != entry.size:
        raise Faulty("size-in-zip-wrong", path=entry.path)
    if zlib.crc32(contents) != entry.crc:
        raise Faulty("file-damaged", path=entry.path)
    return contents


def _inflated(packed: bytes, entry: _Entry) -> bytes:
    """Never more than one byte more than was announced: a small file may swell without end."""
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        contents = inflating.decompress(packed, entry.size + 1)
    except zlib.error as error:
        raise Faulty("file-damaged", path=entry.path) from error
    if len(contents) > entry.size:
        raise Faulty("size-in-zip-wrong", path=entry.path)
    if not inflating.eof or inflating.unused_data:
        raise Faulty("file-damaged", path=entry.path)
    return contents
