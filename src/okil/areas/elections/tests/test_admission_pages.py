"""The commission's pages: six conditions written together, relations declared, votes without them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.models import Candidate, CriterionCheck, Election, Relation, Voter
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import candidates as given_candidates
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.tests.test_candidates_pages import (
    PLANTED,
    address,
    applied,
    browser,
    day,
    registering,
)
from okil.areas.elections.tests.test_pages import MOST_QUERIES, signed_in
from okil.foundation.web.tests.pages import read

pytestmark = pytest.mark.django_db
ASKED = {"state": "asked", "basis": "Нет согласия партнёра.", **day("due_on", "9 9 2024")}


def member(election: Election, place: int = 0) -> Client:
    return signed_in(given_candidates.commission_of(election)[place])


def number_of(election: Election, place: int) -> int:
    return bodies.role_of(given_candidates.commission_of(election)[place]).person.number


def row_of(page: Any, condition: str) -> str:
    (table,) = (each for each in page.main.all("table") if each["aria-labelledby"] == "check")
    (found,) = (row.text for row in table.all("tr") if condition in row.text)
    return str(found)


def test_what_the_commission_wrote_stands_beside_what_the_system_knows() -> None:
    candidate = applied()
    election = candidate.election
    url = address("candidate", election, 1)
    client = member(election)

    written = client.post(address("candidate_check", election, 1, "documents"), ASKED)

    assert written.status_code == 302
    page = read(client.get(url))
    row = row_of(page, "Документы")
    assert "Нет согласия партнёра." not in page.text
    assert str(number_of(election, 0)) in row
    assert "9 сентября" in row.replace("\xa0", " ")
    assert "Нет согласия партнёра." in read(member(election, 1).post(url, {"act": "notes"})).text


def test_a_check_without_a_day_is_refused_beside_the_day_and_keeps_what_was_typed() -> None:
    candidate = applied()
    url = address("candidate_check", candidate.election, 1, "documents")

    refused = member(candidate.election).post(url, {"state": "asked", "basis": "Письмо."})

    assert refused.status_code == 422
    page = read(refused)
    assert "Письмо." in page.text
    assert {e["name"] for e in page.main.all("input") if e["aria-invalid"]} == {
        "due_on_0",
        "due_on_1",
        "due_on_2",
    }
    assert CriterionCheck.objects.count() == 0


def test_checks_are_written_by_the_commission_on_six_conditions_only() -> None:
    candidate = applied()
    election = candidate.election

    for role in ("organiser", "observer", "secretariat"):
        client = browser(role, election)
        for name, more in (("candidate_check", ["documents"]), ("candidate_relation", [])):
            assert client.get(address(name, election, 1, *more)).status_code == 404
    assert member(election).get(address("candidate_check", election, 1, "age")).status_code == 404


def test_each_condition_names_the_rule_and_the_clause_of_the_regulation() -> None:
    candidate = applied()

    row = row_of(
        read(member(candidate.election).get(address("candidate", candidate.election, 1))), "REG-21"
    )

    assert "REG-22" in row
    assert any(part[0].isdigit() and "." in part for part in row.split())


def test_who_admits_against_a_check_ticks_it() -> None:
    candidate = applied()
    election = candidate.election
    client, url = member(election), address("candidate", candidate.election, 1)
    vote = {"act": "vote", "vote": "admit", "reason": "Согласие пришло бумагой."}
    assert "despite" not in client.get(url).content.decode()
    client.post(address("candidate_check", election, 1, "documents"), {**ASKED, "state": "not_met"})

    refused = client.post(url, vote)

    assert refused.status_code == 422
    assert [e["name"] for e in read(refused).main.all("input") if e["aria-invalid"]] == ["despite"]
    assert client.post(url, {**vote, "despite": "on"}).status_code == 302


def test_who_declares_a_relation_has_nothing_to_vote_or_check_any_more() -> None:
    candidate = applied(commission=3)
    election = candidate.election
    client, url = member(election, 2), address("candidate", candidate.election, 1)
    declare = address("candidate_relation", election, 1)
    assert declare in read(client.get(url)).links.values()

    assert client.post(declare, {}).status_code == 422
    assert client.post(declare, {"kind": "relative"}).status_code == 302

    html = client.get(url).content.decode()
    back = address("candidate_relation_back", election, 1)
    assert back in html
    assert 'value="vote"' not in html
    assert address("candidate_check", election, 1, "rotation") not in html
    assert Relation.objects.get().kind == "relative"
    others = read(member(election).get(url))
    assert "родств" not in others.text.casefold().replace("родственник", "")
    assert client.post(back).status_code == 302
    assert 'value="vote"' in client.get(url).content.decode()


def test_what_a_related_member_may_not_read_is_not_opened_for_them() -> None:
    candidate = applied(commission=3)
    election = candidate.election
    member(election).post(address("candidate_check", election, 1, "documents"), ASKED)
    client = member(election, 2)
    client.post(address("candidate_relation", election, 1), {"kind": "other"})
    url = address("candidate", election, 1)

    assert 'value="notes"' not in client.get(url).content.decode()
    assert client.post(url, {"act": "notes"}).status_code == 404


def test_where_one_of_two_is_related_the_other_writes_down_that_the_group_decides() -> None:
    candidate = applied()
    election = candidate.election
    member(election, 1).post(address("candidate_relation", election, 1), {"kind": "self"})
    url = address("candidate", election, 1)

    assert 'value="conclude"' not in member(election, 1).get(url).content.decode()
    assert member(election).post(url, {"act": "conclude"}).status_code == 302

    candidate.refresh_from_db()
    assert candidate.outcome == "undecided"


def test_a_voter_page_offers_the_decision_to_members_who_are_not_related() -> None:
    election = registering()
    given_voters.voters(election, 2)
    client, url = member(election), address("voter", election, 1)
    assert 'value="accept"' in client.get(url).content.decode()

    client.post(address("voter_relation", election, 1), {"kind": "relative"})

    html = client.get(url).content.decode()
    assert 'value="accept"' not in html
    assert address("voter_relation_back", election, 1) in html
    batch = client.post(address("voters", election), {"act": "accept", "voter": ["1", "2"]})
    assert batch.status_code == 422
    assert Voter.objects.filter(status="accepted").count() == 0
    assert 'value="accept"' in member(election, 1).get(url).content.decode()


def stands(client: Client, election: Election) -> dict[str, str]:
    """What the queue shows under each of its headings, by the heading's code."""
    page = read(client.get(address("admission_queue", election)))
    assert list(page.problems()) == []
    return {each["aria-labelledby"]: each.text for each in page.main.all("ul") if each["class"]}


