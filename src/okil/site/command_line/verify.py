"""`okil verify`: the ten numbered checks of an archive, for people and for programs."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from okil.pure.ballots.archive import NotAnArchive
from okil.pure.ballots.election import Election
from okil.pure.ballots.examination import CheckResult, Executor, Given, Report
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.names import Names
from okil.pure.ballots.statements import read_public_key
from okil.pure.ballots.trustees import Pedersen
from okil.pure.ballots.verify import verify
from okil.site.command_line import ballot_words
from okil.site.command_line.arguments import Arguments, number_of_processes
from okil.site.command_line.progress import Progress, percent

SMALL = 500_000  # bytes: below, starting processes takes longer than they save
SIDE_FILES = ("names", "void", "heads", "receipt")
MARKS = {True: "✓", False: "✗", None: "–"}


def run(arguments: list[str], language: str) -> int:
    chosen = _parser(language).parse_args(arguments)
    if chosen.heads is not None and chosen.key is None:
        return _unusable(ballot_words.word("heads-need-key", language))
    try:
        key = None if chosen.key is None else read_public_key(chosen.key)
    except Malformed:
        return _unusable(ballot_words.word("key-wrong", language))

    began = time.monotonic()
    try:
        report = _verified(chosen, key, _progress(language, began))
    except NotAnArchive:
        return _unusable(ballot_words.word("not-an-archive", language, path=chosen.archive))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        path = error.filename or chosen.archive
        return _unusable(ballot_words.word("cannot-open", language, path=path, reason=reason))
    seconds = time.monotonic() - began

    if chosen.format == "json":
        print(json.dumps(as_json(report, language, seconds), ensure_ascii=False, indent=2))
    else:
        print("\n".join(map(ballot_words.printable, _text(report, chosen, language))))
    return 0 if report.verified and (report.complete or not chosen.complete) else 1


def _parser(language: str) -> argparse.ArgumentParser:
    def about(name: str) -> str:
        return ballot_words.word(f"option-{name}", language).replace("%", "%%")

    parser = Arguments("verify", language)
    parser.add_argument("archive", metavar="ARCHIVE.bel", help=about("file"))
    parser.add_argument("--jobs", type=number_of_processes, metavar="N", help=about("jobs"))
    parser.add_argument("--complete", action="store_true", help=about("complete"))
    parser.add_argument(
        "--accept-standard-proofs", action="store_true", help=about("accept-standard-proofs")
    )
    for name in ("election-fingerprint", "credentials-fingerprint"):
        parser.add_argument(f"--{name}", metavar="F", help=about(name))
    for name in SIDE_FILES:
        parser.add_argument(f"--{name}", metavar="FILE", help=about(name))
    parser.add_argument("--key", metavar="K", help=about("key"))
    parser.add_argument("--format", choices=("text", "json"), default="text", help=about("format"))
    return parser


def _unusable(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


def _verified(
    chosen: argparse.Namespace, key: Ed25519PublicKey | None, progress: Progress
) -> Report:
    files = {
        name: None if getattr(chosen, name) is None else Path(getattr(chosen, name)).read_bytes()
        for name in SIDE_FILES
    }
    given = Given(
        accept_standard_proofs=chosen.accept_standard_proofs,
        election_fingerprint=chosen.election_fingerprint,
        credentials_fingerprint=chosen.credentials_fingerprint,
        key=key,
        **files,
    )
    path = Path(chosen.archive)
    with path.open("rb") as stream, _workers(path, chosen.jobs) as executor:
        try:
            return verify(stream, given, executor=executor, progress=progress)
        finally:
            progress.end()


@contextmanager
def _workers(path: Path, jobs: int | None) -> Iterator[Executor | None]:
    jobs = jobs or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else [0, 1])
    if jobs == 1 or path.stat().st_size < SMALL:
        yield None
        return
    with ProcessPoolExecutor(jobs) as executor:
        yield executor


def _progress(language: str, began: float) -> Progress:
    return Progress(
        lambda check, done, of: ballot_words.word(
            "progress", language, number=check, percent=percent(done, of)
        ),
        began,
    )


# What it says


def _detail(check: CheckResult, language: str) -> str | None:
    facts = dict(check.facts)
    if check.ok is False:
        return ballot_words.reason(check.reason or "", language, check.height, **facts)
    if facts.pop("unfinished", False):
        return ballot_words.word(f"unfinished-{check.number}", language, **facts)
    if check.ok is None:
        return None
    code = f"{check.number}-heads" if "heads" in facts else str(check.number)
    return ballot_words.done(code, language, **facts)


def as_json(report: Report, language: str, seconds: float) -> dict[str, Any]:
    """What docs/schemas/verify.json describes."""
    return {
        "verified": report.verified,
        "complete": report.complete,
        "checks": [
            {
                "number": check.number,
                "title": ballot_words.title(check.number, language),
                "ok": check.ok,
                "detail": _detail(check, language),
                "reason": check.reason,
                "height": check.height,
            }
            for check in report.checks
        ],
        "election": _election_as_json(report),
        "ballots": report.ballots,
        "result": report.result,
        "warnings": [ballot_words.warning(code, language) for code in report.warnings],
        "seconds": round(seconds, 3),
    }


def _election_as_json(report: Report) -> dict[str, Any] | None:
    election, names = report.election, report.names
    if election is None:
        return None

    def named(question: int, answer: int | None) -> dict[str, str] | None:
        return None if names is None else dict(names.by_place.get((question, answer), {})) or None

    return {
        "uuid": election.uuid,
        "name": election.name,
        "description": election.description,
        "fingerprint": election.fingerprint,
        "credentials_fingerprint": report.credentials and report.credentials.fingerprint,
        "trustees_fingerprint": report.checks[3].facts.get("fingerprint"),
        "credentials": None if report.credentials is None else len(report.credentials),
        "total_weight": None if report.credentials is None else report.credentials.total_weight,
        "trustees": None if report.trustees is None else len(report.trustees.keys),
        "trustees_needed": report.trustees and report.trustees.needed,
        "certificates": _certificates(report),
        "questions": [
            {
                "title": question.title,
                "answers": list(question.answers),
                "min": question.minimum,
                "max": question.maximum,
                "blank": question.blank,
                "names": None
                if names is None
                else {
                    "title": named(i, None),
                    "answers": [named(i, j) for j in range(len(question.answers))],
                },
            }
            for i, question in enumerate(election.questions)
        ],
    }


def _certificates(report: Report) -> list[str]:
    blocks = () if report.trustees is None else report.trustees.blocks
    return [
        each for block in blocks if isinstance(block, Pedersen) for each in block.certificate_ids
    ]


def _text(report: Report, chosen: argparse.Namespace, language: str) -> list[str]:
    def say(code: str, **facts: Any) -> str:
        return ballot_words.word(code, language, **facts)

    lines = [f"{say('archive')}: {chosen.archive}"]
    if report.election is not None:
        lines.append(f"{say('election')}: {report.election.name} ({report.election.uuid})")
    lines.append("")
    for check in report.checks:
        detail = _detail(check, language) or say("not-reached")
        heading = ballot_words.title(check.number, language)
        lines += [f" {MARKS[check.ok]} {check.number:2}  {heading}. {detail}"]
    certificates = _certificates(report)
    if certificates:
        lines += ["", f"{say('commission')}:", *(f"   {each}" for each in certificates)]
    if report.election is not None and report.result is not None:
        result = _result(report.election, report.result, report.names, language)
        lines += ["", say("result"), *result]
    if report.warnings:
        lines += ["", f"{say('warnings')}:"]
        lines += [f" ! {ballot_words.warning(code, language)}" for code in report.warnings]
    lines += ["", *_verdict(report, chosen, language)]
    return lines


def _result(
    election: Election, result: Sequence[Sequence[int]], names: Names | None, language: str
) -> list[str]:
    lines = []
    for i, (question, counts) in enumerate(zip(election.questions, result, strict=True)):
        heading = ballot_words.word("question", language, number=i + 1)
        lines.append(f"  {heading}: {_named(question.title, names, (i, None), language)}")
        entries = [
            _named(answer, names, (i, j), language) for j, answer in enumerate(question.answers)
        ]
        if question.blank:
            entries.insert(0, ballot_words.word("blank", language))
        width = len(str(max(counts)))
        lines += [
            f"    {count:>{width}}  {entry}" for entry, count in zip(entries, counts, strict=True)
        ]
    return lines


def _named(neutral: str, names: Names | None, place: tuple[int, int | None], language: str) -> str:
    if names is None:
        return neutral
    named = names.of(*place, language) or ballot_words.word("name-withdrawn", language)
    return f"{neutral}. {named}"


def _verdict(report: Report, chosen: argparse.Namespace, language: str) -> list[str]:
    def say(code: str, **facts: Any) -> str:
        return ballot_words.word(code, language, **facts)

    failed = next((check for check in report.checks if check.ok is False), None)
    if failed is not None:
        return [say("failed", number=failed.number)]
    if not report.complete:
        lines = [say("so-far"), say("no-result")]
        return [*lines, say("must-be-complete")] if chosen.complete else lines
    return [
        say("verified"),
        "",
        f"{say('proves-title')}. {say('proves')}",
        f"{say('proves-not-title')}. {say('proves-not')}",
    ]
