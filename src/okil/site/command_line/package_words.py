"""The words of `okil package`, read from the file beside this one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from okil.pure.rules.counting_words import text_of, text_of_unreadable

_FILE = Path(__file__).with_suffix(".json")


@cache
def _sections(language: str) -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, dict[str, str]]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return words[language]


def word(code: str, language: str, **facts: Any) -> str:
    return _sections(language)["words"][code].format(**facts)


def title(number: int, language: str) -> str:
    return _sections(language)["titles"][str(number)]


def done(number: int, language: str, facts: Mapping[str, Any]) -> str:
    """What a check found when all was well."""
    return _sections(language)["done"][str(number)].format(**facts)


def warning(code: str, language: str, facts: Mapping[str, Any]) -> str:
    return _sections(language)["warnings"][code].format(**_in_words(facts, language))


def reason(code: str, language: str, facts: Mapping[str, Any]) -> str:
    """Why a check failed; in which file, where the sentence does not say so itself."""
    pattern = _sections(language)["reasons"][code]
    sentence = pattern.format(**_in_words(facts, language))
    if "path" in facts and "{path}" not in pattern:
        sentence = word("in-file", language, path=facts["path"], sentence=sentence)
    return sentence


def _in_words(facts: Mapping[str, Any], language: str) -> dict[str, Any]:
    spoken = dict(facts)
    if "role" in facts:
        spoken["who"] = word(facts["role"], language, number=facts["number"])
        spoken["Who"] = spoken["who"][0].upper() + spoken["who"][1:]
    if "audience" in facts:
        spoken["audience"] = word(facts["audience"], language)
    if "finding" in facts:
        spoken["finding"] = text_of(facts["finding"], language)
    if "unreadable" in facts:
        spoken["unreadable"] = text_of_unreadable(facts["unreadable"], language)
    if facts.get("place") == "":
        spoken["place"] = "{}"
    return spoken
