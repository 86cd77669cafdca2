"""Each role's first walk through the demonstration, in Russian."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.looks import serious_faults, sticks_out
from tests.journeys.served import Served

pytestmark = pytest.mark.journey

DOORS = {
    "secretariat": "Секретариат",
    "organiser": "организатор, Қадам",
    "commissioner": "член Мандатной комиссии, Арна",
    "observer": "независимый наблюдатель, Арна",
}


def press_main(page: Page) -> None:
    page.locator("main form button.btn").first.click()


def test_every_role_finds_its_pages_and_every_page_bears_a_look(
    demonstration: Served, visitor: Visitor
) -> None:
    for door in DOORS.values():
        page = visitor(demonstration, width=360, door=door)
        seen = set()
        for link in page.locator("main a").all():
            seen.add(link.get_attribute("href") or "")
        for address in sorted(a for a in seen if a.startswith("/ru/office/")):
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            assert sticks_out(page) == 0, address
            assert serious_faults(page) == []


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_candidate_who_was_a_member_before_fits_a_phone(
    demonstration: Served, visitor: Visitor, language: str
) -> None:
    page = visitor(demonstration, width=360, door="организатор, Самал")
    page.goto(f"/{language}/office/cycles/2024/groups/samal/candidates/2/")

    expect(page.locator("table[aria-labelledby=hist] tbody tr")).to_have_count(1)
    assert sticks_out(page) == 0


def test_the_secretariat_publishes_what_it_checked_and_no_step_is_made_twice(
    demonstration: Served, visitor: Visitor
) -> None:
    page = visitor(demonstration, door=DOORS["secretariat"])
    page.goto("/ru/office/cycles/2024/groups/tirek/")
    expect(page.locator("main [aria-disabled=true]")).to_have_count(1)

    # What is missing leads to where it is done.
    page.locator("li.task a.go").first.click()
    page.goto("/ru/office/cycles/2024/groups/tirek/package/1/check/")
    page.locator("main form button[name=examine]").click()
    page.locator("[name=answer][value=complete]").check()
    press_main(page)
    expect(page.get_by_role("status")).to_have_count(1)

    # The move asks once more, and cannot be made twice: not by the back button, not in two tabs.
    page.goto("/ru/office/cycles/2024/groups/tirek/")
    page.locator("main p.acts a.btn").click()
    second = page.context.new_page()
    second.goto(page.url)
    press_main(page)
    expect(page.locator("main li[aria-current=step] b")).to_have_text("Результаты")
    second.locator("main form button.btn").first.click()
    expect(second.get_by_role("alert")).to_have_count(1)

    page.goto("/ru/cycles/2024/groups/tirek/")
    expect(page.locator(".notice h2").first).to_contain_text("опубликованы")


def test_the_organiser_records_a_decision_for_this_case_and_takes_it_back(
    demonstration: Served, visitor: Visitor
) -> None:
    """The regulation says nothing on a single candidate: the group decides for this vote."""
    page = visitor(demonstration, door=DOORS["organiser"])
    page.goto("/ru/office/cycles/2024/groups/qadam/")
    missing = page.locator("ol[aria-labelledby=next] li.task .mark.bad, li.task .mark.gap")
    before = missing.count()

    page.goto("/ru/office/cycles/2024/groups/qadam/gates/single-candidate-known/")
    page.locator("[name=answer][value=vote_for_or_against]").check()
    page.locator("[name=made_by]").fill("Общее собрание группы")
    for name, value in (("made_on_0", "32"), ("made_on_1", "9"), ("made_on_2", "2024")):
        page.locator(f"[name={name}]").fill(value)
    press_main(page)
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.locator("input[name=made_on_0]")).to_have_value("32")

    page.locator("[name=made_on_0]").fill("1")
    press_main(page)
    assert missing.count() == before - 1

    page.locator("details > summary").first.click()
    page.locator("details li.task form button").first.click()
    assert missing.count() == before


def test_the_organiser_extends_a_stage_and_everybody_reads_why(
    demonstration: Served, visitor: Visitor
) -> None:
    page = visitor(demonstration, door="организатор, Өріс")
    page.goto("/ru/office/cycles/2024/groups/oris/dates/")
    page.locator("a.go", has_text="Регистрация").click()
    day = page.locator("input[name=to_at_0]")
    month = page.locator("input[name=to_at_1]")
    year = page.locator("input[name=to_at_2]")
    year.fill(str(int(year.input_value()) + 1))
    assert day.input_value()
    assert month.input_value()
    page.locator("[name=reason_ru]").fill("Мало заявок из районов.")
    press_main(page)
    expect(page.locator("table ins").first).to_be_visible()

    stranger = visitor(demonstration)
    stranger.goto("/ru/cycles/2024/groups/oris/")
    expect(stranger.locator("main")).to_contain_text("Мало заявок из районов.")


def test_the_commission_suspends_only_with_the_decision_attached(
    demonstration: Served, visitor: Visitor
) -> None:
    page = visitor(demonstration, door="член Мандатной комиссии, Бұлақ")
    page.goto("/ru/office/cycles/2024/groups/bulaq/suspension/")
    page.locator("[name=reason_ru]").fill("Рассматривается жалоба.")
    page.locator("[name=made_by]").fill("Конфликтная комиссия")
    today = page.locator("time").first
    assert today is not None
    for name, value in (("made_on_0", "1"), ("made_on_1", "9"), ("made_on_2", "2024")):
        page.locator(f"[name={name}]").fill(value)
    press_main(page)
    expect(page.locator(".field.is-bad")).to_have_count(1)
    expect(page.locator("[name=made_by]")).to_have_value("Конфликтная комиссия")

    page.locator("[name=paper]").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"no paper"}
    )
    press_main(page)
    expect(page.locator(".field.is-bad")).to_have_count(1)

    page.locator("[name=paper]").set_input_files(
        {"name": "decision.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
    )
    press_main(page)
    expect(page.locator(".mark.stop")).to_have_count(1)

    stranger = visitor(demonstration)
    stranger.goto("/ru/cycles/2024/groups/bulaq/")
    expect(stranger.locator("main")).to_contain_text("Рассматривается жалоба.")


def test_the_observer_reads_and_changes_nothing(demonstration: Served, visitor: Visitor) -> None:
    page = visitor(demonstration, door=DOORS["observer"])
    page.goto("/ru/office/cycles/2024/groups/arna/")
    expect(page.locator("main a.btn, main form button.btn")).to_have_count(0)
    page.goto("/ru/office/cycles/2024/groups/arna/journal/")
    assert page.locator("ol.journal li").count() > 5
    answer = page.goto("/ru/office/cycles/2024/groups/bulaq/")
    assert answer is not None
    assert answer.status == 404


def test_all_of_it_works_without_javascript(demonstration: Served, visitor: Visitor) -> None:
    page = visitor(demonstration, door=DOORS["commissioner"], javascript=False)
    page.goto("/ru/office/cycles/2024/groups/arna/count/enter/")
    page.locator("[name=both_2]").fill("7")
    page.locator("[name=both_blank]").fill("0")
    press_main(page)
    expect(page.get_by_role("status")).to_have_count(1)


def test_the_next_day_comes_and_the_page_stays(demonstration: Served, visitor: Visitor) -> None:
    page = visitor(demonstration)
    page.goto("/ru/cycles/2024/")
    before = page.locator("h2 + p").first.inner_text()
    page.locator("aside.demo button").click()
    page.wait_for_url("**/cycles/2024/")
    assert page.locator("h2 + p").first.inner_text() != before


def test_an_expired_session_leads_to_the_sign_in_and_back(
    demonstration: Served, visitor: Visitor
) -> None:
    page = visitor(demonstration, door=DOORS["organiser"])
    page.context.clear_cookies()
    page.goto("/ru/office/cycles/2024/groups/qadam/")
    assert "/sign-in/" in page.url
    assert "next=" in page.url
