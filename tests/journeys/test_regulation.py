"""An organiser closes the gaps of a regulation on a phone, in Kazakh, and prints it; two people write it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from okil.pure.rules.regulation import QUESTIONS, QUESTIONS_OF, RULES_OF, Kind, Part
from tests.journeys.conftest import Visitor
from tests.journeys.looks import serious_faults, sticks_out
from tests.journeys.served import Served

pytestmark = pytest.mark.journey

DOOR = "Ұйымдастырушы, Шұғыла"  # the group with the gaps that the report of 2024 found
HERE = "/kk/office/cycles/2024/groups/shugyla/regulation/"
EXAMPLES = files("okil.site") / "demonstration" / "data" / "regulations"


def sound() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((EXAMPLES / "sound.json").read_text("utf-8"))
    return {name: data[name] for name in QUESTIONS if name in data}


def looked_at(page: Page) -> None:
    """It fits the phone, and axe finds nothing serious."""
    assert sticks_out(page) == 0, page.url
    assert serious_faults(page) == []
    expect(page.locator("h1")).to_have_count(1)


def press(page: Page, button: Locator) -> None:
    """The page that follows is there before anything else is done."""
    with page.expect_navigation():
        button.click()


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"[name={name}][value='{value}']").set_checked(True)


def fill_in(page: Page, name: str, answer: Any) -> None:
    """As a person would, control by control; what is folded away is unfolded first."""
    folded = page.locator(f"details:not([open]):has([name^='{name}']) > summary")
    while folded.count():
        folded.first.click()
    match QUESTIONS[name].kind:
        case Kind.CHOICE:
            choose(page, name, str(answer))
        case Kind.YES_NO:
            choose(page, name, "yes" if answer else "no")
        case Kind.CHOICES | Kind.REGIONS:
            for box in page.locator(f"[name={name}]").all():
                box.set_checked(box.get_attribute("value") in answer)
        case Kind.NUMBER:
            page.locator(f"[name={name}]").fill(str(answer))
        case Kind.TEXT:
            for code, text in answer.items():
                page.locator(f"[name={name}_{code}]").fill(text)
        case Kind.ROWS:
            fill_table(page, name, answer)


def fill_table(page: Page, name: str, rows: list[dict[str, dict[str, str]]]) -> None:
    """Rows are added by a button as long as there are too few."""
    while int(page.locator(f"[name={name}-rows]").input_value()) < len(rows):
        press(page, page.locator(f"button[name=more][value={name}]"))
    for number, row in enumerate(rows):
        for column, texts in row.items():
            for code, text in texts.items():
                page.locator(f"[name={name}-{number}-{column}-{code}]").fill(text)


def marks(page: Page, kind: str) -> int:
    return page.locator(f"main .mark.{kind}").count()


def test_an_organiser_closes_the_gaps_on_a_phone_in_kazakh_and_prints_it(
    demonstration: Served, visitor: Visitor
) -> None:
    page = visitor(demonstration, width=360, door=DOOR, language="kk")
    page.goto(HERE + "findings/")
    looked_at(page)
    gaps = marks(page, "gap") + marks(page, "bad")
    assert gaps > 5

    page.goto(HERE + "edit/")
    looked_at(page)
    press(page, page.locator("main ol.rows a").first)
    answers = sound()
    for part in Part:
        looked_at(page)
        for rule in RULES_OF[part]:
            for name in QUESTIONS_OF[rule]:
                if answers.get(name) is not None:
                    fill_in(page, name, answers[name])
        press(page, page.locator("button[name=next]"))
    assert page.url.endswith(HERE + "edit/")

    page.goto(HERE + "findings/draft/")
    looked_at(page)
    # What is left follows from the adoption.
    assert marks(page, "bad") == 0
    assert page.locator("main section").count() <= 2

    page.goto(HERE + "new/")
    looked_at(page)
    expect(page.locator("main ins").first).to_be_visible()
    page.locator("[name=made_by]").fill("Топтың жалпы жиналысы")
    for name, value in (("made_on_0", "10"), ("made_on_1", "8"), ("made_on_2", "2024")):
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=number]").fill("2")
    press(page, page.locator("main form button.btn").first)
    assert page.url.endswith(HERE)
    looked_at(page)
    assert marks(page, "gap") == marks(page, "bad") == 0

    # The paper of the version: a file in Kazakh.
    press(page, page.locator(f"main form[action$='{HERE}paper/'] button"))
    paper = page.locator("main a[href$='/kk/pdf/']").first.get_attribute("href")
    assert paper is not None
    answer = page.request.get(paper)
    assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")

    page.goto(HERE + "findings/")
    page.emulate_media(media="print")
    expect(page.locator("nav.tabs")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def test_two_people_write_one_draft_and_each_learns_what_the_other_saved(
    demonstration: Served, visitor: Visitor
) -> None:
    one = visitor(demonstration, door="организатор, Қадам")
    here = "/ru/office/cycles/2024/groups/qadam/regulation/edit/seats/"
    one.goto(here)
    other = one.context.new_page()
    other.goto(here)

    choose(one, "tie", "lot")
    choose(one, "midterm", "alternate_until_the_end")
    press(one, one.locator("main form button.btn:not([name])").last)
    choose(other, "tie", "repeat_vote_between_tied")
    other.locator("[name=repeat_vote_days]").fill("9")
    press(other, other.locator("main form button.btn:not([name])").last)

    expect(other.get_by_role("alert")).to_have_count(1)
    expect(other.locator("#REG-90 .err").first).to_contain_text("жребий")
    expect(other.locator("[name=tie][value=repeat_vote_between_tied]")).to_be_checked()
    expect(other.locator("[name=repeat_vote_days]")).to_have_value("9")

    press(other, other.locator("main form button.btn:not([name])").last)
    expect(other.get_by_role("status")).to_have_count(1)
    one.goto(here)
    expect(one.locator("[name=tie][value=repeat_vote_between_tied]")).to_be_checked()
    expect(one.locator("[name=midterm][value=alternate_until_the_end]")).to_be_checked()
    expect(one.locator("[name=repeat_vote_days]")).to_have_value("9")
