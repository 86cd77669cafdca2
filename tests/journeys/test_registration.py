"""Somebody registers on a cheap phone, comes back with the ticket, and leaves; with scripts and without."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.looks import MOST_BYTES, serious_faults, sticks_out, weight
from tests.journeys.served import Served, okil

pytestmark = pytest.mark.journey

GROUP = "cycles/2024/groups/qadam/"
PHONE = 360
PAPER: FilePayload = {
    "name": "paper.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4\n%%EOF\n",
}
PERSON = {
    "name": "Василькова Маргарита",
    "contact": "+7 702 555 98 76",
    "basis": "Хожу на собрания группы третий год.",
    "organisation": "Общественный фонд «Дала»",
    "region": "KZ-71",
}
PSEUDONYM = {**PERSON, "name": "Шиповник", "contact": "через Сауле из фонда"}
ORGANISATION = {
    **PERSON,
    "organisation_number": "050440001234",
    "services": "Помощь на дому и консультации.",
}


def fill(page: Page, said: dict[str, str]) -> None:
    """Whatever of it is asked."""
    for name, value in said.items():
        field = page.locator(f"main [name={name}]")
        if not field.count():
            continue
        if name == "region":
            field.select_option(value)
        else:
            field.fill(value)
    page.locator("main [name=consent]").check()


def press(page: Page, act: str = "") -> None:
    button = page.locator(f"main button[name=act][value={act}]" if act else "main .acts .btn")
    with page.expect_navigation():
        button.first.click()


def bears_a_look(page: Page, *, scripts: bool = True) -> None:
    assert page.locator("h1").count() == 1
    if scripts:
        assert sticks_out(page) == 0, page.url
        assert serious_faults(page) == []


def ticket_on(page: Page) -> str:
    return page.locator("main .tracker").inner_text().strip()


def tickets_in_the_address(page: Page) -> str:
    return urlsplit(page.url).query + urlsplit(page.url).fragment


def state(page: Page) -> Locator:
    return page.locator("main .lead .mark")


def only_organisations_vote(served: Served) -> None:
    """As if the group had adopted so; a regulation does not change while voters register."""
    fields = ["organisation", "region", "authorised_person", "contact", "basis_of_belonging"]
    okil(
        "manage",
        "shell",
        "-c",
        "from okil.areas.elections.models import AdoptedRegulation as A\n"
        "for each in A.objects.filter(group__slug='qadam'):\n"
        f"    each.content |= {{'voter_kind': 'legal_entity', 'voter_fields': {json.dumps(fields)}}}\n"
        "    each.save()",
        data=served.data,
    )


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_person_registers_comes_back_by_the_link_corrects_and_withdraws(
    demonstration: Served, visitor: Visitor, language: str
) -> None:
    page = visitor(demonstration, width=PHONE, language=language)
    page.goto(f"/{language}/{GROUP}")
    page.locator("main .acts a.btn").first.click()
    expect(page.locator("main .notice p")).to_have_count(3)  # before the first field
    bears_a_look(page)

    # Something is forgotten: it is said beside the field, and what was typed stays.
    fill(page, {**PERSON, "region": ""})
    press(page)
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.locator("[name=basis]")).to_have_value(PERSON["basis"])
    bears_a_look(page)

    fill(page, {**PERSON, "name": f"{PERSON['name']} {language}"})
    press(page)
    ticket = ticket_on(page)
    link = page.locator("main a.go[href*='#']").get_attribute("href")
    assert link is not None
    assert link.endswith(f"/{language}/my/#{ticket}")
    bears_a_look(page)

    # The link: the ticket leaves the address before anything is asked of the server.
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(link)
    expect(state(page)).to_have_class("mark wait")
    assert tickets_in_the_address(page) == ""
    assert not any(ticket in urlsplit(each).path + urlsplit(each).query for each in asked)
    assert page.context.cookies() == [] or ticket not in str(page.context.cookies())
    expect(page.locator("main")).not_to_contain_text(PERSON["name"])
    bears_a_look(page)

    press(page, "open")
    expect(page.locator("main")).to_contain_text(PERSON["name"])
    bears_a_look(page)
    press(page, "correct")
    page.locator("[name=region]").select_option("KZ-35")
    bears_a_look(page)
    press(page, "save")
    expect(page.get_by_role("status")).to_have_count(1)

    page.locator("main details summary").click()
    press(page, "withdraw")
    expect(state(page)).to_have_class("mark gap")
    bears_a_look(page)


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_pseudonym_registers_and_comes_back_without_scripts(
    demonstration: Served, visitor: Visitor, language: str
) -> None:
    page = visitor(demonstration, width=PHONE, language=language, javascript=False)
    page.goto(f"/{language}/{GROUP}register/")
    fill(page, {**PSEUDONYM, "name": f"{PSEUDONYM['name']} {language}"})
    press(page)
    ticket = ticket_on(page)
    bears_a_look(page, scripts=False)

    page.goto(f"/{language}/my/")
    page.locator("[name=ticket]").first.fill("AAAA")
    press(page)
    expect(page.get_by_role("alert")).to_have_count(1)
    page.locator("main [name=ticket]").fill(ticket.lower().replace("-", " "))
    press(page)
    expect(state(page)).to_have_class("mark wait")
    assert tickets_in_the_address(page) == ""

    # In the other language it is still the same page.
    with page.expect_navigation():
        page.locator("header nav button").filter(has_text="Eng").click()
    assert page.url.endswith("/en/my/")
    expect(state(page)).to_have_class("mark wait")

    page.locator("main details summary").click()
    press(page, "withdraw")
    expect(state(page)).to_have_class("mark gap")


def test_the_own_page_is_light_narrow_and_readable(demonstration: Served, visitor: Visitor) -> None:
    page = visitor(demonstration, width=PHONE)

    assert weight(page, "/ru/my/") <= MOST_BYTES
    bears_a_look(page)
    # From a page that tells nobody where one came from, no form is taken but its own.
    assert set(page.locator("form").evaluate_all("all => all.map(form => form.action)")) == {
        f"{demonstration.address}/{language}/my/" for language in ("kk", "ru", "en")
    }
    assert weight(page, f"/ru/{GROUP}register/") <= MOST_BYTES


def test_the_organiser_hands_over_a_new_ticket(demonstration: Served, visitor: Visitor) -> None:
    page = visitor(demonstration, door="организатор, Қадам")
    page.goto(f"/ru/office/{GROUP}voters/1/ticket/")
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.locator("[name=reason]").first.check()
    bears_a_look(page)
    press(page)
    ticket = ticket_on(page)
    bears_a_look(page)

    other = visitor(demonstration, width=PHONE)
    other.goto(f"/ru/my/#{ticket}")
    expect(state(other)).to_have_count(1)
    assert tickets_in_the_address(other) == ""


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_an_organisation_registers_with_the_paper_that_authorises(
    demonstration: Served, visitor: Visitor, language: str
) -> None:
    only_organisations_vote(demonstration)
    page = visitor(demonstration, width=PHONE, language=language)
    page.goto(f"/{language}/{GROUP}register/")
    bears_a_look(page)

    fill(page, {**ORGANISATION, "organisation_number": "850101300121"})
    page.locator("[name=paper]").set_input_files([PAPER])
    press(page)
    expect(page.locator("main .field.is-bad [name=organisation_number]")).to_have_count(1)
    bears_a_look(page)
    page.locator("[name=organisation_number]").fill(ORGANISATION["organisation_number"])
    page.locator("[name=paper]").set_input_files([PAPER])
    press(page)
    ticket = ticket_on(page)
    bears_a_look(page)

    page.goto(f"/{language}/my/#{ticket}")
    press(page, "open")
    expect(page.locator("main")).to_contain_text(ORGANISATION["organisation_number"])
    bears_a_look(page)
