"""The holder makes the key alone: in a file of their own, without server and database."""

from __future__ import annotations

from pathlib import Path

import pytest

from okil.pure.rules.matching import fingerprint_of, read_fingerprint, read_key
from okil.site.command_line import main

Said = pytest.CaptureFixture[str]


def test_a_new_key_is_for_its_holder_only_and_its_fingerprint_is_shown(
    tmp_path: Path, capsys: Said
) -> None:
    file = tmp_path / "key.txt"

    assert main(["matching-key", "new", str(file)]) == 0

    made = capsys.readouterr().out.splitlines()
    key = read_key(file.read_bytes())
    assert file.stat().st_mode & 0o777 == 0o600
    assert read_fingerprint(made[-1]) == fingerprint_of(key)
    assert key.hex() not in "".join(made)
    assert main(["matching-key", "show", str(file)]) == 0
    assert capsys.readouterr().out.splitlines() == made[-1:]


def test_a_key_that_is_there_is_not_written_over(tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "key.txt"
    main(["matching-key", "new", str(file)])
    before = file.read_bytes()

    assert main(["matching-key", "new", str(file)]) == 2

    assert file.read_bytes() == before
    assert str(file) in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"tea", b"a" * 63, b"a" * 10_000])
def test_a_file_that_is_no_key_is_told_in_one_sentence(
    tmp_path: Path, capsys: Said, content: bytes
) -> None:
    file = tmp_path / "key.txt"
    file.write_bytes(content)

    assert main(["matching-key", "show", str(file)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert main(["matching-key", "show", str(tmp_path / "missing")]) == 2
    assert main(["matching-key", "new", str(tmp_path / "no" / "folder")]) == 2
