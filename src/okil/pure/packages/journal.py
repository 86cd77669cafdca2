"""The extract of the journal: the rows of one election, each with the hash it was given.

The rows of other elections are not in it, so only rows with neighbouring numbers name each other. What
binds the rest: the facts name a hash over all rows up to them, and each signature is a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from okil.pure.encoding import sha256_hex
from okil.pure.hashchain import BEGINNING, ChainedRow, canonical_bytes, row_hash
from okil.pure.packages.failures import Faulty
from okil.pure.rules.stages import NEXT, ORDER, RoundKind, State, begins_in

Row = Mapping[str, Any]
OUTSIDE_CONTENT = ("hash", "previous_hash")


def row_data(row: ChainedRow) -> dict[str, Any]:
    """A row as it stands in journal.jsonl."""
    return {
        "number": row.number,
        "previous_hash": row.previous_hash,
        "hash": row.hash,
        **row.content,
    }


def lines_of(rows: Iterable[Row]) -> bytes:
    return b"".join(canonical_bytes(row) + b"\n" for row in rows)


def standing(rows: Iterable[Row], *, length: int, last_hash: str) -> dict[str, Any]:
    """What the facts say of the journal when they are drawn up: `rows` are those of the election."""
    until_then = [row for row in rows if row["number"] <= length]
    return {
        "length": length,
        "last_hash": last_hash,
        "extract_sha256": sha256_hex(lines_of(until_then)),
    }


def require_whole(rows: Sequence[Row], head: Row) -> None:
    """Each row is what was hashed, they ascend, neighbours name each other, none is after the head."""
    for row in rows:
        content = {name: value for name, value in row.items() if name not in OUTSIDE_CONTENT}
        if row["hash"] != row_hash(row["previous_hash"], content):
            raise Faulty("row-changed", number=row["number"])
        if row["number"] == 1 and row["previous_hash"] != BEGINNING:
            raise Faulty("row-not-linked", number=1)
        if row["chapter"] != rows[0]["chapter"] or not row["chapter"].startswith("election-"):
            raise Faulty("row-of-another-election", number=row["number"])
    for one, other in pairwise(rows):
        if other["number"] <= one["number"]:
            raise Faulty("rows-out-of-order", number=other["number"])
        if other["number"] == one["number"] + 1 and other["previous_hash"] != one["hash"]:
            raise Faulty("row-not-linked", number=other["number"])
    if rows[-1]["number"] > head["length"]:
        raise Faulty("row-after-the-head", number=rows[-1]["number"])
    require_head(rows, head)


def require_head(rows: Sequence[Row], head: Row) -> None:
    """The row at the length that the head names, if it is one of the election's, has its hash."""
    for row in rows:
        if row["number"] == head["length"] and row["hash"] != head["last_hash"]:
            raise Faulty("head-differs", number=row["number"])
        # The row after it names it as well.
        if row["number"] == head["length"] + 1 and row["previous_hash"] != head["last_hash"]:
            raise Faulty("head-differs", number=row["number"])


def require_standing(rows: Sequence[Row], facts: Row, head: Row) -> None:
    """The extract begins with exactly the rows that the facts were drawn up on."""
    if facts["length"] > head["length"]:
        raise Faulty("facts-after-the-head")
    require_head(rows, facts)
    length, last_hash = facts["length"], facts["last_hash"]
    if standing(rows, length=length, last_hash=last_hash) != facts:
        raise Faulty("rows-not-those-of-the-facts", number=length)


def require_acts_before(rows: Sequence[Row], made_at: datetime) -> None:
    for row in rows:
        if datetime.fromisoformat(row["at"]) > made_at:
            raise Faulty("act-after-the-package", number=row["number"])


def remarks_filed_after(rows: Sequence[Row], length: int) -> list[Any]:
    """The numbers of the remarks whose rows come after this length of the journal."""
    filed = (row for row in rows if row["event"] == "remark.filed" and row["number"] > length)
    return [(row["after"] or {}).get("number") for row in filed]


def cases_decided(rows: Sequence[Row], length: int) -> Counter[str]:
    """What was decided for this election alone, and not taken back, up to this length of the journal."""
    asked: dict[Any, str] = {}
    for row in rows:
        if row["number"] <= length and row["event"] == "gate.answered":
            asked[row["subject_number"]] = (row["after"] or {}).get("gate", "")
        elif row["number"] <= length and row["event"] == "gate.answer_withdrawn":
            asked.pop(row["subject_number"], None)
    return Counter(asked.values())


def require_moves(rows: Sequence[Row], number: int, kind: str) -> State:
    """Where the round stands: it went from state to state, and as far as the signed protocol."""
    if kind not in tuple(RoundKind):
        raise Faulty("round-unknown", round=number)
    subject = _subject_of_round(rows, number, kind)
    state = begins_in(RoundKind(kind))
    for row in rows:
        if row["subject_kind"] != ROUND or row["subject_number"] != subject:
            continue
        if row["event"] == "round.annulled":
            raise Faulty("round-annulled", number=row["number"])
        if row["event"] == "round.moved":
            before, after = ((row[side] or {}).get("state") for side in ("before", "after"))
            following = NEXT.get(state)
            if following is None or (before, after) != (state, following):
                raise Faulty("moves-out-of-order", number=row["number"])
            state = following
    if ORDER.index(state) < ORDER.index(State.RESULTS):
        raise Faulty("results-not-reached", state=state.value)
    return state


ROUND = "elections.round"


def _subject_of_round(rows: Sequence[Row], number: int, kind: str) -> int:
    """Which round the rows mean. A later one was opened by a row of its own, the first was not."""
    opened = {row["subject_number"]: row for row in rows if row["event"] == "round.opened"}
    for subject, row in opened.items():
        after = row["after"] or {}
        if (after.get("round"), after.get("kind")) == (number, kind):
            return int(subject)
    moved = {row["subject_number"] for row in rows if row["event"] == "round.moved"}
    first = moved - opened.keys()
    if number != 1 or kind != RoundKind.FIRST or len(first) != 1:
        raise Faulty("round-unknown", round=number)
    return int(first.pop())
