"""Where the operator has put the vault's key, in words and as a path."""

from __future__ import annotations

import os
from pathlib import Path

NAME = "vault-key"


def place() -> str:
    """What a sentence can name: a variable, or the file it stands in."""
    if os.environ.get("OKIL_VAULT_KEY", "").strip():
        return "OKIL_VAULT_KEY"
    return str(file())


def file() -> Path:
    given = os.environ.get("OKIL_VAULT_KEY_FILE", "").strip()
    data = os.environ.get("OKIL_DATA", "").strip() or "data"
    return Path(given or Path(data, NAME)).absolute()
