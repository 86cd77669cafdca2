"""`okil archive show | tracker | compare`: what is inside an archive, without judging the votes."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from okil.pure.ballots.archive import NotAnArchive, Reader
from okil.pure.ballots.contents import Contents, read_contents
from okil.pure.ballots.decryption import read_owned
from okil.pure.ballots.failures import CheckFailed, during
from okil.pure.encoding import NotCanonical, base64_text, read_base64, read_canonical_json
from okil.site.command_line import ballot_words
from okil.site.command_line.arguments import Arguments

PIECE = 2**20  # bytes compared at a time


def run(arguments: list[str], language: str) -> int:
    parser, chosen = _parsed(arguments, language)
    act, operands = ACTS[chosen.act]
    if len(chosen.operands) != len(operands):
        parser.error(" ".join(["okil archive", chosen.act, *operands]))
    try:
        status, answer, lines = act(*chosen.operands, language)
    except CheckFailed as failed:
        sentence = ballot_words.failure(failed, language)
        status, answer = 1, {"check": failed.check, "reason": failed.reason, "detail": sentence}
        lines = [sentence]
    except NotAnArchive:
        path = chosen.operands[0]
        return _unusable(ballot_words.word("not-an-archive", language, path=path))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        path = error.filename or chosen.operands[0]
        return _unusable(ballot_words.word("cannot-open", language, path=path, reason=reason))
    if chosen.format == "json":
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        print("\n".join(map(ballot_words.printable, lines)))
    return status


def _parsed(arguments: list[str], language: str) -> tuple[Arguments, argparse.Namespace]:
    def say(code: str) -> str:
        return ballot_words.word(code, language)

    parser = Arguments("archive", language)
    acts = "; ".join(f"{act}: {say(f'about-{act}')}" for act in ACTS)
    parser.add_argument("act", choices=tuple(ACTS), help=acts)
    usages = "; ".join(f"{act} {' '.join(operands)}" for act, (_, operands) in ACTS.items())
    parser.add_argument("operands", nargs="+", metavar="FILE", help=usages)
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help=say("option-format")
    )
    return parser, parser.parse_args(arguments)


def _unusable(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


# Each act answers with an exit status, what a program reads, and what people read.
Answer = tuple[int, dict[str, Any], list[str]]


def _read(stream: BinaryIO) -> tuple[Reader, Contents]:
    reader = Reader(stream)
    contents = read_contents(reader, lambda done, of: None)
    return reader, contents


def show(path: str, language: str) -> Answer:
    with Path(path).open("rb") as stream:
        reader, contents = _read(stream)
        events = list(_events(reader, contents))
    created = datetime.fromtimestamp(reader.timestamp or 0, UTC).isoformat()
    lines = [f"{ballot_words.word('created', language)}: {created}"]
    for event in events:
        about = ballot_words.word(f"event-{event['type']}", language, owner=event.get("owner", ""))
        more = event.get("tracker") or event.get("result") or event.get("fingerprint") or ""
        lines.append(f"{event['height']:6}  {event['hash'][:12]}  {about}  {more}".rstrip())
    fault = contents.faults.get(2)
    answer: dict[str, Any] = {"timestamp": reader.timestamp, "events": events}
    if fault is not None:
        lines.append(ballot_words.failure(fault, language))
        answer["fault"] = lines[-1]
    return (0 if fault is None else 1), answer, lines


def _events(reader: Reader, contents: Contents) -> Iterator[dict[str, Any]]:
    """Every event in order, with what is worth knowing about it."""
    others = {event.height: event for events in contents.events.values() for event in events}
    ballots = {ballot.height: ballot for ballot in contents.ballots}
    for height, event_hash in enumerate(contents.event_hashes):
        about: dict[str, Any] = {"height": height, "hash": event_hash.hex()}
        if height in ballots:
            yield {**about, "type": "Ballot", "tracker": base64_text(ballots[height].hash)}
            continue
        event = others.get(height)
        if event is None:
            continue
        about["type"] = event.kind
        if event.kind == "Setup":
            about["fingerprint"] = base64_text(bytes.fromhex(event.records[0].hash))
        elif event.kind == "PartialDecryption":
            with during(9, height):
                about["owner"] = read_owned(reader.read_body(event.records[1])).owner
        elif event.kind == "Result":
            value = read_canonical_json(reader.read_body(event.records[0]))
            about["result"] = value.get("result") if isinstance(value, dict) else None
        yield about


def tracker(path: str, wanted: str, language: str) -> Answer:
    with Path(path).open("rb") as stream:
        _, contents = _read(stream)
    try:
        place = contents.ballot_with(read_base64(wanted.rstrip("=")))
    except NotCanonical:
        place = None
    if place is None:
        sentence = ballot_words.word("tracker-absent", language)
        return 1, {"tracker": wanted, "found": False, "detail": sentence}, [sentence]
    ballot = contents.ballots[place]
    answer: dict[str, Any] = {"tracker": wanted, "found": True, "height": ballot.height}
    counts = contents.counts(place)
    replaced_by = None
    if not counts and ballot.credential is not None:
        last = contents.last_of_credential[ballot.credential]
        replaced_by = contents.ballots[last].height
    sentence = (
        ballot_words.word("tracker-counts", language, height=ballot.height)
        if counts
        else ballot_words.word("tracker-replaced", language, height=ballot.height, by=replaced_by)
    )
    answer |= {"counts": counts, "replaced_by": replaced_by, "detail": sentence}
    return 0, answer, [sentence]


def compare(old: str, new: str, language: str) -> Answer:
    with Path(old).open("rb") as old_stream, Path(new).open("rb") as new_stream:
        _, before = _read(old_stream)
        _, after = _read(new_stream)
        continues = _begins_with(new_stream, old_stream)
    added = len(after.event_hashes) - len(before.event_hashes)
    if continues and added == 0:
        sentence = ballot_words.word("compare-same", language)
    elif continues:
        sentence = ballot_words.word("compare-continues", language, events=added)
    else:
        pairs = enumerate(zip(before.event_hashes, after.event_hashes, strict=False))
        shorter = min(len(before.event_hashes), len(after.event_hashes))
        height = next((height for height, (one, other) in pairs if one != other), shorter)
        sentence = ballot_words.word("compare-differs", language, height=height)
    answer = {"continues": continues, "added": added if continues else None, "detail": sentence}
    return (0 if continues else 1), answer, [sentence]


def _begins_with(stream: BinaryIO, beginning: BinaryIO) -> bool:
    stream.seek(0)
    beginning.seek(0)
    while piece := beginning.read(PIECE):
        if stream.read(len(piece)) != piece:
            return False
    return True


ACTS: dict[str, tuple[Callable[..., Answer], tuple[str, ...]]] = {
    "show": (show, ("FILE",)),
    "tracker": (tracker, ("FILE", "TRACKER")),
    "compare": (compare, ("OLD", "NEW")),
}
