"""Packages of rounds that are not the plain first one, and of contests that are held in another way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from okil.pure.packages.tests import given
from okil.pure.packages.tests.given import World
from okil.pure.packages.tests.spoiling import changed, verdict

Json = Any


def _round(world: World, number: int, kind: str, *, from_the_beginning: bool = False) -> None:
    after = {"round": number, "kind": kind}
    opened = given.act("round.opened", given.START, "commissioner", 12, subject=32, after=after)
    acts = given.acts_before_the_protocol()
    moves = [one for one in acts if one["event"] == "round.moved"]
    later = moves if from_the_beginning else moves[3:]
    # The first round stands in the journal too, as far as its count.
    world.acts = [*acts, opened, *({**one, "subject_number": 32} for one in later)]
    world.round_number = 32
    world.facts["round"] = {"number": number, "kind": kind}


def _contests(world: World, **votes: dict[str, int]) -> None:
    """These contests, in which each of the 32 papers is for a candidate or blank."""
    blanks = {place: 32 - sum(each.values()) if each else 0 for place, each in votes.items()}
    world.facts["count"].update(
        tie_decisions=[],
        contests=[
            {"for": place, "candidates": list(each), "votes": each, "blank": blanks[place]}
            for place, each in votes.items()
        ],
    )
    spoilt = {"wrongly_completed": 0, "late": 0}
    for entry in world.entries["counts"]:
        entry["contests"] = [
            {"place": place, "votes": dict(each), "blank": blanks[place], **spoilt}
            for place, each in votes.items()
        ]
    world.facts["papers"].update(spoilt=0, blank=sum(blanks.values()))
    for candidate in world.facts["candidates"]:
        name = str(candidate["number"])
        candidate["votes"] = {
            place: contest[name] for place, contest in votes.items() if name in contest
        }


def _decided(world: World, members: list[int], alternates: list[int], **more: Json) -> None:
    vacant = more.pop("vacant", [])
    world.facts["decision"].update(
        members=members, alternates=alternates, vacant=vacant, ties=[], **more
    )
    world.applications = {number: given.paper("x") for number in (*members, *alternates)}


def _parallel(world: World) -> None:
    world.facts["count"]["model"] = "two_parallel_contests"
    world.regulation["answers"]["contest_model"] = "two_parallel_contests"


def repeat_vote(world: World) -> None:
    _round(world, 2, "repeat_vote")


def second_round_by_plurality(world: World) -> None:
    """The regulation asks for a majority, which nobody had in the first round."""
    _round(world, 2, "second_round")
    world.regulation["answers"].update(
        decision_principle="absolute_majority", majority_of="votes_cast"
    )
    world.regulation["decided_here"]["decision_principle"] = "plurality"


def repeat_of_a_second_round(world: World) -> None:
    second_round_by_plurality(world)
    _round(world, 3, "repeat_vote")


def by_election_for_an_alternate(world: World) -> None:
    """Only the alternate's place is vacant: one contest of two."""
    _round(world, 2, "by_election", from_the_beginning=True)
    _contests(world, alternate={"2": 20, "4": 10})
    _decided(world, [], [2])


def by_election_in_two_parallel_contests(world: World) -> None:
    _parallel(world)
    _round(world, 2, "by_election", from_the_beginning=True)
    _contests(world, member={"1": 20, "4": 12})
    _decided(world, [1], [])


def two_parallel_contests(world: World) -> None:
    _parallel(world)
    _contests(world, member={"1": 20, "2": 10}, alternate={"2": 13, "4": 17})
    _decided(world, [1], [4])


def for_or_against_a_single_candidate(world: World) -> None:
    world.regulation["answers"]["single_candidate"] = "vote_for_or_against"
    world.regulation["decided_here"].update(
        decision_principle="absolute_majority", majority_of="votes_cast"
    )
    world.facts["count"].update(rule="absolute_majority", majority_of="votes_cast")
    _contests(world, both={"1": 20})
    _decided(world, [1], [], vacant=[{"place": "alternate", "seats": 1}])


def a_single_candidate_beside_a_contested_place(world: World) -> None:
    """For member most votes decide; the only candidate for alternate has more against than for."""
    _parallel(world)
    world.regulation["answers"]["single_candidate"] = "vote_for_or_against"
    _contests(world, member={"1": 20, "2": 10}, alternate={"4": 15})
    _decided(world, [1], [], decided=False)


def nobody_for_alternate(world: World) -> None:
    """3.18: nobody stands for alternate, which a first round of two contests says."""
    _parallel(world)
    _contests(world, member={"1": 20, "2": 10}, alternate={})
    _decided(world, [1], [], vacant=[{"place": "alternate", "seats": 1}])


def elected_without_a_vote(world: World) -> None:
    world.regulation["answers"].update(
        single_candidate="elected_without_vote", minimum_turnout_percent=50
    )
    _contests(world, both={"1": 0})
    world.facts["count"].update(voted=0, minimum_turnout=None)
    del world.facts["count"]["contests"][0]["votes"]
    world.facts["count"]["contests"][0]["blank"] = 0
    world.facts["voters"]["voted"] = 0
    world.facts["papers"] = {**dict.fromkeys(world.facts["papers"], 0), "differences": []}
    for entry in world.entries["counts"]:
        entry.update(papers=dict.fromkeys(entry["papers"], 0), contests=[])
    _decided(world, [1], [], vacant=[{"place": "alternate", "seats": 1}])


