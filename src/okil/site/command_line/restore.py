"""The file and the key are looked at before Django is set up: a fresh machine stays as it is until
both are right. (Starting Django makes a new vault key where there is none.)
"""

from __future__ import annotations

import base64
import json
import os
import re
import sys
from getpass import getpass
from pathlib import Path

from okil.foundation.vault.probe import fingerprint, opens_probe
from okil.site import vault_key
from okil.site.backup_file import Backup, opened
from okil.site.command_line.arguments import Arguments
from okil.site.command_line.backup_words import said_in_a_sentence
from okil.site.command_line.installation import open_installation
from okil.site.command_line.words import Stopped, sentence
from okil.site.environment import read_environment


def run(arguments: list[str], language: str) -> int:
    parser = Arguments("restore", language)
    parser.option("--format", "option-format", choices=["text", "json"], default="text")
    parser.option("file", "backup-file", type=Path, metavar="FILE")
    chosen = parser.parse_args(arguments)

    with said_in_a_sentence(), opened(chosen.file.absolute()) as backup:
        _require_key(backup, chosen.file, language)
        open_installation(language)
        from okil.site.restore import restore

        problems = restore(backup)
        return _tell(backup, chosen.file, problems, chosen.format, language)


def _require_key(backup: Backup, path: Path, language: str) -> None:
    """The right key is in its place, or is asked for and put there."""
    table = backup.table("vault.vaultprobe")
    rows = list(backup.rows(table)) if table is not None else []
    if table is None or len(rows) != 1:
        raise Stopped("backup-damaged", path=path)
    probe = base64.b64decode(rows[0][table.columns.index("sealed")])
    expected = backup.manifest.vault_fingerprint

    key = read_environment().vault_key
    place = vault_key.place()
    asked = not key
    if asked:
        key, place = _asked(expected, language), sentence("keyboard", language)
    if not opens_probe(key, probe):
        given = fingerprint(key)
        raise Stopped("vault-key-wrong", place=place, given=given, fingerprint=expected)
    if asked:
        _keep(key)


def _asked(expected: str, language: str) -> bytes:
    if not sys.stdin.isatty():
        raise Stopped("vault-key-missing", fingerprint=expected)
    typed = getpass(sentence("ask-vault-key", language, fingerprint=expected)).strip()
    if not re.fullmatch(r"[0-9a-fA-F]{64}", typed):
        raise Stopped("vault-key-missing", fingerprint=expected)
    return bytes.fromhex(typed)


def _keep(key: bytes) -> None:
    path = vault_key.file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key.hex())
        file.flush()
        os.fsync(file.fileno())


def _tell(backup: Backup, path: Path, problems: list[str], form: str, language: str) -> int:
    manifest = backup.manifest
    facts = {
        "path": str(path.absolute()),
        "tables": len(manifest.tables),
        "rows": sum(table.rows for table in manifest.tables),
        "journal": manifest.journal_length,
    }
    if form == "json":
        print(json.dumps({**facts, "problems": problems}, ensure_ascii=False))
    elif problems:
        print(sentence("restored-broken", language), *problems, sep="\n")
    else:
        print(sentence("restored", language, **facts))
        print(sentence("sign-in-again", language))
    return 1 if problems else 0
