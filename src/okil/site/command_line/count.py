"""`okil count`: what the numbers of a count decide, and every step of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from okil.pure.encoding import NotCanonical, read_json
from okil.pure.rules.count_sheet import Finding, UnreadableSheet, sheet_from
from okil.pure.rules.counting import Result, count
from okil.pure.rules.counting_words import PLACES, text_of, text_of_unreadable
from okil.site.command_line import words
from okil.site.command_line.arguments import Arguments
from okil.site.command_line.ballot_words import printable

LARGEST = 16_000_000  # bytes: a hundred thousand ballots with long names

SENTENCES: dict[str, dict[str, str]] = {
    "count-file": {
        "ru": "числа подсчёта в JSON (docs/counting.md)",
        "kk": "санаудың JSON түріндегі сандары (docs/counting.md)",
        "en": "the numbers of a count in JSON (docs/counting.md)",
    },
    "count-format": {
        "ru": "text или json (по умолчанию text)",
        "kk": "text немесе json (әдепкісі text)",
        "en": "text or json (text by default)",
    },
    "count-too-large": {
        "ru": "{path}: файл больше {largest} байт.",
        "kk": "{path}: файл {largest} байттан үлкен.",
        "en": "{path}: the file is larger than {largest} bytes.",
    },
    "count-not-json": {
        "ru": "{path}: это не JSON в UTF-8, где каждый ключ стоит один раз и все числа целые.",
        "kk": "{path}: бұл әр кілті бір рет тұратын, сандары бүтін UTF-8 JSON емес.",
        "en": "{path}: this is not JSON in UTF-8 with every key once and whole numbers only.",
    },
    "count-unreadable": {
        "ru": "{path}: {reason}",
        "kk": "{path}: {reason}",
        "en": "{path}: {reason}",
    },
    "count-member": {"ru": "Член", "kk": "Мүше", "en": "Member"},
    "count-alternate": {"ru": "Альтернат", "kk": "Альтернат", "en": "Alternate"},
    "count-nobody": {"ru": "никто", "kk": "ешкім", "en": "nobody"},
    "count-tie": {"ru": "Равенство", "kk": "Теңдік", "en": "Tie"},
    "count-second-round": {"ru": "Второй тур", "kk": "Екінші тур", "en": "Second round"},
    "count-how": {
        "ru": "Как получен результат",
        "kk": "Нәтиже қалай шықты",
        "en": "How this came about",
    },
    "count-contradictory": {
        "ru": "Числа противоречат друг другу, поэтому ничего не подсчитано:",
        "kk": "Сандар бір-біріне қайшы, сондықтан ештеңе саналған жоқ:",
        "en": "The numbers contradict each other, so nothing is counted:",
    },
}

words.SENTENCES.update(SENTENCES)


def run(arguments: list[str], language: str) -> int:
    parser = Arguments("count", language)
    parser.option("file", "count-file", metavar="FILE")
    parser.option("--format", "count-format", choices=["text", "json"], default="text")
    chosen = parser.parse_args(arguments)
    try:
        result = count(sheet_from(_read(Path(chosen.file))))
    except UnreadableSheet as error:
        reason = text_of_unreadable(error, language)
        return _unusable("count-unreadable", language, path=chosen.file, reason=reason)
    except NotCanonical:
        return _unusable("count-not-json", language, path=chosen.file)
    except _TooLarge:
        return _unusable("count-too-large", language, path=chosen.file, largest=LARGEST)

    if chosen.format == "json":
        print(json.dumps(as_json(result, language), ensure_ascii=False, indent=2))
    else:
        print("\n".join(map(printable, _text(result, language))))
    return 1 if result.contradictions else 0


class _TooLarge(Exception):  # noqa: N818 (reads as what happened)
    pass


def _read(path: Path) -> Any:
    with path.open("rb") as stream:
        raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise _TooLarge
    return read_json(raw)


def _unusable(code: str, language: str, **facts: object) -> int:
    print(printable(words.sentence(code, language, **facts)), file=sys.stderr)
    return 2


def as_json(result: Result, language: str) -> dict[str, Any]:
    """What docs/schemas/count.json describes."""
    answer: dict[str, Any] = {
        "winners": list(result.winners),
        "alternates": list(result.alternates),
        "ties": [{"between": list(tie.between), "for": tie.place} for tie in result.ties],
        "second_round": [name for each in result.second_round for name in each.between],
        "decided": result.decided,
        "steps": _findings(result.steps, language),
    }
    if result.contradictions:
        answer["contradictions"] = _findings(result.contradictions, language)
    return answer


def _findings(findings: Sequence[Finding], language: str) -> list[dict[str, str]]:
    return [{"code": each.code, "text": text_of(each, language)} for each in findings]


def _text(result: Result, language: str) -> list[str]:
    def say(code: str) -> str:
        return words.sentence(f"count-{code}", language)

    if result.contradictions:
        found = [f" ✗ {text_of(each, language)}" for each in result.contradictions]
        return [say("contradictory"), *found]
    lines = [
        f"{say('member')}: {', '.join(result.winners) or say('nobody')}",
        f"{say('alternate')}: {', '.join(result.alternates) or say('nobody')}",
    ]
    for tie in result.ties:
        place = PLACES[tie.place][language]
        lines.append(f"{say('tie')} ({place}): {', '.join(tie.between)}")
    for each in result.second_round:
        place = PLACES[each.place][language]
        lines.append(f"{say('second-round')} ({place}): {', '.join(each.between)}")
    lines += ["", say("how")]
    steps = enumerate(result.steps, 1)
    return [*lines, *(f" {number:2}  {text_of(step, language)}" for number, step in steps)]
