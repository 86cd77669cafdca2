"""Pages of the package, of who takes which seat, of all papers: who enters, what they do, what they see."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from okil.areas.bodies.models import Membership, RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.models import Election, Package, PackageCheck
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import packages, seats
from okil.areas.elections.tests.test_pages import signed_in
from okil.areas.elections.tests.test_results import name_of
from okil.foundation.audit.models import JournalEntry
from okil.foundation.documents.models import Issued
from okil.foundation.web.tests.pages import read
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db

NOW = given.moment(9, 19, 12)
OFFICERS = (RoleName.SECRETARIAT, RoleName.ORGANISER, RoleName.COMMISSIONER, RoleName.OBSERVER)
MOST_QUERIES = 12


def address(name: str, election: Election, *more: Any) -> str:
    return reverse(name, args=[election.cycle.year, election.group.slug, *more])


def browser(role: str, election: Election) -> Client:
    given.it_is(NOW)
    return signed_in(given.officer_of(role, election))


def codes(election: Election, method: str, name: str, *more: Any) -> dict[str, int]:
    """What each officer is answered, and last somebody who is not signed in."""
    url = address(name, election, *more)
    found = {
        str(role): getattr(browser(role, election), method)(url).status_code for role in OFFICERS
    }
    return {**found, "visitor": getattr(Client(), method)(url).status_code}


def by_role(secretariat: int, organiser: int, commissioner: int, observer: int) -> dict[str, int]:
    return {
        "secretariat": secretariat,
        "organiser": organiser,
        "commissioner": commissioner,
        "observer": observer,
        "visitor": 302,
    }


def names_on(html: str) -> list[str]:
    """Names that stand there, but for the first candidate's, who shows it to everybody."""
    html = html.replace(name_of(1), "")
    return [name for name in bodies.SURNAMES if name in html]


# Who enters


def test_each_page_opens_to_whose_business_it_is() -> None:
    election = seats.published()

    assert codes(election, "get", "package") == by_role(200, 200, 200, 200)
    assert codes(election, "get", "package_check", 1) == by_role(200, 404, 404, 404)
    assert codes(election, "post", "package_build") == by_role(404, 404, 404, 404)
    assert codes(election, "post", "package_download", 1) == by_role(200, 200, 200, 404)
    assert codes(election, "get", "election_results") == by_role(200, 200, 200, 200)
    assert codes(election, "get", "departure", 3) == by_role(404, 404, 200, 404)
    assert codes(election, "get", "take_seats") == by_role(200, 404, 404, 404)
    assert codes(election, "get", "papers") == by_role(200, 200, 200, 200)


@pytest.mark.parametrize("name", ["packages", "office_results"])
def test_pages_on_all_groups_are_the_secretariats(name: str) -> None:
    election = seats.published()
    url = reverse(name, args=[2024])

    for role, code in zip(OFFICERS, (200, 404, 404, 404), strict=True):
        assert browser(role, election).get(url).status_code == code, role
    assert Client().get(url).status_code == 302


def test_a_neighbours_organiser_sees_none_of_it() -> None:
    election = seats.published()
    neighbour = bodies.organiser_of(bodies.group(given.body()))
    client = signed_in(neighbour)

    for name in ("package", "election_results", "papers"):
        assert client.get(address(name, election)).status_code == 404, name
    assert client.post(address("package_download", election, 1)).status_code == 404


# What they see


def test_every_page_is_light_and_sound_and_names_nobody() -> None:
    election = seats.published(packages.signed({1: 2, 2: 3, 3: 6}))
    found = []
    for role in OFFICERS:
        client = browser(role, election)
        urls = [address(name, election) for name in ("package", "election_results", "papers")]
        if role == RoleName.SECRETARIAT:
            urls += [
                address("package_check", election, 1),
                address("take_seats", election),
                reverse("packages", args=[2024]),
                reverse("office_results", args=[2024]),
            ]
        if role == RoleName.COMMISSIONER:
            urls.append(address("departure", election, 3))
        for url in urls:
            with CaptureQueriesContext(connection) as queries:
                response = client.get(url)
            problems = list(read(response).problems())
            if len(queries) > MOST_QUERIES:
                problems.append(f"It asks {len(queries)} queries.")
            problems += names_on(response.content.decode())
            found += [(role, url, problem) for problem in problems]

    assert found == []


def test_before_the_protocol_the_result_is_nobodys_and_the_secretariats_with_the_package() -> None:
    election = packages.signed()
    url = address("election_results", election)

    shown = {role: browser(role, election).get(url).content.decode() for role in OFFICERS}

    told = {role: "Аққу" in html for role, html in shown.items()}
    assert told == {
        RoleName.SECRETARIAT: False,
        RoleName.ORGANISER: True,
        RoleName.COMMISSIONER: True,
        RoleName.OBSERVER: True,
    }


# What they do


def test_the_organiser_makes_the_package_with_one_button() -> None:
    election = packages.signed()
    client = browser(RoleName.ORGANISER, election)
    page = read(client.get(address("package", election)))
    assert any("/package/make/" in form["action"] for form in page.main.all("form"))

    answer = client.post(address("package_build", election), {"seen_version": 0})
    again = client.post(address("package_build", election), {"seen_version": 0})

    assert (answer.status_code, again.status_code) == (302, 302)
    assert Package.objects.count() == 1
    content = client.post(address("package_download", election, 1)).content
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert "manifest.json" in package.namelist()


