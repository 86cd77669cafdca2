"""Somebody who votes in two groups is asked on the own page, on a cheap phone; the groups read the answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.looks import MOST_BYTES, weight
from tests.journeys.served import Served
from tests.journeys.test_registration import PHONE, bears_a_look, press, ticket_on

pytestmark = pytest.mark.journey

HERE = "office/cycles/2024/groups/auen/"
VOTER = 5  # who is in another group too, and has not answered
OTHER_GROUP = "bulaq"


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_same_person_in_two_groups_answers_on_a_phone(
    demonstration: Served, visitor: Visitor, language: str
) -> None:
    organiser = visitor(demonstration, door="организатор, Әуен")
    organiser.goto(f"/ru/{HERE}voters/{VOTER}/ticket/")
    organiser.locator("[name=reason]").first.check()
    press(organiser)
    ticket = ticket_on(organiser)

    page = visitor(demonstration, width=PHONE, language=language)
    page.goto(f"/{language}/my/#{ticket}")
    question = page.locator("main section.notice")
    expect(question).to_have_count(1)
    expect(page.locator("main")).not_to_contain_text(OTHER_GROUP)
    bears_a_look(page)

    # Nothing chosen: it is said beside the answers.
    if language == "ru":
        press(page, "crossing")
        expect(page.locator("main .field.is-bad")).to_have_count(1)
        bears_a_look(page)

    page.locator("[name=X1-answer][value=both]").check()
    press(page, "crossing")
    expect(page.get_by_role("status")).to_have_count(1)
    expect(page.locator("[name=X1-answer][value=both]")).to_be_checked()
    bears_a_look(page)

    organiser.set_viewport_size({"width": PHONE, "height": 800})
    organiser.goto(f"/{language}/{HERE}several-roles/")
    expect(organiser.locator("main tbody tr")).to_have_count(1)
    assert OTHER_GROUP not in organiser.content()
    bears_a_look(organiser)


def test_an_observer_reads_how_often_the_groups_were_compared(
    demonstration: Served, visitor: Visitor
) -> None:
    page = visitor(demonstration, door="наблюдатель, Әуен")
    page.set_viewport_size({"width": PHONE, "height": 800})

    assert weight(page, "/ru/office/cycles/2024/several-roles/") <= MOST_BYTES
    expect(page.locator("main table")).to_have_count(2)
    bears_a_look(page)
