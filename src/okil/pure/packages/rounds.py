"""A round that continues others: what each of them found, in order, and what the last one settles.

A second round is counted by itself, and its sheet has its own numbers. After a repeat vote between equals
the sheet has those of the earlier round, and the vote is the order in which it puts the equals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from okil.pure.packages.counts import differing_from, papers_of, require_papers_explained
from okil.pure.packages.failures import Faulty
from okil.pure.rules import again
from okil.pure.rules.count_sheet import CountSheet
from okil.pure.rules.counting import turnout_is_enough
from okil.pure.rules.papers import ContestCount, CountOfBox, Imbalance, imbalances
from okil.pure.rules.stages import VOTED_ON_AGAIN, RoundKind

Json = Mapping[str, Any]
COUNTED = ("votes", "blank", "wrongly_completed", "late")


def votes_told(facts: Json) -> Sequence[Json]:
    """What each round found, the present one last; none where a round stands by itself."""
    votes: Sequence[Json] = facts.get("votes", ())
    return votes


def vote_of_the_sheet(facts: Json) -> Json | None:
    """The newest of these votes whose numbers the count sheet has."""
    sheet = [_numbers_of_sheet(contest) for contest in facts["count"]["contests"]]
    for vote in reversed(votes_told(facts)):
        if sheet == [_numbers_of_vote(contest) for contest in vote["contests"]]:
            return vote
    return None


def _numbers_of_sheet(contest: Json) -> Json:
    rejected = contest.get("rejected") or {}
    return {
        "place": contest["for"],
        "votes": {**dict.fromkeys(contest["candidates"], 0), **(contest.get("votes") or {})},
        "blank": contest.get("blank") or 0,
        "wrongly_completed": rejected.get("wrongly_completed", 0),
        "late": rejected.get("late", 0),
    }


def _numbers_of_vote(contest: Json) -> Json:
    return {name: contest[name] for name in ("place", *COUNTED)}


def require_votes(facts: Json, entries: Json, sheet: CountSheet) -> tuple[str, ...]:
    """Each round's numbers can be true and are what two people counted; the sheet has those of one,
    with its ties in the order that the votes after it gave. Returns where two counts differed."""
    votes = votes_told(facts)
    if not votes:
        if "rounds" in entries:
            raise Faulty("counts-of-other-rounds")
        return ()
    _require_order(facts, votes)
    for vote in votes:
        _require_possible(facts, vote)
    base = vote_of_the_sheet(facts)
    if base is None:
        raise Faulty("votes-without-the-count")
    _require_same(facts, base)
    later = votes[votes.index(base) + 1 :]
    _require_settled(sheet, later)
    return tuple(_differing(facts, entries, [vote for vote in votes if vote is not base]))


def _require_order(facts: Json, votes: Sequence[Json]) -> None:
    rounds = [vote["round"] for vote in votes]
    in_order = all(one["number"] < other["number"] for one, other in pairwise(rounds))
    again_after_the_first = all(each["kind"] in VOTED_ON_AGAIN for each in rounds[1:])
    if not (in_order and again_after_the_first and rounds[-1] == facts["round"]):
        raise Faulty("votes-out-of-order")


def _require_possible(facts: Json, vote: Json) -> None:
    number = vote["round"]["number"]
    admitted = {str(each["number"]) for each in facts["candidates"] if each["admitted"]}
    box = box_of(vote)
    places = [contest.place for contest in box.contests]
    if len(set(places)) != len(places):
        raise Faulty("contest-counted-twice")
    for contest in box.contests:
        for name in contest.votes.keys() - admitted:
            raise Faulty("candidate-not-admitted", name=name)
    papers = vote["papers"]
    if vote["voted"] != papers["found"] or vote["voted"] > vote["registered"]:
        raise Faulty("vote-contradictory", round=number)
    if any(_contradictions(vote, box)):
        raise Faulty("vote-contradictory", round=number)
    require_papers_explained(papers)


def _contradictions(vote: Json, box: CountOfBox) -> Iterator[Imbalance]:
    for contest, counted in zip(vote["contests"], box.contests, strict=True):
        alone = CountOfBox(box.papers, (counted,))
        found = imbalances(alone, signed_for=box.papers.issued, seats=contest["seats"])
        yield from (each for each in found if not each.may_be_explained)


def box_of(vote: Json) -> CountOfBox:
    contests = tuple(ContestCount(**_numbers_of_vote(contest)) for contest in vote["contests"])
    return CountOfBox(papers_of(vote["papers"]), contests)


def _require_same(facts: Json, base: Json) -> None:
    """What the facts say of the papers, and of who took part, is said of the round of the sheet."""
    papers = {name: facts["papers"][name] for name in base["papers"]}
    took_part = [facts["count"][name] for name in ("registered", "voted")]
    if papers != base["papers"] or took_part != [base["registered"], base["voted"]]:
        raise Faulty("votes-without-the-count")


# What a repeat vote settles


def _require_settled(sheet: CountSheet, later: Sequence[Json]) -> None:
    """The sheet's ties were put in the order that these votes give, and in no other."""
    if any(vote["round"]["kind"] != RoundKind.REPEAT_VOTE for vote in later):
        raise Faulty("votes-without-the-count")
    voted_on = {
        (contest["place"], frozenset(contest["votes"]))
        for vote in later
        for contest in vote["contests"]
    }
    by_acts = tuple(
        each
        for each in sheet.tie_decisions
        if (sheet.contests[each.contest].place, frozenset(each.order)) not in voted_on
    )
    votes = tuple(one for vote in later for one in _later_votes(sheet, vote))
    try:
        settled = again.settle(replace(sheet, tie_decisions=by_acts), votes).sheet
    except (ValueError, IndexError) as error:
        raise Faulty("votes-decide-otherwise") from error
    if Counter(settled.tie_decisions) != Counter(sheet.tie_decisions):
        raise Faulty("votes-decide-otherwise")


def _later_votes(sheet: CountSheet, vote: Json) -> Iterator[again.LaterVote]:
    """None of a vote in which too few took part."""
    if not turnout_is_enough(replace(sheet, registered=vote["registered"], voted=vote["voted"])):
        return
    for contest in vote["contests"]:
        orders = tuple(tuple(map(str, order)) for order in contest["orders"])
        yield again.LaterVote(contest["place"], contest["votes"], orders)


# Both counts of each round


def _differing(facts: Json, entries: Json, others: Sequence[Json]) -> Iterator[str]:
    counted = entries.get("rounds", [])
    if [each["round"] for each in counted] != [vote["round"]["number"] for vote in others]:
        raise Faulty("counts-of-other-rounds")
    for entry, vote in zip(counted, others, strict=True):
        for line in differing_from(box_of(vote), entry, _counters(facts, vote)):
            yield f"{entry['round']}: {line}"


def counters_of_the_sheet(facts: Json) -> set[int] | None:
    """Who may have counted what the sheet says; None: of that round nobody is known."""
    return _counters(facts, vote_of_the_sheet(facts))


def _counters(facts: Json, vote: Json | None) -> set[int] | None:
    """The facts name the commission as it is. In an earlier round it may have been another one."""
    if vote is not None and vote["round"] != facts["round"]:
        return None
    return {each["number"] for each in facts["commission"]}
