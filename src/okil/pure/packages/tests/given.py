"""A good package of a fictional group, and the tools to make it anew after something was changed."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from okil.pure.encoding import sha256_hex
from okil.pure.hashchain import ChainedRow, canonical_bytes, row_hash
from okil.pure.packages import kinds, writing
from okil.pure.packages.facts import fingerprint_of, public_facts
from okil.pure.packages.journal import row_data, standing
from okil.pure.packages.writing import Package
from okil.pure.rules.count_sheet import UnreadableSheet
from okil.pure.rules.stages import ORDER

START = datetime(2024, 8, 1, 4, 0, tzinfo=UTC)
DRAWN_UP_AT = datetime(2024, 9, 7, 9, 40, tzinfo=UTC)
LAST_ACT_AT = DRAWN_UP_AT + timedelta(days=4)  # the protocol is recorded
MADE_AT = datetime(2024, 9, 12, 6, 0, tzinfo=UTC)
ROUND_NUMBER = 31
COMMISSION = (12, 13, 14)
ORGANISER = 7
FOREIGN = "f" * 64  # the hash of a row of another election

Row = dict[str, Any]


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")


def texts(ru: str, kk: str, en: str) -> dict[str, str]:
    return {"ru": ru, "kk": kk, "en": en}


def act(event: str, at: datetime, role: str, number: int | None, **more: Any) -> Row:
    """What is hashed of a row, its number aside."""
    return {
        "at": _iso(at),
        "role": role,
        "actor_number": number,
        "event": event,
        "subject_kind": more.get("kind", "elections.round"),
        "subject_number": more.get("subject", ROUND_NUMBER),
        "chapter": "election-9",
        "before": more.get("before"),
        "after": more.get("after"),
    }


def decided_for_this_case(asked: str, at: datetime, subject: int = 88, **more: Any) -> Row:
    about = {"kind": "elections.gateanswer", "subject": subject, "after": {"gate": asked}}
    return act(more.get("event", "gate.answered"), at, "commissioner", 12, **about)


def acts_before_the_protocol() -> list[Row]:
    acts = []
    states = [state.value for state in ORDER[:6]]  # up to the count
    for day, (before, after) in enumerate(pairwise(states)):
        if after == "voting":
            at = START + timedelta(days=7 * day - 1)
            acts.append(decided_for_this_case("tie-known", at))
        by = {"registration": "organiser", "announced": "secretariat"}.get(after, "commissioner")
        moved = {"before": {"state": before}, "after": {"state": after}}
        acts.append(act("round.moved", START + timedelta(days=7 * day), by, 12, **moved))
    return acts


def count_sheet() -> dict[str, Any]:
    return {
        "model": "single_contest_runner_up_alternate",
        "rule": "plurality",
        "majority_of": None,
        "tie": "lot",
        "contests": [
            {
                "for": "both",
                "seats": 1,
                "candidates": ["2", "1", "4"],
                "votes": {"1": 12, "2": 9, "4": 9},
                "blank": 1,
                "rejected": {"wrongly_completed": 1, "late": 0},
            }
        ],
        "tie_decisions": [{"contest": 0, "order": ["4", "2"]}],
        "registered": 40,
        "voted": 32,
        "minimum_turnout": 50,
    }


def regulation() -> dict[str, Any]:
    return {
        "version": 2,
        "adopted_by": "Собрание группы «Самал»",
        "adopted_on": "2024-06-20",
        "answers": {
            "voter_kind": "natural_person",
            "contest_model": "single_contest_runner_up_alternate",
            "decision_principle": "plurality",
            "tie": None,
            "minimum_turnout_percent": 50,
            "commission_size": 3,
            "smallest_cell": 5,
            "languages": ["ru", "kk"],
        },
        "decided_here": {"tie": "lot"},
    }


def _person(number: int, name: str, is_public: bool = False, **more: Any) -> dict[str, Any]:
    return {"number": number, "name": name, "is_public": is_public, **more}


def _candidate(
    number: int, name: str, votes: int | None, *, is_public: bool = False, pseudonym: str = ""
) -> dict[str, Any]:
    return _person(
        number,
        name,
        is_public,
        position="both",
        pseudonym=pseudonym,
        admitted=votes is not None,
        votes={} if votes is None else {"both": votes},
        withdrawn=False,
    )


def facts() -> dict[str, Any]:
    """The internal facts, without what they say of the journal and of the regulation's hash."""
    at_ten = "2024-09-05T10:00:00+05:00"
    return {
        "format": "okil-protocol/1",
        "audience": "internal",
        "number": "17/2024",
        "version": 1,
        "supersedes": None,
        "reason": {},
        "body": texts(
            "Страновой координационный комитет",
            "Елдік үйлестіру комитеті",
            "Country Coordinating Mechanism",
        ),
        "cycle": 2024,
        "group": {"slug": "samal", "name": texts("Самал", "Самал", "Samal")},
        "round": {"number": 1, "kind": "first"},
        "zone": "Asia/Almaty",
        "drawn_up_at": _iso(DRAWN_UP_AT),
        "place": texts("Астана", "Астана", "Astana"),
        "process": {
            "regulation": {
                "version": 2,
                "adopted_by": "Собрание группы «Самал»",
                "adopted_on": "2024-06-20",
                "sha256": "",
                "for_this_case": [
                    {
                        "asked": "tie-known",
                        "made_by": "Собрание группы «Самал»",
                        "made_on": "2024-08-19",
                        "number": "4",
                    }
                ],
            },
            "announced_at": "2024-08-01T09:00:00+05:00",
            "registration": {
                "begins_at": "2024-08-08T09:00:00+05:00",
                "ends_at": "2024-08-20T18:00:00+05:00",
                "closed_at": "2024-08-20T18:05:00+05:00",
                "extensions": [
                    {
                        "from": "2024-08-18T18:00:00+05:00",
                        "to": "2024-08-20T18:00:00+05:00",
                        "reason": texts("Мало заявок", "Өтінім аз", "Few applications"),
                    }
                ],
            },
            "candidates_published_at": "2024-08-22T12:00:00+05:00",
            "voting": {
                "begins_at": at_ten,
                "ends_at": "2024-09-05T14:00:00+05:00",
                "closed_at": "2024-09-05T14:00:00+05:00",
            },
            "assembly": {"begins_at": at_ten, "place": texts("Зал", "Зал", "Hall")},
            "notices": [
                {"kind": "registration", "channels": 2, "first_at": "2024-08-08T09:00:00+05:00"}
            ],
            "complaints": {"filed": 1, "settled": 1, "suspended": 0},
        },
        "voters": {
            "registered": 40,
            "voted": 32,
            "by_region": [
                {"region": "kz-75", "registered": 18},
                {"region": "kz-71", "registered": 11},
                {"region": "kz-35", "registered": 6},
                {"region": "kz-55", "registered": 3},
                {"region": "other", "registered": 2},
            ],
            "organisations": 6,
            "small_cell": 5,
        },
        "candidates": [
            _candidate(1, "Клёнова Дина", 12, is_public=True),
            _candidate(2, "Калинина Ирина", 9),
            _candidate(3, "Осокина Вера", None),
            _candidate(4, "Ромашкина Алия", 9, pseudonym="Ақбөкен"),
        ],
        "count": count_sheet(),
        "papers": {
            "printed": 45,
            "issued": 33,
            "unused": 12,
            "found": 32,
            "spoilt": 1,
            "late": 0,
            "blank": 1,
            "differences": [
                {"code": "found-below-issued", "number": -1, "reason": "Один бюллетень унесён."}
            ],
        },
        "observers": {
            "number": 1,
            "organisations": [texts("Проект «Шалфей»", "«Шалфей» жобасы", "Project Sage")],
            "present_on": [{"day": "2024-09-05", "number": 1}],
            "remarks": 1,
        },
        "decision": {
            "members": [1],
            "alternates": [4],
            "vacant": [],
            "ties": [{"between": [2, 4], "order": [4, 2], "rule": "lot", "witnesses": 3}],
            "decided": True,
        },
        "commission": [
            _person(12, "Клюквина Вера", True, organisation="Центр «Подорожник»"),
            _person(13, "Морошкина Жанна", organisation=texts("Фонд", "Қор", "Fund")),
            _person(14, "Астрин Олег", organisation="Центр «Чабрец»"),
        ],
        "organiser": _person(ORGANISER, "Полынина Гульнара"),
        "journal": {},
    }


