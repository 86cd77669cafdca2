from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from okil.pure.hashchain import ChainedRow, canonical_bytes
from okil.pure.packages import kinds, writing
from okil.pure.packages.journal import row_data, standing
from okil.pure.packages.reading import read_zip
from okil.pure.packages.tests import given, vectors
from okil.pure.packages.tests.given import World
from okil.pure.packages.tests.spoiling import good, unzipped, verdict
from okil.pure.packages.verify import verify

Key = TypeVar("Key")
Value = TypeVar("Value")
VECTORS = Path(__file__).parents[5] / "tests" / "vectors" / "packages"


def _turned(mapping: Mapping[Key, Value]) -> dict[Key, Value]:
    return dict(reversed(list(mapping.items())))


def test_the_same_parts_give_the_same_bytes() -> None:
    parts = given.parts(World())
    turned = replace(
        parts,
        papers=_turned(parts.papers),
        applications=_turned(parts.applications),
        internal=_turned(parts.internal),
    )
    assert writing.write(turned) == writing.write(parts) == good()


def test_the_kept_packages_are_made_again_byte_for_byte() -> None:
    for name, made in vectors.packages().items():
        assert (VECTORS / name).read_bytes() == made, name


def test_every_kept_package_is_judged_as_its_name_says() -> None:
    expected = json.loads((VECTORS / "expected.json").read_text(encoding="utf-8"))
    assert {path.name for path in VECTORS.glob("*.zip")} == set(expected)
    for name, found in expected.items():
        raw = (VECTORS / name).read_bytes()
        assert verdict(raw) == (found and (found["check"], found["reason"])), name


def test_what_is_written_can_be_read_by_any_program_and_by_ours() -> None:
    with zipfile.ZipFile(io.BytesIO(good())) as package:
        assert package.testzip() is None
        assert package.namelist() == sorted(package.namelist())
        assert {info.date_time for info in package.infolist()} == {writing.DATE}
    assert read_zip(good()) == unzipped(good())


def test_nothing_is_written_that_could_name_a_voter() -> None:
    codes = {kind.code for kind in kinds.KINDS}
    assert not codes & kinds.NEVER
    listed = json.loads(unzipped(good())[kinds.MANIFEST])["files"]
    assert {each["kind"] for each in listed} <= codes


def test_a_package_without_an_elected_person_needs_no_application() -> None:
    def nobody_stood(world: World) -> None:
        world.facts["candidates"] = []
        world.facts["count"]["contests"] = [{"for": "both", "candidates": []}]
        world.facts["count"].update(voted=0, tie_decisions=[], minimum_turnout=0)
        world.regulation["answers"]["minimum_turnout_percent"] = 0
        world.facts["voters"]["voted"] = 0
        world.facts["papers"] = {**dict.fromkeys(world.facts["papers"], 0), "differences": []}
        world.facts["decision"] = {
            "members": [],
            "alternates": [],
            "vacant": [{"place": "member", "seats": 1}, {"place": "alternate", "seats": 1}],
            "ties": [],
            "decided": True,
        }
        for counted in world.entries["counts"]:
            counted["papers"] = dict.fromkeys(counted["papers"], 0)
            counted["contests"] = []
        world.applications = {}

    world = World()
    nobody_stood(world)
    report = verify(given.package(world))
    assert report.verified
    assert report.checks[9].facts == {"applications": 0, "remarks": 1}


def test_a_remark_filed_after_the_protocol_goes_with_the_package_and_needs_no_other_protocol() -> (
    None
):
    world = World()
    given.remarked_later(world)

    report = verify(given.package(world))

    assert report.verified
    assert report.checks[9].facts["remarks"] == 2
    assert [each.facts for each in report.warnings if each.code == "remarks-later"] == [
        {"remarks": 1}
    ]


def test_two_parallel_contests_are_checked_contest_by_contest() -> None:
    def parallel(world: World) -> None:
        def contest(place: str, votes: dict[str, int]) -> dict[str, Any]:
            return {"for": place, "candidates": list(votes), "votes": votes, "blank": 2}

        members, alternates = {"1": 20, "2": 10}, {"2": 13, "4": 17}
        world.facts["count"].update(
            model="two_parallel_contests",
            contests=[contest("member", members), contest("alternate", alternates)],
            tie_decisions=[],
        )
        world.regulation["answers"]["contest_model"] = "two_parallel_contests"
        for candidate in world.facts["candidates"]:
            name = str(candidate["number"])
            candidate["votes"] = {
                place: votes[name]
                for place, votes in (("member", members), ("alternate", alternates))
                if name in votes
            }
        world.facts["decision"]["ties"] = []
        world.facts["papers"].update(spoilt=0, blank=4)
        counted = {"blank": 2, "wrongly_completed": 0, "late": 0}
        for entry in world.entries["counts"]:
            entry["contests"] = [
                {"place": "alternate", "votes": alternates, **counted},
                {"place": "member", "votes": members, **counted},
            ]
        world.entries["explanation"] = ""

    world = World()
    parallel(world)
    assert verdict(given.package(world)) is None


def test_what_the_facts_say_of_the_journal_is_bound_to_every_row_before() -> None:
    rows = [row_data(ChainedRow(n, "0" * 64, f"{n:064}", {"event": "x"})) for n in (3, 4, 9)]

    def said_of(known: list[dict[str, Any]]) -> dict[str, Any]:
        return standing(known, length=7, last_hash="a" * 64)

    said = said_of(rows)
    assert said == said_of(rows[:2])
    assert said != said_of(rows[:1])
    assert said != said_of([rows[0], {**rows[1], "event": "y"}])
    assert canonical_bytes(said)
