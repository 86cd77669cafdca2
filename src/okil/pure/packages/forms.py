"""The form of each JSON file of a package, the protocol's facts aside (facts.py)."""

from __future__ import annotations

from typing import Any

from okil.pure.packages.facts import GROUP, JOURNAL_HEAD, PLACES, ROUND
from okil.pure.packages.failures import Faulty
from okil.pure.packages.shapes import (
    CODE,
    POSITIVE,
    SHA256,
    Anything,
    Day,
    Each,
    Either,
    Fields,
    Flag,
    Maybe,
    Moment,
    Name,
    Named,
    Number,
    Shape,
    Text,
    Texts,
)
from okil.pure.rules.signing import (
    ABSENT,
    COMMISSIONER,
    DISSENT,
    HANDWRITTEN,
    ORGANISER,
    SIGNED,
)

FORMAT = "okil-package/1"
MOST_FILES = 500
QUESTION = "[a-z_]{1,40}"  # of a regulation; also a language, or the column of a list


class Fact(Shape):
    """A fact of a step of the count: text, a number, null, or lists of these."""

    def check(self, value: Any, place: str) -> None:
        if isinstance(value, list):
            for each in value:
                self.check(each, place)
        elif value is not None and not isinstance(value, str | int):
            raise Faulty("wrong-form", place=place)

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "integer", "array", "null"]}


class Answer(Shape):
    """An answer of a regulation: text, number, yes or no, null; lists and objects of these."""

    def check(self, value: Any, place: str) -> None:
        if isinstance(value, dict):
            Named(self, key=QUESTION).check(value, place)
        elif isinstance(value, list):
            for each in value:
                self.check(each, place)
        elif value is not None and not isinstance(value, str | int):  # True is an int
            raise Faulty("wrong-form", place=place)

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "integer", "boolean", "array", "object", "null"]}


MANIFEST = Fields(
    {
        "format": Either((FORMAT,)),
        "body": Texts(least=1),
        "cycle": Number(least=1990, most=2200),
        "group": GROUP,
        "round": ROUND,
        "version": POSITIVE,
        "made_at": Moment(),
        "protocol": Fields(
            {
                "number": Text(least=1, most=40),
                "version": POSITIVE,
                "code": Text(pattern="[0-9A-Za-z]{12}"),
                "internal_sha256": SHA256,
                "public_sha256": SHA256,
                "salt": SHA256,
                "commitment": SHA256,
            },
            "salt: 32 bytes in hexadecimal; commitment: SHA-256 of the salt's bytes and those of "
            "protocol/internal.json",
        ),
        "regulation": Fields({"version": POSITIVE, "sha256": SHA256}),
        "journal": Fields(JOURNAL_HEAD, "the whole journal when the package was made"),
        "files": Each(
            Fields(
                {
                    "path": Text(least=1, most=100),
                    "kind": CODE,
                    "bytes": Number(),
                    "sha256": SHA256,
                }
            ),
            most=MOST_FILES,
        ),
    },
    "manifest.json of a package. Its SHA-256 is the fingerprint of the package.",
)
SIGNATURES = Each(
    Fields(
        {
            "role": Either((COMMISSIONER, ORGANISER)),
            "number": POSITIVE,
            "kind": Either((SIGNED, DISSENT, HANDWRITTEN, ABSENT)),
            "at": Moment(),
            "internal_sha256": SHA256,
            "public_sha256": SHA256,
            "files": Named(SHA256, key="protocol/[a-z.]{1,60}"),
            "note": Text(),
        },
        "number: the person's. files: every rendered file of the protocol. note: the reason of a "
        "dissent or of the statement about an absent member",
    ),
    most=100,
)
_COUNTS = Each(
    Fields(
        {
            "number": POSITIVE,
            "entered_at": Moment(),
            "papers": Fields({name: Number() for name in ("printed", "issued", "unused", "found")}),
            "contests": Each(
                Fields(
                    {
                        "place": Either(PLACES),
                        "votes": Named(Number(), key="[1-9][0-9]{0,9}"),
                        "blank": Number(),
                        "wrongly_completed": Number(),
                        "late": Number(),
                    }
                ),
                most=2,
            ),
        },
        "number: the commission member who counted",
    ),
    least=2,
    most=2,
)
ENTRIES = Fields(
    {"counts": _COUNTS, "explanation": Text()},
    "The two separate counts of the sheet, and why they differed where they did. rounds: those of "
    "the other rounds that the facts tell of.",
    {
        "rounds": Each(
            Fields({"round": POSITIVE, "counts": _COUNTS, "explanation": Text()}),
            least=1,
            most=100,
        )
    },
)
_NAMES = Each(Text(least=1, most=200), most=1000)
RESULT = Fields(
    {
        "winners": _NAMES,
        "alternates": _NAMES,
        "ties": Each(Fields({"between": _NAMES, "for": CODE}), most=1000),
        "second_round": _NAMES,
        "decided": Flag(),
        "steps": Each(Fields({"code": CODE, "facts": Named(Fact())}), most=10_000),
    },
    "What `okil count` answers to count/sheet.json, the steps by code and facts instead of words.",
)
REGULATION = Fields(
    {
        "version": POSITIVE,
        "adopted_by": Maybe(Name()),
        "adopted_on": Maybe(Day()),
        "answers": Named(Answer(), key=QUESTION),
        "decided_here": Named(Answer(), key=QUESTION),
    },
    "answers: what the group's Election Regulation says, null where it is silent. decided_here: "
    "what the group decided for this round where it is silent.",
)
CHECKLIST = Fields(
    {"items": Each(Fields({"kind": CODE, "paths": Each(Text(least=1, most=100))}), most=100)},
    "Every kind of file but this one, with the files that are there.",
)
REMARK = Fields(
    {
        "number": POSITIVE,
        "filed_at": Moment(),
        "organisation": Name(),
        "text": Text(least=1),
    },
    "An observer's remark in the observer's own words and language.",
)
ROW = Fields(
    {
        "number": POSITIVE,
        "previous_hash": SHA256,
        "hash": SHA256,
        "at": Moment(),
        "role": CODE,
        "actor_number": Maybe(Number(most=2**63)),
        "event": CODE,
        "subject_kind": CODE,
        "subject_number": Number(most=2**63),
        "chapter": CODE,
        "before": Maybe(Anything()),
        "after": Maybe(Anything()),
    },
    "A row of the journal, as it was hashed when it was written.",
)