def a_round_after_one_with_a_protocol_of_its_own(world: World) -> None:
    """The first round had a first version too, signed by the same people."""
    _round(world, 2, "repeat_vote")
    after = {"kind": "signed", "version": 1, "facts": "a" * 64, "public": "b" * 64}
    at = given.START + timedelta(days=30)
    world.acts.append(given.act("protocol.signed", at, "commissioner", 12, after=after))


def an_absolute_majority(world: World) -> None:
    world.regulation["answers"].update(
        decision_principle="absolute_majority", majority_of="votes_cast"
    )
    world.facts["count"].update(rule="absolute_majority", majority_of="votes_cast")
    _contests(world, both={"1": 20, "2": 7, "4": 4})
    _decided(world, [1], [2])


def half_of_what_is_no_question_where_most_votes_decide(world: World) -> None:
    world.regulation["answers"]["majority_of"] = "registered"


def an_open_tie(world: World) -> None:
    """What a round hands over to a repeat vote."""
    world.facts["count"]["tie_decisions"] = []
    _decided(world, [1], [], decided=False)


GOOD: tuple[Callable[[World], None], ...] = (
    repeat_vote,
    second_round_by_plurality,
    repeat_of_a_second_round,
    by_election_for_an_alternate,
    by_election_in_two_parallel_contests,
    two_parallel_contests,
    for_or_against_a_single_candidate,
    a_single_candidate_beside_a_contested_place,
    nobody_for_alternate,
    elected_without_a_vote,
    a_round_after_one_with_a_protocol_of_its_own,
    an_absolute_majority,
    half_of_what_is_no_question_where_most_votes_decide,
    an_open_tie,
)


@pytest.mark.parametrize("world", GOOD, ids=lambda world: world.__name__)
def test_it_passes(world: Callable[[World], None]) -> None:
    assert verdict(changed(world)) is None


def _plurality_in_the_first_round(world: World) -> None:
    second_round_by_plurality(world)
    world.acts = given.acts_before_the_protocol()
    world.round_number = given.ROUND_NUMBER
    world.facts["round"] = {"number": 1, "kind": "first"}


def _majority_where_most_votes_decide(world: World) -> None:
    """The rule for the single candidate, put upon the contested place beside it."""
    a_single_candidate_beside_a_contested_place(world)
    world.facts["count"].update(rule="absolute_majority", majority_of="votes_cast")
    world.facts["count"]["contests"][0].update(votes={"1": 14, "2": 13}, blank=5)
    world.facts["candidates"][0]["votes"]["member"] = 14
    world.facts["candidates"][1]["votes"]["member"] = 13
    for entry in world.entries["counts"]:
        entry["contests"][0].update(votes={"1": 14, "2": 13}, blank=5)
    world.facts["papers"]["blank"] = 5 + 17
    _decided(world, [], [], decided=False)
    world.facts["decision"]["decided"] = False


def _alone_in_the_first_round(world: World) -> None:
    by_election_for_an_alternate(world)
    world.acts = given.acts_before_the_protocol()
    world.round_number = given.ROUND_NUMBER
    world.facts["round"] = {"number": 1, "kind": "first"}


def _without_turnout(world: World) -> None:
    world.facts["count"]["minimum_turnout"] = None


def _single_candidate_elected_against_the_majority(world: World) -> None:
    a_single_candidate_beside_a_contested_place(world)
    _decided(world, [1], [4], decided=True)


def _a_round_of_no_kind(world: World) -> None:
    _round(world, 2, "third")


def _half_of_something_else(world: World) -> None:
    an_absolute_majority(world)
    world.facts["count"]["majority_of"] = "votes_for_candidates"


def _a_tie_in_a_contest_that_is_none(world: World) -> None:
    a_single_candidate_beside_a_contested_place(world)
    world.facts["count"]["tie_decisions"] = [{"contest": 2, "order": ["1", "2"]}]


BAD: dict[Callable[[World], None], tuple[int, str]] = {
    _half_of_something_else: (9, "counted-by-another-rule"),
    _a_tie_in_a_contest_that_is_none: (8, "sheet-contradictory"),
    _a_round_of_no_kind: (4, "round-unknown"),
    _plurality_in_the_first_round: (9, "counted-by-another-rule"),
    _majority_where_most_votes_decide: (9, "counted-by-another-rule"),
    _alone_in_the_first_round: (7, "sheet-unreadable"),
    _without_turnout: (9, "counted-by-another-rule"),
    _single_candidate_elected_against_the_majority: (8, "decision-differs"),
}


@pytest.mark.parametrize("world", BAD, ids=lambda world: world.__name__)
def test_what_the_rules_of_the_round_do_not_allow_is_found(world: Callable[[World], None]) -> None:
    assert verdict(changed(world)) == BAD[world]
