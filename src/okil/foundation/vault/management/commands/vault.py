from __future__ import annotations

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from okil.foundation.background import worker_alive
from okil.foundation.traces import leave_no_copy, overwrite_freed_pages
from okil.foundation.vault.installation import WrongVaultKey, key_source, rotate
from okil.foundation.vault.probe import fingerprint


class Command(BaseCommand):
    help = "Seals the vault under a new installation key. Stop the server first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["rotate"])
        parser.add_argument("--new-key-file", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        new_key = _read(options["new_key_file"])
        _require_stopped()
        if new_key == settings.VAULT_KEY:
            raise CommandError(_("This is the key that seals now: make a new one."), returncode=2)
        try:
            overwrite_freed_pages()
            count = rotate(new_key)
            transaction.on_commit(leave_no_copy)
        except WrongVaultKey as wrong:
            raise CommandError(str(wrong), returncode=2) from None
        if options["verbosity"]:
            self.stdout.write(
                _(
                    "%(count)s keys are sealed under the new key (fingerprint %(fingerprint)s). "
                    "Put it in the place of the old one (%(source)s) and start Okil again. "
                    "Backups made before open only with the old key."
                )
                % {"count": count, "fingerprint": fingerprint(new_key), "source": key_source()}
            )


def _require_stopped() -> None:
    """A running server has the old key in its memory, and would go on to seal under it."""
    if worker_alive():
        raise CommandError(
            _(
                "Okil is running with this database, here or on another machine: stop it first. "
                "If it was killed, wait a minute."
            ),
            returncode=2,
        )


def _read(path: Path) -> bytes:
    try:
        text = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise CommandError(_("%(path)s cannot be read.") % {"path": path}, returncode=2) from None
    if not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        sentence = _("%(path)s must hold 64 hexadecimal digits, the new key.")
        raise CommandError(sentence % {"path": path}, returncode=2)
    return bytes.fromhex(text)
