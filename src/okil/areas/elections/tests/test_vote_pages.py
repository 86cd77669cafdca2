"""Pages of the assembly, the papers, the desk and the count: who gets them, light, without a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import assembly as actions
from okil.areas.elections.models import (
    AgreedCount,
    Assembly,
    CountEntry,
    Election,
    LotDraw,
    PaperGiven,
    Printing,
    TieSettled,
)
from okil.areas.elections.queries.candidates import shown_names
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import assembly as meetings
from okil.areas.elections.tests.given import ballots as making
from okil.areas.elections.tests.given import candidates as listing
from okil.areas.elections.tests.given import count as counting
from okil.areas.elections.tests.given import packages
from okil.areas.elections.tests.given import voters as roll
from okil.areas.elections.wording.assembly import AGENDA
from okil.foundation.accounts.tests import given as accounts
from okil.foundation.audit.models import JournalEntry
from okil.foundation.documents.models import File, Issued
from okil.foundation.web.tests.pages import Page, read
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
ROLES = ("secretariat", "organiser", "commissioner", "observer")
TABLE = """
address          secretariat organiser commissioner observer
assembly         200         200       200          200
assembly_plan    404         200       404          404
assembly_agenda  404         200       404          404
assembly_draft   200         200       200          200
ballots          200         200       200          200
ballots_lot      404         404       200          404
ballots_printing 404         404       200          404
ballots_specimen 200         200       200          200
desk             404         200       200          404
desk_voted       404         200       200          404
count            404         200       200          200
count_enter      404         404       302          404
count_agree      404         404       302          404
count_reopen     404         404       302          404
count_result     404         302       302          302
count_tie        404         404       302          404
witnesses        404         200       200          404
"""
PRESSED = (
    "assembly_arrange", "assembly_programme", "assembly_attendance", "ballots_issue", "desk_give",
    "desk_take_back", "count_anew", "count_sheet",
)  # fmt: skip
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
EXPECTED = {name: dict(zip(HEAD[1:], map(int, codes), strict=True)) for name, *codes in ROWS}


def of(election: Election, name: str, *arguments: Any) -> str:
    return reverse(name, args=[2024, election.group.slug, *arguments])


def browser(election: Election, role: str) -> Client:
    """One that has been here before: its first page also notes the session."""
    client = given.browser_of(given.officer_of(role, election))
    client.get(reverse("journal_heads"))
    return client


def listed(count: int = 3, **rules: Any) -> Election:
    """The list is published and the assembly planned."""
    election = given.election(State.REGISTRATION, rules={**given.RULES, **rules})
    listing.listed(election, count, voters=4)
    meetings.planned(election)
    given.it_is(making.PRINTED_AT)
    return election


def problems(client: Client, url: str) -> Iterator[str]:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    if response.status_code != 200:
        yield f"It answers {response.status_code}."
        return
    if "pdf" not in response["Content-Type"]:
        yield from read(response).problems()
    if len(queries) > MOST_QUERIES:
        yield f"It asks {len(queries)} queries."


def looked_at(election: Election, *names: str, role: str = "commissioner") -> dict[str, list[str]]:
    """What is wrong with these pages, by name; nothing if nothing is."""
    client = browser(election, role)
    found = {name: list(problems(client, of(election, name))) for name in names}
    return {name: wrong for name, wrong in found.items() if wrong}


def pressed(client: Client, election: Election, name: str, **fields: Any) -> HttpResponse:
    response: HttpResponse = client.post(of(election, name), fields)  # type: ignore[assignment]
    return response


# Who gets which page


def test_each_page_is_for_those_whose_business_it_is() -> None:
    election = listed()

    found = {
        name: {role: browser(election, role).get(of(election, name)).status_code for role in ROLES}
        for name in EXPECTED
    }

    assert found == EXPECTED


def test_strangers_get_none_of_them() -> None:
    election = listed(1)
    neighbour = given.browser_of(bodies.officer(RoleName.COMMISSIONER, bodies.group(given.body())))
    roleless = given.browser_of(accounts.officer())

    for name in EXPECTED:
        assert Client().get(of(election, name)).status_code == 302
        for client in (neighbour, roleless):
            assert client.get(of(election, name)).status_code == 404, name
    for name in PRESSED:
        for client in (neighbour, roleless):
            assert client.post(of(election, name)).status_code == 404, name
        assert browser(election, "observer").post(of(election, name)).status_code == 404, name
        assert browser(election, "organiser").get(of(election, name)).status_code == 405, name


# How they look


def test_pages_before_the_vote_are_light_and_sound() -> None:
    election = given.election(State.ANNOUNCED)
    assert looked_at(election, "assembly", "ballots", "desk", "count") == {}
    assert looked_at(election, "assembly", "assembly_plan", role="organiser") == {}


def test_pages_of_the_papers_are_light_and_sound_and_name_no_witness() -> None:
    election = listed()
    names = ("assembly", "assembly_agenda", "assembly_plan", "ballots")
    assert looked_at(election, *names, role="organiser") == {}
    assert looked_at(election, "ballots", "ballots_lot", "count", "desk") == {}

    making.ballots_ready(election)
    assert looked_at(election, "ballots", "ballots_printing") == {}
    client = browser(election, "commissioner")
    page = client.get(of(election, "ballots")).content.decode()
    assert not any(name in page for name in making.WITNESS_SURNAMES)


def test_pages_of_the_count_are_light_and_sound_at_each_step() -> None:
    election = counting.on_the_table(rules={"tie": "lot"})
    given.it_is(counting.COUNTED_AT)
    one, other = counting.counters_of(election)
    assert looked_at(election, "count", "count_enter") == {}

    counting.entered(election, {1: 5, 2: 5, 3: 2}, by=one)
    assert looked_at(election, "count", "count_enter") == {}
    counting.entered(election, {1: 5, 2: 4, 3: 3}, by=other)
    assert looked_at(election, "count", "count_agree") == {}
    counting.entered(election, {1: 5, 2: 5, 3: 2}, by=other)
    counting.agreed(election, explanation=counting.EXPLANATION, by=one)
    assert looked_at(election, "count", "count_result", "count_tie", "desk_voted") == {}
    assert looked_at(election, "count", "count_result", role="observer") == {}
    counting.tie_settled(election, [2, 1])
    assert looked_at(election, "count_result") == {}


# The assembly by hand


def test_an_organiser_plans_an_assembly_and_arranges_its_agenda() -> None:
    election = given.election(State.ANNOUNCED)
    client = browser(election, "organiser")
    typed = {
        "begins_at_0": "12", "begins_at_1": "9", "begins_at_2": "2024", "begins_at_3": "14:00",
        "place_ru": "Астана", "conditions_ru": "Маски", "until_0": "30", "until_1": "9",
        "until_2": "2024",
    }  # fmt: skip

    assert pressed(client, election, "assembly_plan", **typed).status_code == 302
    assert pressed(client, election, "assembly_agenda", text_ru="Чай").status_code == 302
    page = read(client.get(of(election, "assembly_agenda")))
    up = next(form for form in page.forms if form.values.get("number") == ["6"])
    sent = {name: value[0] for name, value in up.values.items()}
    assert pressed(client, election, "assembly_arrange", **sent, act="up").status_code == 302

    assembly = Assembly.objects.get()
    assert assembly.begins_at == meetings.BEGINS_AT
    assert [item.get("code", "own") for item in assembly.agenda][-2:] == ["own", "voting"]
    shown = read(client.get(of(election, "assembly")))
    assert "Маски" in shown.text
    wrong = pressed(client, election, "assembly_plan", **{**typed, "begins_at_0": "1"})
    assert wrong.status_code == 422
    assert read(wrong).problems() == []


def test_everybody_reads_when_where_and_what_for() -> None:
    election = given.election(State.ANNOUNCED)
    meetings.planned(election, conditions={"ru": "Маски"}, until=meetings.BEGINS_AT.date())
    actions.add_item(
        election.pk, text={"ru": "Чай"}, actor=given.organiser_of(election), at=given.AT
    )

    page = read(Client().get(of(election, "group")))

    assert "Дом дружбы" in page.text
    assert all(str(item) in page.text for item in (*AGENDA.values(), "Чай", "Маски"))
    assert page.problems() == []


def test_papers_are_issued_and_read_and_the_internal_one_on_the_record() -> None:
    election = listed(1)
    roll.promised(election)
    client = browser(election, "organiser")
    pressed(client, election, "assembly_programme", seen=0)
    pressed(client, election, "assembly_attendance", seen=0, names="yes")
    assert Issued.objects.filter(kind__in=("assembly-programme", "attendance-sheet")).count() == 2
    public = File.objects.get(issued__kind="assembly-programme", language="ru", format="pdf")
    internal = File.objects.get(issued__kind="attendance-sheet", language="ru", format="pdf")

    observer = browser(election, "observer")
    assert observer.get(of(election, "assembly_paper", public.pk)).content[:5] == b"%PDF-"
    assert observer.post(of(election, "assembly_paper", internal.pk)).status_code == 404
    assert client.get(of(election, "assembly_paper", internal.pk)).status_code == 404
    opened = JournalEntry.objects.filter(event="vault.opened").count()
    sheet = client.post(of(election, "assembly_paper", internal.pk))
    assert sheet.content[:5] == b"%PDF-"
    assert "no-store" in sheet["Cache-Control"]
    assert JournalEntry.objects.filter(event="vault.opened").count() == opened + 1
    page = read(observer.get(of(election, "assembly")))
    assert not any(str(internal.pk) in form.action for form in page.forms)


# The papers by hand


def test_the_commission_draws_issues_and_prints() -> None:
    election = listed()
    client = browser(election, "commissioner")
    lot = {
        "both_1": "2", "both_2": "3", "both_3": "1", "witnesses": making.WITNESSES,
        "drawn_on_0": "9", "drawn_on_1": "9", "drawn_on_2": "2024",
    }  # fmt: skip

    twice = pressed(client, election, "ballots_lot", **{**lot, "both_2": "1"})
    assert twice.status_code == 422
    assert making.WITNESSES in twice.content.decode()  # what was typed stays
    assert pressed(client, election, "ballots_lot", **lot).status_code == 302
    assert LotDraw.objects.get().drawn_on == making.DRAWN_ON
    pressed(client, election, "ballots_issue", seen=0)
    printing = {"papers": "60", "printed_on_0": "9", "printed_on_1": "9", "printed_on_2": "2024"}
    assert pressed(client, election, "ballots_printing", **printing, seen=0).status_code == 302
    assert pressed(client, election, "ballots_printing", **printing, seen=0).status_code == 422
    assert [each.papers for each in Printing.objects.all()] == [60]

    url = of(election, "ballots_printing_withdraw", Printing.objects.get().pk)
    assert client.post(url).status_code == 302
    assert not Printing.objects.exists()


# The desk by hand


def desk_of(election: Election, role: str = "organiser") -> Client:
    making.ballots_ready(election)
    given.moved_to(State.VOTING, election)
    given.it_is(making.DESK_AT)
    return browser(election, role)


def test_the_desk_answers_yes_or_no_and_gives_one_paper() -> None:
    election = listed(2)
    client = desk_of(election)

    def answered(number: int) -> Page:
        return read(client.post(of(election, "desk"), {"number": number}))

    assert of(election, "desk_give") in [form.action for form in answered(3).forms]
    assert pressed(client, election, "desk_give", number=3).status_code == 302
    assert PaperGiven.objects.get().voter.number == 3
    assert of(election, "desk_take_back") in [form.action for form in answered(3).forms]
    stranger = [form.action for form in answered(99).forms]
    assert not {of(election, "desk_give"), of(election, "desk_take_back")} & set(stranger)
    pressed(client, election, "desk_give", number=3)
    assert PaperGiven.objects.count() == 1
    pressed(client, election, "desk_take_back", number=3)
    assert not PaperGiven.objects.exists()


def test_no_number_of_a_voter_stands_in_an_address_or_is_carried_to_the_next_page() -> None:
    election = listed(2)
    client = desk_of(election)

    response = pressed(client, election, "desk_give", number=3)

    assert response["Location"] == of(election, "desk")
    page = read(client.get(of(election, "desk")))
    assert "3" not in page.text.replace("2024", "").split()
    assert page.problems() == []


def test_the_desk_and_its_list_are_put_away_when_the_results_are_published() -> None:
    election = packages.submitted()
    pages = [of(election, name) for name in ("desk", "desk_voted")]

    def found() -> tuple[list[int], bool]:
        client = browser(election, "commissioner")
        linked = pages[1] in read(client.get(of(election, "count"))).links.values()
        return [client.get(url).status_code for url in pages], linked

    assert found() == ([200, 200], True)
    given.moved_to(State.PUBLISHED, election)
    assert found() == ([404, 404], False)


def test_who_has_not_promised_learns_nothing_at_the_desk() -> None:
    election = listed(2)
    client = desk_of(election)
    election.undertakings.all().delete()

    response = client.post(of(election, "desk"), {"number": 3})

    assert response.status_code == 422
    assert [form.action for form in read(response).forms if "desk" in form.action] == []


# The count by hand


def typed_count(**changed: str) -> dict[str, str]:
    usual = {
        "issued": "12", "unused": "48", "found": "12", "both_1": "6", "both_2": "4", "both_3": "1",
        "both_blank": "1", "both_wrongly_completed": "0", "both_late": "0",
    }  # fmt: skip
    return {**usual, **changed}


def test_two_count_blind_compare_and_agree() -> None:
    election = counting.on_the_table()
    given.it_is(counting.COUNTED_AT)
    one, other = (given.browser_of(each) for each in counting.counters_of(election))
    assert pressed(one, election, "count_enter", **typed_count(both_1="")).status_code == 422
    assert pressed(one, election, "count_enter", **typed_count()).status_code == 302

    blind = read(other.get(of(election, "count")))
    assert blind.root.classed("sheet") == []
    assert "6" not in blind.text.split()
    pressed(other, election, "count_enter", **typed_count(both_1="4", both_2="6"))
    compared = read(one.get(of(election, "count")))
    assert len(compared.root.classed("differs")) == 2
    watching = read(browser(election, "observer").get(of(election, "count")))
    assert watching.root.classed("sheet") == []

    pressed(other, election, "count_enter", **typed_count())
    assert pressed(one, election, "count_agree").status_code == 422
    response = pressed(one, election, "count_agree", explanation=counting.EXPLANATION)
    assert response["Location"] == of(election, "count_result")
    assert AgreedCount.objects.get().explanation == counting.EXPLANATION
    result = read(one.get(of(election, "count_result")))
    assert "№ 1" in result.text or "no. 1" in result.text
    seen = read(browser(election, "observer").get(of(election, "count")))
    assert len(seen.root.classed("sheet")) == 2


def test_piles_are_counted_anew_and_a_tie_is_recorded() -> None:
    election = counting.on_the_table(rules={"tie": "lot"})
    given.it_is(counting.COUNTED_AT)
    users = counting.counters_of(election)
    one, other = (given.browser_of(each) for each in users)
    for client in (one, other):
        pressed(client, election, "count_enter", **typed_count())
    pressed(one, election, "count_anew")
    assert CountEntry.objects.filter(replaced_at=None).count() == 0

    tie = typed_count(both_1="5", both_2="5")
    for client in (one, other):
        pressed(client, election, "count_enter", **tie)
    pressed(one, election, "count_agree", explanation="Пересчитано.")
    settling = {"order": "2, 1", "way": "lot", "witness_count": "2", "witnesses": making.WITNESSES}
    assert pressed(one, election, "count_tie", **{**settling, "order": "два"}).status_code == 422
    assert pressed(one, election, "count_tie", **{**settling, "order": "3, 1"}).status_code == 422
    assert pressed(one, election, "count_tie", **settling).status_code == 302
    settled = TieSettled.objects.get()
    assert settled.order == [2, 1]
    page = one.get(of(election, "count_result")).content.decode()
    assert not any(name in page for name in making.WITNESS_SURNAMES)
    one.post(of(election, "count_tie_withdraw", settled.pk))
    settled.refresh_from_db()
    assert settled.withdrawn_at is not None


def test_names_stand_on_pages_of_the_count_only_where_everybody_may_read_them() -> None:
    election = listed(3)
    making.ballots_ready(election)
    given.moved_to(State.VOTING, election)
    making.papers_given(election, 4)
    given.moved_to(State.COUNTING, election)
    given.it_is(counting.COUNTED_AT)
    shown = shown_names(given.round_of(election).candidates.all())
    public = {name for name in shown.values() if name}
    counting.counted(election, {1: 2, 2: 1, 3: 1})
    client = browser(election, "commissioner")

    text = "".join(
        client.get(of(election, name)).content.decode()
        for name in ("count", "count_result", "ballots", "desk_voted")
    )

    assert all(name in text for name in public)
    for name in public:
        text = text.replace(name, "")
    assert not any(name in text for name in bodies.SURNAMES)
