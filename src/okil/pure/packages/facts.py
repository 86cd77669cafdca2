"""The facts of a results protocol: their form, their public version, and what is computed from them.

The facts are JSON without a language; what people read is composed from them. The public version is
the internal one without the names of those who did not agree, and with small regions merged (REG-95).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from okil.pure.encoding import sha256_hex
from okil.pure.hashchain import canonical_bytes
from okil.pure.packages.shapes import (
    CODE,
    MOST,
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
from okil.pure.rules.cells import merge
from okil.pure.rules.counting import Result
from okil.pure.rules.regulation import SMALLEST_CELL_FLOOR

FORMAT = "okil-protocol/1"
OTHER_REGIONS = "other"
PLACES = ("member", "alternate", "both")
PERSON_LISTS = ("candidates", "commission")  # with the organiser: everybody whom the facts name

GROUP = Fields({"slug": CODE, "name": Texts(least=1)})
ROUND = Fields({"number": POSITIVE, "kind": CODE})
JOURNAL_HEAD: Mapping[str, Any] = {"length": POSITIVE, "last_hash": SHA256}
NUMBERS = Each(POSITIVE, most=1000)

_VOTING = Fields(
    {
        "begins_at": Maybe(Moment()),
        "ends_at": Maybe(Moment()),
        "closed_at": Maybe(Moment()),
    }
)
_ASSEMBLY = Maybe(Fields({"begins_at": Moment(), "place": Name()}))
_CASE = Fields(
    {
        "asked": Text(pattern="(REG-[0-9]{2}|[a-z][a-z-]{0,39})"),
        "made_by": Name(),
        "made_on": Day(),
        "number": Text(most=60),
    }
)
_PROCESS = Fields(
    {
        "regulation": Fields(
            {
                "version": POSITIVE,
                "adopted_by": Maybe(Name()),
                "adopted_on": Maybe(Day()),
                "sha256": SHA256,
            },
            "sha256: of regulation.json. for_this_case: decisions for this election alone; asked: a "
            "rule, or the gate that asked a question of the regulation",
            {"for_this_case": Each(_CASE, most=1000)},
        ),
        "announced_at": Maybe(Moment()),
        "registration": Fields(
            {
                "begins_at": Maybe(Moment()),
                "ends_at": Maybe(Moment()),
                "closed_at": Maybe(Moment()),
                "extensions": Each(
                    Fields({"from": Moment(), "to": Moment(), "reason": Texts(least=1)})
                ),
            }
        ),
        "candidates_published_at": Maybe(Moment()),
        "voting": _VOTING,
        "assembly": _ASSEMBLY,
        "notices": Each(
            Fields({"kind": CODE, "channels": Number(), "first_at": Maybe(Moment())}), most=1000
        ),
        "complaints": Fields({"filed": Number(), "settled": Number(), "suspended": Number()}),
    }
)
_VOTERS = Fields(
    {
        "registered": Number(),
        "voted": Number(),
        "by_region": Each(Fields({"region": CODE, "registered": POSITIVE}), most=1000),
        "organisations": Number(),
        "small_cell": Number(least=SMALLEST_CELL_FLOOR, most=100),
    }
)
_CANDIDATE = Fields(
    {
        "number": POSITIVE,
        "position": Either(PLACES),
        "name": Text(),
        "is_public": Flag(),
        "pseudonym": Text(),
        "admitted": Flag(),
        "votes": Named(Number(), key="|".join(PLACES)),
        "withdrawn": Flag(),
    },
    "votes: for each contest in which the candidate stood on the paper",
)
_OF_PAPERS: Mapping[str, Shape] = {
    "printed": Number(),
    "issued": Number(),
    "unused": Number(),
    "found": Number(),
    "differences": Each(
        Fields({"code": CODE, "number": Number(least=-MOST), "reason": Text(least=1)}),
        most=1000,
    ),
}
_PAPERS = Fields(
    {**_OF_PAPERS, "spoilt": Number(), "late": Number(), "blank": Number()},
    "Papers of the round; spoilt, late and blank are the sums over its contests",
)
_NUMBERED_VOTES = Named(Number(), key="[1-9][0-9]{0,9}")
_VOTE = Fields(
    {
        "round": ROUND,
        "voting": _VOTING,
        "assembly": _ASSEMBLY,
        "registered": Number(),
        "voted": Number(),
        "papers": Fields(_OF_PAPERS),
        "contests": Each(
            Fields(
                {
                    "place": Either(PLACES),
                    "seats": POSITIVE,
                    "votes": _NUMBERED_VOTES,
                    "blank": Number(),
                    "wrongly_completed": Number(),
                    "late": Number(),
                    "orders": Each(NUMBERS, most=1000),
                }
            ),
            least=1,
            most=2,
        ),
    },
    "What one round found. votes: by candidate's number; orders: equals whom a recorded act of this "
    "round put in an order.",
)
_OBSERVERS = Fields(
    {
        "number": Number(),
        "organisations": Each(Name(), most=1000),
        "present_on": Each(Fields({"day": Day(), "number": Number()}), most=1000),
        "remarks": Number(),
    }
)
_DECISION = Fields(
    {
        "members": NUMBERS,
        "alternates": NUMBERS,
        "vacant": Each(Fields({"place": Either(PLACES[:2]), "seats": POSITIVE}), most=10),
        "ties": Each(
            Fields({"between": NUMBERS, "order": NUMBERS, "rule": CODE, "witnesses": Number()}),
            most=1000,
        ),
        "decided": Flag(),
    },
    "candidates by number; ties: those that a recorded act settled, order: the first in front",
)
_NAMED = {"name": Text(), "is_public": Flag()}
PROTOCOL = Fields(
    {
        "format": Either((FORMAT,)),
        "audience": Either(("internal", "public")),
        "number": Text(least=1, most=40),
        "version": POSITIVE,
        "supersedes": Maybe(Text(least=1, most=40)),
        "reason": Texts(),
        "body": Texts(least=1),
        "cycle": Number(least=1990, most=2200),
        "group": GROUP,
        "round": ROUND,
        "zone": Text(pattern="[A-Za-z0-9_+/-]{1,60}"),
        "drawn_up_at": Moment(),
        "place": Maybe(Name()),
        "process": _PROCESS,
        "voters": _VOTERS,
        "candidates": Each(_CANDIDATE, most=1000),
        "count": Anything("count-input.json"),
        "papers": _PAPERS,
        "observers": _OBSERVERS,
        "decision": _DECISION,
        "commission": Each(
            Fields({"number": POSITIVE, "organisation": Name(), **_NAMED}), least=2, most=100
        ),
        "organiser": Fields({"number": POSITIVE, **_NAMED}),
        "journal": Fields(
            {**JOURNAL_HEAD, "extract_sha256": SHA256},
            "the journal when the protocol was drawn up; extract_sha256: of the lines of "
            "journal.jsonl up to that length",
        ),
    },
    "Facts of a results protocol without a language. zone: in which the protocol tells its hours, as "
    "the tz database names it. The public version has no name where "
    "is_public is false, and small regions merged; nothing else differs. votes: of a round that "
    "continues others, what each of them found, in order.",
    {"votes": Each(_VOTE, least=2, most=100)},
)


def fingerprint_of(value: Mapping[str, Any]) -> str:
    """SHA-256 of a JSON object in the one way in which it stands in a package."""
    return sha256_hex(canonical_bytes(value))


def same(one: Any, other: Any) -> bool:
    """Are they written in the same bytes? Python takes true for 1."""
    return canonical_bytes({"": one}) == canonical_bytes({"": other})


def commitment(salt: bytes, internal: Mapping[str, Any]) -> str:
    """What may be published about a protocol that names people: nobody can try names against it."""
    return sha256_hex(salt + canonical_bytes(internal))


def public_facts(internal: Mapping[str, Any]) -> dict[str, Any]:
    """The public version of internal facts. Always the same for the same facts."""
    public = {**internal, "audience": "public"}
    for name in PERSON_LISTS:
        public[name] = [_without_name(person) for person in internal[name]]
    public["organiser"] = _without_name(internal["organiser"])
    voters = internal["voters"]
    public["voters"] = {**voters, "by_region": _merged(voters["by_region"], voters["small_cell"])}
    return public


def _without_name(person: Mapping[str, Any]) -> dict[str, Any]:
    return {**person, "name": person["name"] if person["is_public"] else ""}


def _merged(rows: Sequence[Mapping[str, Any]], least: int) -> list[dict[str, Any]]:
    merged = merge({row["region"]: row["registered"] for row in rows}, least)
    # Voters from nowhere on the list of regions may already stand under "other".
    other = merged.other + dict(merged.shown).get(OTHER_REGIONS, 0)
    shown = [(region, number) for region, number in merged.shown if region != OTHER_REGIONS]
    if other:
        shown.append((OTHER_REGIONS, other))
    return [{"region": region, "registered": number} for region, number in shown]


def result_data(result: Result) -> dict[str, Any]:
    """The answer of `okil count` without words: each step by its code and facts."""
    return {
        "winners": list(result.winners),
        "alternates": list(result.alternates),
        "ties": [{"between": list(tie.between), "for": tie.place} for tie in result.ties],
        "second_round": [name for each in result.second_round for name in each.between],
        "decided": result.decided,
        "steps": [
            {"code": step.code, "facts": {name: _plain(fact) for name, fact in step.facts.items()}}
            for step in result.steps
        ],
    }


def _plain(value: Any) -> Any:
    return [_plain(each) for each in value] if isinstance(value, tuple) else value
