"""An installation served for a journey: the real program in a process of its own."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError


@dataclass(frozen=True)
class Served:
    address: str
    data: Path
    output: Path

    def log(self) -> str:
        return self.output.read_text(errors="replace")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def okil(*arguments: str, data: Path, **more: str) -> str:
    """One command, to its end; what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "okil", *arguments],
        env=_environment(data, more),
        capture_output=True,
        text=True,
        timeout=600,  # the demonstration replays five years
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def serving(command: list[str], *, data: Path, port: int, **more: str) -> Iterator[Served]:
    output = data / "output"
    with output.open("w") as written:
        server = subprocess.Popen(
            [sys.executable, "-m", "okil", *command, "--port", str(port)],
            env=_environment(data, more),
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    served = Served(f"http://localhost:{port}", data, output)
    try:
        _wait_for(served, server)
        yield served
    finally:
        server.terminate()
        server.wait(timeout=60)


def _environment(data: Path, more: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OKIL_")}
    kept.pop("DATABASE_URL", None)
    return {**kept, "OKIL_DATA": str(data), **more}


def _wait_for(served: Served, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        assert server.poll() is None, served.log()
        try:
            with urllib.request.urlopen(f"{served.address}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.3)
    raise AssertionError(served.log())


def link_in(text: str) -> str:
    found = re.search(r"https?://\S+", text)
    assert found is not None, text
    return found[0].rstrip(".)>")
