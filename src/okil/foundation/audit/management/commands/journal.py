from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from okil.foundation.audit import length_and_last_hash, verify_chain


class Command(BaseCommand):
    help = "The journal of everything that was done."

    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(required=True, metavar="verify")
        commands.add_parser(
            "verify", help="Check that no row was changed, removed, added or moved; 1 if one was."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        problems = verify_chain()
        length, last_hash = length_and_last_hash()
        self.stdout.write(f"Rows: {length}\nLast hash: {last_hash}")
        for problem in problems:
            self.stdout.write(problem)
        if problems:
            sys.exit(1)
        self.stdout.write("OK")
