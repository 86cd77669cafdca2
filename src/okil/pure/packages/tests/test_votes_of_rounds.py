"""A round that continues others carries the count of each, in order; each is counted again."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from okil.pure.packages.rounds import vote_of_the_sheet
from okil.pure.packages.tests import given as worlds
from okil.pure.packages.tests.given import World
from okil.pure.packages.tests.spoiling import changed, verdict
from okil.pure.packages.tests.test_laws import VALUES, _answered, _places, _put
from okil.pure.packages.tests.test_rounds import repeat_vote, second_round_by_plurality
from okil.pure.packages.verify import verify

Json = Any
AGAIN = {"2": 10, "4": 17}
TIE = "repeat_vote_between_tied"


def vote(number: int, kind: str, votes: dict[str, int], **papers: Json) -> dict[str, Json]:
    """On 40 on the roll; 3 papers more than the votes are blank."""
    found = sum(votes.values()) + 3
    return {
        "round": {"number": number, "kind": kind},
        "voting": {
            "begins_at": "2024-09-28T10:00:00+05:00",
            "ends_at": "2024-09-28T18:00:00+05:00",
            "closed_at": None,
        },
        "assembly": None,
        "registered": 40,
        "voted": found,
        "papers": {
            "printed": 45,
            "issued": found,
            "unused": 45 - found,
            "found": found,
            "differences": [],
            **papers,
        },
        "contests": [
            {
                "place": "both",
                "seats": 1,
                "votes": votes,
                "blank": 3,
                "wrongly_completed": 0,
                "late": 0,
                "orders": [],
            }
        ],
    }


def first_vote(world: World) -> dict[str, Json]:
    """What the sheet of a good package says."""
    names = ("printed", "issued", "unused", "found", "differences")
    papers = {name: world.facts["papers"][name] for name in names}
    found = vote(1, "first", {"1": 12, "2": 9, "4": 9}, **papers)
    found["contests"][0].update(blank=1, wrongly_completed=1)
    return {**found, "voted": 32}


def both_counts(one: dict[str, Json], first: int = 12, second: int = 13) -> dict[str, Json]:
    """What two people found in the box of this vote."""
    names = ("place", "votes", "blank", "wrongly_completed", "late")
    counted = {
        "entered_at": "2024-09-28T19:00:00+05:00",
        "papers": {name: one["papers"][name] for name in ("printed", "issued", "unused", "found")},
        "contests": [{name: contest[name] for name in names} for contest in one["contests"]],
    }
    counts = [{"number": number, **copy.deepcopy(counted)} for number in (first, second)]
    return {"round": one["round"]["number"], "counts": counts, "explanation": ""}


def tie_voted_on_again(world: World) -> None:
    """2 and 4 were equal; 4 has more votes in the repeat vote, and is alternate."""
    repeat_vote(world)
    world.facts["count"]["tie"] = world.regulation["decided_here"]["tie"] = TIE
    world.facts["decision"]["ties"][0].update(rule=TIE, witnesses=0)
    again = vote(2, "repeat_vote", dict(AGAIN))
    world.facts["votes"] = [first_vote(world), again]
    world.entries["rounds"] = [both_counts(again)]


def tied_in_the_repeat_vote_too(world: World) -> None:
    """A third round decides what the second did not."""
    tie_voted_on_again(world)
    equal = vote(2, "repeat_vote", {"2": 10, "4": 10})
    last = vote(3, "repeat_vote", dict(AGAIN))
    _third_round(world)
    world.facts["votes"][1:] = [equal, last]
    world.entries["rounds"] = [both_counts(equal, 98, 99), both_counts(last)]


def _third_round(world: World) -> None:
    for one in world.acts:
        if one["event"] == "round.opened":
            one["after"]["round"] = 3
    world.facts["round"] = {"number": 3, "kind": "repeat_vote"}


def second_round(world: World) -> None:
    """Counted by itself: the sheet has the numbers of the last vote; others counted the first."""
    second_round_by_plurality(world)
    before = vote(1, "first", {"1": 13, "2": 10, "4": 9})
    world.facts["votes"] = [before, {**first_vote(world), "round": world.facts["round"]}]
    world.entries["rounds"] = [both_counts(before, 98, 99)]


def too_few_came_to_the_repeat_vote(world: World) -> None:
    """Half of the roll had to: the tie stays open."""
    tie_voted_on_again(world)
    world.facts["votes"][1] = vote(2, "repeat_vote", {"2": 5, "4": 6})
    world.entries["rounds"] = [both_counts(world.facts["votes"][1])]
    world.facts["count"]["tie_decisions"] = []
    world.facts["decision"].update(alternates=[], ties=[], decided=False)
    world.applications = {1: worlds.paper("x")}


GOOD = (
    tie_voted_on_again,
    tied_in_the_repeat_vote_too,
    second_round,
    too_few_came_to_the_repeat_vote,
)


@pytest.mark.parametrize("world", GOOD, ids=lambda world: world.__name__)
def test_it_passes(world: Callable[[World], None]) -> None:
    assert verdict(changed(world)) is None


def test_the_numbers_of_the_sheet_are_those_of_the_vote_that_decides() -> None:
    for change, number in ((tie_voted_on_again, 1), (second_round, 2)):
        world = World()
        change(world)
        found = vote_of_the_sheet(world.facts)
        assert found is not None
        assert found["round"]["number"] == number


def test_differences_in_each_round_are_told() -> None:
    def change(world: World) -> None:
        tie_voted_on_again(world)
        world.entries["rounds"][0]["counts"][0]["contests"][0]["blank"] = 4
        world.entries["rounds"][0]["explanation"] = "Пересчитано вместе."

    told = {each.code: each.facts for each in verify(changed(change)).warnings}

    assert told["counts-differed"] == {"places": "both.4, both.blank, 2: both.blank"}
    assert told["papers-differ"] == {"differences": 1}


def _put_in(*path: Any, to: Json) -> Callable[[World], None]:
    """A repeat vote in which this stands otherwise."""

    def change(world: World) -> None:
        tie_voted_on_again(world)
        found = world.facts["votes"] if path[0] == "votes" else world.entries["rounds"]
        for step in path[1:-1]:
            found = found[step]
        found[path[-1]] = to

    return change


def _counted_and(change: Callable[[Json], object]) -> Callable[[World], None]:
    """A changed repeat vote, and both counts of it to fit."""

    def spoilt(world: World) -> None:
        tie_voted_on_again(world)
        change(world.facts["votes"][1])
        world.entries["rounds"] = [both_counts(world.facts["votes"][1])]

    return spoilt


def _turned(one: Json) -> None:
    one["contests"][0]["votes"] = {"2": 17, "4": 10}


def _with_a_refused_one(one: Json) -> None:
    one["contests"][0]["votes"] = {"3": 17, "4": 10}


def _with_a_paper_more(one: Json) -> None:
    one["contests"][0]["blank"] = 4


def _with_a_paper_unexplained(one: Json) -> None:
    one["papers"]["printed"] = 46


def _with_a_contest_twice(one: Json) -> None:
    one["contests"] *= 2


def _counts_without_votes(world: World) -> None:
    tie_voted_on_again(world)
    del world.facts["votes"]


def _first_vote_left_out(world: World) -> None:
    tie_voted_on_again(world)
    other = vote(1, "first", {"1": 13, "2": 9, "4": 9})
    world.facts["votes"][0] = other


def _other_papers_in_the_facts(world: World) -> None:
    tie_voted_on_again(world)
    world.facts["votes"][0]["papers"].update(printed=46, unused=13)


def _second_round_that_settles_a_tie(world: World) -> None:
    """Only a repeat vote puts equals in an order."""
    tie_voted_on_again(world)
    for one in world.acts:
        if one["event"] == "round.opened":
            one["after"]["kind"] = "second_round"
    world.facts["round"] = {"number": 2, "kind": "second_round"}
    world.facts["votes"][1]["round"] = dict(world.facts["round"])


BAD: dict[str, tuple[Callable[[World], None], str]] = {
    "the other one won the repeat vote": (_counted_and(_turned), "votes-decide-otherwise"),
    "the votes of the repeat vote changed": (
        _put_in("votes", 1, "contests", 0, "votes", to={"2": 9, "4": 18}),
        "sheet-differs-from-counts",
    ),
    "a refused candidate in the repeat vote": (
        _counted_and(_with_a_refused_one),
        "candidate-not-admitted",
    ),
    "more papers than were found": (_counted_and(_with_a_paper_more), "vote-contradictory"),
    "more voters than on the roll": (
        _put_in("votes", 1, "registered", to=29),
        "vote-contradictory",
    ),
    "papers printed and not told of": (
        _counted_and(_with_a_paper_unexplained),
        "papers-unexplained",
    ),
    "a contest twice": (_counted_and(_with_a_contest_twice), "contest-counted-twice"),
    "rounds that do not ascend": (
        _put_in("votes", 0, "round", "number", to=2),
        "votes-out-of-order",
    ),
    "a first round after a first": (
        _put_in("votes", 1, "round", "kind", to="first"),
        "votes-out-of-order",
    ),
    "another round at the end": (
        _put_in("votes", 1, "round", "number", to=3),
        "votes-out-of-order",
    ),
    "the first vote exchanged": (_first_vote_left_out, "votes-without-the-count"),
    "other papers than in the facts": (_other_papers_in_the_facts, "votes-without-the-count"),
    "a second round that settles a tie": (
        _second_round_that_settles_a_tie,
        "votes-without-the-count",
    ),
    "counts of rounds of which nothing is told": (_counts_without_votes, "counts-of-other-rounds"),
    "counts of another round": (_put_in("rounds", 0, "round", to=1), "counts-of-other-rounds"),
    "counts of the repeat vote by a stranger": (
        _put_in("rounds", 0, "counts", 0, "number", to=99),
        "counts-not-by-two-members",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_does_not_fit_is_found(case: str) -> None:
    change, reason = BAD[case]
    assert verdict(changed(change)) == (7, reason)


@given(st.data())
@settings(max_examples=150)
def test_no_world_of_several_rounds_ends_in_a_traceback(data: st.DataObject) -> None:
    world = World()
    tie_voted_on_again(world)
    part, name = data.draw(st.sampled_from([("facts", "votes"), ("entries", "rounds")]))
    value = getattr(world, part)[name]
    getattr(world, part)[name] = _put(
        value, data.draw(st.sampled_from(_places(value))), data.draw(VALUES)
    )
    try:
        package = worlds.package(world)
    except (AttributeError, KeyError, TypeError, ValueError):
        assume(False)  # such a world cannot even be written
    _answered(package)
