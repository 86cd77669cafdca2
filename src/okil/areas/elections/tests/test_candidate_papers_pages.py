"""Papers and the photo on the own page, for those who decide, and for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from okil.areas.elections.actions import candidate_papers as actions
from okil.areas.elections.models import Candidate, CandidatePaper, Election
from okil.areas.elections.queries.candidates import rules_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import applications, registration
from okil.areas.elections.tests.given import candidate_papers as given_papers
from okil.areas.elections.tests.given import voters as roll
from okil.areas.elections.tests.test_pages import MOST_QUERIES, signed_in
from okil.areas.elections.views.candidate_papers import papers_shown
from okil.areas.elections.views.candidates import candidates_public
from okil.foundation.web.tests.pages import read

pytestmark = pytest.mark.django_db
AT = applications.APPLIED_AT


@pytest.fixture(autouse=True)
def _nobody_came_before() -> None:
    cache.clear()


def my(ticket: str, act: str = "", **said: Any) -> Any:
    return Client().post(reverse("my"), {"ticket": ticket, "act": act, **said})


def a_file(content: bytes = given.PDF, name: str = "Ромашкина Аида паспорт.pdf") -> Any:
    return SimpleUploadedFile(name, content)


def headers(response: Any) -> Mapping[str, str]:
    names = ("Content-Disposition", "X-Content-Type-Options", "Cache-Control", "Content-Type")
    return {name: response[name] for name in names}


# The own page


def test_each_paper_is_shown_with_its_use_and_what_is_missing() -> None:
    mine = applications.applied(given_papers.election())

    with CaptureQueriesContext(connection) as queries:
        page = read(my(mine.ticket))

    for said in ("Рекомендация общины", "Мандатная комиссия", "Связь с группой"):
        assert said in page.text
    assert len(_file_inputs(page)) == 3
    assert len(queries) <= MOST_QUERIES
    assert list(page.problems()) == []


def _file_inputs(page: Any) -> list[str]:
    return [each["id"] for each in page.root.all("input") if each["type"] == "file"]


def test_a_paper_handed_in_is_here_and_can_be_taken_back() -> None:
    mine = applications.applied(given_papers.election())

    done = my(mine.ticket, "paper", row="1", paper=a_file())
    kept = CandidatePaper.objects.get()
    gone = my(mine.ticket, "paper-remove", row="1")

    assert (done.status_code, kept.kind, gone.status_code) == (200, "pdf", 200)
    assert not CandidatePaper.objects.exists()


def test_its_owner_takes_it_as_a_file_that_says_nothing() -> None:
    mine = applications.applied(given_papers.election())
    my(mine.ticket, "paper", row="2", paper=a_file())

    response = my(mine.ticket, "paper-open", row="2")

    assert response.content == given.PDF
    assert headers(response) == {
        "Content-Disposition": 'attachment; filename="paper-2.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Content-Type": "application/pdf",
    }


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({"row": "1", "paper": a_file(b"PK\x03\x04")}, 1),
        ({"row": "1", "paper": a_file(b"%PDF-" + b"0" * (5 * 1024 * 1024))}, 1),
        ({"row": "1"}, 1),
        ({"row": "99", "paper": a_file()}, 0),
        ({"row": "1e9", "paper": a_file()}, 0),
        ({"row": "", "paper": a_file()}, 0),
        ({"paper": a_file()}, 0),
    ],
    ids=["zip", "too large", "no file", "no such row", "no number", "empty", "no row"],
)
def test_a_mistake_is_told_beside_the_file_and_nothing_is_kept(
    said: dict[str, Any], errors: int
) -> None:
    mine = applications.applied(given_papers.election())
    if "paper" in said:
        said["paper"].seek(0)

    response = my(mine.ticket, "paper", **said)
    page = read(response)

    assert response.status_code == 422
    assert page.html.count("is-bad") >= 1 + errors
    assert list(page.problems()) == []
    assert not CandidatePaper.objects.exists()


@pytest.mark.parametrize("act", ["paper-open", "paper-remove", "photo-open"])
def test_what_is_not_there_is_told_and_no_fault(act: str) -> None:
    mine = applications.applied(given_papers.election())

    assert my(mine.ticket, act, row="1").status_code == 422


def test_after_the_closing_papers_are_read_and_not_changed() -> None:
    election = given_papers.election()
    mine = applications.applied(election)
    my(mine.ticket, "paper", row="1", paper=a_file())
    roll.closed(election)

    page = read(my(mine.ticket))

    assert _file_inputs(page) == []
    assert my(mine.ticket, "paper", row="2", paper=a_file()).status_code == 422
    assert my(mine.ticket, "paper-open", row="1").status_code == 200


def test_a_voters_ticket_hands_in_no_paper() -> None:
    election = given_papers.election()
    applications.applied(election)
    voter = registration.registered(election)

    my(voter.ticket, "paper", row="1", paper=a_file())

    assert not CandidatePaper.objects.exists()


def test_a_group_that_asks_for_no_papers_shows_none() -> None:
    mine = applications.applied(given_papers.election(candidate_papers="form_only"))

    assert len(_file_inputs(read(my(mine.ticket)))) == 1  # the photo's


# The photo


def test_a_photo_is_kept_shown_to_its_owner_and_deleted() -> None:
    mine = applications.applied(given_papers.election())

    kept = my(mine.ticket, "photo", paper=a_file(given_papers.picture()))
    opened = my(mine.ticket, "photo-open")
    gone = my(mine.ticket, "photo-remove")

    assert (kept.status_code, gone.status_code) == (200, 200)
    assert opened["Content-Disposition"] == 'attachment; filename="photo.jpeg"'
    assert given_papers.PLANTED.encode() not in opened.content
    assert not Candidate.objects.filter(photo__isnull=False).exists()


@pytest.mark.parametrize("content", [given.PDF, b"GIF89a", given_papers.picture()[:300]])
def test_what_is_no_photo_is_refused_beside_the_file(content: bytes) -> None:
    mine = applications.applied(given_papers.election())

    response = my(mine.ticket, "photo", paper=a_file(content))

    assert response.status_code == 422
    assert list(read(response).problems()) == []


def listed_with_photo() -> Candidate:
    election = given_papers.election()
    mine = applications.applied(election)
    actions.put_photo(mine.ticket, content=given_papers.picture(), at=AT)
    Candidate.objects.filter(pk=mine.candidate.pk).update(
        shows_photo=True, listed_at=given.moment(9, 9, 10)
    )
    return Candidate.objects.select_related("election__group", "election__cycle", "round").get()


def photo_address(candidate: Candidate) -> str:
    return reverse("candidate_photo", args=[2024, candidate.election.group.slug, candidate.number])


def test_everybody_sees_a_public_photo_and_no_cache_keeps_it() -> None:
    response = Client().get(photo_address(listed_with_photo()))

    assert response.status_code == 200
    assert headers(response) == {
        "Content-Disposition": 'inline; filename="photo.jpeg"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Content-Type": "image/jpeg",
    }
    assert response.cookies == {}


@pytest.mark.parametrize(
    "change", [{"shows_photo": False}, {"listed_at": None}, {"withdrawn_at": AT}, {"photo": None}]
)
def test_a_photo_that_is_not_public_any_more_is_gone_at_once(change: dict[str, Any]) -> None:
    candidate = listed_with_photo()
    address = photo_address(candidate)
    assert Client().get(address).status_code == 200

    Candidate.objects.filter(pk=candidate.pk).update(**change)

    assert Client().get(address).status_code == 404


def shown_on_the_list(candidate: Candidate) -> str:
    page = {
        "candidates": candidates_public(candidate.round, rules_of(candidate.election.group)),
        "election": candidate.election,
    }
    return render_to_string("elections/_candidates_public.html", page)


def test_the_list_shows_the_photo_of_who_wants_it_seen() -> None:
    candidate = listed_with_photo()

    shown = shown_on_the_list(candidate)
    Candidate.objects.update(shows_photo=False)

    assert photo_address(candidate) in shown
    assert "<img" not in shown_on_the_list(candidate)


# For those who decide


def paper_address(election: Election, number: int, row: int = 1) -> str:
    return reverse("candidate_paper", args=[2024, election.group.slug, number, row])


@pytest.mark.parametrize(
    ("role", "status"),
    [("organiser", 200), ("commissioner", 200), ("observer", 404), ("secretariat", 404)],
)
def test_who_decides_opens_a_paper_and_nobody_else(role: str, status: int) -> None:
    election = given_papers.election()
    mine = applications.applied(election)
    my(mine.ticket, "paper", row="1", paper=a_file())
    browser = signed_in(given.officer_of(role, election))

    response = browser.post(paper_address(election, mine.candidate.number))

    assert response.status_code == status
    if status == 200:
        assert response["Content-Disposition"] == 'attachment; filename="candidate-1-paper-1.pdf"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response["Cache-Control"]


def test_a_paper_is_opened_by_a_button_and_not_by_a_link() -> None:
    election = given_papers.election()
    mine = applications.applied(election)
    my(mine.ticket, "paper", row="1", paper=a_file())
    organiser = signed_in(given.organiser_of(election))
    address = paper_address(election, mine.candidate.number)

    assert organiser.get(address).status_code == 405
    assert organiser.post(paper_address(election, 1, 2)).status_code == 404
    assert Client().post(address).status_code in (302, 404)


def test_those_who_decide_read_what_is_here_and_what_is_missing() -> None:
    election = given_papers.election()
    mine = applications.applied(election)
    my(mine.ticket, "paper", row="2", paper=a_file())

    papers = papers_shown(mine.candidate, rules_of(election.group))
    page = render_to_string(
        "elections/_candidate_papers.html",
        {"papers": papers, "election": election, "candidate": mine.candidate},
    )

    assert [each["kept"] is not None for each in papers] == [False, True]
    assert paper_address(election, mine.candidate.number, 2) in page
    assert paper_address(election, mine.candidate.number, 1) not in page


def test_the_candidates_page_shows_papers_and_terms_in_words() -> None:
    election = given_papers.election()
    said = applications.facts(term_history="member 2018-2021 other")
    mine = applications.applied(election, said=said)
    my(mine.ticket, "paper", row="1", paper=a_file())
    commissioner = signed_in(given.commissioner_of(election))
    address = reverse("candidate", args=[2024, election.group.slug, mine.candidate.number])

    with CaptureQueriesContext(connection) as queries:
        closed = commissioner.get(address)
    opened = commissioner.post(address, {"act": "application"})

    assert len(queries) <= MOST_QUERIES + 3
    assert paper_address(election, mine.candidate.number) in closed.content.decode()
    assert list(read(closed).problems()) == []
    assert "2018–2021" in read(opened).text
    assert "member 2018-2021" not in read(opened).text
