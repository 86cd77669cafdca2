"""The papers of a round, counted twice: what two members found, what does not add up, and the count sheet.

One paper carries all contests of the round, so papers are counted once per round and votes per contest
(6.01, 6.03, REG-32). Candidates go by their numbers, as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from okil.pure.rules.count_sheet import (
    CONTESTS_OF,
    Contest,
    CountSheet,
    TieDecision,
    UnreadableSheet,
    sheet_from,
)

PAPERS = ""  # in a difference: not a contest but the papers of the round


@dataclass(frozen=True, slots=True)
class Papers:
    """How many papers were printed, given to voters, left over, and found in the box."""

    printed: int
    issued: int
    unused: int
    found: int


@dataclass(frozen=True, slots=True)
class ContestCount:
    """What the papers say in one contest. `late` ones were found too, but came too late to count."""

    place: str  # member, alternate or both
    votes: Mapping[str, int]
    blank: int = 0
    wrongly_completed: int = 0
    late: int = 0

    @property
    def not_for_candidates(self) -> int:
        return self.blank + self.wrongly_completed + self.late


@dataclass(frozen=True, slots=True)
class CountOfBox:
    """All that one commission member entered."""

    papers: Papers
    contests: tuple[ContestCount, ...]


def box_data(count: CountOfBox) -> dict[str, Any]:
    """The count as a JSON object, to be kept as it was entered; `box_from` reads it back."""
    return {
        "papers": asdict(count.papers),
        "contests": [
            {**asdict(contest), "votes": dict(contest.votes)} for contest in count.contests
        ],
    }


def box_from(data: Mapping[str, Any]) -> CountOfBox:
    """The count that `box_data` wrote."""
    return CountOfBox(
        Papers(**data["papers"]),
        tuple(ContestCount(**contest) for contest in data["contests"]),
    )


# Do the two counts agree?


@dataclass(frozen=True, slots=True)
class Difference:
    """One line in which two counts differ; None: that count does not have the line.

    `line` is a candidate's number, or the name of a field.
    """

    contest: str  # its place, or "" for the papers of the round
    line: str
    first: int | None
    second: int | None


def differences(a: CountOfBox, b: CountOfBox) -> tuple[Difference, ...]:
    """Every line in which two counts differ, papers first; empty if and only if they say the same."""
    ours, theirs = _lines(a), _lines(b)
    lines = list(dict.fromkeys([*ours, *theirs]))
    return tuple(
        Difference(contest, line, ours.get((contest, line)), theirs.get((contest, line)))
        for contest, line in lines
        if ours.get((contest, line)) != theirs.get((contest, line))
    )


def _lines(count: CountOfBox) -> dict[tuple[str, str], int]:
    lines = {(PAPERS, name): number for name, number in asdict(count.papers).items()}
    for contest in count.contests:
        for name in sorted(contest.votes, key=_by_number):
            lines[contest.place, name] = contest.votes[name]
        lines[contest.place, "blank"] = contest.blank
        lines[contest.place, "wrongly_completed"] = contest.wrongly_completed
        lines[contest.place, "late"] = contest.late
    return lines


def _by_number(name: str) -> tuple[int, str]:
    return len(name), name


# Do the numbers of a count add up?


@dataclass(frozen=True, slots=True)
class Imbalance:
    """Two numbers that should be one. Each needs a reason before anybody signs.

    In a contest (`contest` is not "") a reason does not help: `okil count` refuses such numbers, so the
    papers are to be counted again.
    """

    code: str
    expected: int
    found: int
    contest: str = ""

    @property
    def may_be_explained(self) -> bool:
        return self.contest == PAPERS


GRAVEST = "found-exceeds-issued"  # more papers in the box than were given to voters


def imbalances(count: CountOfBox, *, signed_for: int, seats: int = 1) -> tuple[Imbalance, ...]:
    """Everything in a count that does not add up, the gravest first.

    `signed_for` is how many voters are marked as given a paper, `seats` how many candidates a paper may
    name. Nothing but the numbers is looked at, so each can be explained by whoever was there.
    """
    papers = count.papers
    pairs = (
        (GRAVEST, papers.issued, max(papers.found, papers.issued)),
        ("issued-differs-from-signed-for", signed_for, papers.issued),
        ("printed-differs-from-used-and-unused", papers.printed, papers.issued + papers.unused),
        ("found-below-issued", papers.issued, min(papers.found, papers.issued)),
    )
    of_papers = [Imbalance(*pair) for pair in pairs if pair[1] != pair[2]]
    of_contests = [
        one for contest in count.contests for one in _imbalances_of(contest, papers.found, seats)
    ]
    gravest = [one for one in of_papers if one.code == GRAVEST]
    return (*gravest, *of_contests, *(one for one in of_papers if one.code != GRAVEST))


def _imbalances_of(contest: ContestCount, found: int, seats: int) -> Iterator[Imbalance]:
    votes = sum(contest.votes.values())
    others = contest.not_for_candidates
    if not contest.votes and not others:
        return  # nobody stood, so the papers did not ask
    if seats == 1 or others > found:
        if votes + others != found:
            yield Imbalance("contest-differs-from-found", found, votes + others, contest.place)
        return
    # A paper may name several: the votes lie between one and `seats` for each that names anybody.
    papers = found - others
    most = papers * min(seats, len(contest.votes))
    if votes < papers:
        yield Imbalance("fewer-votes-than-papers", papers, votes, contest.place)
    if votes > most:
        yield Imbalance("more-votes-than-papers-give", most, votes, contest.place)
    for number in contest.votes.values():
        if number > papers:
            yield Imbalance("candidate-exceeds-papers", papers, number, contest.place)


# The count sheet


def sheet(
    count: CountOfBox,
    *,
    model: str,
    rule: str,
    majority_of: str | None,
    tie: str | None,
    minimum_turnout: int | None,
    registered: int,
    seats: int,
    candidates: Mapping[str, Sequence[int | str]],
    tie_decisions: Sequence[TieDecision] = (),
) -> CountSheet:
    """What `pure/rules/counting.py` counts: this count under the group's regulation.

    Who took part is as many as there are papers in the box. `candidates` are the numbers of those who
    stand, by contest; a contest without any needs no numbers. Raises UnreadableSheet if the regulation
    describes a model of its own, or leaves open what cannot be left open.
    """
    if model not in CONTESTS_OF:
        raise UnreadableSheet("not-one-of", "model", allowed=", ".join(CONTESTS_OF))
    counted = {contest.place: contest for contest in count.contests}
    contests = tuple(
        _contest(place, counted.get(place), candidates.get(place, ()), seats)
        for place in CONTESTS_OF[model]
    )
    made = CountSheet(
        model=model,
        rule=rule,
        contests=contests,
        registered=registered,
        voted=count.papers.found,
        majority_of=majority_of,
        tie=tie,
        tie_decisions=tuple(tie_decisions),
        minimum_turnout=minimum_turnout,
    )
    return sheet_from(count_data(made))


def _contest(
    place: str, counted: ContestCount | None, candidates: Sequence[int | str], seats: int
) -> Contest:
    names = tuple(str(number) for number in candidates)
    if counted is None:
        return Contest(place, names, seats)
    return Contest(
        place,
        names,
        seats,
        votes=dict(counted.votes),
        blank=counted.blank,
        wrongly_completed=counted.wrongly_completed,
        late=counted.late,
    )


def count_data(sheet: CountSheet) -> dict[str, Any]:
    """The JSON object that `okil count` reads; `sheet_from` makes an equal sheet of it."""
    return {
        "model": sheet.model,
        "rule": sheet.rule,
        "majority_of": sheet.majority_of,
        "tie": sheet.tie,
        "contests": [_contest_data(contest) for contest in sheet.contests],
        "tie_decisions": [
            {"contest": decision.contest, "order": list(decision.order)}
            for decision in sheet.tie_decisions
        ],
        "registered": sheet.registered,
        "voted": sheet.voted,
        "minimum_turnout": sheet.minimum_turnout,
    }


def _contest_data(contest: Contest) -> dict[str, Any]:
    data: dict[str, Any] = {
        "for": contest.place,
        "seats": contest.seats,
        "candidates": list(contest.candidates),
        "blank": contest.blank,
        "rejected": {
            "wrongly_completed": contest.wrongly_completed,
            "late": contest.late,
        },
    }
    if contest.votes is not None:
        data["votes"] = dict(contest.votes)
    if contest.ballots is not None:
        data["ballots"] = [list(ballot) for ballot in contest.ballots]
    return data
