"""Ways to tamper with the ZIP, the manifest and the list of files (checks 1 to 3)."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from okil.pure.packages import kinds
from okil.pure.packages.reading import NotAPackage
from okil.pure.packages.tests import given
from okil.pure.packages.tests.spoiling import (
    facts_changed,
    good,
    unzipped,
    verdict,
    with_files,
    with_json,
    with_listed,
    with_manifest,
    with_rows,
    zipped,
)
from okil.pure.packages.verify import verify
from okil.pure.packages.writing import fingerprint

Tampering = Callable[[], bytes]
Json = Any
ROLL = json.dumps({"voters": ["Ромашкина Алия"]}, ensure_ascii=False).encode()


def test_the_package_that_is_spoilt_here_is_good() -> None:
    report = verify(good(), fingerprint=fingerprint(unzipped(good())[kinds.MANIFEST]))
    assert report.verified
    assert [warned.code for warned in report.warnings] == [
        "dissent", "absent", "counts-differed", "papers-differ", "remarks",
    ]  # fmt: skip
    assert report.manifest is not None
    protocol = report.manifest["protocol"]
    assert [check.facts for check in report.checks] == [
        {"files": 20, "bytes": len(good())},
        {"fingerprint": report.fingerprint},
        {"files": 19},
        {"rows": 12, "length": 54, "state": "results"},
        {"number": "17/2024", "commitment": protocol["commitment"]},
        {"signed": 3, "absent": 1},
        {"voted": 32, "registered": 40},
        {"members": 1, "alternates": 1},
        {"version": 2, "actions": 2},
        {"applications": 2, "remarks": 1},
    ]


# 1 The file


def _also(name: str, raw: bytes = b"{}") -> bytes:
    return zipped([*unzipped(good()).items(), (name, raw)])


def _with_mode(mode: int) -> bytes:
    entry = zipfile.ZipInfo("remarks/2.json")
    entry.external_attr = mode << 16
    return zipped([*unzipped(good()).items(), (entry, b"plan.json")])


def _encrypted() -> bytes:
    raw = bytearray(good())
    list_at = raw.index(b"PK\x01\x02")
    raw[6] |= 1
    raw[list_at + 8] |= 1
    return bytes(raw)


def _swelling(announced: int) -> bytes:
    """Ten megabytes of nothing in ten kilobytes, announced as this many bytes."""
    raw = bytearray(zipped([("plan.json", bytes(10_000_000))], zipfile.ZIP_DEFLATED))
    list_at = raw.rindex(b"PK\x01\x02")
    for place in (22, list_at + 24):
        raw[place : place + 4] = struct.pack("<L", announced)
    return bytes(raw)


def _inserted_before_the_list() -> bytes:
    raw = good()
    at = raw.index(b"PK\x01\x02")
    end = bytearray(raw[-22:])
    end[16:20] = struct.pack("<L", at + len(ROLL))
    return raw[:at] + ROLL + raw[at:-22] + bytes(end)


def _with_extra_field() -> bytes:
    entry = zipfile.ZipInfo("remarks/2.json")
    entry.extra = struct.pack("<2H", 0x6F6B, len(ROLL)) + ROLL
    return zipped([*unzipped(good()).items(), (entry, b"{}")])


def _with_extra_field_at_the_file_only() -> bytes:
    """The list of files knows nothing of it."""
    entry = zipfile.ZipInfo("plan.json")
    entry.extra = struct.pack("<2H", 0x6F6B, len(ROLL)) + ROLL
    raw = zipped([(entry, b"{}")])
    end = bytearray(raw[-22:])
    listed = bytearray(raw[raw.rindex(b"PK\x01\x02") : -22])
    struct.pack_into("<H", listed, 30, 0)
    del listed[-len(entry.extra) :]
    struct.pack_into("<L", end, 12, len(listed))
    return raw[: raw.rindex(b"PK\x01\x02")] + bytes(listed) + bytes(end)


def _named_otherwise_inside() -> bytes:
    raw = good()
    in_the_list = raw.rindex(b"plan.json")
    return raw[:in_the_list] + b"roll" + raw[in_the_list + 4 :]


def _deflated_and_more() -> bytes:
    """After the end of the packed stream there is room for what no unpacking shows."""
    packed = zlib.compress(b"{}", wbits=-15) + ROLL
    raw = bytearray(zipped([("plan.json", packed)]))
    list_at = raw.rindex(b"PK\x01\x02")
    for at, method, crc in ((0, 8, 14), (list_at, 10, 16)):
        raw[at + method : at + method + 2] = struct.pack("<H", 8)
        raw[at + crc : at + crc + 12] = struct.pack("<3L", zlib.crc32(b"{}"), len(packed), 2)
    return bytes(raw)


def _one_file_in_two_places() -> bytes:
    """The list names one file's bytes twice: a few bytes that unpack to many."""
    raw = good()
    list_at = raw.index(b"PK\x01\x02")
    entry = raw[list_at : list_at + 46 + struct.unpack_from("<H", raw, list_at + 28)[0]]
    end = bytearray(raw[-22:])
    number, size = struct.unpack_from("<H", end, 8)[0], struct.unpack_from("<L", end, 12)[0]
    struct.pack_into("<2HL", end, 8, number + 1, number + 1, size + len(entry))
    return raw[:-22] + entry + bytes(end)


