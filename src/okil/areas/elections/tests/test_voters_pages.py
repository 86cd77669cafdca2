"""Pages of voters and lists: numbers for everybody with business there, names on the record only."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.models import Closing, Election, Voter
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import candidates as given_candidates
from okil.areas.elections.tests.given import registration as given_registration
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.tests.test_pages import MOST_QUERIES, signed_in
from okil.foundation.audit import entries_of
from okil.foundation.documents.models import File
from okil.foundation.web.tests.pages import read
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
NOW = given_voters.ENTERED_AT
PLANTED = "Ромашкина Аида"
OFFICERS = ("secretariat", "organiser", "commissioner", "observer")


def registering() -> Election:
    given.it_is(NOW)
    return given_voters.promised(given.election(State.REGISTRATION))


def browser(role: str, election: Election) -> Client:
    return signed_in(given.officer_of(role, election))


def address(name: str, election: Election, *more: Any) -> str:
    return reverse(name, args=[2024, election.group.slug, *more])


def day(name: str, on: str = "26 8 2024") -> dict[str, str]:
    return {f"{name}_{place}": part for place, part in enumerate(on.split())}


def typed(**said: str) -> dict[str, str]:
    return {
        "kind": "person",
        "name": PLANTED,
        "region": "KZ-71",
        "organisation": "",
        "source": "own_word",
        **day("consented_on"),
        **said,
    }


# Who may enter


def test_every_page_is_light_and_names_nobody() -> None:
    election = registering()
    given_voters.voters(election, 120)
    given_voters.voter(election, name=PLANTED)
    given_candidates.candidates(election, 2)
    for role in OFFICERS:
        client = browser(role, election)
        pages = ["voters", "lists"]
        pages += ["voter_enter", "voters_paste", "lists_close"] if role == "organiser" else []
        urls = [address(name, election) for name in pages]
        if role in ("organiser", "commissioner"):
            urls.append(address("voter", election, 1))
        if role == "organiser":
            urls += [address(n, election, 1) for n in ("voter_change", "voter_withdraw")]
        for url in urls:
            with CaptureQueriesContext(connection) as queries:
                response = client.get(url)
            assert response.status_code == 200, (role, url)
            assert list(read(response).problems()) == [], (role, url)
            assert len(queries) <= MOST_QUERIES, (role, url, len(queries))
            html = response.content.decode()
            assert [n for n in (*bodies.SURNAMES, "Аида") if n in html] == [], (role, url)


def test_pages_of_others_are_not_there() -> None:
    election = registering()
    given_voters.voters(election, 2)
    neighbour = signed_in(bodies.officer(RoleName.ORGANISER, bodies.group(given.body())))

    for name in ("voters", "voter_enter", "voters_paste", "lists", "lists_close"):
        assert neighbour.get(address(name, election)).status_code == 404
        assert Client().get(address(name, election)).status_code == 302
    for role in ("secretariat", "observer", "commissioner"):
        client = browser(role, election)
        for name in ("voter_enter", "voters_paste", "lists_close", "post_empty"):
            assert client.get(address(name, election)).status_code == 404
    for role in ("secretariat", "observer"):
        assert browser(role, election).get(address("voter", election, 1)).status_code == 404
        assert browser(role, election).post(address("voters", election)).status_code == 404


def test_observers_and_the_secretariat_read_numbers_only() -> None:
    election = registering()
    given_voters.voters(election, 3)

    for role in ("secretariat", "observer"):
        page = read(browser(role, election).get(address("voters", election)))
        assert [row.text for row in page.main.all("td") if row["class"] == "n"] == ["3", "0", "0"]
        assert "Гүлдер" not in page.text


def test_before_the_undertaking_is_signed_there_is_no_list() -> None:
    election = given.election(State.REGISTRATION)
    given.it_is(NOW)
    given_voters.unsworn(election)

    page = read(browser("organiser", election).get(address("voters", election)))

    assert address("undertakings", election) in page.links.values()
    assert page.main.all("form") == []
    assert browser("organiser", election).get(address("voter", election, 1)).status_code == 404


# Names


def test_names_are_shown_when_asked_for_and_it_is_recorded() -> None:
    election = registering()
    given_voters.voter(election, name=PLANTED)
    client = browser("commissioner", election)
    length = entries_of(election.chapter).count()

    response = client.post(address("voters", election), {"act": "names"})

    assert PLANTED in response.content.decode()
    assert PLANTED not in read(response).title
    assert list(read(response).problems()) == []
    assert entries_of(election.chapter).count() == length + 1
    one = client.post(address("voter", election, 1), {"act": "names"})
    assert PLANTED in one.content.decode()


def test_of_a_long_list_the_names_of_one_page_are_opened() -> None:
    election = registering()
    given_voters.voters(election, 60)
    client = browser("commissioner", election)

    client.post(address("voters", election) + "?page=2", {"act": "names"})

    row = entries_of(election.chapter).filter(event="vault.opened").last()
    assert row is not None
    assert row.after is not None
    assert row.after["count"] == 10


# One by one


def test_a_voter_is_entered_and_what_was_wrong_stays_typed() -> None:
    election = registering()
    client = browser("organiser", election)
    url = address("voter_enter", election)

    wrong = client.post(url, typed(region="KZ-99", name="Клёнова Вера"))
    assert wrong.status_code == 422
    assert "Клёнова Вера" in wrong.content.decode()
    assert "Клёнова" not in read(wrong).title
    assert client.post(url, typed()).status_code == 302
    again = client.post(url, typed())
    assert again.status_code == 422
    assert Voter.objects.count() == 1


def test_a_voter_is_changed_and_withdrawn() -> None:
    election = registering()
    given_voters.voter(election, name=PLANTED)
    client = browser("organiser", election)

    client.post(address("voter_change", election, 1), typed(name="", region="KZ-10"))
    assert Voter.objects.get().region == "KZ-10"
    shown = client.post(address("voter", election, 1), {"act": "names"})
    assert PLANTED in shown.content.decode()
    client.post(address("voter_withdraw", election, 1))
    assert Voter.objects.get().status == "withdrawn"


# A list

LIST = """Номер;Имя;Регион;Организация;Кто;Согласие
;Ромашкина Аида;Алматы;Фонд «Дала»;организация;26.8.2024
17;;г. Астана;;документы;2024-08-26

