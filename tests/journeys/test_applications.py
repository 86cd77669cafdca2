"""Somebody applies on a cheap phone whose terms are exhausted, signs by a code, changes what is public, and
withdraws; somebody else is nominated."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Page, expect

from okil.foundation.notifications.tests.smtp_sink import Sink, part
from okil.pure.readable import read_letters
from okil.pure.rules.tickets import CODE_LETTERS
from tests.journeys.conftest import Visitor
from tests.journeys.looks import MOST_BYTES, weight
from tests.journeys.served import Served, free_port, serving
from tests.journeys.test_registration import (
    GROUP,
    PHONE,
    bears_a_look,
    press,
    state,
    ticket_on,
    tickets_in_the_address,
)

pytestmark = pytest.mark.journey

SAID = {
    "name": "Таволгина Сауле",
    "contact": "saule@example.org",
    "programme_ru": "Чтобы решения доходили до районов.",
    "programme_kk": "Шешімдер аудандарға жетсін.",
    "experience": "Десять лет равный консультант.",
}
YEARS = 3  # of a term


@dataclass
class Installation:
    served: Served
    sink: Sink


@pytest.fixture(scope="module")
def mailing(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The demonstration, whose letters come to a real mail server."""
    data = tmp_path_factory.mktemp("mailing") / "data"
    shutil.copytree(made, data)
    sink, mail_port = Sink(), free_port()
    server = Controller(sink, hostname="127.0.0.1", port=mail_port)
    server.start()
    settings = {
        "OKIL_MAIL": f"smtp://127.0.0.1:{mail_port}",
        "OKIL_MAIL_FROM": "letters@okil.example",
    }
    with serving(["demo"], data=data, port=free_port(), **settings) as served:
        yield Installation(served, sink)
    server.stop()


def fill(page: Page, name: str) -> None:
    for field, value in {**SAID, "name": name}.items():
        page.locator(f"main [name={field}]").fill(value)
    page.locator("main [name=region]").select_option("KZ-31")
    page.locator("main [name=shows_region]").check()
    page.locator("main [name=consent]").check()


def next_term(page: Page, language: str) -> int:
    """The year in which the term begins for which people stand: the demonstration moves with today."""
    page.goto(f"/{language}/cycles/2024/")
    found = re.search(r"20[0-9]{2}", page.locator("h1").inner_text())
    assert found is not None
    return int(found[0])


def exhaust(page: Page, begins: int) -> None:
    """Two terms as member of this group, of which the second is not over yet."""
    page.locator("main details:has([name=term_history-2-position]) summary").click()
    for row, years_before in ((1, 2 * YEARS), (2, YEARS)):
        here = f"main [name=term_history-{row}-"
        page.locator(f"{here}position]").select_option("member")
        page.locator(f"{here}from]").fill(str(begins - years_before))
        page.locator(f"{here}group]").select_option("this")
    page.locator("main [name=term_history-1-to]").fill(str(begins - YEARS))
    page.locator("main [name=term_history-2-still]").check()


def code_in(sink: Sink, number: int) -> str:
    """The code of the letter with this number, which says nothing of an election."""
    letter = sink.wait_for(number)
    text = part(letter, "plain")
    assert not any(word in f"{letter['Subject']} {text}".lower() for word in ("канди", "выбор"))
    return next(filter(None, (read_letters(line, CODE_LETTERS) for line in text.splitlines())))


