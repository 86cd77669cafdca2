"""Pages about one person in two groups: each side reads its own, and nobody which the other group is."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.models import Candidate, CrossingSide, Election, MatchingKey, MatchingRun
from okil.areas.elections.queries.several_roles import questions_in
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import candidates as listing
from okil.areas.elections.tests.given import registration
from okil.areas.elections.tests.given import several_roles as world
from okil.areas.elections.tests.given import voters as roll
from okil.areas.elections.tests.test_pages import MOST_QUERIES, signed_in
from okil.foundation.accounts.models import User
from okil.foundation.web.tests.pages import Page, read
from okil.pure.rules.matching import fingerprint_of, shown_fingerprint
from okil.pure.rules.stages import State
from okil.pure.rules.tickets import candidate_check_of

pytestmark = pytest.mark.django_db
DECIDED = {
    "made_by": "Собрание группы",
    "made_on_0": "5",
    "made_on_1": "9",
    "made_on_2": "2024",
    "number": "3",
}


@pytest.fixture(autouse=True)
def _nobody_came_before() -> None:
    cache.clear()


def my(ticket: str, **said: str) -> Any:
    return Client().post(reverse("my"), {"ticket": ticket, **said})


def at(name: str, election: Election, *about: object) -> str:
    return reverse(name, args=[election.cycle.year, election.group.slug, *about])


def of_cycle(name: str) -> str:
    return reverse(name, args=[2024])


def tells_nothing_of(page: Page, other: Election) -> bool:
    """Neither the other group nor what was compared stands anywhere on the page."""
    words = [
        other.group.slug,
        str(other.group.public_name),
        other.group.code,
        str(other.group.internal_name),
        world.CONTACT,
        world.CONTACT.upper(),
    ]
    return not any(word in page.html for word in words)


def visited(user: User, url: str) -> Page:
    client = signed_in(user)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200, url
    assert len(queries) <= MOST_QUERIES, "\n".join(each["sql"][-220:] for each in queries)
    page = read(response)
    assert list(page.problems()) == []
    return page


def test_a_voter_is_asked_on_the_own_page_and_answers() -> None:
    one, other = world.found_in_two()

    with CaptureQueriesContext(connection) as queries:
        asked = read(my(one.ticket))
    assert len(queries) <= MOST_QUERIES
    assert list(asked.problems()) == []
    assert tells_nothing_of(asked, other.voter.election)
    assert "crossing" in {each["value"] for each in asked.root.all("button")}

    empty = my(one.ticket, act="crossing", situation="X1")
    assert empty.status_code == 422
    assert read(empty).main.classed("is-bad")
    wrong = my(one.ticket, act="crossing", situation="X1", **{"X1-answer": "tea"})
    assert wrong.status_code == 422
    unknown = my(one.ticket, act="crossing", situation="X9", **{"X9-answer": "both"})
    assert unknown.status_code == 422
    assert not CrossingSide.objects.exclude(answer="").exists()

    saved = my(one.ticket, act="crossing", situation="X1", **{"X1-answer": "both"})
    assert saved.status_code == 200
    assert list(read(saved).problems()) == []
    assert CrossingSide.objects.get(voter=one.voter).answer == "both"
    assert CrossingSide.objects.get(voter=other.voter).answer == ""


def test_who_is_in_one_group_only_is_asked_nothing() -> None:
    elections = world.groups()
    mine = world.voter(elections[0])
    world.closed(elections)

    page = read(my(mine.ticket))

    assert "crossing" not in {each["value"] for each in page.root.all("button")}


def test_when_the_groups_body_has_decided_the_page_says_so_and_asks_no_more() -> None:
    from okil.areas.elections.tests.test_several_roles import rule

    one, _other = world.found_in_two()
    rule(one.voter.election, "stays")

    page = read(my(one.ticket))

    assert "crossing" not in {each["value"] for each in page.root.all("button")}
    late = my(one.ticket, act="crossing", situation="X1", **{"X1-answer": "both"})
    assert late.status_code == 422


def candidate_and_voter() -> tuple[Candidate, str, Election]:
    """A candidate of the first group with a ticket, who is a voter of the other."""
    here, there = world.groups()
    candidate = listing.candidate(here, contact=world.CONTACT)
    ticket = registration.ticket()
    Candidate.objects.filter(pk=candidate.pk).update(ticket_check=candidate_check_of(ticket))
    world.voter(there)
    world.closed([here, there])
    world.keyed(here.cycle)
    world.run(here.cycle)
    return candidate, ticket, there


def test_a_candidate_is_asked_on_the_own_page_and_answers() -> None:
    candidate, ticket, there = candidate_and_voter()

    page = read(my(ticket))
    assert list(page.problems()) == []
    assert tells_nothing_of(page, there)
    assert my(ticket, act="crossing", situation="X3").status_code == 422
    saved = my(ticket, act="crossing", situation="X3", **{"X3-answer": "elsewhere"})

    assert saved.status_code == 200
    assert CrossingSide.objects.get(candidate=candidate).answer == "elsewhere"


def test_those_responsible_read_the_number_and_the_answer_and_never_the_other_group() -> None:
    one, other = world.found_in_two()
    election = one.voter.election
    my(one.ticket, act="crossing", situation="X1", **{"X1-answer": "both"})

    for role in (RoleName.ORGANISER, RoleName.COMMISSIONER):
        page = visited(given.officer_of(role, election), at("several_roles", election))
        assert tells_nothing_of(page, other.voter.election)
        assert at("several_roles_rule", election, "voter", 1, "X1") in page.links.values()
        lists = visited(given.officer_of(role, election), at("lists", election))
        assert at("several_roles", election) in lists.links.values()


def test_who_hands_the_list_over_is_warned_while_a_question_is_open() -> None:
    one, _other = world.found_in_two()
    election = one.voter.election
    organiser = given.organiser_of(election)

    assert visited(organiser, at("list_hand_over", election)).main.classed("is-warn")
    my(one.ticket, act="crossing", situation="X1", **{"X1-answer": "here"})
    assert not visited(organiser, at("list_hand_over", election)).main.classed("is-warn")


def test_observers_and_the_secretariat_read_numbers_and_small_ones_are_not_told() -> None:
    one, _other = world.found_in_two()
    election = one.voter.election

    for user in (given.officer_of(RoleName.OBSERVER, election), given.secretariat()):
        page = visited(user, at("several_roles", election))
        assert "5" in page.main.text
        assert at("several_roles_rule", election, "voter", 1, "X1") not in page.html
        client = signed_in(user)
        url = at("several_roles_rule", election, "voter", 1, "X1")
        assert client.get(url).status_code == 404


def test_who_has_not_promised_confidence_reads_numbers_only() -> None:
    one, _other = world.found_in_two()
    election = roll.unsworn(one.voter.election)

    page = visited(given.organiser_of(election), at("several_roles", election))

    assert not page.root.all("table")


def test_the_groups_body_enters_its_decision_on_a_page() -> None:
    one, other = world.found_in_two()
    election = one.voter.election
    client = signed_in(given.commissioner_of(election))
    url = at("several_roles_rule", election, "voter", 1, "X1")

    page = read(client.get(url))
    assert list(page.problems()) == []
    assert tells_nothing_of(page, other.voter.election)
    without = client.post(url, DECIDED)
    assert without.status_code == 422
    assert 'value="Собрание группы"' in without.content.decode()
    done = client.post(url, {**DECIDED, "ruling": "leaves"})

    assert done.status_code == 302
    assert CrossingSide.objects.get(voter=one.voter).ruling == "leaves"
    for about in (("voter", 2, "X1"), ("candidate", 1, "X1"), ("voter", 1, "X9")):
        assert client.get(at("several_roles_rule", election, *about)).status_code == 404


def test_another_groups_officers_find_nothing_here() -> None:
    one, other = world.found_in_two()
    stranger = signed_in(given.commissioner_of(other.voter.election))

    for name, about in (("several_roles", ()), ("several_roles_rule", ("voter", 1, "X1"))):
        assert stranger.get(at(name, one.voter.election, *about)).status_code == 404


def test_an_officer_is_asked_on_the_page_of_the_officers() -> None:
    here, there = world.groups()
    member = given.commissioner_of(here)
    world.voter(there, member.email)
    world.closed([here, there])
    world.keyed(here.cycle)
    world.run(here.cycle)
    url = at("several_roles_mine", here)

    assert url in visited(member, at("officers", here)).links.values()
    colleague = given.organiser_of(here)
    assert url not in visited(colleague, at("officers", here)).links.values()
    assert signed_in(colleague).get(url).status_code == 404
    page = visited(member, url)
    assert tells_nothing_of(page, there)
    client = signed_in(member)
    assert client.post(url, {"situation": "X2"}).status_code == 422
    assert client.post(url, {"situation": "X1"}).status_code == 404
    saved = client.post(url, {"situation": "X2", "X2-answer": "both"})

    assert saved.status_code == 302
    (found,) = questions_in(here, given.round_of(here))
    assert found.answer == "both"
    number = bodies.role_of(member).person.number
    rule = at("several_roles_rule", here, "commissioner", number, "X2")
    assert rule not in visited(member, at("several_roles", here)).links.values()
    assert rule in visited(colleague, at("several_roles", here)).links.values()


# The comparisons


def test_officers_read_how_often_the_groups_were_compared_in_numbers() -> None:
    one, other = world.found_in_two()
    world.run(one.voter.election.cycle)

    for role in (RoleName.ORGANISER, RoleName.COMMISSIONER, RoleName.OBSERVER):
        page = visited(given.officer_of(role, one.voter.election), of_cycle("several_roles_cycle"))
        assert tells_nothing_of(page, other.voter.election)
        assert tells_nothing_of(page, one.voter.election)
        assert of_cycle("matching_run") not in page.links.values()
    page = visited(given.secretariat(), of_cycle("several_roles_cycle"))
    assert shown_fingerprint(fingerprint_of(world.KEY)) in page.main.text
    assert of_cycle("matching_run") in page.links.values()
    assert len(page.root.all("table")[1].all("tr")) == 1 + 2
    assert Client().get(of_cycle("several_roles_cycle")).status_code == 302
    client = signed_in(given.organiser_of(one.voter.election))
    for name in ("matching_key", "matching_run", "matching_key_end"):
        assert client.get(of_cycle(name)).status_code == 404


def test_the_secretariat_enters_the_key_compares_and_ends_it() -> None:
    elections = world.groups()
    for each in elections:
        world.voter(each)
    world.closed(elections)
    client = signed_in(given.secretariat())
    said = {
        **DECIDED,
        "person": str(world.holder().number),
        "fingerprint": shown_fingerprint(fingerprint_of(world.KEY)),
    }

    wrong = client.post(of_cycle("matching_key"), {**said, "fingerprint": "abc"})
    assert wrong.status_code == 422
    assert read(wrong).main.classed("is-bad")
    assert client.post(of_cycle("matching_key"), said).status_code == 302
    assert MatchingKey.objects.count() == 1
    assert list(read(client.get(of_cycle("matching_run"))).problems()) == []
    for content in (b"tea", world.key_file(world.ANOTHER_KEY), b"x" * 10_000):
        refused = client.post(of_cycle("matching_run"), {"key": file(content)})
        assert refused.status_code == 422
        assert read(refused).main.classed("is-bad")
    assert client.post(of_cycle("matching_run"), {}).status_code == 422
    assert client.post(of_cycle("matching_run"), {"key": file(world.key_file())}).status_code == 302
    assert MatchingRun.objects.get().found == {"X1": 1}

    assert client.post(of_cycle("matching_key_end")).status_code == 302
    assert client.get(of_cycle("matching_run")).status_code == 302
    page = read(client.get(of_cycle("several_roles_cycle")))
    assert of_cycle("matching_key") in page.links.values()
    assert world.KEY.hex() not in page.html


def file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("key.txt", content)


def test_the_pages_are_linked_from_where_people_look() -> None:
    world.found_in_two()
    secretary = given.secretariat()

    for url in (reverse("common_rules"), of_cycle("overview")):
        assert of_cycle("several_roles_cycle") in visited(secretary, url).links.values()


def test_what_the_groups_agree_stands_beside_each_situation() -> None:
    from okil.areas.elections.wording.several_roles import FOLLOWS_IN_SHORT

    world.found_in_two()
    world.agreed(voter_in_many="one_choice", most_commissions=1)

    page = visited(given.secretariat(), of_cycle("several_roles_cycle"))

    assert page.main.text.count(str(FOLLOWS_IN_SHORT["choose"])) == 2
    assert page.main.text.count(str(FOLLOWS_IN_SHORT["forbidden"])) == 1


def test_a_published_election_keeps_its_page() -> None:
    one, _other = world.found_in_two()
    election = one.voter.election
    roll.accepted(election)
    given.moved_to(State.CANDIDATES_PUBLISHED, election)

    page = visited(given.organiser_of(election), at("several_roles", election))

    assert at("several_roles_rule", election, "voter", 1, "X1") not in page.links.values()