FILE: dict[str, tuple[str, Tampering]] = {
    "two files with the same name": ("path-twice", lambda: _also("plan.json", b'{"actions":[]}')),
    "one file listed in two places": ("path-twice", _one_file_in_two_places),
    "a path that leads out": ("path-strange", lambda: _also("../../etc/cron.d/roll")),
    "a path from the root": ("path-strange", lambda: _also("/plan.json")),
    "a path of Windows": ("path-strange", lambda: _also("remarks\\2.json")),
    "a path in capitals": ("path-strange", lambda: _also("PLAN.JSON")),
    "a path with a letter that looks like another": ("path-strange", lambda: _also("рlan.json")),
    "a folder": ("path-strange", lambda: _also("remarks/", b"")),
    "a hidden file": ("path-strange", lambda: _also(".roll")),
    "a link to another file": ("path-strange", lambda: _with_mode(0o120777)),
    "an encrypted file": ("file-encrypted", _encrypted),
    "a file that swells beyond what it announces": ("size-in-zip-wrong", lambda: _swelling(100)),
    "a file that announces more than anybody can hold": (
        "file-too-large",
        lambda: _swelling(4_000_000_000),
    ),
    "a file that has less than it announces": ("size-in-zip-wrong", lambda: _swelling(10_000_001)),
    "files that are too many together": (
        "contents-too-large",
        lambda: zipped([(f"{n}.bin", bytes(30_000_000)) for n in range(5)], zipfile.ZIP_DEFLATED),
    ),
    "more files than a package has": (
        "too-many-files",
        lambda: zipped([(f"{n}.json", b"") for n in range(501)]),
    ),
    "bytes behind the end": ("zip-end-missing", lambda: good() + ROLL),
    "a comment at the end": (
        "zip-end-missing",
        lambda: good()[:-2] + struct.pack("<H", len(ROLL)) + ROLL,
    ),
    "bytes between the files and their list": ("bytes-between-files", _inserted_before_the_list),
    "bytes in an extra field": ("bytes-between-files", _with_extra_field),
    "bytes in an extra field of the file alone": (
        "bytes-between-files",
        _with_extra_field_at_the_file_only,
    ),
    "bytes behind a packed file": ("file-damaged", _deflated_and_more),
    "a file with two names": ("headers-differ", _named_otherwise_inside),
    "a packing that not everybody reads": (
        "file-packed-strangely",
        lambda: zipped(list(unzipped(good()).items()), zipfile.ZIP_LZMA),
    ),
    "a letter changed inside": (
        "file-damaged",
        lambda: good().replace("Калинина".encode(), "Рябинина".encode(), 1),
    ),
    "the last bytes lost": ("zip-end-missing", lambda: good()[:-1]),
    "bytes lost in the middle": ("zip-damaged", lambda: good()[:100] + good()[101:]),
}


# 2 The manifest


def _without_manifest() -> bytes:
    files = unzipped(good())
    del files[kinds.MANIFEST]
    return zipped(list(files.items()))


def _manifest_written(change: Callable[[bytes], bytes]) -> bytes:
    files = unzipped(good())
    files[kinds.MANIFEST] = change(files[kinds.MANIFEST])
    return zipped(list(files.items()))


MANIFEST: dict[str, tuple[str, Tampering]] = {
    "no manifest": ("manifest-missing", _without_manifest),
    "a format of later years": (
        "format-unknown",
        lambda: with_manifest(lambda found: found.update(format="okil-package/2")),
    ),
    "a manifest that is a list": ("format-unknown", lambda: _manifest_written(lambda raw: b"[]")),
    "a manifest with spaces": (
        "not-canonical",
        lambda: _manifest_written(lambda raw: raw.replace(b":", b": ", 1)),
    ),
    "a manifest with a field twice": (
        "not-json",
        lambda: _manifest_written(lambda raw: b'{"body":{"en":"x"},' + raw[1:]),
    ),
    "a note in the manifest": (
        "unknown-field",
        lambda: with_manifest(lambda found: found.update(note="Ромашкина Алия")),
    ),
    "a manifest without a salt": (
        "wrong-form",
        lambda: with_manifest(lambda found: found["protocol"].pop("salt")),
    ),
}


# 3 The files


def _listed(change: Callable[[list[Json]], object]) -> bytes:
    return with_manifest(lambda found: change(found["files"]))


