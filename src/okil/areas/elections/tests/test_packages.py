"""A package is made of what happened, proved before it is kept, and answered by the Secretariat."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

import pytest

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import packages as actions
from okil.areas.elections.actions import stages
from okil.areas.elections.models import Candidate, Election, Package
from okil.areas.elections.queries import packages as queries
from okil.areas.elections.queries.protocols import signers_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import candidates as listing
from okil.areas.elections.tests.given import count, packages, protocols
from okil.areas.elections.tests.test_at_once import DONE, meeting
from okil.foundation import documents, vault
from okil.foundation.audit import Actor, entries_of
from okil.foundation.audit.models import JournalEntry
from okil.foundation.documents.models import Issued
from okil.foundation.documents.tests import reading
from okil.foundation.web import dates
from okil.pure.refusal import Refused
from okil.pure.rules.stages import RoundKind, State

pytestmark = pytest.mark.django_db

SECRETARIAT = Actor("secretariat", 1)


def read(election: Election, version: int = 1) -> dict[str, bytes]:
    """The files of a version, as whoever downloads it has them."""
    content = actions.read_package(
        election.pk, version=version, actor=given.organiser_of(election), at=packages.CHECKED_AT
    )
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def refused(act: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value


# Making it


def test_a_package_of_an_election_that_was_run_here_passes_all_ten_checks() -> None:
    election = packages.signed()

    package = packages.built(election)

    report = actions.examine_package(
        election.pk, version=1, actor=given.secretariat(), at=packages.CHECKED_AT
    )
    assert [check.ok for check in report.checks] == [True] * 10
    assert report.fingerprint == package.fingerprint
    assert report.warnings == []


def test_a_package_holds_what_it_must_and_nothing_of_the_roll() -> None:
    election = packages.signed()
    packages.built(election)

    files = read(election)

    kinds = {each["kind"] for each in json.loads(files["manifest.json"])["files"]}
    assert kinds == {
        "protocol-facts-internal", "protocol-facts-public", "protocol-file", "signatures",
        "count-sheet", "count-entries", "result", "application", "journal", "regulation", "plan",
        "checklist",
    }  # fmt: skip
    assert sorted(name for name in files if name.startswith("applications/")) == [
        "applications/2.pdf",
        "applications/3.pdf",
    ]
    names = _names_of_voters(election)
    for name, content in files.items():
        text = content.decode("utf-8", "ignore")
        assert not any(each in text for each in names), name


def _names_of_voters(election: Election) -> list[str]:
    voters = list(given.round_of(election).voters.all())
    opened = vault.open(voters, "roll", actor=Actor("system", None), at=packages.CHECKED_AT)
    return [str(fields["name"]) for fields in opened.values()]


def _with_a_lot() -> Election:
    election = count.in_counting(rules={"tie": "lot"})
    count.counted(election, {1: 5, 2: 5, 3: 1}, blank=1)
    count.tie_settled(election, [2, 1])
    return election


def _with_one_candidate() -> Election:
    election = count.in_counting(candidates=1)
    count.counted(election, {1: 9}, blank=3)
    return election


def _elected_without_a_vote() -> Election:
    election = count.in_counting(candidates=1, rules={"single_candidate": "elected_without_vote"})
    count.counted(election, {})
    return election


PARALLEL = {"contest_model": "two_parallel_contests"}


def _with_two_contests() -> Election:
    election = count.in_counting(candidates=3, places=("member", "alternate"), rules=PARALLEL)
    # Two stand for member; the one who stands for alternate is voted on for or against.
    count.counted(election, {"member": {1: 7, 3: 4}, "alternate": {2: 11}}, blank=1)
    return election


def _voted_again() -> Election:
    election = count.in_counting()
    count.counted(election, {1: 5, 2: 5, 3: 1}, blank=1)
    packages.voted_again(election, voted=11)
    count.counted(election, {1: 6, 2: 4}, blank=1, at=packages.COUNTED_AGAIN_AT)
    return election


def _second_round_of_one_contest() -> Election:
    rules = {**PARALLEL, "decision_principle": "absolute_majority", "majority_of": "votes_cast"}
    election = count.in_counting(candidates=5, places=("member", "alternate"), rules=rules)
    count.counted(election, {"member": {1: 7, 3: 2, 5: 3}, "alternate": {2: 6, 4: 6}})
    packages.voted_again(election, RoundKind.SECOND_ROUND, voted=11)
    count.counted(election, {2: 6, 4: 4}, blank=1, at=packages.COUNTED_AGAIN_AT)
    return election


@pytest.mark.parametrize(
    "world",
    [
        _with_a_lot,
        _with_one_candidate,
        _elected_without_a_vote,
        _with_two_contests,
        _voted_again,
        _second_round_of_one_contest,
    ],
)
def test_whatever_way_it_was_elected_the_package_passes(world: Callable[[], Election]) -> None:
    election = world()
    later = given.round_of(election).number > 1
    signed_at = given.moment(9, 30, 6) if later else protocols.SIGNED_AT
    protocols.drawn_up(election, at=signed_at)
    protocols.signed(election, at=signed_at)
    moved_at = given.moment(9, 30, 7) if later else given.ENTERED[State.RESULTS]
    given.all_fulfilled(election, at=moved_at)
    stages.move_on(election.pk, to=State.RESULTS, actor=given.mover_of(election), at=moved_at)

    package = packages.built(election, at=given.moment(9, 30, 8))

    assert package.version == 1


def test_of_a_later_round_both_counts_of_every_round_go_with_the_package() -> None:
    election = _voted_again()
    at = given.moment(9, 30, 6)
    protocols.drawn_up(election, at=at)
    protocols.signed(election, at=at)
    given.all_fulfilled(election, at=at)
    stages.move_on(election.pk, to=State.RESULTS, actor=given.mover_of(election), at=at)

    packages.built(election, at=given.moment(9, 30, 8))

    files = read(election)
    votes = json.loads(files["protocol/public.json"])["votes"]
    entries = json.loads(files["count/entries.json"])
    assert [each["contests"][0]["votes"] for each in votes] == [
        {"1": 5, "2": 5, "3": 1},
        {"1": 6, "2": 4},
    ]
    assert entries["counts"][0]["contests"][0]["votes"] == {"1": 5, "2": 5, "3": 1}
    assert [each["round"] for each in entries["rounds"]] == [2]
    assert entries["rounds"][0]["counts"][1]["contests"][0]["votes"] == {"1": 6, "2": 4}


def test_the_scan_of_a_signature_on_paper_goes_with_the_package() -> None:
    election = count.in_counting()
    count.counted(election, packages.VOTES, blank=1)
    protocol = protocols.drawn_up(election)
    role = signers_of(protocol)[0]
    protocols.signed_on_paper(protocol, role, at=protocols.SIGNED_AT)
    protocols.signed(election)
    given.moved_to(State.RESULTS, election)

    packages.built(election)

    scans = {path: raw for path, raw in read(election).items() if path.startswith("signatures/")}
    assert scans == {f"signatures/{role.role}-{role.person.number}.pdf": given.PDF}


def test_remarks_and_a_dissent_go_with_the_package() -> None:
    election = count.in_counting()
    protocols.remark(election, at=given.moment(9, 13, 14))
    count.counted(election, packages.VOTES, blank=1)
    protocol = protocols.drawn_up(election)
    role = signers_of(protocol)[0]
    protocols.signed_by(protocol, role, dissent="Считали вдвоём.", at=protocols.SIGNED_AT)
    protocols.signed(election)
    given.moved_to(State.RESULTS, election)

    packages.built(election)

    files = read(election)
    assert json.loads(files["remarks/1.json"])["text"] == protocols.REMARK
    assert "Считали вдвоём." in files["protocol/signatures.json"].decode()
    report = actions.examine_package(
        election.pk, version=1, actor=given.secretariat(), at=packages.CHECKED_AT
    )
    assert {warned.code for warned in report.warnings} == {"dissent", "remarks"}


def test_a_remark_after_the_protocol_goes_along_and_holds_nothing_up() -> None:
    election = packages.signed()
    protocols.remark(election, at=given.moment(9, 15, 9))

    package = packages.built(election)

    assert package.version == 1
    assert json.loads(read(election)["remarks/1.json"])["text"] == protocols.REMARK
    report = actions.examine_package(
        election.pk, version=1, actor=given.secretariat(), at=packages.CHECKED_AT
    )
    assert report.verified
    assert {warned.code for warned in report.warnings} == {"remarks", "remarks-later"}


def test_a_remark_after_the_package_does_not_keep_it_from_being_handed_over() -> None:
    election = packages.signed()
    package = packages.built(election)
    protocols.remark(election, at=given.moment(9, 15, 12))

    assert queries.remarked_since(package)
    given.moved_to(State.SUBMITTED, election)
    assert queries.newest(given.round_of(election)) == package


def test_annexed_and_later_remarks_are_told_apart() -> None:
    election = count.in_counting()
    protocols.remark(election, "Первое.", at=given.moment(9, 13, 14))
    count.counted(election, packages.VOTES, blank=1)
    protocols.signed(election)
    given.moved_to(State.RESULTS, election)
    protocols.remark(election, "Второе.", at=given.moment(9, 15, 9))

    packages.built(election)

    files = read(election)
    assert json.loads(files["protocol/internal.json"])["observers"]["remarks"] == 1
    assert json.loads(files["remarks/2.json"])["text"] == "Второе."


def test_a_third_member_of_two_is_told_before_the_protocol_names_them() -> None:
    election = count.in_counting(rules={"commission_size": 2})
    count.counted(election, packages.VOTES, blank=1)
    third = bodies.role_of(bodies.officer(RoleName.COMMISSIONER, election.group))

    found = refused(lambda: protocols.drawn_up(election))
    bodies.ended(third)
    protocols.signed(election)
    given.moved_to(State.RESULTS, election)

    assert found.code == "protocol-commission-not-whole"
    assert packages.built(election).version == 1


def test_nothing_is_kept_of_a_package_that_does_not_verify(monkeypatch: pytest.MonkeyPatch) -> None:
    election = packages.signed()
    rows = JournalEntry.objects.count()
    issued = Issued.objects.count()
    # The count of a member is changed behind everybody's back.
    entry = given.round_of(election).agreed_count.first
    entry.content["contests"][0]["votes"]["3"] += 1
    type(entry).objects.filter(pk=entry.pk).update(content=entry.content)

    refusal = refused(lambda: packages.built(election))

    assert (refusal.code, refusal.facts["number"]) == ("package-unsound", 7)
    assert Package.objects.count() == 0
    assert (JournalEntry.objects.count(), Issued.objects.count()) == (rows, issued)


def test_a_package_is_made_by_the_organiser_after_the_protocol_is_recorded() -> None:
    election = count.in_counting()
    count.counted(election, packages.VOTES, blank=1)
    protocols.signed(election)

    assert refused(lambda: packages.built(election)).code == "package-not-due"

    given.moved_to(State.RESULTS, election)
    commissioner = given.commissioner_of(election)
    assert (
        refused(
            lambda: actions.build_package(
                election.pk, seen_version=0, actor=commissioner, at=packages.MADE_AT
            )
        ).code
        == "not-allowed"
    )


def test_pressed_twice_it_is_made_once() -> None:
    election = packages.signed()
    organiser = given.organiser_of(election)
    packages.built(election)

    again = refused(
        lambda: actions.build_package(
            election.pk, seen_version=0, actor=organiser, at=packages.MADE_AT
        )
    )

    assert again.code == "package-made-meanwhile"
    assert Package.objects.count() == 1


def test_a_suspended_election_makes_no_package() -> None:
    election = packages.signed()
    given.suspended(election, at=given.moment(9, 15, 8))

    assert refused(lambda: packages.built(election)).code == "suspended"


@pytest.mark.django_db(transaction=True)
def test_two_browsers_of_the_organiser_make_one_package() -> None:
    election = packages.signed()
    organiser = given.organiser_of(election)

    def make() -> Package:
        return actions.build_package(
            election.pk, seen_version=0, actor=organiser, at=packages.MADE_AT
        )

    assert meeting(make, make) == (DONE, "package-made-meanwhile")
    assert Package.objects.count() == 1


# What the journal says


def test_fingerprints_stand_in_the_journal_when_made_and_when_handed_over() -> None:
    election = packages.signed()
    package = packages.built(election)
    given.moved_to(State.SUBMITTED, election)

    rows = entries_of(election.chapter).filter(event__startswith="package.")

    said = {"version": 1, "fingerprint": package.fingerprint}
    assert [(row.event, row.after) for row in rows] == [
        ("package.made", said),
        ("package.submitted", said),
    ]


def test_no_name_is_in_the_journal() -> None:
    election = packages.submitted()
    packages.checked(election)

    for row in entries_of(election.chapter):
        text = json.dumps([row.before, row.after], ensure_ascii=False)
        assert not any(name in text for name in bodies.SURNAMES), row.event


# The Secretariat


def test_what_the_secretariat_sends_back_comes_again_as_version_two() -> None:
    election = packages.submitted()
    packages.checked(election, missing=packages.MISSING)
    row = given.round_of(election)
    assert queries.check_of(queries.newest(row)).is_complete is False  # type: ignore[union-attr, arg-type]

    second = packages.built(election, at=given.moment(9, 17, 12))
    packages.checked(election, at=given.moment(9, 17, 13))

    assert second.version == 2
    assert queries.check_of(queries.newest(row)).is_complete  # type: ignore[union-attr, arg-type]
    events = entries_of(election.chapter).filter(event__startswith="package.")
    assert [row.event for row in events] == [
        "package.made", "package.submitted", "package.sent_back", "package.made",
        "package.submitted", "package.complete",
    ]  # fmt: skip
    # The application was issued once: it did not change.
    assert Issued.objects.filter(kind="candidate-application").count() == 2
    assert Issued.objects.filter(kind="package-cover").count() == 2


def test_only_the_secretariat_answers_once_and_only_about_the_newest() -> None:
    election = packages.submitted()

    def answer(actor: Any, version: int = 1) -> None:
        actions.check_package(
            election.pk, version=version, missing={}, actor=actor, at=packages.CHECKED_AT
        )

    for role in (RoleName.ORGANISER, RoleName.COMMISSIONER, RoleName.OBSERVER):
        actor = given.officer_of(role, election)
        assert refused(partial(answer, actor)).code == "not-allowed"
    answer(given.secretariat())
    assert refused(lambda: answer(given.secretariat())).code == "package-checked"
    packages.built(election, at=given.moment(9, 17, 12))
    assert refused(lambda: answer(given.secretariat())).code == "package-replaced"
    assert refused(lambda: answer(given.secretariat(), version=9)).code == "package-missing"


def test_a_package_that_was_changed_in_the_database_is_not_found_complete() -> None:
    election = packages.submitted()
    package = Package.objects.get()
    content = bytearray(
        actions.read_package(
            election.pk, version=1, actor=given.secretariat(), at=packages.CHECKED_AT
        )
    )
    content[content.index(b'"registered":12')] ^= 1
    package.content = bytes(content)
    package.save(update_fields=["content"])

    assert refused(lambda: packages.checked(election)).code == "package-unsound"


def test_all_groups_packages_are_listed_with_their_deadline() -> None:
    election = packages.submitted()

    (found,) = queries.packages_in(election.cycle)

    assert (found.is_handed_over, found.check) == (True, None)
    assert not found.is_late(given.moment(9, 20, 10))
    late = given.round_of(election).dates.get(stage=6)
    late.ends_at = given.moment(9, 15, 9)
    late.save()
    (found,) = queries.packages_in(election.cycle)
    assert found.is_late(given.moment(9, 20, 10))


# The papers: an application (7.10), the sheet that goes with the package (7.22)


def plain(text: str) -> str:
    return " ".join(text.split())


def said_in(issued: Issued, language: str) -> str:
    file = issued.files.get(language=language, format="pdf")
    return reading.text(documents.open_file(file, actor=SECRETARIAT, at=packages.CHECKED_AT))


LANGUAGES = ("ru", "kk", "en")


def test_an_application_says_everything_the_candidate_signed_and_no_telephone() -> None:
    election = packages.signed()
    packages.built(election)
    candidate = Candidate.objects.get(number=2)
    issued = Issued.objects.get(kind="candidate-application", subject_number=candidate.pk)

    for language in LANGUAGES:
        said = said_in(issued, language)
        assert missing_of(candidate, said, language) == []
        assert "+7 700" not in said


def missing_of(candidate: Candidate, said: str, language: str) -> list[str]:
    """What the requirement asks for and the paper does not say."""
    assert candidate.signed_on is not None
    asked = (
        name_of(candidate),
        candidate.election.group.public_name.in_language(language),
        str(candidate.number),
        "Аққу",
        "Ассоциация «Гүлдер»",
        "Пять лет в сообществе.",
        listing.PROGRAMME[language],
        "Нет.",
        dates.day(candidate.consented_on, language, "dated"),
        dates.day(candidate.signed_on, language, "dated"),
    )
    return [item for item in map(plain, asked) if item not in said]


def name_of(candidate: Candidate) -> str:
    opened = vault.open([candidate], "candidates", actor=Actor("system", None), at=given.AT)
    return str(opened[candidate.pk]["name"])


def test_the_sheet_says_what_is_in_the_package() -> None:
    election = packages.signed()
    package = packages.built(election)
    issued = Issued.objects.get(kind="package-cover")

    for language in LANGUAGES:
        said = said_in(issued, language)
        assert package.fingerprint in said.replace(" ", "")
        assert election.group.public_name.in_language(language) in said
        assert package.protocol.issued.number_shown in said
        assert not any(name in said for name in bodies.SURNAMES)
