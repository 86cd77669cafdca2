"""A refused voter complains; nothing but a region is enough; missing regions are warned of; delegates."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.served import Served, okil
from tests.journeys.test_registration import (
    GROUP,
    PHONE,
    PSEUDONYM,
    bears_a_look,
    fill,
    press,
    state,
    ticket_on,
)

pytestmark = pytest.mark.journey

OFFICE = f"office/{GROUP}"
ORGANISER = "организатор, Қадам"
COMMISSION = "член Мандатной комиссии, Қадам"
LANGUAGES = ("ru", "kk")
PROTOCOL: FilePayload = {
    "name": "protocol.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4\n%%EOF\n",
}


def regulation_says(served: Served, **answers: object) -> None:
    """As if the group had adopted so; a regulation does not change while voters register."""
    okil(
        "manage",
        "shell",
        "-c",
        "import json\n"
        "from okil.areas.elections.models import AdoptedRegulation as A\n"
        "for each in A.objects.filter(group__slug='qadam'):\n"
        f"    each.content |= json.loads({json.dumps(json.dumps(answers))})\n"
        "    each.save()",
        data=served.data,
    )


def three_years_ago(served: Served, region: str, voters: int) -> None:
    """As if the group had elected before, and so many had registered from one region."""
    okil(
        "manage",
        "shell",
        "-c",
        "from datetime import timedelta\n"
        "from okil.areas.elections.models import Cycle, Election, Round, Voter\n"
        "elections = Election.objects.filter(group__slug='qadam').order_by('-cycle__year')\n"
        "now = elections.select_related('cycle')[0]\n"
        "cycle = now.cycle\n"
        "before = timedelta(days=3 * 365)\n"
        "old, made = Cycle.objects.get_or_create(body=cycle.body, year=cycle.year - 3, defaults={\n"
        "    'term_begins_on': cycle.term_begins_on - before,\n"
        "    'term_ends_on': cycle.term_ends_on - before})\n"
        "if made:\n"
        "    election = Election.objects.create(cycle=old, group=now.group)\n"
        "    at = now.rounds.get().state_since - before\n"
        "    row = Round.objects.create(\n"
        "        election=election, number=1, state='concluded', state_since=at)\n"
        "    Voter.objects.bulk_create([Voter(\n"
        f"        election=election, round=row, number=n + 1, kind='person', name='', region='{region}',\n"
        "        source='own_word', consented_on=at.date(), entered_at=at, status='accepted')\n"
        f"        for n in range({voters})])",
        data=served.data,
    )


def registered(page: Page, language: str, name: str) -> str:
    """Answers the ticket."""
    page.goto(f"/{language}/{GROUP}register/")
    fill(page, {**PSEUDONYM, "name": name})
    press(page)
    return ticket_on(page)


def number_on(page: Page) -> str:
    return page.locator("main .facts dd").first.inner_text().strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_refused_reads_why_and_complains(
    demonstration: Served, visitor: Visitor, language: str
) -> None:
    voter = visitor(demonstration, width=PHONE, language=language)
    ticket = registered(voter, language, f"Жусан {language}")
    voter.goto(f"/{language}/my/#{ticket}")
    number = number_on(voter)

    member = visitor(demonstration, width=PHONE, door=COMMISSION)
    member.goto(f"/{language}/{OFFICE}voters/{number}/")
    bears_a_look(member)
    member.locator("main [name=refusal]").select_option("incomplete")
    press(member, "refuse")
    bears_a_look(member)

    voter.goto(f"/{language}/my/")
    voter.locator("main [name=ticket]").first.fill(ticket)
    press(voter)
    expect(state(voter)).to_have_class("mark bad")
    bears_a_look(voter)
    voter.locator("main a.go[href*='/complain']").click()
    bears_a_look(voter)
    voter.locator("main [name=by][value=voter]").check()
    voter.locator("main [name=by_number]").fill(number)
    voter.locator("main [name=text]").fill("Всё, что спрашивали, я написала.")
    press(voter)  # what it is about is forgotten: it is said, and what was written stays
    expect(voter.locator("main [name=text]")).to_have_value("Всё, что спрашивали, я написала.")
    bears_a_look(voter)
    voter.locator("main [name=act][value$='-roll']").check()
    press(voter)
    assert voter.locator("main .field").count() == 0
    bears_a_look(voter)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_region_is_enough_where_nothing_else_is_asked(
    demonstration: Served, visitor: Visitor, language: str
) -> None:
    regulation_says(demonstration, voter_fields=["region"])
    page = visitor(demonstration, width=PHONE, language=language)
    page.goto(f"/{language}/{GROUP}register/")
    asked = page.locator("main .field :is(input, select, textarea):not([name=card])")
    assert asked.evaluate_all("all => all.map(each => each.name)") == ["region", "consent"]
    bears_a_look(page)

    page.locator("[name=region]").select_option("KZ-75")
    page.locator("[name=consent]").check()
    press(page)
    ticket = ticket_on(page)
    page.goto(f"/{language}/my/#{ticket}")
    expect(state(page)).to_have_class("mark wait")
    press(page, "open")
    bears_a_look(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_organiser_is_warned_of_regions_from_which_fewer_came_or_nobody(
    demonstration: Served, visitor: Visitor, language: str
) -> None:
    regulation_says(demonstration, regions=["KZ-71", "KZ-23"])
    three_years_ago(demonstration, "KZ-62", 12)
    page = visitor(demonstration, width=PHONE, door=ORGANISER)

    page.goto(f"/{language}/{OFFICE}voters/regions/")

    notes = page.locator("main .note")
    expect(notes.locator("visible=true").filter(has_text=region(language, "KZ-23"))).to_have_count(
        1
    )
    expect(page.locator("main .note.is-warn")).to_contain_text(region(language, "KZ-62"))
    bears_a_look(page)


def region(language: str, code: str) -> str:
    names = {
        "KZ-23": {"ru": "Атырауская область", "kk": "Атырау облысы"},
        "KZ-62": {"ru": "область Ұлытау", "kk": "Ұлытау облысы"},
    }
    return names[code][language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_delegate_registers_by_the_meeting_that_chose_them(
    demonstration: Served, visitor: Visitor, language: str
) -> None:
    regulation_says(demonstration, directness="indirect", voter_fields=["region"])
    organiser = visitor(demonstration, width=PHONE, door=ORGANISER)
    organiser.goto(f"/{language}/{OFFICE}voters/meetings/")
    bears_a_look(organiser)
    organiser.goto(f"/{language}/{OFFICE}voters/meetings/new/")
    for place, part in enumerate(("12", "6", "2024")):
        organiser.locator(f"[name=held_on_{place}]").fill(part)
    organiser.locator("[name=organisation]").fill(f"Фонд «Дала» {language}")
    organiser.locator("[name=present]").fill("7")
    organiser.locator("[name=chosen]").fill("9")
    organiser.locator("[name=paper]").set_input_files([PROTOCOL])
    press(organiser)
    expect(organiser.locator("main .field.is-bad [name=chosen]")).to_have_count(1)
    bears_a_look(organiser)
    organiser.locator("[name=chosen]").fill("2")
    organiser.locator("[name=paper]").set_input_files([PROTOCOL])
    press(organiser)
    bears_a_look(organiser)

    page = visitor(demonstration, width=PHONE, language=language)
    page.goto(f"/{language}/{GROUP}register/")
    bears_a_look(page)
    page.locator("[name=meeting]").select_option(
        index=page.locator("[name=meeting] option").count() - 2
    )
    page.locator("[name=region]").select_option("KZ-75")
    page.locator("[name=consent]").check()
    press(page)
    ticket = ticket_on(page)
    page.goto(f"/{language}/my/#{ticket}")
    number = number_on(page)

    organiser.locator("main table.stack a").last.click()
    bears_a_look(organiser)
    organiser.locator("main [name=numbers]").fill(number)
    with organiser.expect_navigation():
        organiser.locator("main form:has([name=numbers]) .btn").click()
    expect(organiser.locator("main table.stack .mark.ok")).to_have_count(1)
    bears_a_look(organiser)
