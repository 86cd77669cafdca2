"""A group's Election Regulation as data: what the workflow, the count and the protocol follow from.

`None` means "not regulated": the regulation says nothing. It is never guessed and never defaulted;
the smallest cell alone has a floor of its own (REG-95), because secrecy does not wait for a decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from okil.pure.refusal import Refused

LANGUAGES = ("ru", "kk", "en")
SMALLEST_CELL_DEFAULT = 5
SMALLEST_CELL_FLOOR = 3
MOST_COMPLAINT_DAYS = 30

# For each question the answers a regulation may give (rule in brackets).
VOTER_KIND = ("natural_person", "legal_entity")  # REG-26
CONTEST_MODEL = (
    "single_contest_runner_up_alternate",
    "two_parallel_contests",
    "other",
)  # REG-05
DECISION_PRINCIPLE = ("plurality", "absolute_majority")  # REG-33
TIE = ("repeat_vote_between_tied", "lot", "seniority_of_criteria", "other")  # REG-90
SINGLE_CANDIDATE = ("vote_for_or_against", "elected_without_vote", "extend_registration")  # REG-92
MAJORITY_OF = ("votes_cast", "votes_for_candidates", "registered")  # REG-33: more than half of what
REPLACEMENT = ("repeat_vote", "next_by_votes", "other")  # REG-07
MIDTERM = ("by_election", "alternate_until_the_end", "other")  # REG-93
SUSPENSION = ("suspends", "does_not_suspend")  # REG-91: what a complaint does to the act
COMMISSION_SIZE = (2, 3)  # REG-21
TURNOUT_NONE = 0  # "no minimum" said explicitly; otherwise a percentage of the roll


@dataclass(frozen=True, slots=True)
class Regulation:
    """Fourteen answers; "other" means that the text of the regulation describes it."""

    voter_kind: str | None = None
    contest_model: str | None = None
    decision_principle: str | None = None
    majority_of: str | None = None  # asked only where a majority is needed
    tie: str | None = None
    single_candidate: str | None = None
    minimum_turnout_percent: int | None = None
    replacement: str | None = None
    complaint_days: int | None = None  # working days
    complaint_effect: str | None = None
    midterm: str | None = None
    commission_size: int | None = None
    smallest_cell: int | None = None
    languages: tuple[str, ...] = ()

    @property
    def cell(self) -> int:
        """The smallest cell that may be published, whatever the regulation leaves unsaid."""
        return max(self.smallest_cell or SMALLEST_CELL_DEFAULT, SMALLEST_CELL_FLOOR)


ANSWERS: Mapping[str, tuple[Any, ...]] = {
    "voter_kind": VOTER_KIND,
    "contest_model": CONTEST_MODEL,
    "decision_principle": DECISION_PRINCIPLE,
    "majority_of": MAJORITY_OF,
    "tie": TIE,
    "single_candidate": SINGLE_CANDIDATE,
    "replacement": REPLACEMENT,
    "complaint_effect": SUSPENSION,
    "midterm": MIDTERM,
    "commission_size": COMMISSION_SIZE,
}
RULE_OF: Mapping[str, str] = {
    "voter_kind": "REG-26",
    "contest_model": "REG-05",
    "decision_principle": "REG-33",
    "majority_of": "REG-33",
    "tie": "REG-90",
    "single_candidate": "REG-92",
    "minimum_turnout_percent": "REG-92",
    "replacement": "REG-07",
    "complaint_days": "REG-91",
    "complaint_effect": "REG-91",
    "midterm": "REG-93",
    "commission_size": "REG-21",
    "smallest_cell": "REG-95",
    "languages": "REG-94",
}


def regulation_from(data: Mapping[str, Any]) -> Regulation:
    """The regulation a JSON object states.

    Raises Refused("regulation-unreadable", field=…) for an unknown key, a wrong type or an answer
    outside the list; a missing key or null is "not regulated".
    """
    known = {field.name for field in fields(Regulation)}
    for key in data:
        if key not in known:
            raise Refused("regulation-unreadable", field=key)
    for key, allowed in ANSWERS.items():
        value = data.get(key)
        # 2.0 and True equal a number that is allowed, and are none.
        if value is not None and (type(value) is not type(allowed[0]) or value not in allowed):
            raise Refused("regulation-unreadable", field=key)
    _require_number(data, "minimum_turnout_percent", TURNOUT_NONE, 100)
    _require_number(data, "complaint_days", 1, MOST_COMPLAINT_DAYS)
    _require_number(data, "smallest_cell", SMALLEST_CELL_FLOOR, 100)
    languages = () if data.get("languages") is None else data["languages"]
    if not isinstance(languages, list | tuple) or any(code not in LANGUAGES for code in languages):
        raise Refused("regulation-unreadable", field="languages")
    answers: dict[str, Any] = {key: data.get(key) for key in known}
    answers["languages"] = tuple(code for code in LANGUAGES if code in languages)
    return Regulation(**answers)


def _require_number(data: Mapping[str, Any], key: str, least: int, most: int) -> None:
    value = data.get(key)
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Refused("regulation-unreadable", field=key)


def as_data(regulation: Regulation) -> dict[str, Any]:
    """The JSON object that `regulation_from` reads back to an equal regulation."""
    return {**asdict(regulation), "languages": list(regulation.languages)}


def unanswered(regulation: Regulation) -> tuple[str, ...]:
    """The questions the regulation leaves open, in the order of its fields."""
    return tuple(
        field.name
        for field in fields(Regulation)
        if getattr(regulation, field.name) in (None, ()) and is_asked(field.name, regulation)
    )


def is_asked(question: str, regulation: Regulation) -> bool:
    """Is this a question at all under the other answers? More than half of what is asked only where
    more than half is needed."""
    return question != "majority_of" or regulation.decision_principle != "plurality"