def test_what_is_missing_for_the_package_is_said() -> None:
    election = given.election(State.REGISTRATION)

    page = read(browser(RoleName.ORGANISER, election).get(address("package", election)))

    assert page.problems() == []
    assert page.main.all("form") == []


def test_the_secretariat_opens_checks_and_answers() -> None:
    election = packages.submitted()
    client = browser(RoleName.SECRETARIAT, election)
    url = address("package_check", election, 1)
    rows = JournalEntry.objects.count()

    shown = client.post(url, {"examine": "1"})

    assert read(shown).problems() == []
    assert shown.content.decode().count('class="mark ok"') >= 10
    assert JournalEntry.objects.count() == rows + 1  # who opened it
    unsaid = client.post(url, {"answer": "missing"})
    assert unsaid.status_code == 422
    done = client.post(url, {"answer": "missing", "missing_ru": "Нет подписи."})
    assert done.status_code == 302
    check = PackageCheck.objects.get()
    assert (check.is_complete, check.missing) == (False, {"ru": "Нет подписи."})
    page = client.get(address("package", election)).content.decode()
    assert "Нет подписи." in page


def test_the_commission_sees_what_follows_before_it_records_a_departure() -> None:
    election = seats.published()
    client = browser(RoleName.COMMISSIONER, election)
    url = address("departure", election, 3)

    page = read(client.get(url))
    assert "Аққу" in page.text  # who follows

    day = {"told_on_0": "18", "told_on_1": "9", "told_on_2": "2024"}
    assert client.post(url, {"why": "", **day}).status_code == 422
    assert client.post(url, {"why": "declined", **day}).status_code == 302
    assert client.post(url, {"why": "declined", **day}).status_code == 422  # pressed twice
    assert election.rounds.get().departures.count() == 1


def test_the_secretariat_seats_the_elected_after_one_more_look() -> None:
    election = seats.published()
    client = browser(RoleName.SECRETARIAT, election)
    url = address("take_seats", election)
    assert client.get(url).status_code == 200
    assert Membership.objects.count() == 0

    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 422

    assert Membership.objects.filter(ends_on=None).count() == 2


def test_the_papers_on_all_groups_are_issued_and_downloaded_on_the_record() -> None:
    election = seats.published()
    client = browser(RoleName.SECRETARIAT, election)

    for name in ("results_issue_all", "results_issue_elected"):
        url = reverse(name, args=[2024])
        assert client.post(url, {"seen": 0}).status_code == 302
        assert client.post(url, {"seen": 0}).status_code == 302  # says that it was issued meanwhile
        assert client.post(url).status_code == 404

    assert Issued.objects.filter(kind__in=("all-results", "elected-list")).count() == 2
    file = Issued.objects.get(kind="elected-list").files.get(language="ru", format="pdf")
    rows = JournalEntry.objects.count()
    url = reverse("results_file", args=[2024, file.pk])
    assert client.post(url).content.startswith(b"%PDF-")
    assert JournalEntry.objects.count() == rows + 1
    assert browser(RoleName.ORGANISER, election).post(url).status_code == 404
    assert Client().get(reverse("cycle_results_paper", args=[2024, "kk"])).status_code == 200


# Papers


def test_papers_are_listed_and_internal_ones_open_to_who_may_see_what_is_in_them() -> None:
    election = seats.published()
    roll = Issued.objects.get(kind="voter-roll")
    where = [roll.year, roll.number, "ru", "pdf"]

    found = codes(election, "post", "paper_internal", *where)
    rows = JournalEntry.objects.filter(event="vault.opened").count()
    opened = browser(RoleName.COMMISSIONER, election).post(
        address("paper_internal", election, *where)
    )

    # Not allowed is said on the page they came from.
    assert found == by_role(302, 200, 200, 302)
    assert opened.content.startswith(b"%PDF-")
    assert JournalEntry.objects.filter(event="vault.opened").count() == rows + 1


def test_observers_find_only_what_has_a_public_version() -> None:
    election = seats.published()
    cover = Issued.objects.get(kind="package-cover")

    observer = browser(RoleName.OBSERVER, election).get(address("papers", election))
    organiser = browser(RoleName.ORGANISER, election).get(address("papers", election))

    assert cover.code_shown not in observer.content.decode()
    assert cover.code_shown in organiser.content.decode()
    assert "/papers/internal/" not in observer.content.decode()


def test_everybody_reads_what_is_public_when_it_is() -> None:
    election = seats.published()
    client = Client()
    answers = {
        issued.kind: client.get(
            address("public_paper", election, issued.year, issued.number, "ru", "pdf")
        ).status_code
        for issued in Issued.objects.filter(vault_scope=f"election-{election.pk}")
    }

    assert {kind for kind, code in answers.items() if code == 200} <= {
        "registration-notice", "closing-notice", "commission-list", "voter-roll", "candidate-list",
        "admission-decision", "published-candidates", "assembly-programme", "results-letter",
    }  # fmt: skip
    assert answers["published-candidates"] == 200
    assert answers["ballot-paper"] == 404  # whoever has it could print more
    assert answers["candidate-application"] == 404
    election.rounds.update(state=State.REGISTRATION)
    listed = Issued.objects.get(kind="published-candidates")
    early = address("public_paper", election, listed.year, listed.number, "ru", "pdf")
    assert client.get(early).status_code == 404
