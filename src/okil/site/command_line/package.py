"""`okil package verify`: the ten numbered checks of a group's package, for people and for programs."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

from okil.pure.packages.reading import LARGEST_PACKAGE, NotAPackage
from okil.pure.packages.verify import CheckResult, Report, verify
from okil.site.command_line import package_words
from okil.site.command_line.arguments import Arguments
from okil.site.command_line.ballot_words import printable

MARKS = {True: "✓", False: "✗", None: "–"}
FINGERPRINT = re.compile("[0-9a-f]{64}")


def run(arguments: list[str], language: str) -> int:
    chosen = _parser(language).parse_args(arguments)
    fingerprint = None if chosen.fingerprint is None else chosen.fingerprint.strip().lower()
    if fingerprint is not None and not FINGERPRINT.fullmatch(fingerprint):
        return _unusable(package_words.word("fingerprint-unreadable", language))
    try:
        report = verify(_read(Path(chosen.file)), fingerprint=fingerprint)
    except NotAPackage:
        return _unusable(package_words.word("not-a-package", language, path=chosen.file))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        words = {"path": chosen.file, "reason": reason}
        return _unusable(package_words.word("cannot-open", language, **words))
    if chosen.format == "json":
        print(json.dumps(as_json(report, language), ensure_ascii=False, indent=2))
    else:
        print("\n".join(map(printable, _text(report, chosen.file, language))))
    return 0 if report.verified else 1


def _parser(language: str) -> argparse.ArgumentParser:
    def say(code: str) -> str:
        return package_words.word(code, language)

    parser = Arguments("package", language)
    parser.add_argument("act", choices=("verify",), help=say("about-verify"))
    parser.add_argument("file", metavar="PACKAGE.zip", help=say("option-file"))
    parser.add_argument("--fingerprint", metavar="F", help=say("option-fingerprint"))
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help=say("option-format")
    )
    return parser


def _unusable(sentence: str) -> int:
    print(printable(sentence), file=sys.stderr)
    return 2


def _read(path: Path) -> bytes:
    """The file, or one byte more than a package may have: check 1 says so."""
    with path.open("rb") as stream:
        return stream.read(LARGEST_PACKAGE + 1)


# What it says


def _detail(check: CheckResult, language: str) -> str | None:
    if check.ok is None:
        return None
    if check.reason is not None:
        return package_words.reason(check.reason, language, check.facts)
    return package_words.done(check.number, language, check.facts)


def as_json(report: Report, language: str) -> dict[str, Any]:
    """What docs/schemas/package-verify.json describes."""
    return {
        "verified": report.verified,
        "checks": [
            {
                "number": check.number,
                "title": package_words.title(check.number, language),
                "ok": check.ok,
                "detail": _detail(check, language),
                "reason": check.reason,
            }
            for check in report.checks
        ],
        "package": _package_as_json(report),
        "warnings": _warnings(report, language),
    }


def _package_as_json(report: Report) -> dict[str, Any] | None:
    manifest = report.manifest
    if manifest is None:
        return None
    protocol = manifest["protocol"]
    return {
        "fingerprint": report.fingerprint,
        **{name: manifest[name] for name in ("body", "cycle", "group", "round", "version")},
        "made_at": manifest["made_at"],
        "protocol": {name: protocol[name] for name in ("number", "version", "code", "commitment")},
        "journal": manifest["journal"],
        "files": len(manifest["files"]),
    }


def _warnings(report: Report, language: str) -> list[str]:
    return [package_words.warning(each.code, language, each.facts) for each in report.warnings]


def _text(report: Report, path: str, language: str) -> list[str]:
    def say(code: str, **facts: Any) -> str:
        return package_words.word(code, language, **facts)

    lines = [f"{say('package')}: {path}"]
    if report.manifest is not None:
        lines.append(f"{say('group')}: {_heading(report.manifest, language)}")
    lines.append("")
    for check in report.checks:
        detail = _detail(check, language) or say("not-reached")
        heading = package_words.title(check.number, language)
        lines.append(f" {MARKS[check.ok]} {check.number:2}  {heading}. {detail}")
    if report.warnings:
        lines += ["", f"{say('warnings')}:"]
        lines += [f" ! {sentence}" for sentence in _warnings(report, language)]
    failed = next((check for check in report.checks if check.ok is False), None)
    if failed is not None:
        return [*lines, "", say("failed", number=failed.number)]
    return [
        *lines,
        "",
        say("verified"),
        "",
        f"{say('proves-title')}. {say('proves')}",
        f"{say('proves-not-title')}. {say('proves-not')}",
    ]


def _heading(manifest: Any, language: str) -> str:
    names = manifest["group"]["name"]
    protocol = manifest["protocol"]
    return package_words.word(
        "heading",
        language,
        group=names.get(language) or next(filter(None, names.values())),
        cycle=manifest["cycle"],
        round=manifest["round"]["number"],
        number=protocol["number"],
        version=protocol["version"],
    )
