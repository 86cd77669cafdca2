"""`okil`: one table of commands, and one sentence when one of them fails.

A command's module is imported when it is called, so `verify` and its like start without Django. Each
has `run(arguments, language) -> exit status`; `--lang` is taken out of the arguments here.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys

from okil.site.command_line.words import (
    LANGUAGES,
    Stopped,
    language_of_environment,
    sentence,
)

COMMANDS = (
    "demo",
    "start",
    "serve",
    "plan",
    "regulation",
    "count",
    "verify",
    "archive",
    "package",
    "booth",
    "matching-key",
    "backup",
    "restore",
    "manage",
)


def main(argv: list[str] | None = None) -> int:
    arguments = list(sys.argv[1:] if argv is None else argv)
    language = language_of_environment()
    try:
        if arguments[:1] != ["manage"]:
            language, arguments = _language_taken_out(arguments, language)
        status = _run(arguments, language)
        sys.stdout.flush()  # a full disk is found here, not when the interpreter ends
        return status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _forget_output()
        return 2  # `okil … | head`: the reader has gone, nobody is left to be told
    except Exception as error:
        _forget_output()
        if os.environ.get("OKIL_TRACE") == "1":
            raise
        from okil.site.command_line.failures import sentence_about

        return _refuse(sentence_about(error, language))


def _run(arguments: list[str], language: str) -> int:
    if not arguments or arguments[0] in {"--help", "-h", "help"}:
        print(_help(language))
        return 0
    command, *rest = arguments
    if command not in COMMANDS:
        return _refuse(sentence("unknown-command", language, command=command))
    module = importlib.import_module(f"okil.site.command_line.{command.replace('-', '_')}")
    return int(module.run(rest, language))


def _language_taken_out(arguments: list[str], otherwise: str) -> tuple[str, list[str]]:
    rest: list[str] = []
    language = otherwise
    words = iter(arguments)
    for word in words:
        name, _, value = word.partition("=")
        if name != "--lang":
            rest.append(word)
            continue
        language = value or next(words, "")
        if language not in LANGUAGES:
            raise Stopped("unknown-language", language=language)
    return language, rest


def _forget_output() -> None:
    """What could not be written shall not be tried again at the end, with a traceback."""
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _help(language: str) -> str:
    width = max(map(len, COMMANDS))
    return "\n".join(
        [
            sentence("usage", language),
            "",
            *(f"  okil {name:{width}}  {sentence(f'about-{name}', language)}" for name in COMMANDS),
            "",
            sentence("common-options", language),
            sentence("exit-status", language),
        ]
    )


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 2
