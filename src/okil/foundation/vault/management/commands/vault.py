from __future__ import annotations

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from okil.foundation.vault.installation import WrongVaultKey, key_source, rotate
from okil.foundation.vault.probe import fingerprint


class Command(BaseCommand):
    help = "Seals the vault under a new installation key. Stop the server first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["rotate"])
        parser.add_argument("--new-key-file", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        new_key = _read(options["new_key_file"])
        try:
            count = rotate(new_key)
        except WrongVaultKey as wrong:
            raise CommandError(str(wrong), returncode=2) from None
        if options["verbosity"]:
            self.stdout.write(
                _(
                    "%(count)s keys are sealed under the new key (fingerprint %(fingerprint)s). "
                    "Put it in the place of the old one (%(source)s) and start Okil again."
                )
                % {"count": count, "fingerprint": fingerprint(new_key), "source": key_source()}
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
