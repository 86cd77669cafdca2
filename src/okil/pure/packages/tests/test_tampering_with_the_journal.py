"""Ways to tamper with the journal's extract and the signatures (checks 4 and 6)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from okil.pure.packages import kinds, writing
from okil.pure.packages.tests import given
from okil.pure.packages.tests.given import DRAWN_UP_AT, ORGANISER, World, act
from okil.pure.packages.tests.spoiling import (
    changed,
    facts_changed,
    good,
    lonely,
    place_of,
    rechain,
    renumbered,
    unzipped,
    verdict,
    with_json,
    with_manifest,
    with_rows,
)
from okil.pure.packages.verify import verify

Tampering = Callable[[], bytes]
Json = Any


# 4 The journal


def _hashed_anew_alone(rows: list[Json]) -> None:
    """A row changed and hashed anew, the rows after it as they were."""
    after = rows[2:]
    del rows[2:]
    rows[1]["actor_number"] = 9
    rechain(rows)
    rows += after


def _without_answer(rows: list[Json]) -> None:
    rows.pop(place_of(rows, "gate.answered"))


def _without_answer_and_gap(rows: list[Json]) -> None:
    _without_answer(rows)
    renumbered(rows)


def _exchanged(rows: list[Json]) -> None:
    rows[1], rows[2] = rows[2], rows[1]


def _cut_off_before_the_facts() -> bytes:
    files = unzipped(good())
    manifest = json.loads(files.pop(kinds.MANIFEST))
    rows = files[kinds.JOURNAL].splitlines(keepends=True)[:3]
    last = json.loads(rows[-1])
    files[kinds.JOURNAL] = b"".join(rows)
    manifest["journal"] = {"length": last["number"], "last_hash": last["hash"]}
    manifest["files"] = writing.listed(files)
    return given.with_manifest(files, manifest)


def _without_move(world: World) -> None:
    world.acts.remove([one for one in world.acts if one["event"] == "round.moved"][2])


def _annulled(world: World) -> None:
    at = DRAWN_UP_AT + timedelta(days=4, hours=1)
    world.acts_after.append(act("round.annulled", at, "commissioner", 12, after={"round": 1}))


def _act_of_tomorrow(world: World) -> None:
    at = given.MADE_AT + timedelta(seconds=1)
    world.acts_after.append(act("gate.answered", at, "organiser", ORGANISER, after={"gate": "x"}))


JOURNAL: dict[str, tuple[str, Tampering]] = {
    "a row changed": (
        "row-changed",
        lambda: with_rows(lambda rows: rows[1].update(actor_number=9)),
    ),
    "a row changed and hashed anew": ("row-not-linked", lambda: with_rows(_hashed_anew_alone)),
    "a row that nothing follows changed and hashed anew": (
        "rows-not-those-of-the-facts",
        lambda: with_rows(lambda rows: rows[lonely(rows)].update(actor_number=9), chained=True),
    ),
    "a row changed and everything chained anew": (
        "rows-not-those-of-the-facts",
        lambda: with_rows(lambda rows: rows[0].update(actor_number=9), chained=True),
    ),
    "a row removed": ("rows-not-those-of-the-facts", lambda: with_rows(_without_answer)),
    "a row removed and the gap closed": (
        "head-differs",
        lambda: with_rows(_without_answer_and_gap, chained=True),
    ),
    "two rows exchanged": ("rows-out-of-order", lambda: with_rows(_exchanged)),
    "a row twice": ("rows-out-of-order", lambda: with_rows(lambda rows: rows.insert(1, rows[1]))),
    "a row of another election": (
        "row-of-another-election",
        lambda: with_rows(lambda rows: rows[-1].update(chapter="election-10"), chained=True),
    ),
    "a row beyond the journal's length": (
        "row-after-the-head",
        lambda: with_manifest(lambda found: found["journal"].update(length=50)),
    ),
    "another last hash": (
        "head-differs",
        lambda: with_manifest(lambda found: found["journal"].update(length=53)),
    ),
    "facts from a longer journal than there is": (
        "facts-after-the-head",
        _cut_off_before_the_facts,
    ),
    "a state skipped": ("moves-out-of-order", lambda: changed(_without_move)),
    "a vote that was never closed": (
        "moves-out-of-order",
        lambda: changed(lambda world: world.acts.pop()),
    ),
    "a protocol that nobody recorded": (
        "results-not-reached",
        lambda: with_rows(lambda rows: rows.pop(place_of(rows, "round.moved", -1))),
    ),
    "another round": (
        "round-unknown",
        lambda: facts_changed(lambda facts: facts["round"].update(number=2)),
    ),
    "a round of another kind": (
        "round-unknown",
        lambda: facts_changed(lambda facts: facts["round"].update(kind="repeat_vote")),
    ),
    "a round of no kind": (
        "round-unknown",
        lambda: facts_changed(lambda facts: facts["round"].update(kind="third")),
    ),
    "a round that was annulled": ("round-annulled", lambda: changed(_annulled)),
    "an act after the package": ("act-after-the-package", lambda: changed(_act_of_tomorrow)),
    "a package made before it was signed": (
        "act-after-the-package",
        lambda: changed(lambda world: setattr(world, "made_at", DRAWN_UP_AT)),
    ),
}


# 6 The signatures


def _signature_of(number: int, signatures: list[Json]) -> Json:
    return next(each for each in signatures if each["number"] == number)


def _signatures(change: Callable[[list[Json]], object]) -> bytes:
    return with_json(kinds.SIGNATURES, change)


def _without_row_of(number: int) -> bytes:
    """Entry and row removed together, and the rows chained anew."""

    def without_row(rows: list[Json]) -> None:
        signed = [row for row in rows if row["event"] == "protocol.signed"]
        rows.remove(next(row for row in signed if row["actor_number"] == number))

    return with_rows(without_row, chained=True)


def _only(*numbers: int) -> Callable[[World], None]:
    def change(world: World) -> None:
        kept = {one: kind for one, kind in world.kinds_of_signatures.items() if one[1] in numbers}
        world.kinds_of_signatures = kept

    return change


def _kind(role: str, number: int, kind: str) -> Callable[[World], None]:
    return lambda world: world.kinds_of_signatures.update({(role, number): kind})


def _at(number: int, after: timedelta) -> Callable[[World], None]:
    return lambda world: world.signed_after.update({number: after})


def _all_but_one_absent(world: World) -> None:
    _kind("commissioner", 13, "absent")(world)
    _at(13, timedelta(days=3, minutes=2))(world)


def _organiser_absent(world: World) -> None:
    _kind("organiser", ORGANISER, "absent")(world)
    _at(ORGANISER, timedelta(days=3, minutes=2))(world)


def _a_stranger(world: World) -> None:
    world.kinds_of_signatures["commissioner", 15] = "signed"
    world.signed_after[15] = timedelta(hours=1)


def _row_without_dissent(rows: list[Json]) -> None:
    rows[place_of(rows, "protocol.signed", 2)]["after"]["kind"] = "signed"


def _stated_by_the_absent(rows: list[Json]) -> None:
    rows[place_of(rows, "protocol.absence_stated")]["actor_number"] = 14


SIGNATURES: dict[str, tuple[str, Tampering]] = {
    "a signature dropped": (
        "signature-missing",
        lambda: _signatures(lambda found: found.remove(_signature_of(12, found))),
    ),
    "a dissent dropped with its row": (
        "signature-missing",
        lambda: changed(_only(12, 14, ORGANISER)),
    ),
    "a dissent told as a signature": (
        "signature-not-in-the-journal",
        lambda: _signatures(lambda found: _signature_of(13, found).update(kind="signed")),
    ),
    "a dissent without its words": (
        "note-missing",
        lambda: _signatures(lambda found: _signature_of(13, found).update(note="")),
    ),
    "the row of a dissent changed": (
        "signature-not-in-the-journal",
        lambda: with_rows(_row_without_dissent, chained=True),
    ),
    "the row of a signature removed": (
        "signature-not-in-the-journal",
        lambda: _without_row_of(ORGANISER),
    ),
    "a signature over other facts": (
        "signed-other-facts",
        lambda: _signatures(lambda found: _signature_of(12, found).update(public_sha256="0" * 64)),
    ),
    "a signature over other files": (
        "signed-other-files",
        lambda: _signatures(
            lambda found: _signature_of(12, found)["files"].pop("protocol/public.kk.pdf")
        ),
    ),
    "somebody signs twice": (
        "signed-twice",
        lambda: _signatures(lambda found: found.append(found[0])),
    ),
    "somebody signs whom nobody named": (
        "signature-of-a-stranger",
        lambda: changed(_a_stranger),
    ),
    "a signature told to be somebody else's": (
        "signature-of-a-stranger",
        lambda: _signatures(lambda found: _signature_of(12, found).update(number=11)),
    ),
    "a signature dated back": (
        "signature-not-in-the-journal",
        lambda: _signatures(
            lambda found: _signature_of(13, found).update(at="2024-09-07T12:00:00+00:00")
        ),
    ),
    "a signature before there was a protocol": (
        "signed-at-another-time",
        lambda: changed(_at(12, timedelta(minutes=-1))),
    ),
    "an absence stated too early": (
        "absence-stated-too-early",
        lambda: changed(_at(14, timedelta(days=3, seconds=-1))),
    ),
    "an absence without its reason": (
        "note-missing",
        lambda: _signatures(lambda found: _signature_of(14, found).update(note=" ")),
    ),
    "an absence that the absent state": (
        "signature-not-in-the-journal",
        lambda: with_rows(_stated_by_the_absent, chained=True),
    ),
    "the organiser declared absent": ("organiser-absent", lambda: changed(_organiser_absent)),
    "one member alone, the others declared absent": (
        "too-few-signatures",
        lambda: changed(_all_but_one_absent),
    ),
}


# 9 The decisions for this case


def _cases(facts: Json) -> list[Json]:
    found: list[Json] = facts["process"]["regulation"]["for_this_case"]
    return found


def _decided(world: World, asked: str, **more: Any) -> None:
    world.acts.append(given.decided_for_this_case(asked, DRAWN_UP_AT, **more))


CASES: dict[str, tuple[str, Tampering]] = {
    "a decision that nobody took": (
        "case-not-in-the-journal",
        lambda: facts_changed(lambda facts: _cases(facts).append(dict(_cases(facts)[0]))),
    ),
    "a decision on something else": (
        "case-not-in-the-journal",
        lambda: facts_changed(lambda facts: _cases(facts)[0].update(asked="REG-91")),
    ),
    "a decision that was taken back": (
        "case-not-in-the-journal",
        lambda: changed(lambda world: _decided(world, "tie-known", event="gate.answer_withdrawn")),
    ),
    "a decision dropped": (
        "case-kept-silent",
        lambda: facts_changed(lambda facts: _cases(facts).clear()),
    ),
    "a decision more in the journal": (
        "case-kept-silent",
        lambda: changed(lambda world: _decided(world, "tie-known", subject=89)),
    ),
}
TABLES = {4: JOURNAL, 6: SIGNATURES, 9: CASES}


@pytest.mark.parametrize(
    ("check", "name"), [(check, name) for check, table in TABLES.items() for name in table]
)
def test_it_is_found_by_the_check_whose_business_it_is(check: int, name: str) -> None:
    reason, tamper = TABLES[check][name]
    assert verdict(tamper()) == (check, reason)


def test_a_decision_taken_back_and_taken_again_is_told_once() -> None:
    def again(world: World) -> None:
        _decided(world, "tie-known", event="gate.answer_withdrawn")
        _decided(world, "tie-known", subject=89)

    assert verdict(changed(again)) is None


def test_a_decision_after_the_protocol_was_drawn_up_is_none_of_its_business() -> None:
    def later(world: World) -> None:
        world.acts_after.append(given.decided_for_this_case("REG-91", given.LAST_ACT_AT, 89))

    assert verdict(changed(later)) is None


def test_facts_that_know_no_decisions_pass_and_it_is_told() -> None:
    def of_old(facts: Json) -> None:
        del facts["process"]["regulation"]["for_this_case"]

    report = verify(facts_changed(of_old))
    assert report.verified
    assert {w.code: w.facts for w in report.warnings}["cases-not-told"] == {"cases": 1}


def test_a_package_may_be_made_at_the_moment_of_its_last_act() -> None:
    def at_once(world: World) -> None:
        world.made_at = given.LAST_ACT_AT

    assert verdict(changed(at_once)) is None


def test_an_absence_may_be_stated_when_three_days_are_over_to_the_second() -> None:
    assert verdict(changed(_at(14, timedelta(days=3)))) is None


def test_a_signature_in_the_journal_cannot_be_kept_silent() -> None:
    """The member signed late, after the absence had been stated; the package tells only the absence."""

    def signed_after_all(world: World) -> None:
        made = given.parts(world)
        about = next(row for row in made.journal if row.content["event"] == "protocol.signed")
        at = DRAWN_UP_AT + timedelta(days=4, hours=1)
        world.acts_after.append({**about.content, "at": at.isoformat(), "actor_number": 14})

    assert verdict(changed(signed_after_all)) == (6, "signature-kept-silent")


def test_a_signature_on_paper_may_be_entered_by_another_officer_who_names_whose_it_is() -> None:
    def entered_by_the_organiser(rows: list[Json]) -> None:
        row = rows[place_of(rows, "protocol.signed")]
        row.update(role="organiser", actor_number=ORGANISER)
        row["after"]["number"] = 12

    by_hand = changed(_on_paper)
    assert [w.code for w in verify(by_hand).warnings][1:3] == ["handwritten", "dissent"]
    assert verdict(with_rows(entered_by_the_organiser, chained=True, raw=by_hand)) is None
    assert verdict(with_rows(entered_by_the_organiser, chained=True)) == (
        6,
        "signature-not-in-the-journal",
    )


def _on_paper(world: World) -> None:
    _kind("commissioner", 12, "handwritten")(world)
    world.scans = {"commissioner-12.pdf": given.paper("a scan")}


def _scan(name: str, scan: bytes = b"") -> Callable[[World], None]:
    def change(world: World) -> None:
        _on_paper(world)
        world.scans[name] = scan or given.paper("another scan")

    return change


SCANS: dict[str, tuple[Callable[[World], object], tuple[int, str]]] = {
    "none": (_kind("commissioner", 12, "handwritten"), (6, "scan-missing")),
    "of somebody who signed on screen": (_scan("organiser-7.pdf"), (6, "scan-too-many")),
    "of a stranger": (_scan("commissioner-99.pdf"), (6, "scan-too-many")),
    "a second one": (_scan("commissioner-12.jpeg", b"\xff\xd8\xff."), (6, "scan-too-many")),
    "no picture": (_scan("commissioner-12.png", b"PNG"), (3, "not-what-its-name-says")),
}


@pytest.mark.parametrize("case", SCANS)
def test_of_each_signature_on_paper_there_is_one_scan(case: str) -> None:
    change, found = SCANS[case]
    assert verdict(changed(change)) == found


def test_a_scan_stands_on_the_checklist_and_in_the_manifest() -> None:
    files = unzipped(changed(_on_paper))
    path = "signatures/commissioner-12.pdf"

    listed = {"kind": "signature-scan", "paths": [path]}
    assert listed in json.loads(files[kinds.CHECKLIST])["items"]
    assert path in [each["path"] for each in json.loads(files[kinds.MANIFEST])["files"]]


def test_a_repeat_vote_is_checked_from_the_state_in_which_it_begins() -> None:
    def repeated(world: World) -> None:
        at = given.START
        after = {"round": 2, "kind": "repeat_vote"}
        opened = act("round.opened", at, "commissioner", 12, subject=32, after=after)
        later = [one for one in world.acts if one["event"] == "round.moved"][3:]
        for one in later:
            one["subject_number"] = 32
        decided = [one for one in world.acts if one["event"] == "gate.answered"]
        world.acts = [opened, *decided, *later]
        world.round_number = 32
        world.facts["round"] = {"number": 2, "kind": "repeat_vote"}

    assert verdict(changed(repeated)) is None
