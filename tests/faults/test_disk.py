"""A full or broken disk is one sentence, and what was kept before stays."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.program import environment, free_port, is_one_sentence, okil

pytestmark = pytest.mark.slow


def okil_on_a_disk_of(data: Path, size: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """No file may grow beyond this size: as on a full disk, a write fails in the middle."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return subprocess.run(
        [sys.executable, "-m", "okil", *arguments],
        env=environment(data) | {"PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=limit,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_full_disk_at_the_first_start_is_one_sentence(tmp_path: Path) -> None:
    data = tmp_path / "data"

    answer = okil_on_a_disk_of(data, 40_000, "serve", "--port", str(free_port()))

    assert answer.returncode == 2
    assert is_one_sentence(answer.stderr)
    assert "disk" in answer.stderr


def test_after_room_was_made_the_same_start_succeeds(tmp_path: Path) -> None:
    data = tmp_path / "data"
    okil_on_a_disk_of(data, 40_000, "manage", "migrate")

    assert okil(data, "manage", "migrate", "--verbosity", "0").returncode == 0


def test_a_key_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    data = tmp_path / "data"

    answer = okil_on_a_disk_of(data, 10, "serve", "--port", str(free_port()))

    assert answer.stderr == "The disk is full; make room and try again.\n"
    assert not (data / "secret-key").exists()


def test_a_folder_that_cannot_be_written_is_named() -> None:
    answer = okil(Path("/sys/okil"), "serve", "--port", str(free_port()))

    assert answer.returncode == 2
    assert answer.stderr.startswith("OKIL_DATA: “/sys/okil” cannot be written to")
    assert is_one_sentence(answer.stderr)


def test_a_file_that_is_no_database_is_named(data: Path) -> None:
    for suffix in ("-wal", "-shm"):
        (data / f"okil.sqlite3{suffix}").unlink(missing_ok=True)
    (data / "okil.sqlite3").write_bytes(b"no database" * 1000)

    answer = okil(data, "serve", "--port", str(free_port()))

    assert answer.returncode == 2
    assert answer.stderr.startswith("The database file in OKIL_DATA is damaged")
    assert is_one_sentence(answer.stderr)
