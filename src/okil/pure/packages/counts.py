"""From the two separate counts to the decision: each step must follow from the one before."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from okil.pure.packages.facts import result_data, same
from okil.pure.packages.failures import Faulty
from okil.pure.packages.sheets import count_as_held
from okil.pure.rules.count_sheet import Contest, CountSheet, contradictions
from okil.pure.rules.counting import Result
from okil.pure.rules.papers import (
    ContestCount,
    CountOfBox,
    Papers,
    box_from,
    differences,
    imbalances,
)


def require_numbered(facts: Mapping[str, Any], sheet: CountSheet) -> None:
    """The sheet names candidates by their numbers, and only those who were admitted."""
    numbers = [each["number"] for each in facts["candidates"]]
    if len(set(numbers)) != len(numbers):
        raise Faulty("candidate-twice")
    admitted = {str(each["number"]) for each in facts["candidates"] if each["admitted"]}
    for contest in sheet.contests:
        for name in contest.candidates:
            if name not in admitted:
                raise Faulty("candidate-not-admitted", name=name)


def require_numbers(facts: Mapping[str, Any], sheet: CountSheet) -> None:
    """The sheet can be true, its numbers are those of the facts, and no paper lacks its reason."""
    found = contradictions(sheet)
    if found:
        raise Faulty("sheet-contradictory", finding=found[0])
    voters, papers = facts["voters"], facts["papers"]
    stated = {
        "voters.registered": (voters["registered"], sheet.registered),
        "voters.voted": (voters["voted"], sheet.voted),
        "papers.found": (papers["found"], sheet.voted),
        "papers.spoilt": (papers["spoilt"], _sum(sheet, "wrongly_completed")),
        "papers.late": (papers["late"], _sum(sheet, "late")),
        "papers.blank": (papers["blank"], _sum(sheet, "blank_papers")),
    }
    for place, (said, counted) in stated.items():
        if said != counted:
            raise Faulty("number-differs-from-sheet", place=place, said=said, counted=counted)
    require_papers_explained(papers)


def require_papers_explained(papers: Mapping[str, Any]) -> None:
    """Where the papers do not add up, there is a reason."""
    explained = {each["code"] for each in papers["differences"]}
    box = CountOfBox(papers_of(papers), ())
    # Who was marked as given a paper stands on the roll, which is not here.
    for imbalance in imbalances(box, signed_for=papers["issued"]):
        if imbalance.code not in explained:
            facts_of_it = {"expected": imbalance.expected, "found": imbalance.found}
            raise Faulty("papers-unexplained", imbalance=imbalance.code, **facts_of_it)


def _sum(sheet: CountSheet, what: str) -> int:
    return sum(getattr(contest, what) for contest in sheet.contests)


def papers_of(stated: Mapping[str, int]) -> Papers:
    return Papers(**{name: stated[name] for name in ("printed", "issued", "unused", "found")})


def differing_lines(
    facts: Mapping[str, Any],
    entries: Mapping[str, Any],
    sheet: CountSheet,
    members: Collection[int] | None,
) -> tuple[str, ...]:
    """As `differing_from`, for what facts and sheet say."""
    return differing_from(_agreed(facts, sheet), entries, members)


def differing_from(
    agreed: CountOfBox, entries: Mapping[str, Any], members: Collection[int] | None
) -> tuple[str, ...]:
    """Where the two counts differ, which must be explained; where they agree, that was agreed on.

    Each is by another one of these members of the commission; by another person, where they are not
    known.
    """
    first, second = entries["counts"]
    counters = {first["number"], second["number"]}
    if len(counters) < 2 or (members is not None and not counters <= set(members)):
        raise Faulty("counts-not-by-two-members")
    one, other = box_from(_box(first)), box_from(_box(second))
    for box in (one, other):
        places = [contest.place for contest in box.contests]
        if len(set(places)) != len(places):
            raise Faulty("contest-counted-twice")
    differing = _differing(one, other)
    for line, (counted, said) in _differing(one, agreed).items():
        if line not in differing:
            raise Faulty("sheet-differs-from-counts", place=line, said=said, counted=counted)
    if differing and not entries["explanation"].strip():
        raise Faulty("difference-unexplained", place=next(iter(differing)))
    return tuple(differing)


def _box(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {"papers": entry["papers"], "contests": entry["contests"]}


def _differing(one: CountOfBox, other: CountOfBox) -> dict[str, tuple[int, int]]:
    """The lines that differ; a line that is not there says 0."""
    found = {
        ".".join([each.contest or "papers", each.line]): (each.first or 0, each.second or 0)
        for each in differences(one, other)
    }
    return {line: pair for line, pair in found.items() if pair[0] != pair[1]}


def _agreed(facts: Mapping[str, Any], sheet: CountSheet) -> CountOfBox:
    """What sheet and facts state, as one count."""
    contests = tuple(
        ContestCount(
            contest.place,
            contest.tally(),
            contest.blank_papers,
            contest.wrongly_completed,
            contest.late,
        )
        for contest in sheet.contests
    )
    return CountOfBox(papers_of(facts["papers"]), contests)


# The result


def require_result(
    facts: Mapping[str, Any],
    sheet: CountSheet,
    stated: Mapping[str, Any],
    single_candidate: Any = None,
) -> Result:
    """Counting again gives what the package states, and what the commission decided."""
    result = count_as_held(sheet, single_candidate)
    if result.contradictions:
        raise Faulty("sheet-contradictory", finding=result.contradictions[0])
    counted = result_data(result)
    for name, value in counted.items():
        if not same(stated[name], value):
            raise Faulty("result-differs", place=name)
    decided = decision_of(sheet, result)
    for name, value in decided.items():
        if _without_witnesses(facts["decision"][name]) != value:
            raise Faulty("decision-differs", place=name)
    for tie in facts["decision"]["ties"]:
        if tie["rule"] == "lot" and not tie["witnesses"]:
            raise Faulty("lot-without-witnesses")
    _require_votes(facts, sheet)
    return result


def decision_of(sheet: CountSheet, result: Result) -> dict[str, Any]:
    """What the facts of a protocol say of this result; of each tie they tell the witnesses too."""
    return {
        "members": [int(name) for name in result.winners],
        "alternates": [int(name) for name in result.alternates],
        "vacant": list(_vacant(result)),
        "ties": [
            {
                "between": sorted(map(int, decision.order)),
                "order": [int(name) for name in decision.order],
                "rule": sheet.tie,
            }
            for decision in sheet.tie_decisions
        ],
        "decided": result.decided,
    }


def _vacant(result: Result) -> Iterator[dict[str, Any]]:
    for step in result.steps:
        if step.code == "vacant":
            yield {"place": step.facts["place"], "seats": step.facts["seats"]}
        if step.code == "no-candidate":
            contest, seats = step.facts["contest"], step.facts["seats"]
            for place in ("member", "alternate") if contest == "both" else (contest,):
                yield {"place": place, "seats": seats}


def _without_witnesses(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return [
        {name: each[name] for name in each if name != "witnesses"}
        if isinstance(each, Mapping)
        else each
        for each in value
    ]


def _require_votes(facts: Mapping[str, Any], sheet: CountSheet) -> None:
    """Each candidate has in the facts the votes of the sheet, in the contests of the sheet."""
    for candidate in facts["candidates"]:
        counted = dict(_votes_of(str(candidate["number"]), sheet.contests))
        if candidate["votes"] != counted:
            raise Faulty("votes-differ", number=candidate["number"])


def _votes_of(name: str, contests: Sequence[Contest]) -> Iterator[tuple[str, int]]:
    for contest in contests:
        if name in contest.candidates:
            yield contest.place, contest.tally()[name]
