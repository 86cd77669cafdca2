"""What is asked, and under which key: election.json (PROTOCOL.md, sections 6 and 16.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from okil.pure.ballots import group, strict
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.group import Element, FixedBase
from okil.pure.encoding import canonical_json, read_canonical_json, sha256_base64

MOST_ANSWERS = 1000  # a bound against absurd files, far above any ballot paper
_UUID = re.compile(r"[1-9A-HJ-NP-Za-km-z]{14,}")


@dataclass(frozen=True)
class Question:
    """Choose `minimum` to `maximum` of the answers, or cast a blank where that is allowed."""

    title: str
    answers: tuple[str, ...]
    minimum: int
    maximum: int
    blank: bool = False

    @property
    def entries(self) -> int:
        """How many ciphertexts a ballot has for it; the blank one comes first."""
        return len(self.answers) + self.blank

    def as_json(self) -> dict[str, Any]:
        return {
            "answers": list(self.answers),
            **({"blank": True} if self.blank else {}),
            "min": self.minimum,
            "max": self.maximum,
            "question": self.title,
        }


@dataclass(frozen=True)
class Election:
    """One election. `raw` are the bytes whose hash is the fingerprint (phi in PROTOCOL.md)."""

    raw: bytes
    uuid: str
    name: str
    description: str
    public_key: Element
    questions: tuple[Question, ...]

    @cached_property
    def fingerprint(self) -> str:
        return sha256_base64(self.raw)

    @cached_property
    def y(self) -> FixedBase:
        """The election key, ready for many powers."""
        return FixedBase(self.public_key)


def election_record(
    *,
    uuid: str,
    name: str,
    description: str,
    public_key: Element,
    questions: tuple[Question, ...],
    administrator: str | None = None,
    credential_authority: str | None = None,
) -> bytes:
    """The bytes of election.json."""
    record: dict[str, Any] = {
        "version": 1,
        "description": description,
        "name": name,
        "group": group.NAME,
        "public_key": str(public_key),
        "questions": [question.as_json() for question in questions],
        "uuid": uuid,
    }
    if administrator is not None:
        record["administrator"] = administrator
    if credential_authority is not None:
        record["credential_authority"] = credential_authority
    return canonical_json(record)


def read_election(raw: bytes) -> Election:
    """The election that these bytes are; raises Malformed or NotCanonical."""
    where = "election"
    found = strict.fields(
        read_canonical_json(raw),
        "version",
        "description",
        "name",
        "group",
        "public_key",
        "questions",
        "uuid",
        "administrator",
        "credential_authority",
        where=where,
        optional=("administrator", "credential_authority"),
    )
    if found["version"] != 1 or found["version"] is True:
        raise Malformed("unknown-version", where=where)
    if found["group"] != group.NAME:
        raise Malformed("unknown-group", where=where)
    for name in ("description", "name", "administrator", "credential_authority"):
        if name in found:
            strict.text(found[name], where=name)
    questions = strict.items(found["questions"], where="questions")
    if not questions:
        raise Malformed("no-question", where=where)
    return Election(
        raw=raw,
        uuid=read_uuid(found["uuid"]),
        name=found["name"],
        description=found["description"],
        public_key=group.read_key(found["public_key"], where="public_key"),
        questions=tuple(_read_question(q, f"question {i}") for i, q in enumerate(questions, 1)),
    )


def read_uuid(value: Any) -> str:
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise Malformed("not-a-uuid", where="uuid")
    return value


def _read_question(value: Any, where: str) -> Question:
    found = strict.fields(
        value, "answers", "blank", "min", "max", "question", where=where, optional=("blank",)
    )
    answers = strict.items(found["answers"], where=where)
    if not 0 < len(answers) <= MOST_ANSWERS:
        raise Malformed("wrong-answers", where=where)
    blank = found.get("blank", False)  # belenios-tool writes false where a template says so
    if not isinstance(blank, bool):
        raise Malformed("wrong-blank", where=where)
    minimum = strict.whole(found["min"], where=where)
    maximum = strict.whole(found["max"], where=where)
    if not minimum <= maximum <= len(answers):
        raise Malformed("wrong-limits", where=where)
    return Question(
        title=strict.text(found["question"], where=where),
        answers=tuple(strict.text(answer, where=where) for answer in answers),
        minimum=minimum,
        maximum=maximum,
        blank=blank,
    )