def count_entries() -> dict[str, Any]:
    papers = {name: facts()["papers"][name] for name in ("printed", "issued", "unused", "found")}
    contest = {
        "place": "both",
        "votes": {"1": 12, "2": 9, "4": 9},
        "blank": 1,
        "wrongly_completed": 1,
        "late": 0,
    }
    miscounted = {**contest, "votes": {"1": 12, "2": 9, "4": 8}, "blank": 2}
    return {
        "counts": [
            {
                "number": number,
                "entered_at": "2024-09-05T15:10:00+05:00",
                "papers": papers,
                "contests": [counted],
            }
            for number, counted in ((12, contest), (14, miscounted))
        ],
        "explanation": "Бюллетень лежал в стопке пустых; пересчитано вместе.",
    }


def plan() -> dict[str, Any]:
    def action(number: int, day: str, after: list[int]) -> dict[str, Any]:
        title = texts(f"Действие {number}", f"{number}-іс-шара", f"Action {number}")
        deadline = {"kind": "by", "date": day}
        return {"no": number, "stage": 1, "title": title, "deadline": deadline, "depends_on": after}

    return {"actions": [action(1, "2024-08-01", []), action(2, "2024-08-20", [1])]}


@dataclass
class World:
    """What a package is made of, before anything is hashed. `sealed` makes it fit together."""

    facts: Row = field(default_factory=facts)
    public: Callable[[Row], Row] = public_facts
    acts: list[Row] = field(default_factory=acts_before_the_protocol)
    acts_after: list[Row] = field(default_factory=list)  # after the signatures
    kinds_of_signatures: dict[tuple[str, int], str] = field(
        default_factory=lambda: {
            ("commissioner", 12): "signed",
            ("commissioner", 13): "dissent",
            ("commissioner", 14): "absent",
            ("organiser", ORGANISER): "signed",
        }
    )
    signed_after: dict[int, timedelta] = field(
        default_factory=lambda: {
            12: timedelta(minutes=5),
            ORGANISER: timedelta(minutes=20),
            13: timedelta(hours=20),
            14: timedelta(days=3, minutes=1),
        }
    )
    entries: Row = field(default_factory=count_entries)
    regulation: Row = field(default_factory=regulation)
    plan: Row = field(default_factory=plan)
    remarks: list[Row] = field(
        default_factory=lambda: [
            {
                "number": 1,
                "filed_at": "2024-09-06T08:00:00+05:00",
                "organisation": "Проект «Шалфей»",
                "text": "Список лежал на столе открытым; по замечанию его убрали в 9:20.",
            }
        ]
    )
    applications: dict[int, bytes] = field(
        default_factory=lambda: {1: paper("application 1"), 4: paper("application 4")}
    )
    scans: dict[str, bytes] = field(default_factory=dict)
    made_at: datetime = MADE_AT
    round_number: int = ROUND_NUMBER

    def copy(self) -> World:
        return copy.deepcopy(self)


