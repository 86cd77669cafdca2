"""The program as an operator runs it: another process, its own data folder, a clean environment."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

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
