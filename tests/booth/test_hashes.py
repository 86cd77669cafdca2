"""What `okil booth hashes` prints is what a browser gets."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from okil.booth.hashes import STATIC, booth_hashes, fingerprint, listing
from okil.site.command_line import booth


def test_the_files_are_served_byte_for_byte_as_they_are_hashed(tmp_path: Path) -> None:
    source = FileSystemStorage(STATIC)
    served = CompressedManifestStaticFilesStorage(tmp_path, base_url="/static/")
    hashes = booth_hashes()
    for path in hashes:
        with source.open(path) as file:
            served.save(path, file)

    processed = list(served.post_process({path: (source, path) for path in hashes}))

    for path, digest in hashes.items():
        hashed_name = served.stored_name(path)
        assert hashed_name != path
        for name in (path, hashed_name):
            assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest
    assert {original for original, *_ in processed} >= set(hashes)


def test_sha256sum_reads_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert booth.run(["hashes"], "kk") == 0
    printed = capsys.readouterr().out

    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet"],
        input=printed,
        cwd=STATIC,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")


def test_a_program_reads_the_same_as_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    assert booth.run(["hashes"], "en") == 0
    text = capsys.readouterr().out
    assert booth.run(["hashes", "--format", "json"], "ru") == 0
    facts = json.loads(capsys.readouterr().out)

    assert {each["path"]: each["sha256"] for each in facts["files"]} == booth_hashes()
    assert facts["fingerprint"] == fingerprint(booth_hashes())
    comment, lines = text.split("\n", 1)
    assert comment.endswith(facts["fingerprint"])
    assert lines == listing(booth_hashes())


def test_one_changed_letter_changes_the_fingerprint() -> None:
    hashes = booth_hashes()
    path = "booth/ballot.js"

    other = hashes | {path: hashlib.sha256(b"another").hexdigest()}

    assert fingerprint(other) != fingerprint(hashes)


def test_another_word_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        booth.run(["hash"], "en")

    assert stopped.value.code == 2
    assert "okil booth" in capsys.readouterr().err