def paper(what: str) -> bytes:
    return f"%PDF-1.7\n% {what}, not a real one\n%%EOF\n".encode()


PAPERS = {
    f"{audience}.{language}.pdf": paper(f"{audience} {language}")
    for audience in ("internal", "public")
    for language in ("ru", "kk", "en")
}


class Journal:
    """Rows of one election. Where its numbers jump, another election's row stands between."""

    def __init__(self) -> None:
        self.rows: list[ChainedRow] = []
        self.length, self.last_hash = 40, FOREIGN

    def record(self, content: Mapping[str, Any]) -> None:
        self.length += 1
        digest = row_hash(self.last_hash, {**content, "number": self.length})
        self.rows.append(ChainedRow(self.length, self.last_hash, digest, content))
        self.last_hash = digest

    def somebody_elses_row(self) -> None:
        self.length += 1
        self.last_hash = sha256_hex(f"another election's row {self.length}".encode())


def remark_filed(number: int) -> Row:
    """The row of a remark that was filed after the protocol was drawn up."""
    about = {"kind": "elections.remark", "subject": 600 + number}
    return act("remark.filed", LAST_ACT_AT, "observer", 21, **about, after={"number": number})


def remarked_later(world: World, number: int = 2) -> None:
    """One more remark, which the protocol does not annex."""
    world.acts_after.append(remark_filed(2))
    world.remarks.append({**world.remarks[0], "number": number})


