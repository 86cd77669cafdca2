"""What a commission found when it opened the box: read from JSON, and whether the numbers agree.

`sheet_from` says whether the data can be used at all, `contradictions` whether it can be true. What
follows from the numbers is said in `counting.py`. Described in docs/counting.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from okil.pure.rules.regulation import DECISION_PRINCIPLE, TIE

RUNNER_UP_ALTERNATE = "single_contest_runner_up_alternate"
TWO_PARALLEL = "two_parallel_contests"
CONTESTS_OF: Mapping[str, tuple[str, ...]] = {  # REG-05: which contests each model holds
    RUNNER_UP_ALTERNATE: ("both",),
    TWO_PARALLEL: ("member", "alternate"),
}
MAJORITY_OF = ("votes_cast", "votes_for_candidates", "registered")

MOST_PAPERS = 1_000_000_000
MOST_SEATS = 100
MOST_CANDIDATES = 1_000
MOST_BALLOTS = 100_000
LONGEST_NAME = 200


class UnreadableSheet(ValueError):  # noqa: N818 (it names the state of the data)
    """The data is no count sheet: `place` says where, `code` and `facts` say why."""

    def __init__(self, code: str, place: str, **facts: Any) -> None:
        super().__init__(f"{place}: {code}")
        self.code = code
        self.place = place
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Finding:
    """A code of counting_words.py and the facts that fill the gaps of its sentence."""

    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Contest:
    """One question put to the voters. Each paper names at most as many candidates as there are seats."""

    place: str  # member, alternate or both
    candidates: tuple[str, ...]
    seats: int = 1
    votes: Mapping[str, int] | None = None
    ballots: tuple[tuple[str, ...], ...] | None = None  # instead of votes: each paper by itself
    blank: int = 0
    wrongly_completed: int = 0
    late: int = 0

    @property
    def rejected(self) -> int:
        return self.wrongly_completed + self.late

    @property
    def blank_papers(self) -> int:
        """A blank paper may be listed as `[]`, or only be counted in `blank`."""
        return max(self.blank, sum(not ballot for ballot in self.ballots or ()))

    def tally(self) -> Mapping[str, int]:
        """The votes by name, also for names that do not stand; a candidate without votes has 0."""
        given: Mapping[str, int] = self.votes or {}
        if self.ballots is not None:
            given = Counter(name for ballot in self.ballots for name in ballot)
        return {**dict.fromkeys(self.candidates, 0), **given}

    def papers_for_candidates(self, voted: int) -> int:
        """How many papers name a candidate."""
        if self.ballots is not None:
            return sum(bool(ballot) for ballot in self.ballots)
        if self.seats == 1:
            return sum(self.tally().values())
        return voted - self.blank - self.rejected


@dataclass(frozen=True, slots=True)
class TieDecision:
    """A recorded act (repeat vote, lot, criteria) that puts equals in an order."""

    contest: int  # its place in the list of contests, from 0
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountSheet:
    """All that a count depends on. `None`: the regulation says nothing about it."""

    model: str
    rule: str
    contests: tuple[Contest, ...]
    registered: int
    voted: int
    majority_of: str | None = None
    tie: str | None = None
    tie_decisions: tuple[TieDecision, ...] = ()
    minimum_turnout: int | None = None  # percent of the roll


# Reading


def sheet_from(data: Any) -> CountSheet:
    """The count sheet a JSON value states (docs/schemas/count-input.json).

    Raises UnreadableSheet for a missing or unknown key, a wrong type, a number or a list beyond its
    bounds, and for contests that are not those of the model. It never judges the numbers.
    """
    _require_keys(
        data,
        "",
        needed=("model", "rule", "contests", "registered", "voted"),
        allowed=("majority_of", "tie", "tie_decisions", "minimum_turnout"),
    )
    model = _one_of(data["model"], "model", tuple(CONTESTS_OF))
    rule = _one_of(data["rule"], "rule", DECISION_PRINCIPLE)
    majority_of = _one_of_or_none(data, "majority_of", MAJORITY_OF)
    if rule == "absolute_majority" and majority_of is None:
        raise UnreadableSheet("majority-of-missing", "majority_of")
    contests = _list(data["contests"], "contests", len(CONTESTS_OF[model]))
    found = tuple(_contest(each, f"contests[{at}]") for at, each in enumerate(contests))
    if sorted(contest.place for contest in found) != sorted(CONTESTS_OF[model]):
        raise UnreadableSheet("contests-of-another-model", "contests", model=model)
    decisions = _list(data.get("tie_decisions", []), "tie_decisions", MOST_CANDIDATES)
    turnout = data.get("minimum_turnout")
    return CountSheet(
        model=model,
        rule=rule,
        contests=found,
        registered=_number(data["registered"], "registered", MOST_PAPERS),
        voted=_number(data["voted"], "voted", MOST_PAPERS),
        majority_of=majority_of,
        tie=_one_of_or_none(data, "tie", TIE),
        tie_decisions=tuple(
            _decision(each, f"tie_decisions[{at}]") for at, each in enumerate(decisions)
        ),
        minimum_turnout=None if turnout is None else _number(turnout, "minimum_turnout", 100),
    )


def _contest(data: Any, at: str) -> Contest:
    _require_keys(
        data,
        at,
        needed=("for", "candidates"),
        allowed=("seats", "votes", "ballots", "blank", "rejected"),
    )
    candidates = _names(data["candidates"], f"{at}.candidates", MOST_CANDIDATES)
    if len(set(candidates)) != len(candidates):
        raise UnreadableSheet("name-twice", f"{at}.candidates")
    votes, ballots = data.get("votes"), data.get("ballots")
    given = [each for each in (votes, ballots) if each is not None]
    if len(given) > 1 or (candidates and not given):
        raise UnreadableSheet("votes-or-ballots", at)
    rejected = data.get("rejected", {})
    _require_keys(rejected, f"{at}.rejected", allowed=("wrongly_completed", "late"))
    numbers = {key: rejected.get(key, 0) for key in ("wrongly_completed", "late")}
    return Contest(
        place=_one_of(data["for"], f"{at}.for", ("member", "alternate", "both")),
        candidates=candidates,
        seats=_number(data.get("seats", 1), f"{at}.seats", MOST_SEATS, least=1),
        votes=None if votes is None else _votes(votes, f"{at}.votes"),
        ballots=None if ballots is None else _ballots(ballots, f"{at}.ballots"),
        blank=_number(data.get("blank", 0), f"{at}.blank", MOST_PAPERS),
        **{
            key: _number(value, f"{at}.rejected.{key}", MOST_PAPERS)
            for key, value in numbers.items()
        },
    )


def _votes(data: Any, at: str) -> Mapping[str, int]:
    if not isinstance(data, dict):
        raise UnreadableSheet("not-an-object", at)
    names = _names(list(data), at, MOST_CANDIDATES)
    return {name: _number(data[name], f"{at}.{name}", MOST_PAPERS) for name in names}


def _ballots(data: Any, at: str) -> tuple[tuple[str, ...], ...]:
    ballots = _list(data, at, MOST_BALLOTS)
    return tuple(_names(each, f"{at}[{i}]", MOST_CANDIDATES) for i, each in enumerate(ballots))


def _decision(data: Any, at: str) -> TieDecision:
    _require_keys(data, at, needed=("contest", "order"))
    order = _names(data["order"], f"{at}.order", MOST_CANDIDATES)
    if len(set(order)) != len(order):
        raise UnreadableSheet("name-twice", f"{at}.order")
    return TieDecision(_number(data["contest"], f"{at}.contest", MOST_PAPERS), order)


def _require_keys(
    data: Any, at: str, *, needed: Sequence[str] = (), allowed: Sequence[str] = ()
) -> None:
    if not isinstance(data, dict):
        raise UnreadableSheet("not-an-object", at)
    for key in data:
        if key not in needed and key not in allowed:
            raise UnreadableSheet("unknown-key", at, key=key)
    for key in needed:
        if key not in data:
            raise UnreadableSheet("key-missing", at, key=key)


def _one_of(value: Any, at: str, allowed: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise UnreadableSheet("not-one-of", at, allowed=", ".join(allowed))
    return value


def _one_of_or_none(data: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> str | None:
    return None if data.get(key) is None else _one_of(data[key], key, allowed)


def _number(value: Any, at: str, most: int, *, least: int = 0) -> int:
    # True equals 1, and is no number of papers.
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise UnreadableSheet("not-a-number", at, least=least, most=most)
    return value


def _list(value: Any, at: str, longest: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > longest:
        raise UnreadableSheet("not-a-list", at, longest=longest)
    return value


def _names(value: Any, at: str, longest: int) -> tuple[str, ...]:
    for name in _list(value, at, longest):
        if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
            raise UnreadableSheet("not-a-name", at, longest=LONGEST_NAME)
    return tuple(value)


# Do the numbers agree?


def contradictions(sheet: CountSheet) -> tuple[Finding, ...]:
    """Everything in the sheet that cannot be true at once; empty if the numbers agree."""
    return tuple(_contradictions(sheet))


def _contradictions(sheet: CountSheet) -> Iterator[Finding]:
    if sheet.voted > sheet.registered:
        facts = {"voted": sheet.voted, "registered": sheet.registered}
        yield Finding("voted-exceeds-registered", facts)
    for contest in sheet.contests:
        yield from _strange_names(contest)
        yield from _strange_ballots(contest)
        yield from _wrong_sum(contest, sheet.voted)


def _strange_names(contest: Contest) -> Iterator[Finding]:
    for name in contest.tally():
        if name not in contest.candidates:
            yield Finding("vote-for-no-candidate", {"contest": contest.place, "name": name})


def _strange_ballots(contest: Contest) -> Iterator[Finding]:
    if contest.ballots is None:
        return
    for number, ballot in enumerate(contest.ballots, 1):
        facts = {"contest": contest.place, "number": number}
        if len(set(ballot)) != len(ballot):
            yield Finding("ballot-names-twice", facts)
        if len(set(ballot)) > contest.seats:
            yield Finding("ballot-names-too-many", {**facts, "most": contest.seats})
    listed = sum(not ballot for ballot in contest.ballots)
    if listed and contest.blank and listed != contest.blank:
        facts = {"contest": contest.place, "listed": listed, "blank": contest.blank}
        yield Finding("blank-differs", facts)


def _wrong_sum(contest: Contest, voted: int) -> Iterator[Finding]:
    votes = sum(contest.tally().values())
    blank, rejected = contest.blank_papers, contest.rejected
    if not contest.candidates and votes + blank + rejected == 0:
        return  # nobody stood, so no paper was handed out
    facts = {"contest": contest.place, "blank": blank, "rejected": rejected, "voted": voted}
    if contest.seats == 1 or contest.ballots is not None:
        papers = contest.papers_for_candidates(voted)
        if papers + blank + rejected != voted:
            total = papers + blank + rejected
            yield Finding("papers-differ-from-voted", {**facts, "papers": papers, "total": total})
        return
    papers = voted - blank - rejected
    if papers < 0:
        yield Finding("more-papers-than-voted", {**facts, "total": blank + rejected})
        return
    facts |= {"papers": papers, "votes": votes, "seats": contest.seats}
    if votes > papers * min(contest.seats, len(contest.candidates)):
        yield Finding("too-many-votes", facts)
    if votes < papers:
        yield Finding("too-few-votes", facts)
    for name, number in contest.tally().items():
        if number > papers:
            yield Finding("candidate-exceeds-papers", {**facts, "name": name, "votes": number})
