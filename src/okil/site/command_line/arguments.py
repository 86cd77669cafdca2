"""A command's arguments: help in the reader's language, and one sentence when they are wrong."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn

from okil.site.command_line.words import sentence


class Arguments(argparse.ArgumentParser):
    def __init__(self, command: str, language: str) -> None:
        super().__init__(
            prog=f"okil {command}",
            description=sentence(f"about-{command}", language),
            add_help=False,
            allow_abbrev=False,
        )
        self._command = command
        self._language = language
        self._positionals.title = sentence("help-arguments", language)
        self._optionals.title = sentence("help-options", language)
        self.add_argument("-h", "--help", action="help", help=sentence("help-help", language))

    def option(self, name: str, about: str, **how: object) -> None:
        """An option whose help is the sentence with this code."""
        self.add_argument(name, help=sentence(about, self._language), **how)  # type: ignore[arg-type]  # argparse's own mix of types

    def format_usage(self) -> str:
        formatter = self._get_formatter()
        formatter.add_usage(
            self.usage,
            self._actions,
            self._mutually_exclusive_groups,
            prefix=sentence("help-title", self._language),
        )
        return formatter.format_help()

    def format_help(self) -> str:
        formatter = self._get_formatter()
        formatter.add_text(self.description)
        for group in self._action_groups:
            formatter.start_section(group.title)
            formatter.add_arguments(group._group_actions)
            formatter.end_section()
        return f"{self.format_usage()}\n{formatter.format_help()}"

    def error(self, message: str) -> NoReturn:
        facts = {"command": self._command, "reason": message}
        print(sentence("arguments-not-understood", self._language, **facts), file=sys.stderr)
        raise SystemExit(2)


def port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise ValueError(text)
    return number


def number_of_processes(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 64:
        raise ValueError(text)
    return number