def parts(world: World) -> Package:
    """The world with every hash, signature and journal row that belong to it."""
    world = world.copy()
    journal = Journal()
    for number, each in enumerate(world.acts):
        journal.record(each)
        if number == 2:
            journal.somebody_elses_row()
    internal = world.facts
    internal["process"]["regulation"]["sha256"] = fingerprint_of(world.regulation)
    internal["journal"] = standing(
        [row_data(row) for row in journal.rows],
        length=journal.length,
        last_hash=journal.last_hash,
    )
    signatures = _signatures(world, journal)
    states = [state.value for state in ORDER[5:7]]
    moved = {"before": {"state": states[0]}, "after": {"state": states[1]}}
    for each in [
        act("round.moved", LAST_ACT_AT, "commissioner", 12, subject=world.round_number, **moved),
        *world.acts_after,
    ]:
        journal.record(each)
    journal.somebody_elses_row()
    return Package(
        version=1,
        made_at=_iso(world.made_at),
        code="7KQ3XR9MPT4W",
        salt=bytes(range(32)),
        internal=internal,
        papers=PAPERS,
        signatures=signatures,
        entries=world.entries,
        regulation=world.regulation,
        plan=world.plan,
        journal=journal.rows,
        journal_length=journal.length,
        journal_last_hash=journal.last_hash,
        remarks=world.remarks,
        applications=world.applications,
        scans=world.scans,
    )


def _signatures(world: World, journal: Journal) -> list[Row]:
    internal_sha256 = fingerprint_of(world.facts)
    public_sha256 = fingerprint_of(world.public(world.facts))
    about = {
        "version": world.facts["version"],
        "facts": internal_sha256,
        "public": public_sha256,
    }
    subject = {"kind": "elections.protocol", "subject": 77}
    journal.record(
        act("protocol.drawn_up", DRAWN_UP_AT, "commissioner", 12, **subject, after=about)
    )
    signatures = []
    in_time = sorted(world.kinds_of_signatures, key=lambda one: world.signed_after[one[1]])
    for role, number in in_time:
        kind = world.kinds_of_signatures[role, number]
        at = DRAWN_UP_AT + world.signed_after[number]
        signatures.append(
            {
                "role": role,
                "number": number,
                "kind": kind,
                "at": _iso(at),
                "internal_sha256": internal_sha256,
                "public_sha256": public_sha256,
                "files": {f"protocol/{name}": sha256_hex(raw) for name, raw in PAPERS.items()},
                "note": "" if kind == "signed" else "Причина указана.",
            }
        )
        subject = {"kind": "elections.signature", "subject": 500 + number}
        if kind == "absent":
            after = {**about, "number": number}
            row = act("protocol.absence_stated", at, "commissioner", 12, **subject, after=after)
        else:
            row = act("protocol.signed", at, role, number, **subject, after={**about, "kind": kind})
        journal.record(row)
    return signatures


def files(world: World) -> dict[str, bytes]:
    """All files of the package but the manifest."""
    made_of = parts(world)
    internal = made_of.internal
    try:
        made = writing.files_of(made_of)
    except UnreadableSheet:  # nobody can count it; the result stays that of the good one
        made = writing.files_of(replace(made_of, internal={**internal, "count": count_sheet()}))
        made[kinds.INTERNAL] = canonical_bytes(internal)
        made[kinds.SHEET] = canonical_bytes(internal["count"])
    return {**made, kinds.PUBLIC: canonical_bytes(world.public(dict(internal)))}


def package(world: World) -> bytes:
    """The package, whatever was changed in the world, with every hash made anew."""
    made = files(world)
    return with_manifest(made, writing.manifest_of(parts(world), made))


def with_manifest(made: Mapping[str, bytes], manifest: Mapping[str, Any]) -> bytes:
    return writing.zipped({**made, kinds.MANIFEST: canonical_bytes(manifest)})


def good() -> bytes:
    return writing.write(parts(World()))
