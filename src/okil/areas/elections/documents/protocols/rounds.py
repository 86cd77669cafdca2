"""What each round found of those that one protocol continues, in order (`votes` of the facts)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from okil.areas.elections.documents.protocols.moments import Moments
from okil.areas.elections.models import AgreedCount, Assembly, Move, Round
from okil.areas.elections.queries.ballots import in_numbers
from okil.areas.elections.queries.count import outcome_of
from okil.pure.rules.count_sheet import CountSheet
from okil.pure.rules.papers import box_from, imbalances
from okil.pure.rules.stages import VOTED_ON_AGAIN, Stage, State


def counted_rounds(row: Round) -> list[tuple[Round, AgreedCount, CountSheet]]:
    """The rounds that this one continues and then itself, each with its own count; from the one that
    began anew on."""
    found: list[tuple[Round, AgreedCount, CountSheet]] = []
    numbers = in_numbers(row)
    while (outcome := outcome_of(numbers.round, numbers)) and numbers.agreed:
        found.append((numbers.round, numbers.agreed, outcome.own))
        before = numbers.before
        if numbers.round.kind not in VOTED_ON_AGAIN or before is None or before.round.annulled_at:
            break
        numbers = before
    return found[::-1]


def votes_of(row: Round, moments: Moments) -> dict[str, Any]:
    """`votes`, where the round continues another; else its numbers are said without it."""
    rounds = counted_rounds(row)
    if len(rounds) < 2:
        return {}
    return {"votes": [_vote(*each, moments) for each in rounds]}


def _vote(row: Round, agreed: AgreedCount, own: CountSheet, moments: Moments) -> dict[str, Any]:
    dated = row.dates.filter(stage=Stage.VOTING).first()
    closed_at = Move.objects.filter(round=row, to_state=State.COUNTING).values_list("at", flat=True)
    return {
        "round": {"number": row.number, "kind": row.kind},
        "voting": {
            "begins_at": moments.maybe(dated.begins_at if dated else None),
            "ends_at": moments.maybe(dated.ends_at if dated else None),
            "closed_at": moments.maybe(closed_at.first()),
        },
        "assembly": assembly_of(row, moments),
        "registered": own.registered,
        "voted": own.voted,
        "papers": papers_of(agreed),
        "contests": list(_contests(own)),
    }


def assembly_of(row: Round, moments: Moments) -> dict[str, Any] | None:
    assembly = Assembly.objects.filter(round=row).first()
    if assembly is None:
        return None
    return {"begins_at": moments.said(assembly.begins_at), "place": dict(assembly.place)}


def papers_of(agreed: AgreedCount) -> dict[str, Any]:
    """The papers of the round of this count, and what did not add up."""
    box = box_from(agreed.content)
    found = imbalances(box, signed_for=agreed.round.papers_given.count())
    numbers = {each.code: each.found - each.expected for each in found}
    return {
        "printed": box.papers.printed,
        "issued": box.papers.issued,
        "unused": box.papers.unused,
        "found": box.papers.found,
        "differences": [
            {"code": code, "number": numbers.get(code, 0), "reason": reason}
            for code, reason in sorted(agreed.reasons.items())
        ],
    }


def _contests(own: CountSheet) -> Iterator[dict[str, Any]]:
    for number, contest in enumerate(own.contests):
        orders = [one.order for one in own.tie_decisions if one.contest == number]
        yield {
            "place": contest.place,
            "seats": contest.seats,
            "votes": dict(contest.tally()),
            "blank": contest.blank_papers,
            "wrongly_completed": contest.wrongly_completed,
            "late": contest.late,
            "orders": [list(map(int, order)) for order in orders],
        }
