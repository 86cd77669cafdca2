from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.program import Server, okil, processes_of


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation that was begun once; tests work on copies."""
    data = tmp_path_factory.mktemp("installation")
    answer = okil(
        data,
        "start",
        *("--name-ru", "Комитет", "--name-kk", "Комитет", "--name-en", "Committee"),
        *("--languages", "ru,kk,en", "--time-zone", "Asia/Almaty"),
        *("--secretariat", "secretariat@example.org"),
    )
    assert answer.returncode == 0, answer.stderr
    return data


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "data"))


@pytest.fixture
def serve(data: Path) -> Iterator[Callable[..., Server]]:
    """Starts a server; whatever happens in the test, nothing of it goes on running."""

    def start(*arguments: str, **settings: str) -> Server:
        return Server(data, *arguments, **settings)

    yield start
    for process in processes_of(data):
        os.kill(process, signal.SIGKILL)
