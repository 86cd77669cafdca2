"""Who stands behind the numbers of an election (PROTOCOL.md, section 16.2).

The election holds numbers only. Its description is a hash over salted commitments to the names, so
a name can later be withdrawn from the names file and the others still verify.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from okil.pure.ballots import strict
from okil.pure.ballots.election import Election, Question
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.group import Chance
from okil.pure.encoding import base64_text, canonical_json, read_base64, read_json, sha256_hex

LANGUAGES = ("kk", "ru", "en")
_SALT_BYTES = 32
_PREFIX = "names:"


@dataclass(frozen=True)
class Names:
    """The names of one election, by (question, answer), both from 0; answer None is the question.

    A name that was withdrawn is absent.
    """

    by_place: Mapping[tuple[int, int | None], Mapping[str, str]]

    def of(self, question: int, answer: int | None, language: str) -> str | None:
        names = self.by_place.get((question, answer))
        return None if names is None else names[language]


def name_entry(
    question: int, answer: int | None, names: Mapping[str, str], chance: Chance
) -> dict[str, Any]:
    """One object of the names file, with fresh salt."""
    return {
        "question": question,
        "answer": answer,
        "salt": base64_text(chance(_SALT_BYTES)),
        **{language: names[language] for language in LANGUAGES},
    }


def commitment(entry: Mapping[str, Any]) -> str:
    """c of one object; of one that shrank to its commitment, that."""
    if "commitment" in entry:
        return str(entry["commitment"])
    return sha256_hex(canonical_json(entry))


def description_of(entries: Sequence[Mapping[str, Any]]) -> str:
    """The description of the election that these names belong to."""
    joined = ",".join(commitment(entry) for entry in entries)
    return _PREFIX + sha256_hex(joined.encode())


def withdrawn(entry: Mapping[str, Any]) -> dict[str, str]:
    """The entry without its name."""
    return {"commitment": commitment(entry)}


def places(questions: Sequence[Question]) -> Iterator[tuple[int, int | None]]:
    """The order of the names file: each question's title, then its answers."""
    for i, question in enumerate(questions):
        yield i, None
        for j in range(len(question.answers)):
            yield i, j


def read_names(election: Election, raw: bytes) -> Names:
    """The names in this file; raises Malformed if they are not those of the election."""
    where = "names"
    expected = list(places(election.questions))
    entries = strict.items(read_json(raw), where=where, count=len(expected))
    by_place: dict[tuple[int, int | None], Mapping[str, str]] = {}
    for place, entry in zip(expected, entries, strict=True):
        if isinstance(entry, dict) and "commitment" in entry:
            strict.digest(
                strict.fields(entry, "commitment", where=where)["commitment"], where=where
            )
        else:
            by_place[place] = _read_entry(entry, place)
    if description_of(entries) != election.description:
        raise Malformed("names-of-another-election", where=where)
    return Names(by_place)


def _read_entry(entry: Any, place: tuple[int, int | None]) -> Mapping[str, str]:
    question, answer = place
    where = f"name of question {question + 1}"
    if answer is not None:
        where += f", answer {answer + 1}"
    found = strict.fields(entry, "question", "answer", "salt", *LANGUAGES, where=where)
    if canonical_json([found["question"], found["answer"]]) != canonical_json([question, answer]):
        raise Malformed("names-out-of-order", where=where)
    if len(read_base64(strict.text(found["salt"], where=where))) != _SALT_BYTES:
        raise Malformed("salt-wrong", where=where)
    return {language: strict.text(found[language], where=where) for language in LANGUAGES}
