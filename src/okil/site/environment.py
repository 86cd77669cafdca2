"""What an operator sets: OKIL_… variables, each checked, with one sentence for each mistake.

Reading changes nothing on the disk; `prepare` makes the data folder and the keys where there are none.
"""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import dj_database_url

from okil.site.environment_wording import SENTENCES

SETTINGS = {
    "OKIL_DATA": "data",
    "OKIL_SECRET_KEY": "",
    "OKIL_SECRET_KEY_FILE": "",
    "OKIL_VAULT_KEY": "",
    "OKIL_VAULT_KEY_FILE": "",
    "OKIL_BOARD_KEY": "",
    "OKIL_BOARD_KEY_FILE": "",
    "OKIL_HOSTS": "localhost,127.0.0.1,[::1]",
    "OKIL_ADDRESS": "http://localhost:8000",
    "OKIL_MAIL": "",
    "OKIL_MAIL_FROM": "okil@localhost",
    "OKIL_LISTEN": "127.0.0.1",
    "OKIL_TRACE": "",
}
KEPT_SECRETS = {
    "OKIL_SECRET_KEY": "secret-key",
    "OKIL_VAULT_KEY": "vault-key",
    "OKIL_BOARD_KEY": "board-key",
}
HOST_NAME = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\]", re.IGNORECASE)
LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}


class WrongSetting(Exception):  # noqa: N818 (reads as what happened)
    """Which variable, what is wrong with it, what it may be. Never shows a secret's value."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return self.in_language("en")

    def in_language(self, language: str) -> str:
        return SENTENCES[self.code][language].format(**self.facts)


@dataclass(frozen=True)
class Environment:
    data: Path
    secret_key: str  # "" until `prepare` has made it: Django then refuses to use it
    vault_key: bytes  # b"" likewise
    board_key: bytes  # signs heads and receipts; b"" likewise
    hosts: list[str]
    address: str  # where the site is reached, https://…, for links in mail
    database: dict[str, Any]
    database_url_given: bool
    mail_url: str  # smtp://user:password@host:port, or "" = written to the console
    mail_from: str
    listen: str  # the address the server is bound to, set by `okil serve`


def read_environment() -> Environment:
    for variable in os.environ:
        if variable.startswith("OKIL_") and variable not in SETTINGS:
            raise WrongSetting("unknown-setting", variable=variable)
    data = _data_folder()
    url = os.environ.get("DATABASE_URL", "")
    address, mail = _address(), _mail()
    if address.startswith("https:") and not mail:
        raise WrongSetting("mail-missing")
    return Environment(
        data=data,
        secret_key=_secret_key(data),
        vault_key=_key("OKIL_VAULT_KEY", data),
        board_key=_key("OKIL_BOARD_KEY", data),
        hosts=_hosts(),
        address=address,
        database=_postgresql(url) if url else _sqlite(data),
        database_url_given=bool(url),
        mail_url=mail,
        mail_from=_mail_from(),
        listen=_listen(),
    )


def prepare() -> None:
    """Makes the data folder and the keys that are not there yet, for their owner's eyes only."""
    data = _data_folder()
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except PermissionError as error:
        raise WrongSetting("data-not-writable", path=data) from error
    if not os.access(data, os.W_OK):
        raise WrongSetting("data-not-writable", path=data)
    for variable, name in KEPT_SECRETS.items():
        if not _setting(variable) and not _setting(f"{variable}_FILE"):
            _make_secret(data / name)


def is_loopback(host: str) -> bool:
    """Whether a server bound to this host can be reached from this machine only."""
    if host in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _setting(variable: str) -> str:
    return os.environ.get(variable, "").strip() or SETTINGS[variable]


def _data_folder() -> Path:
    data = Path(_setting("OKIL_DATA")).absolute()
    if data.exists() and not data.is_dir():
        raise WrongSetting("data-not-a-folder", path=data)
    return data


def _make_secret(path: Path) -> None:
    """Written beside and moved into place, so that a full disk leaves no half key behind."""
    if path.exists():
        return
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)


def _secret(variable: str, data: Path) -> tuple[str, str]:
    """The secret, or "", and the name of what it came from."""
    given, given_file = _setting(variable), _setting(f"{variable}_FILE")
    if given and given_file:
        raise WrongSetting("secret-given-twice", variable=variable)
    if given:
        return given, variable
    path = Path(given_file) if given_file else data / KEPT_SECRETS[variable]
    source = f"{variable}_FILE"
    if not given_file and not path.exists():
        return "", source
    try:
        return path.read_text(encoding="utf-8").strip(), source
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSetting("secret-file-unreadable", variable=source, path=path) from error


def _secret_key(data: Path) -> str:
    key, source = _secret("OKIL_SECRET_KEY", data)
    if key and len(key) < 50:
        raise WrongSetting("secret-too-short", variable=source)
    return key


def _key(variable: str, data: Path) -> bytes:
    key, source = _secret(variable, data)
    if key and not re.fullmatch(r"[0-9a-fA-F]{64}", key):
        raise WrongSetting("key-not-hexadecimal", variable=source)
    return bytes.fromhex(key)


def _hosts() -> list[str]:
    hosts = [host.strip() for host in _setting("OKIL_HOSTS").split(",")]
    for host in hosts:
        if not HOST_NAME.fullmatch(host):
            raise WrongSetting("hosts-wrong", value=host)
    return hosts


def _split(url: str) -> SplitResult | None:
    """The parts of an address, or None if it has no such form."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # a port that is no number is found only when it is asked for
        return parts if parts.hostname else None
    except ValueError:
        return None


def _address() -> str:
    address = _setting("OKIL_ADDRESS")
    parts = _split(address)
    secure = parts and parts.scheme == "https"
    local = parts and parts.scheme == "http" and is_loopback(parts.hostname or "")
    if parts is None or not (secure or local) or parts.path.strip("/") or parts.query:
        raise WrongSetting("address-wrong", value=address)
    return address.rstrip("/")


def _mail() -> str:
    url = _setting("OKIL_MAIL")
    parts = _split(url)
    if url and (parts is None or parts.scheme not in {"smtp", "smtps"} or parts.path.strip("/")):
        raise WrongSetting("mail-wrong")
    return url


def _mail_from() -> str:
    value = _setting("OKIL_MAIL_FROM")
    address = parseaddr(value)[1]
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", address) or "\n" in value:
        raise WrongSetting("mail-from-wrong", value=value)
    return value


def _listen() -> str:
    value = _setting("OKIL_LISTEN")
    if not HOST_NAME.fullmatch(value) and value != "::1":
        raise WrongSetting("listen-wrong", value=value)
    return value


def _postgresql(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        database = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except (ValueError, KeyError) as error:
        raise WrongSetting("database-url-wrong") from error
    if parts.scheme not in {"postgres", "postgresql"} or not database["NAME"]:
        raise WrongSetting("database-url-wrong")
    # Compiled, our questions with many small parts in them take half a second instead of milliseconds.
    said: Any = database.get("OPTIONS", {})
    return {**database, "OPTIONS": {"options": "-c jit=off", **said}}


def _sqlite(data: Path) -> dict[str, Any]:
    return {
        "ENGINE": "okil.foundation.sqlite",
        "NAME": data / "okil.sqlite3",
        "OPTIONS": {
            # A transaction that reads first and writes later could find its ground changed.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: with NORMAL a power cut can lose a vote that was acknowledged.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
