"""Ways to tamper with facts, count, result, regulation and annexes (checks 5 and 7 to 10).

Whoever does it makes every hash, signature and row of the journal anew.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from okil.pure.packages import kinds
from okil.pure.packages.tests import given
from okil.pure.packages.tests.given import World, remark_filed, remarked_later
from okil.pure.packages.tests.spoiling import (
    changed,
    count_changed,
    facts_changed,
    verdict,
    with_files,
    with_json,
    with_manifest,
    with_public,
)
from okil.pure.packages.verify import verify

Tampering = Callable[[], bytes]
Json = Any


def _put(value: Json, *path: str | int) -> Callable[[Json], None]:
    """Another value at this place."""

    def change(found: Json) -> None:
        for step in path[:-1]:
            found = found[step]
        found[path[-1]] = value

    return change


# 5 The facts

OTHER_GROUP = {"slug": "arna", "name": given.texts("Арна", "Арна", "Arna")}


def _second_version(**said: Any) -> Tampering:
    return lambda: facts_changed(lambda facts: facts.update(version=2, **said))


FACTS: dict[str, tuple[str, Tampering]] = {
    "a name to which nobody agreed": (
        "name-not-consented",
        lambda: with_public(_put("Калинина Ирина", "candidates", 1, "name")),
    ),
    "the name of a commission member who did not agree": (
        "name-not-consented",
        lambda: with_public(_put("Морошкина Жанна", "commission", 1, "name")),
    ),
    "the organiser's name without consent": (
        "name-not-consented",
        lambda: with_public(_put("Полынина Гульнара", "organiser", "name")),
    ),
    "another name than the candidate's": (
        "public-differs",
        lambda: with_public(_put("Брусникина Ия", "candidates", 0, "name")),
    ),
    "a name withheld that was to be public": (
        "public-differs",
        lambda: with_public(_put("", "candidates", 0, "name")),
    ),
    "a region with two people": (
        "cell-too-small",
        lambda: with_public(
            lambda public: public["voters"]["by_region"].append({"region": "x", "registered": 2})
        ),
    ),
    "regions not merged": (
        "cell-too-small",
        lambda: with_public(_put(given.facts()["voters"]["by_region"], "voters", "by_region")),
    ),
    "a region hidden that need not be": (
        "public-differs",
        lambda: with_public(_put([{"region": "other", "registered": 40}], "voters", "by_region")),
    ),
    "other votes in the public version": (
        "public-differs",
        lambda: with_public(_put(15, "candidates", 0, "votes", "both")),
    ),
    "another decision in the public version": (
        "public-differs",
        lambda: with_public(_put([2], "decision", "members")),
    ),
    "a candidate left out of the public version": (
        "public-differs",
        lambda: with_public(lambda public: public["candidates"].pop()),
    ),
    "internal facts that pass for public ones": (
        "audience-wrong",
        lambda: facts_changed(lambda facts: facts.update(audience="public")),
    ),
    "facts exchanged": (
        "facts-hash-differs",
        lambda: with_json(kinds.PUBLIC, _put(2, "observers", "number")),
    ),
    "another commitment": (
        "commitment-differs",
        lambda: with_manifest(_put("0" * 64, "protocol", "commitment")),
    ),
    "another salt": (
        "commitment-differs",
        lambda: with_manifest(_put("0" * 64, "protocol", "salt")),
    ),
    "the package of another group": (
        "manifest-differs-from-facts",
        lambda: with_manifest(_put(OTHER_GROUP, "group")),
    ),
    "the package of another year": (
        "manifest-differs-from-facts",
        lambda: with_manifest(_put(2021, "cycle")),
    ),
    "the number of another protocol": (
        "manifest-differs-from-facts",
        lambda: with_manifest(_put("18/2024", "protocol", "number")),
    ),
    "a version of the protocol that is none": (
        "manifest-differs-from-facts",
        lambda: with_manifest(_put(2, "protocol", "version")),
    ),
    "a correction that names nothing": (
        "version-inconsistent",
        _second_version(reason=given.texts("Опечатка", "Қате", "Misprint")),
    ),
    "a correction without a reason": (
        "version-inconsistent",
        _second_version(supersedes="16/2024"),
    ),
    "a correction of itself": (
        "version-inconsistent",
        _second_version(supersedes="17/2024", reason={"ru": "Опечатка"}),
    ),
    "a first version that corrects": (
        "version-inconsistent",
        lambda: facts_changed(_put("16/2024", "supersedes")),
    ),
    "more voters in the regions than on the roll": (
        "regions-differ-from-roll",
        lambda: facts_changed(_put(19, "voters", "by_region", 0, "registered")),
    ),
    "a region twice": (
        "region-twice",
        lambda: facts_changed(_put("kz-71", "voters", "by_region", 0, "region")),
    ),
}


# 7 The count sheet


def _votes_moved(world: World) -> None:
    """Two votes from one candidate to another, everywhere but in what two members counted."""
    contest = world.facts["count"]["contests"][0]
    contest["votes"] = {"1": 8, "2": 13, "4": 9}
    world.facts["count"]["tie_decisions"] = []
    for candidate in world.facts["candidates"]:
        if candidate["admitted"]:
            candidate["votes"] = {"both": contest["votes"][str(candidate["number"])]}
    world.facts["decision"].update(members=[2], alternates=[4], ties=[])
    world.applications = {2: given.paper("application 2"), 4: given.paper("application 4")}


def _refused_on_the_sheet(world: World) -> None:
    world.facts["count"]["contests"][0]["candidates"].append("3")


SHEET: dict[str, tuple[str, Tampering]] = {
    "votes changed everywhere but in the two counts": (
        "sheet-differs-from-counts",
        lambda: changed(_votes_moved),
    ),
    "the sheet exchanged": (
        "sheet-differs-from-facts",
        lambda: with_json(kinds.SHEET, _put(13, "contests", 0, "votes", "1")),
    ),
    "votes from nowhere": (
        "sheet-contradictory",
        lambda: count_changed(_put(15, "contests", 0, "votes", "1")),
    ),
    "a sheet that is none": (
        "sheet-unreadable",
        lambda: count_changed(_put("most", "rule")),
    ),
    "the roll on the sheet": (
        "sheet-unreadable",
        lambda: count_changed(_put(["Ромашкина"], "roll")),
    ),
    "fewer voters in the facts": (
        "number-differs-from-sheet",
        lambda: facts_changed(_put(31, "voters", "voted")),
    ),
    "fewer papers found": (
        "number-differs-from-sheet",
        lambda: facts_changed(_put(31, "papers", "found")),
    ),
    "spoilt papers left out": (
        "number-differs-from-sheet",
        lambda: facts_changed(_put(0, "papers", "spoilt")),
    ),
    "a paper lost without a reason": (
        "papers-unexplained",
        lambda: facts_changed(_put([], "papers", "differences")),
    ),
    "papers printed and not told of": (
        "papers-unexplained",
        lambda: facts_changed(_put(50, "papers", "printed")),
    ),
    "a refused candidate on the sheet": (
        "candidate-not-admitted",
        lambda: changed(_refused_on_the_sheet),
    ),
    "two candidates with one number": (
        "candidate-twice",
        lambda: facts_changed(_put(1, "candidates", 2, "number")),
    ),
    "one member counts twice": (
        "counts-not-by-two-members",
        lambda: with_json(kinds.ENTRIES, _put(12, "counts", 1, "number")),
    ),
    "somebody else counts": (
        "counts-not-by-two-members",
        lambda: with_json(kinds.ENTRIES, _put(given.ORGANISER, "counts", 1, "number")),
    ),
    "a difference that nobody explains": (
        "difference-unexplained",
        lambda: with_json(kinds.ENTRIES, _put("", "explanation")),
    ),
    "a count that has a contest twice": (
        "contest-counted-twice",
        lambda: with_json(
            kinds.ENTRIES,
            lambda found: found["counts"][0]["contests"].append(found["counts"][0]["contests"][0]),
        ),
    ),
}


# 8 The result


def _an_invented_tie(world: World) -> None:
    world.facts["count"]["tie_decisions"].append({"contest": 0, "order": ["1", "2"]})


RESULT: dict[str, tuple[str, Tampering]] = {
    "another winner in the result": (
        "result-differs",
        lambda: with_json(kinds.RESULT, _put(["2"], "winners")),
    ),
    "a number of a step written as true": (
        "result-differs",
        lambda: with_json(kinds.RESULT, _put(True, "steps", 2, "facts", "seats")),
    ),
    "a step of the count left out": (
        "result-differs",
        lambda: with_json(kinds.RESULT, lambda found: found["steps"].pop()),
    ),
    "a word of a step changed": (
        "result-differs",
        lambda: with_json(kinds.RESULT, _put(33, "steps", 0, "facts", "voted")),
    ),
    "another winner in the decision": (
        "decision-differs",
        lambda: facts_changed(_put([2], "decision", "members")),
    ),
    "the loser of the lot as alternate": (
        "decision-differs",
        lambda: facts_changed(_put([2], "decision", "alternates")),
    ),
    "a seat told to be vacant": (
        "decision-differs",
        lambda: facts_changed(_put([{"place": "member", "seats": 1}], "decision", "vacant")),
    ),
    "a tie that is not told": (
        "decision-differs",
        lambda: facts_changed(_put([], "decision", "ties")),
    ),
    "a lot drawn otherwise than told": (
        "decision-differs",
        lambda: facts_changed(_put([2, 4], "decision", "ties", 0, "order")),
    ),
    "a lot that was no lot": (
        "decision-differs",
        lambda: facts_changed(_put("other", "decision", "ties", 0, "rule")),
    ),
    "a lot without witnesses": (
        "lot-without-witnesses",
        lambda: facts_changed(_put(0, "decision", "ties", 0, "witnesses")),
    ),
    "an open count told to be decided": (
        "decision-differs",
        lambda: count_changed(_put([], "tie_decisions")),
    ),
    "a tie decision invented": ("sheet-contradictory", lambda: changed(_an_invented_tie)),
    "other votes of a candidate": (
        "votes-differ",
        lambda: facts_changed(_put(13, "candidates", 0, "votes", "both")),
    ),
    "votes of a refused candidate": (
        "votes-differ",
        lambda: facts_changed(_put({"both": 0}, "candidates", 2, "votes")),
    ),
}


# 9 The regulation


def _regulation(change: Callable[[Json], None]) -> Tampering:
    return lambda: changed(lambda world: change(world.regulation))


def _without_the_dissenting_member(world: World) -> None:
    """As if there had never been a third: out of the facts, the signatures and the journal."""
    world.facts["commission"] = [each for each in world.facts["commission"] if each["number"] != 13]
    del world.kinds_of_signatures["commissioner", 13]
    world.kinds_of_signatures["commissioner", 14] = "signed"


def _tie_rule_of_the_facts(world: World) -> None:
    world.facts["count"]["tie"] = "other"
    world.facts["decision"]["ties"][0]["rule"] = "other"


REGULATION: dict[str, tuple[str, Tampering]] = {
    "another rule for ties in the regulation": (
        "counted-by-another-rule",
        _regulation(_put("repeat_vote_between_tied", "decided_here", "tie")),
    ),
    "another rule for ties on the sheet": (
        "counted-by-another-rule",
        lambda: changed(_tie_rule_of_the_facts),
    ),
    "a majority asked for that the sheet does not ask for": (
        "counted-by-another-rule",
        _regulation(_put("absolute_majority", "answers", "decision_principle")),
    ),
    "another model": (
        "counted-by-another-rule",
        _regulation(_put("two_parallel_contests", "answers", "contest_model")),
    ),
    "a turnout that was not reached": (
        "counted-by-another-rule",
        _regulation(_put(90, "answers", "minimum_turnout_percent")),
    ),
    "a rule that nobody gave": (
        "counted-by-another-rule",
        _regulation(lambda found: found["decided_here"].clear()),
    ),
    "a decision against the regulation": (
        "decided-against-the-regulation",
        _regulation(_put(50, "decided_here", "minimum_turnout_percent")),
    ),
    "an answer that no regulation gives": (
        "answer-unreadable",
        _regulation(_put("by_the_organiser", "decided_here", "tie")),
    ),
    "a question that no regulation answers": (
        "answer-unreadable",
        _regulation(_put("Ромашкина", "answers", "who_wins")),
    ),
    "another smallest cell": (
        "small-cell-differs",
        _regulation(_put(3, "answers", "smallest_cell")),
    ),
    "a member of the commission left out everywhere": (
        "commission-of-another-size",
        lambda: changed(_without_the_dissenting_member),
    ),
    "the regulation exchanged": (
        "regulation-hash-differs",
        lambda: with_json(kinds.REGULATION, _put("other", "decided_here", "tie")),
    ),
    "another version of the regulation": (
        "regulation-differs-from-facts",
        _regulation(_put(3, "version")),
    ),
    "adopted by somebody else": (
        "regulation-differs-from-facts",
        _regulation(_put("Секретариат", "adopted_by")),
    ),
    "a plan that is none": (
        "plan-unreadable",
        lambda: changed(lambda world: world.plan.update(actions=[])),
    ),
}


# 10 The annexes


ANNEXES: dict[str, tuple[str, Tampering]] = {
    "the application of another candidate": (
        "application-of-another",
        lambda: changed(lambda world: world.applications.update({2: given.paper("2")})),
    ),
    "the application of another candidate instead": (
        "application-of-another",
        lambda: changed(lambda world: setattr(world, "applications", {1: b"%PDF-", 2: b"%PDF-"})),
    ),
    "an application left out": (
        "application-missing",
        lambda: changed(lambda world: world.applications.pop(4)),
    ),
    "a remark left out": ("remarks-differ", lambda: changed(lambda world: world.remarks.clear())),
    "a remark more than was filed": (
        "remarks-differ",
        lambda: changed(lambda w: w.remarks.append({**w.remarks[0], "number": 2})),
    ),
    "a remark of the last days left out": (
        "remarks-differ",
        lambda: changed(lambda world: world.acts_after.append(remark_filed(2))),
    ),
    "a remark of the last days under another number": (
        "remark-number-wrong",
        lambda: changed(lambda world: remarked_later(world, number=3)),
    ),
    "a remark under another number": (
        "remark-number-wrong",
        lambda: with_json("remarks/1.json", _put(2, "number")),
    ),
    "a remark hidden behind a gap": (
        "remark-number-wrong",
        lambda: changed(lambda world: world.remarks[0].update(number=2)),
    ),
    "a checklist that promises more": (
        "checklist-differs",
        lambda: with_json(
            kinds.CHECKLIST, lambda found: found["items"][-1]["paths"].append("plan-2.json")
        ),
    ),
    "a checklist that asks for less": (
        "checklist-differs",
        lambda: with_json(kinds.CHECKLIST, lambda found: found["items"].pop(0)),
    ),
}
TABLES = {5: FACTS, 7: SHEET, 8: RESULT, 9: REGULATION, 10: ANNEXES}


@pytest.mark.parametrize(
    ("check", "name"), [(check, name) for check, table in TABLES.items() for name in table]
)
def test_it_is_found_by_the_check_whose_business_it_is(check: int, name: str) -> None:
    reason, tamper = TABLES[check][name]
    assert verdict(tamper()) == (check, reason)


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_both_versions_must_be_there_as_files(audience: str) -> None:
    def only_the_other(files: dict[str, bytes]) -> None:
        for path in [each for each in files if each.startswith(f"protocol/{audience}.")]:
            if path.endswith(".pdf"):
                del files[path]

    assert verdict(with_files(only_the_other)) == (5, "paper-missing")


def test_a_protocol_drawn_up_after_the_package_is_found() -> None:
    def later(world: World) -> None:
        world.facts["drawn_up_at"] = (given.MADE_AT + timedelta(seconds=1)).isoformat()

    assert verdict(changed(later)) == (6, "signed-at-another-time")


def test_the_place_is_told_where_the_public_version_differs() -> None:
    report = verify(with_public(_put(7, "voters", "organisations")))
    assert report.checks[4].facts == {"place": "voters"}


def test_a_correction_that_names_the_protocol_before_it_passes() -> None:
    said = {"supersedes": "16/2024", "reason": {"ru": "Опечатка в числе наблюдателей"}}
    assert verdict(_second_version(**said)()) is None
