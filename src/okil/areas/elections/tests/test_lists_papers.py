"""Papers on the lists say what is asked of them in three languages; public ones name who consented."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override

from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import admission, lists, relations
from okil.areas.elections.actions import candidates as actions
from okil.areas.elections.documents.officers import TITLES
from okil.areas.elections.models import Candidate, Election, Round
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import candidates as given_candidates
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.wording.admission import RELATIONS
from okil.areas.elections.wording.candidates import CRITERIA, OUTCOMES, PLACES, VOTES
from okil.areas.elections.wording.voters import REGIONS, STATUSES
from okil.foundation import documents
from okil.foundation.audit import Actor, entries_of
from okil.foundation.audit.models import JournalEntry
from okil.foundation.documents.models import File, Issued
from okil.foundation.documents.tests import reading
from okil.foundation.web import dates
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
LANGUAGES = ("ru", "kk", "en")
INSIDE = Actor("organiser", 1)
PLANTED, HIDDEN, REFUSED = "Ромашкина Аида", "Клёнова Сания", "Пихтова Раиса"
REASON = "Нет согласия, запрошено письмом."


def newest(row: Round, kind: str) -> Issued:
    found = documents.issued_of(row, kind).first()
    assert found is not None
    return found


def said_in(issued: Issued, language: str, audience: str = "internal") -> str:
    """The text of the PDF."""
    file = issued.files.get(language=language, audience=audience, format="pdf")
    return reading.text(documents.open_file(file, actor=INSIDE, at=given.AT))


def plain(text: object) -> str:
    return " ".join(str(text).split())


def words(table: Mapping[str, Any], code: str, language: str) -> str:
    with override(language):
        return plain(table[code])


def day(at: Any, language: str) -> str:
    return plain(dates.day(at.date(), language, "long"))


def world() -> Election:
    """A roll of seven, one with a planted name; three candidates: open, hidden, refused; handed over."""
    election = given_voters.promised(given.election(State.REGISTRATION))
    given_voters.voter(election, name=PLANTED, region="KZ-71", organisation="Фонд «Дала»")
    given_voters.voters(election, 6)
    given_candidates.candidate(election, name=PLANTED, consents=given_candidates.OPEN)
    given_candidates.candidate(election, name=HIDDEN, pseudonym="Аққу")
    given_candidates.candidate(election, name=REFUSED, consents=given_candidates.OPEN)
    given_voters.closed(election)
    for number, votes in ((1, ("admit", "admit")), (2, ("admit", "admit"))):
        given_candidates.decided(Candidate.objects.get(number=number), *votes)
    third = Candidate.objects.get(number=3)
    given_candidates.voted(third, "refuse", "refuse", reason=REASON, not_met=("documents",))
    given_candidates.concluded(third)
    given_voters.accepted(election)
    given_candidates.handed_over(election)
    return election


def published(election: Election) -> Round:
    given.moved_to(State.CANDIDATES_PUBLISHED, election)
    return given.round_of(election)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_roll_names_number_voter_region_organisation_and_day_inside(language: str) -> None:
    row = given.round_of(world())

    said = said_in(newest(row, "voter-roll"), language)

    asked = [
        TITLES["7.13"].in_language(language),
        PLANTED,
        REGIONS["KZ-71"].in_language(language),
        "Фонд «Дала»",
        day(given_voters.ENTERED_AT, language),
        words(STATUSES, "waiting", language),
    ]
    assert [each for each in asked if plain(each) not in said] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_for_everybody_the_roll_is_numbers_only(language: str) -> None:
    election = world()
    row = given.round_of(election)
    at_the_closing = said_in(newest(row, "voter-roll"), language, "public")
    lists.issue_roll(
        election.pk, actor=given.organiser_of(election), at=given_candidates.HANDED_OVER_AT
    )
    verified = said_in(newest(row, "voter-roll"), language, "public")

    for said in (at_the_closing, verified):
        assert [name for name in (PLANTED, "Ромашкина", "Гүлдер", "Дала") if name in said] == []
        assert " 7" in said
    # Seven people in three regions: each has fewer than five, so none is named.
    for code in ("KZ-75", "KZ-35"):
        assert plain(REGIONS[code].in_language(language)) not in verified


def test_regions_large_enough_are_shown_once_everybody_is_verified() -> None:
    election = given_voters.promised(given.election(State.REGISTRATION))
    given_voters.voters(election, 18)
    given_voters.closed(election)
    row = given.round_of(election)

    before = said_in(newest(row, "voter-roll"), "ru", "public")
    given_voters.accepted(election)
    lists.issue_roll(election.pk, actor=given.organiser_of(election), at=given_voters.VERIFIED_AT)
    after = said_in(newest(row, "voter-roll"), "ru", "public")

    assert "Карагандинская область" not in before
    assert "Карагандинская область 6" in after


def test_the_roll_is_issued_anew_only_when_nobody_waits() -> None:
    election = given_voters.promised(given.election(State.REGISTRATION))
    given_voters.voters(election, 2)
    organiser = given.organiser_of(election)

    def issue() -> Issued:
        return lists.issue_roll(election.pk, actor=organiser, at=given_voters.VERIFIED_AT)

    with pytest.raises(Refused, match="lists-not-closed"):
        issue()
    given_voters.closed(election)
    with pytest.raises(Refused, match="voters-waiting"):
        issue()
    given_voters.accepted(election)
    assert issue().version == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_candidate_list_has_its_information_on_admission(language: str) -> None:
    row = given.round_of(world())
    issued = newest(row, "candidate-list")

    inside, outside = said_in(issued, language), said_in(issued, language, "public")

    assert issued.version == 2  # the first was issued at the closing
    asked = [
        TITLES["7.14"].in_language(language),
        words(OUTCOMES, "admitted", language),
        words(OUTCOMES, "refused", language),
        words(PLACES, "both", language).split(";")[0],
    ]
    for said in (inside, outside):
        assert [each for each in asked if plain(each) not in said] == []
    assert all(name in inside for name in (PLANTED, HIDDEN, REFUSED))
    assert [n for n in (PLANTED, HIDDEN, REFUSED, "Аққу", "Гүлдер") if n in outside] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_decision_on_admission_names_who_decided_what_and_why(language: str) -> None:
    election = world()
    issued = newest(given.round_of(election), "admission-decision")
    members = [
        bodies.role_of(user).person.number for user in given_candidates.commission_of(election)
    ]

    inside, outside = said_in(issued, language), said_in(issued, language, "public")

    asked = [
        TITLES["7.15"].in_language(language),
        *(words(CRITERIA, code, language) for code in CRITERIA),
        words(OUTCOMES, "refused", language),
        words(VOTES, "refuse", language),
        REASON,
        HIDDEN,
        plain(dates.day(given_candidates.VOTED_AT.date(), language, "plain")).split()[0],
        *(str(number) for number in members),
    ]
    assert [each for each in asked if plain(each) not in inside] == []
    assert [n for n in (PLANTED, HIDDEN, REFUSED, REASON) if n in outside] == []
    assert words(OUTCOMES, "refused", language) in outside


def test_the_decision_on_admission_says_who_took_no_part_and_not_what_ties_them() -> None:
    election = given_voters.promised(given.election(State.REGISTRATION, commission=3))
    related, *others = given_candidates.commission_of(election)
    near = given_candidates.candidate(election)
    given_candidates.candidate(election)
    given_voters.closed(election)
    relations.declare_relation_to_candidate(
        near.pk, kind="relative", actor=related, at=given_candidates.VOTED_AT
    )
    for member in others:
        admission.vote_on(
            near.pk,
            vote="admit",
            not_met=(),
            reason=REASON,
            actor=member,
            at=given_candidates.VOTED_AT,
        )
    admission.conclude_admission(near.pk, actor=others[0], at=given_candidates.VOTED_AT)
    given_candidates.decided(Candidate.objects.get(number=2))
    given_voters.accepted(election)
    given_candidates.handed_over(election)
    issued = newest(given.round_of(election), "admission-decision")
    number = bodies.role_of(related).person.number
    with override("ru"):
        label = plain(_("Took no part, being related to the candidate"))
        kind = plain(RELATIONS["relative"])

    for audience in ("internal", "public"):
        said = said_in(issued, "ru", audience)
        assert said.count(label) == 1
        assert str(number) in said.split(label)[1][:40]
        assert kind not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_published_list_names_group_candidate_and_position(language: str) -> None:
    election = world()
    row = published(election)
    issued = newest(row, "published-candidates")

    said = said_in(issued, language, "public")

    asked = [
        TITLES["7.17"].in_language(language),
        election.group.public_name.in_language(language),
        PLANTED,
        "Аққу",
        words(PLACES, "both", language).split(";")[0],
        plain(given_candidates.PROGRAMME[language]),
    ]
    assert [each for each in asked if plain(each) not in said] == []
    assert [n for n in (HIDDEN, REFUSED) if n in said] == []


def test_a_consent_taken_back_makes_a_new_version_without_the_name() -> None:
    election = world()
    row = published(election)

    actions.change_consents(
        Candidate.objects.get(number=1).pk,
        consents=given_candidates.NOTHING,
        pseudonym="",
        actor=given.organiser_of(election),
        at=given.moment(9, 10, 6),
    )

    issued = newest(row, "published-candidates")
    assert issued.version == 2
    assert PLANTED not in said_in(issued, "ru", "public")


def test_who_withdraws_from_a_published_list_is_not_on_its_new_version() -> None:
    election = world()
    row = published(election)

    actions.withdraw_candidate(
        Candidate.objects.get(number=2).pk,
        actor=given.organiser_of(election),
        at=given.moment(9, 10, 6),
    )

    issued = newest(row, "published-candidates")
    assert issued.version == 2
    assert "Аққу" not in said_in(issued, "ru", "public")


def test_names_stand_in_no_file_name_no_metadata_and_no_journal() -> None:
    election = world()
    published(election)

    for file in File.objects.filter(issued__vault_scope=f"election-{election.pk}"):
        assert "Ромашкина" not in file.name
        if file.format == "pdf":
            content = documents.open_file(file, actor=INSIDE, at=given.AT)
            assert "Ромашкина" not in str(reading.metadata(content)) + reading.xmp(content)
    written = str(list(entries_of(election.chapter).values())) + str(
        list(JournalEntry.objects.values_list("before", "after"))
    )
    assert [n for n in ("Ромашкина", "Клёнова", "Пихтова", "Аққу", REASON) if n in written] == []