def confirm(page: Page, code: str) -> None:
    bears_a_look(page)
    page.locator("main [name=code]").fill(code.lower())
    press(page, "confirm")
    expect(page.get_by_role("status")).to_have_count(1)
    bears_a_look(page)


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_who_has_exhausted_the_terms_learns_it_applies_signs_and_withdraws(
    mailing: Installation, visitor: Visitor, language: str
) -> None:
    sink, letters = mailing.sink, len(mailing.sink.letters)
    page = visitor(mailing.served, width=PHONE, language=language)
    begins = next_term(page, language)
    page.goto(f"/{language}/{GROUP}")
    page.locator("main .acts a.btn.quiet").first.click()
    expect(page.locator("main .notice p")).to_have_count(3)  # before the first field
    bears_a_look(page)

    # The terms, before anything else is written; nothing is stored by it.
    exhaust(page, begins)
    press(page, "check")
    expect(page.locator("#terms.is-bad")).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_count(0)
    bears_a_look(page)

    # Who sends it before they read that is held once, here by the preview.
    fill(page, f"{SAID['name']} {language}")
    press(page, "preview")
    expect(page.locator("#shown")).not_to_contain_text(SAID["name"])
    bears_a_look(page)
    press(page, "apply")
    ticket = ticket_on(page)
    bears_a_look(page)

    page.goto(f"/{language}/my/#{ticket}")
    expect(state(page)).to_have_class("mark wait")
    assert tickets_in_the_address(page) == ""
    bears_a_look(page)

    press(page, "sign")
    bears_a_look(page)
    page.locator("main [name=acknowledged]").check()
    press(page, "sign_now")
    confirm(page, code_in(sink, letters + 1))

    press(page, "consents")
    page.locator("main [name=pseudonym]").fill("Қарлығаш")
    press(page, "consents_preview")
    expect(page.locator("#shown h3")).to_have_text("Қарлығаш")
    bears_a_look(page)
    press(page, "consents_save")
    confirm(page, code_in(sink, letters + 2))

    press(page, "open")
    expect(page.locator("main")).to_contain_text(SAID["name"])
    press(page, "correct")
    expect(page.locator("[name=term_history-1-from]")).to_have_value(str(begins - 2 * YEARS))
    bears_a_look(page)

    with page.expect_navigation():
        page.locator("main form button.link").last.click()
    expect(state(page)).to_have_class("mark wait")
    page.locator("main details:has(button[value=withdraw]) summary").click()
    press(page, "withdraw")
    confirm(page, code_in(sink, letters + 3))
    expect(state(page)).to_have_class("mark gap")


@pytest.mark.parametrize(("language", "scripts"), [("ru", True), ("kk", False)])
def test_somebody_nominated_reads_by_whom_and_begins_to_apply(
    mailing: Installation, visitor: Visitor, language: str, scripts: bool
) -> None:
    page = visitor(mailing.served, width=PHONE, language=language, javascript=scripts)
    page.goto(f"/{language}/{GROUP}nominate/")
    bears_a_look(page, scripts=scripts)
    page.locator("main [name=by]").fill("Собрание в Таразе")
    press(page)
    secret = ticket_on(page)
    bears_a_look(page, scripts=scripts)

    other = visitor(mailing.served, width=PHONE, language=language, javascript=scripts)
    other.goto(f"/{language}/nomination/#{secret}")
    if not scripts:
        other.locator("main [name=secret]").fill(secret.lower())
        press(other)
    expect(other.locator("main dl")).to_contain_text("Собрание в Таразе")
    assert tickets_in_the_address(other) == "" or not scripts
    bears_a_look(other, scripts=scripts)
    press(other, "begin")
    expect(other.locator("main [name=nomination]")).to_have_value(secret)
    bears_a_look(other, scripts=scripts)


def test_the_form_is_light(mailing: Installation, visitor: Visitor) -> None:
    page = visitor(mailing.served, width=PHONE)

    assert weight(page, f"/ru/{GROUP}apply/") <= MOST_BYTES


def test_the_organiser_reads_who_applied_by_which_way(
    mailing: Installation, visitor: Visitor
) -> None:
    page = visitor(mailing.served, door="организатор, Қадам")
    page.goto(f"/ru/office/{GROUP}candidates/")
    page.set_viewport_size({"width": PHONE, "height": 800})
    expect(page.locator("main tbody tr").nth(2)).to_have_count(1)
    bears_a_look(page)