def test_the_queue_says_to_each_member_what_waits_for_them() -> None:
    election = registering(commission=3)
    given_candidates.candidates(election, 5)
    given_voters.closed(election)
    given.it_is(given_candidates.VOTED_AT)
    first, third = member(election), member(election, 2)
    first.post(address("candidate_check", election, 1, "documents"), ASKED)
    third.post(address("candidate_relation", election, 2), {"kind": "relative"})
    given_candidates.voted(Candidate.objects.get(number=3))
    given_candidates.decided(Candidate.objects.get(number=4))
    given_candidates.voted(Candidate.objects.get(number=5), "undecided")

    mine, theirs = stands(first, election), stands(third, election)

    assert list(mine) == ["yours", "conclude", "others", "decided"]
    assert list(theirs) == ["yours", "conclude", "related", "decided"]
    assert "№" in mine["yours"]
    assert "9 сентября" in mine["yours"].replace("\xa0", " ")
    assert [name for name, text in theirs.items() if "1" in text.split()] == ["yours"]


def test_the_queue_is_light_and_for_those_who_see_applications() -> None:
    election = registering(commission=3)
    given_candidates.candidates(election, 9)
    assert list(stands(member(election), election)) == ["closing"]
    given_voters.closed(election)

    for role in ("organiser", "commissioner"):
        client = browser(role, election)
        with CaptureQueriesContext(connection) as asked:
            client.get(address("admission_queue", election))
        assert len(asked) <= MOST_QUERIES, role
    assert list(stands(browser("organiser", election), election)) == ["others"]
    for role in ("observer", "secretariat"):
        assert browser(role, election).get(address("admission_queue", election)).status_code == 404


def test_the_pages_of_the_commission_are_light_and_name_nobody() -> None:
    given_rules = {
        **given.RULES,
        "candidate_papers": "form_and_listed",
        "candidate_documents": [
            {
                "document": {"ru": "Письмо организации"},
                "used_by": {"ru": "комиссия"},
                "purpose": {"ru": "принадлежность"},
            }
        ],
    }
    election = registering(rules=given_rules, commission=3)
    seat = bodies.first_seat(election.group)
    bodies.membership(seat, name=PLANTED)
    given_candidates.candidate(election, name=PLANTED)
    given_voters.voters(election, 1)
    given_voters.closed(election)
    given.it_is(given_candidates.VOTED_AT)
    client = member(election)
    for criterion in ("documents", "rotation", "conflict"):
        client.post(address("candidate_check", election, 1, criterion), ASKED)
    member(election, 2).post(address("candidate_relation", election, 1), {"kind": "self"})
    given_candidates.voted(Candidate.objects.get(), "refuse", "refuse")
    urls = [
        address("candidate", election, 1),
        address("candidate_check", election, 1, "documents"),
        address("candidate_relation", election, 1),
        address("candidate_relation_back", election, 1),
        address("voter_relation", election, 1),
        address("voter_relation_back", election, 1),
    ]
    for visitor in (client, member(election, 2)):
        visitor.get(urls[0])  # what was said after the last act is read
        for url in urls:
            with CaptureQueriesContext(connection) as asked:
                response = visitor.get(url)
            assert response.status_code == 200, url
            assert list(read(response).problems()) == [], url
            assert len(asked) <= MOST_QUERIES, (url, len(asked))
            html = response.content.decode()
            assert [n for n in (*bodies.SURNAMES, "Аида") if n in html] == [], url
    assert "Письмо организации" in read(client.get(urls[0])).text
