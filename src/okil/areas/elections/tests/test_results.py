"""What everybody reads of a result: what was signed, in words and numbers, and no name too many."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import candidates as candidate_actions
from okil.areas.elections.actions import results as actions
from okil.areas.elections.models import Candidate, Cycle, Election
from okil.areas.elections.queries.cycle_results import group_results
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import candidates as listing
from okil.areas.elections.tests.given import count, packages, protocols, seats
from okil.areas.elections.tests.test_pages import signed_in
from okil.areas.elections.views.cycle_results import turnout_shown
from okil.foundation import documents, vault
from okil.foundation.audit import Actor, entries_of
from okil.foundation.audit.models import JournalEntry
from okil.foundation.documents.models import Issued
from okil.foundation.documents.tests import reading
from okil.foundation.web.tests.pages import read
from okil.pure.refusal import Refused
from okil.pure.rules.stages import RoundKind, State

pytestmark = pytest.mark.django_db

NOW = given.moment(9, 19, 12)
LATER = given.moment(9, 24, 12)  # three working days after the publication
LANGUAGES = ("ru", "kk", "en")
MOST_QUERIES = 12


def get(name: str, *where: Any, language: str = "en", at: Any = NOW) -> Any:
    """What a visitor gets at this address in this language."""
    given.it_is(at)
    with override(language):
        return Client().get(reverse(name, args=where))


def get_of(name: str, election: Election, **how: Any) -> Any:
    return get(name, election.cycle.year, election.group.slug, **how)


def page(name: str, election: Election, **how: Any) -> Any:
    return read(get_of(name, election, **how))


def plain(text: str) -> str:
    """With one kind of space."""
    return " ".join(text.split())


def all_groups(language: str = "en") -> Any:
    return read(get("cycle_results", 2024, language=language))


def name_of(number: int) -> str:
    candidate = Candidate.objects.get(number=number)
    opened = vault.open([candidate], "candidates", actor=Actor("system", None), at=given.AT)
    return str(opened[candidate.pk]["name"])


# One group


def test_the_page_says_who_was_elected_by_how_many_votes_and_by_which_steps() -> None:
    election = seats.published()
    package = election.rounds.get().packages.get()

    shown = page("group_results", election)

    text = plain(shown.text)
    for said in (
        "Member – Candidate no. 3",
        "Alternate – Аққу",
        "pseudonym",
        "elected member650.0%",
        "pseudonym325.0%",
        "Papers accepted12100%",
        "100.0% of the roll",
        "Elected member: Candidate no. 3, votes: 6.",
        "Next by votes, so alternate: Аққу, votes: 3.",
        package.fingerprint,
        package.protocol.issued.code_shown,
        "Person no.",
        "23 September",  # until when to complain
    ):
        assert said in text, said
    assert any("/complaint/" in link["href"] for link in shown.main.all("a"))


def test_names_stand_there_by_consent_and_go_with_it() -> None:
    election = seats.published(packages.signed({1: 6, 2: 3, 3: 2}))
    shown, sealed, hidden = name_of(1), name_of(2), name_of(3)
    text = plain(page("group_results", election).text)
    assert f"Member – {shown}" in text
    assert sealed not in text
    assert hidden not in text

    candidate = Candidate.objects.get(number=1)
    candidate_actions.change_consents(
        candidate.pk,
        consents=listing.NOTHING,
        pseudonym="",
        actor=given.organiser_of(election),
        at=NOW,
    )

    text = plain(page("group_results", election).text)
    assert shown not in text
    assert "Member – Candidate no. 1" in text


def test_regions_are_shown_as_far_as_nobody_can_be_guessed() -> None:
    # Twelve voters in three regions, four in each: all of them are fewer than five.
    few = seats.published()
    shown = page("group_results", few)

    assert "Votes by region are never shown." in shown.text
    assert "Voters on the roll by region" not in shown.text


def test_the_numbers_can_be_downloaded_without_any_name() -> None:
    election = seats.published()

    response = get_of("group_numbers", election)

    rows = list(csv.reader(response.content.decode().splitlines()))
    assert response["Content-Disposition"].endswith('-numbers.csv"')
    assert election.group.slug not in response["Content-Disposition"]
    for line in (
        ["registered", "", "", "12"],
        ["votes", "both", "3", "6"],
        ["blank", "both", "", "1"],
        ["elected", "members", "3", "1"],
        ["elected", "alternates", "2", "1"],
    ):
        assert line in rows
    assert not any(name in response.content.decode() for name in bodies.SURNAMES)


def test_before_the_publication_the_page_says_so_and_nothing_else() -> None:
    election = packages.submitted()

    text = plain(page("group_results", election).text)

    assert "The results are not published yet." in text
    assert "Member –" not in text
    assert get_of("group_numbers", election).status_code == 404
    assert get("group_results", 2024, "nobody").status_code == 404


def test_who_went_and_who_follows_is_told_without_why() -> None:
    election = seats.published()
    seats.departed(election, 3, why="cannot")

    text = plain(page("group_results", election).text)

    assert "Candidate no. 3 cannot take the seat (18 September)." in text
    assert "Member – Аққу" in text
    assert "Next by votes and until now alternate, becomes member: Аққу" in text
    assert "elected member, cannot take the seat" in text
    assert "elected alternate, now member" in text
    assert f"{name_of(1)}now alternate" in text


def test_a_vacant_place_says_why_it_is_vacant() -> None:
    election = count.in_counting(candidates=1)
    count.counted(election, {1: 9}, blank=3)
    protocols.signed(election)
    seats.published(given.moved_to(State.RESULTS, election))

    usual = plain(page("group_results", election).text)
    assert election.cycle.decision is not None
    given.round_of(election).empty_posts.create(
        place="alternate",
        reason={"en": "Nobody dared to be named."},
        meeting_on=given.AT.date(),
        decision=election.cycle.decision,
        recorded_at=given.AT,
    )
    explained = page("group_results", election)

    assert "Alternate – vacant Nobody was elected to this place." in usual
    assert "Alternate – vacant Nobody dared to be named." in plain(explained.text)
    assert list(explained.problems()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_light_and_sound_and_name_nobody(language: str) -> None:
    election = seats.published(packages.signed({1: 2, 2: 3, 3: 6}))
    name = name_of(1)
    seats.departed(election, 3)
    seats.seated(election)
    rows = JournalEntry.objects.count()
    pages = (("group_results", 2024, election.group.slug), ("cycle_results", 2024))

    for where in pages:
        with CaptureQueriesContext(connection) as queries:
            response = get(*where, language=language)
        html = response.content.decode()
        assert read(response).problems() == [], where
        assert len(queries) <= MOST_QUERIES, [each["sql"][:90] for each in queries]
        # The first candidate shows their name; nobody else does.
        assert not any(each in html.replace(name, "") for each in bodies.SURNAMES), where
        assert "inside-" not in html
    assert JournalEntry.objects.count() == rows


def test_after_the_term_nobody_is_invited_to_complain() -> None:
    election = seats.published()

    text = page("group_results", election, at=LATER).text

    assert "The time for complaints about this result is over." in text


def test_a_group_that_kept_no_protocol_here_is_told_so() -> None:
    election = given.election(State.ANNOUNCED)
    election.rounds.update(state=State.PUBLISHED)

    shown = page("group_results", election)

    assert shown.problems() == []
    assert "Their protocol is not kept here." in shown.text


# Later rounds


def asked_of(election: Election) -> Iterator[CaptureQueriesContext]:
    """What an officer's browser asks of the public pages that are the dearest."""
    client = signed_in(given.organiser_of(election))
    where = [election.cycle.year, election.group.slug]
    for address in (reverse("group_results", args=where), reverse("cycle_results", args=where[:1])):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        yield asked


