"""The program as an operator runs it: another process, its own data folder, a clean environment."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

VAULT_KEY = "00112233445566778899aabbccddeeff" * 2


def environment(data: Path, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OKIL_")}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "LANGUAGE", "LC_ALL"):
        kept.pop(name, None)
    own = {"LANG": "en_GB.UTF-8", "OKIL_DATA": str(data), "OKIL_VAULT_KEY": VAULT_KEY}
    return kept | own | settings


def okil(data: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "okil", *arguments],
        env=environment(data, **settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def is_one_sentence(text: str) -> bool:
    return text.count("\n") == 1 and text.endswith(".\n") and "Traceback" not in text


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes_of(data: Path) -> set[int]:
    """The living processes that were started for this data folder."""
    mark = f"OKIL_DATA={data}\0".encode()
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes():
                found.add(int(folder.name))
        except OSError:
            continue  # it ended while we looked, or is not ours
    return found


class Server:
    """`okil serve`, and how it goes."""

    def __init__(self, data: Path, *arguments: str, **settings: str) -> None:
        self.port = free_port()
        self.data = data
        self.process = subprocess.Popen(
            [sys.executable, "-m", "okil", "serve", "--port", str(self.port), *arguments],
            env=environment(data, **settings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_until_it_serves(self) -> str:
        """The line that says where; before it may stand a letter, which goes to the output here."""
        assert self.process.stdout is not None
        return next(line for line in self.process.stdout if "is serving" in line)

    def health(self) -> tuple[int, dict[str, str]]:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as answer:
                return answer.status, json.load(answer)
        except HTTPError as error:
            return error.code, json.load(error)

    def wait_until_healthy(self) -> None:
        until(lambda: self.health()[0] == 200, seconds=60)

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(timeout=60)


def until(holds: Callable[[], bool], *, seconds: float) -> None:
    """Waits until it holds; fails the test when it does not come to hold."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to hold"
        time.sleep(0.1)
