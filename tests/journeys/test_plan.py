"""The coordinator finds what the plan of 2024 got wrong, puts it right and has it approved."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.looks import serious_faults, sticks_out
from tests.journeys.persons import Clock, day
from tests.journeys.served import Served

pytestmark = pytest.mark.journey

PLAN = "/ru/cycles/2024/plan/"
OFFICE = "/ru/office/cycles/2024/"


def main_button(page: Page) -> None:
    page.locator("main p.acts a.btn, main p.acts button.btn").first.click()


def bears_a_look(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    assert sticks_out(page) == 0, page.url
    assert serious_faults(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})


def test_the_coordinator_repairs_the_plan_and_records_its_approval(
    demonstration: Served, visitor: Visitor
) -> None:
    page = visitor(demonstration, door="Секретариат")
    page.goto(PLAN)
    contradictions = page.locator("aside.side .mark.bad")
    expect(contradictions).to_have_count(1)
    expect(page.locator("#a16 .note.is-bad")).not_to_have_count(0)
    bears_a_look(page)

    # The proposal, first without one of its deadlines: checked, and not enough.
    main_button(page)
    offered = page.locator("input[name=take]")
    many = offered.count()
    assert many > 3
    bears_a_look(page)
    offered.first.uncheck()
    page.locator("button[name=act][value=check]").click()
    expect(page.locator("main [role=status].is-warn")).to_have_count(1)
    expect(offered.first).not_to_be_checked()

    # Then whole.
    offered.first.check()
    main_button(page)
    expect(page).to_have_url(demonstration.address + PLAN)
    expect(contradictions).to_have_count(0)

    # What is typed wrong stays beside its reason.
    page.goto(f"{OFFICE}plan/16/")
    page.locator("[name=depends_on]").fill("20")
    page.locator("[name=title_ru]").fill("Закрыть регистрацию")
    page.locator("main p.acts button.btn").first.click()
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.locator("[name=title_ru]")).to_have_value("Закрыть регистрацию")
    bears_a_look(page)

    page.goto(PLAN)
    main_button(page)
    page.locator("[name=made_by]").fill("Страновой координационный комитет")
    for name, value in day("made_on", Clock().today()).items():
        page.locator(f"[name={name}]").fill(value)
    main_button(page)
    expect(page.locator("main .lead .mark.warn")).to_have_count(0)

    stranger = visitor(demonstration, width=360, language="kk")
    stranger.goto("/kk/cycles/2024/plan/")
    expect(stranger.locator("main")).to_contain_text("Страновой координационный комитет")
    expect(stranger.locator("main .mark.bad")).to_have_count(0)
    bears_a_look(stranger)


def test_of_two_coordinators_the_second_reads_what_the_first_saved(
    demonstration: Served, visitor: Visitor
) -> None:
    first = visitor(demonstration, door="Секретариат")
    first.goto(f"{OFFICE}plan/23/")
    second = first.context.new_page()
    second.goto(f"{OFFICE}plan/23/")
    first.locator("[name=title_ru]").fill("Сказал первый")
    first.locator("main p.acts button.btn").first.click()
    expect(first).to_have_url(demonstration.address + PLAN + "#a23")

    second.locator("[name=title_ru]").fill("Говорит второй")
    second.locator("main p.acts button.btn").first.click()

    expect(second.locator("main .notice.is-warn")).to_contain_text("Сказал первый")
    expect(second.locator("[name=title_ru]")).to_have_value("Говорит второй")
    second.locator("main p.acts button.btn").first.click()
    expect(second.locator("#a23")).to_contain_text("Говорит второй")


def test_an_organiser_dates_the_groups_plan_without_javascript_at_360(
    demonstration: Served, visitor: Visitor
) -> None:
    page = visitor(demonstration, width=360, door="организатор, Қадам", javascript=False)
    page.goto(f"{OFFICE}groups/qadam/plan/")
    for name, value in (("day_16_0", "1"), ("day_16_1", "1"), ("day_16_2", "2020")):
        page.locator(f"[name={name}]").fill(value)
    page.locator("main p.acts button.btn").click()

    expect(page.locator("#a16 .note.is-bad")).not_to_have_count(0)  # before what it waits for
    expect(page.locator("[name=day_16_2]")).to_have_value("2020")


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_on_a_phone_all_lines_of_a_title_stand_beside_its_number(
    demonstration: Served, visitor: Visitor, language: str
) -> None:
    page = visitor(demonstration, width=360, language=language)
    page.goto(f"/{language}/cycles/2024/plan/")

    under_the_number = page.locator("table.plan tr[id] th").evaluate_all(
        """all => all.filter(title => {
            const lines = document.createRange();
            lines.selectNodeContents(title);
            const number = title.previousElementSibling.getBoundingClientRect();
            return [...lines.getClientRects()].some(line => line.width && line.left < number.right);
        }).map(title => title.innerText)"""
    )

    assert under_the_number == []