def _row_of(listed: list[Json], path: str) -> Json:
    return next(each for each in listed if each["path"] == path)


FILES: dict[str, tuple[str, Tampering]] = {
    "a file added": ("file-not-listed", lambda: _also("remarks/2.json")),
    "a file removed": (
        "file-missing",
        lambda: zipped([one for one in unzipped(good()).items() if one[0] != "remarks/1.json"]),
    ),
    "a file exchanged": (
        "hash-differs",
        lambda: zipped(
            list({**unzipped(good()), "applications/4.pdf": given.paper("application 9")}.items())
        ),
    ),
    "a hash changed in the manifest": (
        "hash-differs",
        lambda: _listed(lambda listed: _row_of(listed, kinds.PLAN).update(sha256="0" * 64)),
    ),
    "a size changed in the manifest": (
        "size-differs",
        lambda: _listed(lambda listed: _row_of(listed, kinds.PLAN).update(bytes=1)),
    ),
    "a file listed twice": ("listed-twice", lambda: _listed(lambda listed: listed.append(listed[0]))),
    "the manifest lists itself": (
        "file-missing",
        lambda: _listed(lambda listed: listed.append({**listed[0], "path": kinds.MANIFEST})),
    ),
    "the roll, openly": ("kind-forbidden", lambda: with_listed("roll.json", ROLL, "roll")),
    "who voted": ("kind-forbidden", lambda: with_listed("voted.json", ROLL, "voted")),
    "a kind that nobody knows": ("kind-unknown", lambda: with_listed("x.json", ROLL, "annex")),
    "the roll under the name of a plan": (
        "kind-elsewhere",
        lambda: with_listed("roll.json", ROLL, "plan"),
    ),
    "the roll as a remark": ("not-canonical", lambda: with_listed("remarks/2.json", ROLL, "remark")),
    "the roll as a remark, well written": (
        "unknown-field",
        lambda: with_json("remarks/1.json", lambda found: found.update(voters=["Ромашкина"])),
    ),
    "the roll in the facts": (
        "unknown-field",
        lambda: facts_changed(lambda facts: facts["voters"].update(names=["Ромашкина"])),
    ),
    "a name in the place of a number": (
        "wrong-form",
        lambda: facts_changed(lambda facts: facts["decision"]["members"].append("Ромашкина")),
    ),
    "no signatures at all": (
        "files-of-a-kind",
        lambda: with_files(lambda files: files.pop(kinds.SIGNATURES)),
    ),
    "a journal without an end": (
        "last-line-cut-off",
        lambda: with_files(lambda f: f.update({kinds.JOURNAL: f[kinds.JOURNAL][:-1]})),
    ),
    "an empty journal": ("last-line-cut-off", lambda: with_files(lambda f: f.update({kinds.JOURNAL: b""}))),
    "a row of the journal with a field more": (
        "unknown-field",
        lambda: with_rows(lambda rows: rows[0].update(name="Ромашкина"), chained=True),
    ),
    "an application that is no PDF": (
        "not-what-its-name-says",
        lambda: with_files(lambda files: files.update({"applications/4.pdf": ROLL})),
    ),
    "numbers with a fraction": (
        "not-json",
        lambda: with_files(lambda files: files.update({kinds.SHEET: b'{"voted":1.5}'})),
    ),
}  # fmt: skip


TABLES = {1: FILE, 2: MANIFEST, 3: FILES}


@pytest.mark.parametrize(
    ("check", "name"), [(check, name) for check, table in TABLES.items() for name in table]
)
def test_it_is_found_by_the_check_whose_business_it_is(check: int, name: str) -> None:
    reason, tamper = TABLES[check][name]
    assert verdict(tamper()) == (check, reason)


def test_a_package_made_anew_from_beginning_to_end_is_found_by_its_fingerprint() -> None:
    announced = fingerprint(unzipped(good())[kinds.MANIFEST])
    other = facts_changed(lambda facts: facts["observers"].update(number=2))
    assert verdict(other) is None
    assert verdict(other, announced) == (2, "fingerprint-differs")


def test_without_a_fingerprint_the_report_says_that_it_was_not_compared() -> None:
    assert "fingerprint-not-compared" in [warned.code for warned in verify(good()).warnings]


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.7", b"PK", b"PK\x05\x06" + bytes(18)])
def test_what_does_not_begin_as_a_zip_is_no_package(raw: bytes) -> None:
    with pytest.raises(NotAPackage):
        verify(raw)


def test_a_package_packed_anew_by_another_program_is_the_same_package() -> None:
    packed = zipped(list(reversed(unzipped(good()).items())), zipfile.ZIP_DEFLATED)
    assert len(packed) < len(good())
    assert verify(packed).verified
    assert verify(packed).fingerprint == verify(good()).fingerprint
