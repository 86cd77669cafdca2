"""Count sheets for tests: by hand in one line, or any that agree with themselves."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from okil.pure.rules.count_sheet import RUNNER_UP_ALTERNATE, TWO_PARALLEL, Contest, CountSheet
from okil.pure.rules.counting import Result

NAMES = ("Ромашкина", "Клёнова", "Берёзов", "Осокина", "Тополев")


@st.composite
def sheets(draw: st.DrawFn) -> CountSheet:
    """One contest with few votes, so that ties are common; its numbers agree."""
    votes = draw(st.lists(st.integers(0, 12), min_size=1, max_size=5))
    seats = draw(st.integers(1, 3))
    papers_of_a_full_choice = -(-sum(votes) // seats)
    voted = sum(votes) if seats == 1 else max(*votes, papers_of_a_full_choice)
    return CountSheet(
        model=RUNNER_UP_ALTERNATE,
        rule=draw(st.sampled_from(["plurality", "absolute_majority"])),
        majority_of=draw(st.sampled_from(["votes_cast", "votes_for_candidates", "registered"])),
        contests=(contest(seats=seats, **dict(zip(NAMES, votes, strict=False))),),
        voted=voted,
        registered=voted + draw(st.integers(0, 20)),
    )


def contest(place: str = "both", /, seats: int = 1, **votes: int) -> Contest:
    return Contest(place=place, candidates=tuple(votes), seats=seats, votes=votes)


def sheet(*contests: Contest, voted: int | None = None, **rules: Any) -> CountSheet:
    """A sheet whose numbers agree, unless `voted` says otherwise."""
    first = contests[0]
    papers = sum(first.tally().values()) + first.blank_papers + first.rejected
    return CountSheet(
        model=RUNNER_UP_ALTERNATE if len(contests) == 1 else TWO_PARALLEL,
        rule=rules.pop("rule", "plurality"),
        contests=contests,
        registered=rules.pop("registered", 1000),
        voted=papers if voted is None else voted,
        **rules,
    )


def majority(*contests: Contest, of: str = "votes_for_candidates", **rules: Any) -> CountSheet:
    return sheet(*contests, rule="absolute_majority", majority_of=of, **rules)


def names(result: Result) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return result.winners, result.alternates


def said(result: Result) -> list[str]:
    return [step.code for step in result.steps]


def wrong(result: Result) -> list[str]:
    return [finding.code for finding in result.contradictions]
