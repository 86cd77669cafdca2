"""`okil regulation schema | new | check`: what a group's regulation settles, breaks or leaves unsaid."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from okil.pure.rules import regulation_words
from okil.pure.rules.regulation import RULES_OF, Part
from okil.pure.rules.regulation.findings import Finding, Level, Outcome, examine
from okil.pure.rules.regulation_file import (
    MEGABYTES_AT_MOST,
    Contents,
    NotARegulation,
    Wrong,
    contents_of,
    empty,
)
from okil.pure.rules.regulation_schema import schema
from okil.site.command_line.arguments import Arguments
from okil.site.command_line.ballot_words import printable
from okil.site.command_line.regulation_words import word

ACTS = ("schema", "new", "check")
LONGEST_KEY = 60
MARKS = {Outcome.FULFILLED: "✓", Outcome.BROKEN: "✗", Outcome.NOT_REGULATED: "?"}


def run(arguments: list[str], language: str) -> int:
    chosen = _parsed(arguments, language)
    if chosen.act != "check":
        print(_printed(schema() if chosen.act == "schema" else empty()))
        return 0
    try:
        contents = contents_of(_read(Path(chosen.file)))
    except NotARegulation as error:
        reason = word(error.code, language, **error.facts)
        return _unusable(word("not-a-regulation", language, path=chosen.file, reason=reason))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _unusable(word("cannot-open", language, path=chosen.file, reason=reason))
    found = examine(contents.regulation, contents.around)
    if chosen.format == "json":
        print(_printed(_as_json(contents, found, language)))
    else:
        print("\n".join(_text(contents, found, language)))
    return int(bool(contents.wrong) or any(each.closes for each in found))


def _parsed(arguments: list[str], language: str) -> argparse.Namespace:
    def say(code: str) -> str:
        return word(code, language)

    parser = Arguments("regulation", language)
    acts = "; ".join(f"{act}: {say(f'about-{act}')}" for act in ACTS)
    parser.add_argument("act", choices=ACTS, help=acts)
    parser.add_argument("file", metavar="FILE", nargs="?", help=say("option-file"))
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help=say("option-format")
    )
    chosen = parser.parse_args(arguments)
    if chosen.act == "check" and chosen.file is None:
        parser.error(say("file-needed"))
    if chosen.act != "check" and chosen.file is not None:
        parser.error(say("no-file-needed"))
    return chosen


def _unusable(sentence: str) -> int:
    print(printable(sentence), file=sys.stderr)
    return 2


def _printed(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _read(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(MEGABYTES_AT_MOST * 1_000_000 + 1)


# For programs


def _as_json(contents: Contents, found: Sequence[Finding], language: str) -> dict[str, Any]:
    """What docs/schemas/regulation-check.json describes."""
    wrong = [_wrong_as_json(code, key, language) for code, key in contents.wrong]
    return {
        "findings": [*wrong, *(_finding_as_json(each, language) for each in found)],
        "counts": _counts(found),
    }


def _wrong_as_json(code: Wrong, key: str, language: str) -> dict[str, Any]:
    return {
        "code": code.value,
        "level": Level.MUST.value,
        "outcome": Outcome.BROKEN.value,
        "questions": [key],
        "title": word(f"{code}-title", language),
        "message": word(f"{code}-message", language, key=_short(key)),
        "why": word(f"{code}-why", language),
        "quotation": None,
        "wording": word(f"{code}-wording", language),
        "closes": None,
    }


def _short(key: str) -> str:
    """As much of a stranger's key as a sentence can hold."""
    return key if len(key) <= LONGEST_KEY else f"{key[: LONGEST_KEY - 1]}…"


def _finding_as_json(finding: Finding, language: str) -> dict[str, Any]:
    quoted = regulation_words.quotation(finding.rule, language)
    return {
        "code": finding.rule,
        "level": finding.level.value,
        "outcome": finding.outcome.value,
        "questions": list(finding.questions),
        "title": regulation_words.title(finding.rule, language),
        "message": regulation_words.message(finding, language),
        "why": regulation_words.why(finding.rule, language),
        "quotation": quoted
        and {"text": quoted.text, "source": quoted.source, "translated": quoted.is_ours},
        "wording": regulation_words.remedy(finding.rule, language),
        "closes": finding.closes and finding.closes.value,
    }


def _counts(found: Sequence[Finding]) -> dict[str, int]:
    of = Counter(each.outcome for each in found)
    return {outcome.value: of[outcome] for outcome in Outcome}


# For people


def _text(contents: Contents, found: Sequence[Finding], language: str) -> list[str]:
    lines = list(_wrong_as_text(contents, language))
    by_rule = {each.rule: each for each in found}
    for part in Part:
        lines.append(regulation_words.part(part, language))
        for rule in RULES_OF[part]:
            lines += _finding_as_text(by_rule[rule], language)
        lines.append("")
    lines.append(word("counts", language, **_counts(found)))
    if contents.wrong:
        lines.append(word("keys-wrong", language, number=len(contents.wrong)))
    if not any(each.closes for each in found):
        lines.append(word("musts-kept", language))
    return lines


def _wrong_as_text(contents: Contents, language: str) -> Iterator[str]:
    if not contents.wrong:
        return
    yield word("keys", language)
    for code, key in contents.wrong:
        told = printable(word(f"{code}-message", language, key=_short(key)))
        yield f"  {MARKS[Outcome.BROKEN]} {told} {word(f'{code}-wording', language)}"
    yield ""


def _finding_as_text(finding: Finding, language: str) -> Iterator[str]:
    yield "  " + word(
        "line",
        language,
        mark=MARKS[finding.outcome],
        rule=finding.rule,
        title=regulation_words.title(finding.rule, language),
        level=regulation_words.level(finding.level, language),
        outcome=regulation_words.outcome(finding.outcome, language),
    )
    if finding.outcome is Outcome.FULFILLED:
        return
    yield f"      {regulation_words.message(finding, language)}"
    wording = regulation_words.remedy(finding.rule, language)
    yield f"      {word('wording', language, wording=wording)}"
    if finding.closes:
        yield f"      {word(f'closes-{finding.closes}', language)}"
