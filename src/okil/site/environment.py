"""What an operator sets: read once from OKIL_… variables, checked, with a sentence for each mistake."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dj_database_url


class WrongSetting(Exception):  # noqa: N818 (reads as what happened)
    """One sentence for the operator: which variable, what is wrong, what it may be."""


@dataclass(frozen=True)
class Environment:
    data: Path
    secret_key: str
    vault_key: bytes
    hosts: list[str]
    address: str  # where the site is reached, https://…, for links in mail
    database: dict[str, Any]
    database_url_given: bool
    mail_url: str  # smtp://user:password@host:port, or "" = written to the console
    mail_from: str
    listen: str  # the address the server is bound to, set by `okil serve`


def read_environment() -> Environment:
    data = Path(os.environ.get("OKIL_DATA", "data"))
    data.mkdir(parents=True, exist_ok=True)
    url = os.environ.get("DATABASE_URL", "")
    return Environment(
        data=data,
        secret_key=_kept_secret(data / "secret-key", "OKIL_SECRET_KEY"),
        vault_key=bytes.fromhex(_kept_secret(data / "vault-key", "OKIL_VAULT_KEY")),
        hosts=os.environ.get("OKIL_HOSTS", "localhost,127.0.0.1,[::1]").split(","),
        address=os.environ.get("OKIL_ADDRESS", "http://localhost:8000"),
        database=_database(url, data),
        database_url_given=bool(url),
        mail_url=os.environ.get("OKIL_MAIL", ""),
        mail_from=os.environ.get("OKIL_MAIL_FROM", "okil@localhost"),
        listen=os.environ.get("OKIL_LISTEN", "127.0.0.1"),
    )


def _kept_secret(path: Path, variable: str) -> str:
    if given := os.environ.get(variable):
        return given
    if not path.exists():
        path.write_text(secrets.token_hex(32))
        path.chmod(0o600)
    return path.read_text().strip()


def _database(url: str, data: Path) -> dict[str, Any]:
    if url:
        return dict(dj_database_url.parse(url, conn_max_age=60))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": data / "okil.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
