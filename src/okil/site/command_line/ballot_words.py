"""The words of `okil verify` and `okil archive`, read from the file beside this one."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from okil.pure.ballots.failures import CheckFailed

_FILE = Path(__file__).with_suffix(".json")
_PLACE = re.compile(r"(.*?)(?: (\d+))?")


@cache
def _sections(language: str) -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, dict[str, str]]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return words[language]


def word(code: str, language: str, **facts: Any) -> str:
    return _sections(language)["words"][code].format(**facts)


def title(number: int, language: str) -> str:
    return _sections(language)["titles"][str(number)]


def done(code: str, language: str, **facts: Any) -> str:
    """What a check found when all was well."""
    return _sections(language)["done"][code].format(**facts)


def warning(code: str, language: str) -> str:
    return _sections(language)["warnings"][code]


def reason(code: str, language: str, height: int | None, **facts: Any) -> str:
    """Why a check failed, and at which event."""
    if "where" in facts:
        facts["where"] = _place(str(facts["where"]), language)
    sentence = _sections(language)["reasons"][code].format(**facts)
    if height is not None:
        sentence = word("at-event", language, height=height, sentence=sentence)
    return sentence[0].upper() + sentence[1:]


def failure(failed: CheckFailed, language: str) -> str:
    sentence = reason(failed.reason, language, failed.height, **failed.facts)
    return word("archive-faulty", language, number=failed.check, sentence=sentence)


def printable(line: str) -> str:
    """What a stranger wrote cannot move the cursor, change colours or turn the line around."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in line)


def _place(where: str, language: str) -> str:
    """`question 2, entry 1` in the reader's language."""
    places = _sections(language)["places"]
    parts = []
    for part in where.split(", "):
        found = _PLACE.fullmatch(part)
        name, number = found.groups() if found else (part, None)
        parts.append(f"{places[name]} {number}" if number else places[name])
    return ", ".join(parts)