Клёнова Вера\tКарагандинская обл.\t\tсо слов\t26 августа 2024
"""


def posted_list(client: Client, election: Election, text: str, **more: str) -> Any:
    data = {"text": text, "kind": "person", "source": "", **more}
    return client.post(address("voters_paste", election), data)


def seen_of(response: Any) -> str:
    (seen,) = (e["value"] for e in read(response).main.all("input") if e["name"] == "seen")
    return str(seen)


def test_a_list_is_shown_as_understood_and_then_entered_in_one_act() -> None:
    election = registering()
    client = browser("organiser", election)

    preview = posted_list(client, election, LIST, act="check")
    assert preview.status_code == 200
    assert list(read(preview).problems()) == []
    assert Voter.objects.count() == 0
    done = posted_list(client, election, LIST, act="confirm", seen=seen_of(preview))

    assert done.status_code == 302
    assert list(
        Voter.objects.order_by("number").values_list("number", "region", "organisation", "source")
    ) == [
        (17, "KZ-71", "", "papers"),
        (18, "KZ-75", "Фонд «Дала»", "organisation"),
        (19, "KZ-35", "", "own_word"),
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Пихтова Дина;Карагонда;;со слов;26.8.2024", ["Карагандинская область"]),
        ("Пихтова Дина;Алматы;;со слов;32.8.2024", []),
        ("Пихтова Дина;Алматы;;со слов;26.8.2025", []),
        ("Пихтова Дина;Алматы;;сорока принесла;26.8.2024", []),
        ("Пихтова Дина;Алматы;;;", []),
        ("1;Пихтова Дина;Алматы;;со слов;26.8.2024;лишнее", []),
        ("1;Пихтова Дина;Алматы;;со слов;26.8.2024", ["1"]),
        ("калинина ирина;Алматы;;со слов;26.8.2024", ["1"]),
    ],
)
def test_a_mistake_is_said_beside_its_line_and_nothing_is_entered(
    line: str, words: list[str]
) -> None:
    election = registering()
    given_voters.voter(election, name="Калинина Ирина")
    client = browser("organiser", election)
    text = f"Морошкина Жанар;Астана;;документы;26.8.2024\n{line}"

    response = posted_list(client, election, text, act="confirm")

    assert response.status_code == 422
    page = read(response)
    assert [e.text for e in page.main.all("textarea")] == [text.replace("\n", " ")]
    (row,) = (row for row in page.main.all("tr") if row["id"] == "line-2")
    assert row.classed("bad")
    assert all(word in row.text for word in words)
    assert [e for e in page.main.all("input") if e["name"] == "seen"] == []
    assert Voter.objects.count() == 1


def test_a_list_that_changed_since_it_was_shown_is_shown_again() -> None:
    election = registering()
    client = browser("organiser", election)
    seen = seen_of(posted_list(client, election, LIST, act="check"))

    changed = LIST + "Пихтова Дина;Астана;;документы;26.8.2024"
    assert posted_list(client, election, changed, act="confirm", seen=seen).status_code == 200
    assert Voter.objects.count() == 0


def test_what_lines_leave_out_is_said_once_for_all() -> None:
    election = registering()
    client = browser("organiser", election)
    more = {"source": "meeting", **day("consented_on", "20 8 2024")}
    text = "Пихтова Дина;Астана\nКалинина Ирина"
    seen = seen_of(posted_list(client, election, text, act="check", **more))

    posted_list(client, election, text, act="confirm", seen=seen, **more)

    assert set(Voter.objects.values_list("source", "region")) == {
        ("meeting", "KZ-71"),
        ("meeting", ""),
    }


def test_who_is_named_like_a_commissioner_is_shown_as_such_and_may_be_entered() -> None:
    election = given.election(State.REGISTRATION)
    bodies.officer(RoleName.COMMISSIONER, election.group, name="Морошкина Жанар")
    given_voters.promised(election)
    given.it_is(NOW)
    client = browser("organiser", election)

    preview = posted_list(
        client, election, "Морошкина Жанар;Астана;;документы;26.8.2024", act="check"
    )

    assert read(preview).main.classed("warn")
    assert seen_of(preview)


def test_an_empty_and_an_endless_list_are_refused() -> None:
    election = registering()
    client = browser("organiser", election)
    endless = "\n".join(f"Имя {n};Астана;;документы;26.8.2024" for n in range(501))

    for text in (" \n ;; \n", endless):
        assert posted_list(client, election, text, act="check").status_code == 422


# The commission


def test_the_commission_decides_on_several_ticked_voters() -> None:
    election = registering()
    given_voters.voters(election, 4)
    client = browser("commissioner", election)
    url = address("voters", election)

    assert client.post(url, {"act": "accept", "voter": ["1", "2"]}).status_code == 302
    nobody = client.post(url, {"act": "accept"})
    unsaid = client.post(url, {"act": "refuse", "voter": ["3"]})
    assert (nobody.status_code, unsaid.status_code) == (422, 422)
    assert list(read(unsaid).problems()) == []
    client.post(url, {"act": "refuse", "voter": ["3"], "refusal": "incomplete"})
    client.post(address("voter", election, 4), {"act": "accept", "voter": "4"})

    assert list(Voter.objects.order_by("number").values_list("status", flat=True)) == [
        "accepted",
        "accepted",
        "refused",
        "accepted",
    ]


def test_the_list_is_filtered_sorted_and_paged() -> None:
    election = registering()
    given_voters.voters(election, 60)
    given_voters.accepted(election, [2, 3], at=NOW)
    client = browser("organiser", election)

    def numbers(query: str) -> list[str]:
        page = read(client.get(address("voters", election) + query))
        return [
            e["href"].rstrip("/").rsplit("/", 1)[1]
            for row in page.main.all("th")
            if row["role"] == "rowheader"
            for e in row.all("a")
        ]

    assert numbers("?status=accepted") == ["2", "3"]
    assert numbers("?page=2") == [str(n) for n in range(51, 61)]
    assert numbers("?order=region&region=KZ-71") == [str(n) for n in range(1, 61, 3)]
    assert numbers("?status=late") == []
    assert len(numbers("?status=nonsense&order=';--&region=x")) == 50


# The lists


def test_the_organiser_closes_the_lists_after_the_end() -> None:
    election = registering()
    given_voters.voters(election, 6)
    given_candidates.candidates(election, 1)
    client = browser("organiser", election)
    url = address("lists_close", election)

    assert (
        address("lists_close", election)
        not in read(client.get(address("lists", election))).links.values()
    )
    assert client.post(url).status_code == 422
    given.it_is(given_voters.CLOSED_AT)
    assert client.get(address("lists", election)).status_code == 200
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 422

    assert Closing.objects.count() == 1
    page = read(client.get(address("lists", election)))
    assert len([u for u in page.links.values() if "/papers/" in u]) > 0
    late = read(client.get(address("voter_enter", election)))
    assert late.main.classed("is-warn")


def test_papers_open_as_far_as_the_role_sees() -> None:
    election = registering()
    given_voters.voter(election, name=PLANTED)
    given_voters.closed(election)
    internal = File.objects.get(
        issued__kind="voter-roll", audience="internal", language="ru", format="pdf"
    )
    public = File.objects.get(
        issued__kind="voter-roll", audience="public", language="ru", format="pdf"
    )

    def status(role: str, file: File) -> int:
        return browser(role, election).get(address("list_paper", election, file.pk)).status_code

    assert [status(role, internal) for role in OFFICERS] == [404, 200, 200, 404]
    assert [status(role, public) for role in OFFICERS] == [200, 200, 200, 200]
    assert (
        PLANTED
        not in browser("organiser", election)
        .get(address("list_paper", election, internal.pk))
        .headers["Content-Disposition"]
    )


def test_the_secretariat_follows_the_lists_of_all_groups() -> None:
    election = registering()
    given_candidates.admitted(election, 2)
    given.it_is(given_candidates.HANDED_OVER_AT)
    client = signed_in(given.secretariat())
    url = reverse("candidate_lists", args=[2024])

    assert list(read(client.get(url)).problems()) == []
    given_candidates.handed_over(election)
    page = read(client.get(url))

    assert address("workspace", election) in page.links.values()
    assert browser("organiser", election).get(url).status_code == 404


# A long roll


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("number=7", [7]),
        ("number=99", []),
        ("number=x&region=KZ-75", [2, 5, 8, 11]),
        ("number=0&status=late", []),
        (f"number={10**30}&region=KZ-71", [1, 4, 7, 10]),
    ],
)
def test_a_voter_is_found_on_the_roll_by_number_region_and_status(
    asked: str, numbers: list[int]
) -> None:
    election = registering()
    given_voters.voters(election, 12)

    page = read(browser("organiser", election).get(f"{address('voters', election)}?{asked}"))

    shown = [address("voter", election, number) for number in range(1, 13)]
    links = set(page.links.values())
    assert [n for n, url in enumerate(shown, 1) if url in links] == numbers


# How to reach somebody, and an organisation's number, from the application on paper


def entered(election: Election, **said: str) -> Any:
    return browser("organiser", election).post(address("voter_enter", election), typed(**said))


def test_what_the_regulation_asks_may_be_entered_from_paper_too() -> None:
    election = given_registration.of_organisations()
    said = {"kind": "organisation", "organisation": "Фонд «Дала»", "contact": "+7 702 555 98 76"}

    done = entered(election, **said, organisation_number="050440001234")
    again = entered(election, **{**said, "name": "Клёнова"}, organisation_number="050440001234")
    of_a_person = entered(election, **{**said, "name": "Ива"}, organisation_number="850101300121")

    assert (done.status_code, again.status_code, of_a_person.status_code) == (302, 422, 422)
    for refused in (again, of_a_person):
        assert list(read(refused).problems()) == []
        (field,) = (
            each
            for each in read(refused).main.all("input")
            if each["name"] == "organisation_number"
        )
        assert field["aria-invalid"] == "true"
    assert Voter.objects.get().organisation_number == "050440001234"


def test_what_the_regulation_does_not_ask_is_not_offered_and_not_kept() -> None:
    election = given_registration.election("name_or_pseudonym", "region")

    assert entered(election, contact="+7 702 555 98 76").status_code == 302

    voter = Voter.objects.get()
    assert (voter.contact, voter.organisation_number) == (None, "")