def test_after_a_repeat_vote_the_page_tells_the_first_count_and_what_settled_the_tie() -> None:
    election = count.in_counting()
    count.counted(election, {1: 5, 2: 5, 3: 1}, blank=1)
    packages.voted_again(election, voted=11)
    count.counted(election, {1: 4, 2: 6}, blank=1, at=packages.COUNTED_AGAIN_AT)
    seats.published_again(election)

    text = plain(page("group_results", election, at=given.moment(9, 30, 12)).text)

    assert all(len(asked) <= MOST_QUERIES for asked in asked_of(election))
    assert "Member – Аққу" in text
    assert f"Alternate – {name_of(1)}" in text
    assert "A recorded decision settles the tie" in text


def test_after_a_second_round_whoever_was_elected_before_stands_there_too() -> None:
    rules = {
        "contest_model": "two_parallel_contests",
        "decision_principle": "absolute_majority",
        "majority_of": "votes_cast",
    }
    election = count.in_counting(candidates=5, places=("member", "alternate"), rules=rules)
    count.counted(election, {"member": {1: 7, 3: 2, 5: 3}, "alternate": {2: 6, 4: 6}})
    packages.voted_again(election, RoundKind.SECOND_ROUND, voted=11)
    count.counted(election, {2: 6, 4: 4}, blank=1, at=packages.COUNTED_AGAIN_AT)
    seats.published_again(election)

    text = plain(page("group_results", election, at=given.moment(9, 30, 12)).text)

    assert all(len(asked) <= MOST_QUERIES for asked in asked_of(election))
    assert f"Member – {name_of(1)}" in text  # in the first round
    assert "Alternate – Аққу" in text  # in the second
    made = seats.seated(election, at=given.moment(9, 30, 13))
    assert [each.candidate.number for each in made] == [1, 2]


