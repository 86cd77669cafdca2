"""Cards made by the organiser and scanned on a cheap phone; a bad file of voters, and a good one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, Page

from tests.journeys.conftest import Visitor
from tests.journeys.looks import serious_faults, sticks_out
from tests.journeys.served import Served

pytestmark = pytest.mark.journey

GROUP = "office/cycles/2024/groups/qadam/"
REGISTER = "cycles/2024/groups/qadam/register/"
ORGANISER = "организатор, Қадам"
CODE = re.compile(r"(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}")
PHONE = 360
LANGUAGES = ("ru", "kk")


def bears_a_look(page: Page) -> None:
    assert page.locator("h1").count() == 1
    assert sticks_out(page) == 0, page.url
    assert serious_faults(page) == []


def codes_of_a_new_batch(page: Page, language: str, count: int) -> list[str]:
    page.goto(f"/{language}/{GROUP}voters/cards/")
    bears_a_look(page)
    page.locator("main [name=organisation]").fill("Фонд «Дала»")
    page.locator("main [name=count]").fill(str(count))
    with page.expect_navigation():
        page.locator("main form .btn").click()
    bears_a_look(page)
    return CODE.findall(page.locator("main table").inner_text())


def test_a_scanned_card_fills_itself_in_and_leaves_the_address(
    demonstration: Served, visitor: Visitor
) -> None:
    organiser = visitor(demonstration, width=PHONE, door=ORGANISER)
    for language in LANGUAGES:
        (code,) = codes_of_a_new_batch(organiser, language, 1)
        voter = visitor(demonstration, width=PHONE, language=language)

        voter.goto(f"/{language}/{REGISTER}#{code}")
        field = voter.locator("main [name=card]")
        assert field.input_value() == code
        assert code not in voter.url
        voter.reload()
        assert voter.locator("main [name=card]").input_value() in ("", code)
        assert voter.evaluate("location.hash") == ""
        bears_a_look(voter)


def test_without_scripts_the_code_is_typed(demonstration: Served, visitor: Visitor) -> None:
    organiser = visitor(demonstration, door=ORGANISER)
    (code,) = codes_of_a_new_batch(organiser, "ru", 1)
    voter = visitor(demonstration, width=PHONE, javascript=False)

    voter.goto(f"/ru/{REGISTER}#{code}")
    assert voter.locator("main [name=card]").input_value() == ""
    voter.locator("main [name=card]").fill(code.lower().replace("-", " "))
    voter.locator("main [name=region]").select_option("KZ-71")
    for name in ("name", "contact", "basis", "organisation"):
        if voter.locator(f"main [name={name}]").count():
            voter.locator(f"main [name={name}]").fill("Шиповник")
    voter.locator("main [name=consent]").check()
    with voter.expect_navigation():
        voter.locator("main form .btn").first.click()

    assert voter.locator("main .tracker").count() == 1
    organiser.goto(f"/ru/{GROUP}voters/cards/")
    assert "Фонд «Дала»" in organiser.locator("main table").inner_text()


def file(text: str) -> FilePayload:
    return {"name": "t.csv", "mimeType": "text/csv", "buffer": text.encode("utf-8-sig")}


GOOD = "Имя;Регион;Кто подтверждает;День согласия\nШиповник Первый;Астана;документы;1.9.2024\n"
BAD = GOOD + "Шиповник Второй;Карагонда;документы;1.9.2024\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_file_is_told_line_by_line_and_a_good_one_is_taken_over(
    demonstration: Served, visitor: Visitor, language: str
) -> None:
    page = visitor(demonstration, width=PHONE, door=ORGANISER)
    text = GOOD.replace("Первый", language)
    page.goto(f"/{language}/{GROUP}voters/file/")
    bears_a_look(page)
    for content in (BAD.replace("Первый", language), text):
        page.locator("main [name=file]").set_input_files(file(content))
        with page.expect_navigation():
            page.locator("main [name=act][value=check]").click()
        bears_a_look(page)
        assert page.locator("main .is-bad li").count() == (1 if content != text else 0)
    page.locator("main [name=file]").set_input_files(file(text))
    with page.expect_navigation():
        page.locator("main [name=act][value=take]").click()

    assert page.url.endswith(f"/{GROUP}voters/")
    page.goto(f"/{language}/{GROUP}voters/regions/")
    bears_a_look(page)
