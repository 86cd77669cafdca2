"""Pages of candidates and of the commission: by number, votes hidden until one's own, names on demand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import candidates as actions
from okil.areas.elections.models import AdmissionVote, Candidate, Election, EmptyPost
from okil.areas.elections.queries import candidates as queries
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import candidates as given_candidates
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.tests.test_pages import MOST_QUERIES, signed_in
from okil.areas.elections.views.candidates import candidates_public
from okil.foundation.audit import entries_of
from okil.foundation.web.tests.pages import read
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
NOW = given_candidates.ENTERED_AT
PLANTED = "Лавандина Аида"
OFFICERS = ("secretariat", "organiser", "commissioner", "observer")


def registering(**said: Any) -> Election:
    given.it_is(NOW)
    return given_voters.promised(given.election(State.REGISTRATION, **said))


def browser(role: str, election: Election) -> Client:
    return signed_in(given.officer_of(role, election))


def address(name: str, election: Election, *more: Any) -> str:
    return reverse(name, args=[2024, election.group.slug, *more])


def day(name: str, on: str = "27 8 2024") -> dict[str, str]:
    return {f"{name}_{place}": part for place, part in enumerate(on.split())}


def typed(**said: str) -> dict[str, str]:
    return {
        "place": "both",
        "name": PLANTED,
        "region": "KZ-35",
        "organisation": "Фонд «Дала»",
        "programme_ru": "Чтобы нас спрашивали.",
        "contact": "dew@example.org",
        "conflict": "Нет.",
        **day("consented_on"),
        **day("signed_on"),
        **said,
    }


def applied(*, commission: int = 2, **said: Any) -> Candidate:
    """One candidate, after the closing; the clock stands when the commission votes."""
    election = registering(commission=commission)
    candidate = given_candidates.candidate(election, **said)
    given_voters.closed(election)
    given.it_is(given_candidates.VOTED_AT)
    return candidate


def test_every_page_is_light_and_names_nobody() -> None:
    election = registering()
    seat = bodies.first_seat(election.group)
    bodies.membership(seat, name=PLANTED)
    bodies.membership(
        seat, position="alternate", begins_on=date(2018, 11, 1), elected_in="2018", uncertain=True
    )
    given_candidates.candidate(election, name=PLANTED)
    given_candidates.candidates(election, 9)
    given_voters.closed(election)
    given_candidates.voted(Candidate.objects.get(number=1))
    given.it_is(given_candidates.VOTED_AT)
    for role in OFFICERS:
        client = browser(role, election)
        urls = [address("candidates", election), address("lists", election)]
        if role in ("organiser", "commissioner"):
            urls += [address(n, election, 1) for n in ("candidate", "candidate_person")]
        if role == "organiser":
            urls.append(address("candidate_enter", election))
            names = ("candidate_change", "candidate_consents", "candidate_withdraw")
            urls += [address(n, election, 1) for n in names]
        for url in urls:
            with CaptureQueriesContext(connection) as asked:
                response = client.get(url)
            assert response.status_code == 200, (role, url)
            assert list(read(response).problems()) == [], (role, url)
            assert len(asked) <= MOST_QUERIES, (role, url, len(asked))
            html = response.content.decode()
            assert [n for n in (*bodies.SURNAMES, "Аида") if n in html] == [], (role, url)


def test_pages_of_others_are_not_there() -> None:
    election = registering()
    given_candidates.candidate(election)
    neighbour = signed_in(bodies.officer(RoleName.ORGANISER, bodies.group(given.body())))
    one = ("candidate", "candidate_change", "candidate_consents", "candidate_withdraw")

    for client in (neighbour, browser("secretariat", election), browser("observer", election)):
        for name in one:
            assert client.get(address(name, election, 1)).status_code == 404
        assert client.post(address("candidates", election)).status_code == 404
    commissioner = browser("commissioner", election)
    for name in one[1:]:
        assert commissioner.get(address(name, election, 1)).status_code == 404
    assert neighbour.get(address("candidates", election)).status_code == 404
    assert (
        browser("organiser", election).get(address("admission_settle", election, 1)).status_code
        == 404
    )


# Entering


def test_before_it_is_entered_it_is_shown_as_everybody_will_read_it() -> None:
    election = registering()
    client = browser("organiser", election)
    url = address("candidate_enter", election)

    hidden = client.post(url, typed(act="preview", pseudonym="Аққу"))
    shown = client.post(url, typed(act="preview", shows_name="on", shows_programme="on"))

    def preview(response: Any) -> str:
        assert list(read(response).problems()) == []
        (notice,) = (e for e in read(response).main.classed("notice") if e["id"] == "shown")
        return notice.text

    assert "Аққу" in preview(hidden)
    assert PLANTED not in preview(hidden)
    assert "Чтобы нас спрашивали" not in preview(hidden)
    assert PLANTED in preview(shown)
    assert "Чтобы нас спрашивали" in preview(shown)
    assert PLANTED not in read(shown).title
    assert Candidate.objects.count() == 0
    assert client.post(url, typed(act="enter", shows_name="on")).status_code == 302
    candidate = Candidate.objects.get()
    assert (candidate.shows_name, candidate.shows_region) == (True, False)


def test_an_officers_name_is_refused_beside_the_question_whether_it_is_a_namesake() -> None:
    election = registering()
    name = bodies.name_of(bodies.role_of(given.commissioner_of(election)).person)
    client = browser("organiser", election)
    url = address("candidate_enter", election)

    refused = client.post(url, typed(act="enter", name=name))
    assert refused.status_code == 422
    assert [e["name"] for e in read(refused).main.all("input") if e["aria-invalid"]] == [
        "is_namesake"
    ]
    assert client.post(url, typed(act="enter", name=name, is_namesake="on")).status_code == 302


def test_what_is_sealed_stays_where_a_change_leaves_it_empty() -> None:
    election = registering()
    candidate = given_candidates.candidate(election, name=PLANTED, pseudonym="Аққу")
    client = browser("organiser", election)
    form = client.get(address("candidate_change", election, 1)).content.decode()
    assert "+7 700" not in form

    client.post(
        address("candidate_change", election, 1), typed(name="", contact="", region="KZ-10")
    )

    candidate.refresh_from_db()
    opened = actions.open_application(candidate.pk, actor=given.organiser_of(election), at=NOW)
    assert (candidate.region, candidate.pseudonym) == ("KZ-10", "Аққу")
    assert (opened.sealed["name"], opened.sealed["contact"]) == (PLANTED, "+7 700 000 00 00")


def test_consents_are_changed_and_after_publication_only_taken_back() -> None:
    election = registering()
    first, *_others = given_candidates.listed(election)
    given.it_is(given.moment(9, 10, 6))
    client = browser("organiser", election)
    url = address("candidate_consents", election, 1)

    assert read(client.get(url)).main.classed("is-warn")
    assert client.post(url, {"shows_name": "on", "pseudonym": "Құмай"}).status_code == 422
    assert client.post(url, {}).status_code == 302

    first.refresh_from_db()
    assert not first.shows_name
    assert client.post(url, {"shows_name": "on"}).status_code == 422


# The commission's page


def test_an_application_is_opened_by_post_and_recorded() -> None:
    candidate = applied(name=PLANTED)
    client = browser("commissioner", candidate.election)
    url = address("candidate", candidate.election, 1)
    length = entries_of(candidate.election.chapter).count()

    response = client.post(url, {"act": "application"})

    assert PLANTED in response.content.decode()
    assert PLANTED not in read(response).title
    assert list(read(response).problems()) == []
    assert entries_of(candidate.election.chapter).count() == length + 1


def test_a_vote_shows_the_others_and_not_before() -> None:
    candidate = applied()
    election = candidate.election
    one, other = given_candidates.commission_of(election)
    first, second = signed_in(one), signed_in(other)
    url = address("candidate", election, 1)
    vote = {"act": "vote", "vote": "refuse", "not_met": ["documents"], "reason": "Нет согласия."}

    assert first.post(url, vote).status_code == 302
    before = read(second.get(url))
    assert [e.text for e in before.main.classed("bad")] == []
    assert "Нет согласия" not in before.text
    assert second.post(url, {"act": "vote", "vote": "admit", "reason": ""}).status_code == 422
    second.post(url, {"act": "vote", "vote": "admit", "reason": "Всё есть."})
    after = read(second.get(url))
    assert len(after.main.classed("bad")) > 0
    shown = second.post(url, {"act": "reasons"}).content.decode()
    assert "Нет согласия." in shown
    assert AdmissionVote.objects.count() == 2


def test_the_decision_is_concluded_once_and_settled_by_the_group_if_undecided() -> None:
    candidate = applied()
    election = candidate.election
    client = browser("commissioner", election)
    url = address("candidate", election, 1)
    given_candidates.voted(candidate, "admit", "refuse")

    assert client.post(url, {"act": "conclude"}).status_code == 302
    candidate.refresh_from_db()
    assert candidate.outcome == "undecided"
    again = client.post(url, {"act": "conclude"}, follow=True)
    assert read(again).main.classed("is-bad")
    settle = address("admission_settle", election, 1)
    assert settle in read(client.get(url)).links.values()
    client.post(settle, {"admitted": "yes", "made_by": "Собрание", **day("made_on", "6 9 2024")})
    candidate.refresh_from_db()
    assert candidate.outcome == "admitted"


def test_the_organiser_sees_no_vote_before_the_decision() -> None:
    candidate = applied()
    given_candidates.voted(candidate, "admit", "refuse", not_met=("rotation",))
    url = address("candidate", candidate.election, 1)

    page = read(browser("organiser", candidate.election).get(url))

    assert [form.values.get("act") for form in page.forms if "vote" in form.buttons] == []
    (votes,) = (e for e in page.main.all("table") if e["aria-labelledby"] == "vote")
    assert votes.classed("bad") == []


def test_rotation_is_explained_in_words() -> None:
    election = registering()
    seat = bodies.first_seat(election.group)
    first = bodies.membership(
        seat,
        name=PLANTED,
        begins_on=date(2018, 11, 1),
        ends_on=date(2021, 10, 31),
        end_reason="term_over",
        elected_in="2018",
    )
    bodies.membership(seat, person=first.person)
    given_candidates.candidate(election, name=PLANTED)

    page = read(browser("commissioner", election).get(address("candidate", election, 1)))

    assert "Сроков подряд перед этим: 2" in page.text
    (history,) = (e for e in page.main.all("table") if e["aria-labelledby"] == "hist")
    assert len(history.all("tr")) == 3


# The lists


def test_the_organiser_explains_an_empty_post_and_hands_the_list_over() -> None:
    election = registering()
    given_candidates.admitted(election, 1)
    given.it_is(given_candidates.HANDED_OVER_AT)
    client = browser("organiser", election)
    empty = address("post_empty", election)
    assert empty in read(client.get(address("lists", election))).links.values()

    client.post(
        empty,
        {
            "place": "alternate",
            "reason_ru": "Никто не решился.",
            "made_by": "Собрание",
            **day("made_on", "6 9 2024"),
            **day("meeting_on", "6 9 2024"),
        },
    )
    assert EmptyPost.objects.get().place == "alternate"
    assert client.post(address("list_hand_over", election)).status_code == 302
    assert client.post(address("list_hand_over", election)).status_code == 422
    assert list(read(client.get(address("lists", election))).problems()) == []


# What everybody reads


def test_the_public_part_shows_consented_items_only_and_says_what_a_pseudonym_is() -> None:
    election = registering()
    first, *_others = given_candidates.listed(election)
    name = actions.open_application(first.pk, actor=given.organiser_of(election), at=NOW).sealed[
        "name"
    ]
    rules = queries.rules_of(election.group)

    def public() -> str:
        shown = candidates_public(given.round_of(election), rules)
        return render_to_string("elections/_candidates_public.html", {"candidates": shown})

    html = public()
    assert html.count("<h3>") == 3
    assert all(words in html for words in (name, "Аққу", "Карагандинская", "доходили до районов"))
    assert "Гүлдер" not in html
    actions.change_consents(
        first.pk,
        consents=given_candidates.NOTHING,
        pseudonym="",
        actor=given.organiser_of(election),
        at=given.moment(9, 10, 6),
    )
    assert name not in public()
    assert "Карагандинская" not in public()