# All groups


def test_all_groups_stand_on_one_page_with_vacancies_explained() -> None:
    one = seats.published(packages.signed({1: 9}, blank=3, candidates=1))
    other = bodies.group(given.body())
    given.prepared(other)
    one.cycle.elections.create(group=other).rounds.create(number=1, state_since=given.AT)

    shown = all_groups()

    text = plain(shown.text)
    assert "1 group has published its results; groups that have not: 1." in text
    assert name_of(1) in text  # who shows it
    assert "Nobody was elected to this place." in text
    assert "not published yet" in text
    assert "not known" in text  # the cycle before
    assert "Not counted yet." in text  # nobody has a seat

    seats.seated(one)

    text = all_groups().text
    assert "The share of renewal cannot be decided" in text


def test_renewal_is_counted_against_the_cycle_before() -> None:
    election = seats.published()
    seat = bodies.first_seat(election.group)
    stays = bodies.membership(seat, position="alternate")
    bodies.membership(seat, position="member")
    election.rounds.get().candidates.filter(number=2).update(person=stays.person)
    seats.seated(election)

    text = all_groups().text

    assert "Share of renewal: 50.0% of the people did not sit in the cycle before." in text


def test_the_turnout_is_compared_with_the_cycle_before_where_that_is_known() -> None:
    election = seats.published()
    groups, earlier = group_results(election.cycle.year)
    assert earlier == {}

    before = {election.group_id: {"registered": 20, "voted": 15}}
    shown = turnout_shown(groups, before)

    (row,) = shown["rows"]
    assert (row["registered"], row["voted"], row["percent"]) == (12, 12, 100.0)
    assert (row["registered_before"], row["before"]) == (20, 75.0)


def test_the_results_of_an_earlier_cycle_are_found() -> None:
    election = seats.published()
    now = Cycle.objects.create(
        body=election.cycle.body,
        year=2027,
        term_begins_on=date(2027, 11, 1),
        term_ends_on=date(2030, 10, 31),
    )
    now.elections.create(group=election.group).rounds.create(number=1, state_since=given.AT)

    groups, earlier = group_results(now.year)

    assert [each.result for each in groups] == [None]
    assert earlier[election.group_id]["voted"] == 12


# Papers of the Secretariat (7.23, 7.24)


def said_in(issued: Issued, language: str) -> str:
    file = issued.files.get(language=language, format="pdf")
    return reading.text(documents.open_file(file, actor=Actor("secretariat", 1), at=NOW))


def test_the_papers_say_who_was_elected_to_everybody_and_to_the_leadership() -> None:
    election = seats.published(packages.signed({1: 6, 2: 3, 3: 2}))
    member, alternate = name_of(1), name_of(2)
    secretariat = given.secretariat()

    public = actions.issue_all_results(election.cycle_id, seen=0, actor=secretariat, at=NOW)
    internal = actions.issue_elected(election.cycle_id, seen=0, actor=secretariat, at=NOW)

    for language in LANGUAGES:
        group = election.group.public_name.in_language(language)
        told = said_in(public, language)
        for said in (
            group,
            member,
            "Аққу",
            election.rounds.get().protocols.get().issued.number_shown,
        ):
            assert plain(said) in told, said
        assert alternate not in told
        listed = said_in(internal, language)
        for said in (group, member, alternate, "2024", "2027"):
            assert plain(said) in listed, said
    rows = entries_of(election.cycle.chapter).filter(event__startswith="results.")
    assert [(row.event, row.after) for row in rows] == [
        ("results.listed", {"version": 1}),
        ("results.handed_up", {"version": 1, "people": 2}),
    ]


def test_the_papers_are_the_secretariats_and_issued_once() -> None:
    election = seats.published()
    for issue in (actions.issue_all_results, actions.issue_elected):
        with pytest.raises(Refused) as refusal:
            issue(election.cycle_id, seen=0, actor=given.organiser_of(election), at=NOW)
        assert refusal.value.code == "not-allowed"
        issue(election.cycle_id, seen=0, actor=given.secretariat(), at=NOW)
        with pytest.raises(Refused) as refusal:
            issue(election.cycle_id, seen=0, actor=given.secretariat(), at=NOW)
        assert refusal.value.code == "paper-issued"


def test_nothing_is_listed_before_a_group_has_published() -> None:
    election = given.election(State.ANNOUNCED)

    with pytest.raises(Refused) as refusal:
        actions.issue_all_results(election.cycle_id, seen=0, actor=given.secretariat(), at=NOW)

    assert refusal.value.code == "nothing-published"
