"""The plan to take along: read back by the programs that people open it with."""

from __future__ import annotations

import io
import json
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar, Event
from openpyxl import load_workbook

from okil.areas.elections.actions import plan
from okil.areas.elections.documents.plan import PLAN, plan_data
from okil.areas.elections.models import Cycle
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import plan as given_plan
from okil.foundation.audit import history_of
from okil.foundation.documents import issued_of
from okil.foundation.web.languages import Texts
from okil.pure.rules.plan import plan_from
from okil.pure.rules.stages import Stage

pytestmark = pytest.mark.django_db
LANGUAGES = ("ru", "kk", "en")
DRAFTS = {"ru": "ПРОЕКТ", "kk": "ЖОБА", "en": "DRAFT"}
ALMATY = ZoneInfo("Asia/Almaty")


def planned() -> Cycle:
    """Three kinds of deadlines; the others stay open."""
    return given_plan.given_deadlines(
        given.cycle(),
        {
            3: ("from", date(2024, 8, 5)),
            11: ("on", date(2024, 8, 11)),
            18: ("by", date(2024, 8, 25)),
        },
    )


def fetched(name: str, *args: Any, language: str = "en", type_: str) -> bytes:
    with override(language):
        response = Client().get(reverse(name, args=args))
    assert (response.status_code, response["Content-Type"]) == (200, type_)
    assert response["X-Content-Type-Options"] == "nosniff"
    return response.content


def events(name: str, *args: Any, language: str = "en") -> dict[str, Event]:
    """By what they are called."""
    content = fetched(name, *args, language=language, type_="text/calendar; charset=utf-8")
    return {str(event["summary"]): event for event in Calendar.from_ical(content).events}


# Calendars


def test_a_deadline_is_a_whole_day_on_which_nobody_is_busy() -> None:
    found = events("plan_ics", planned().year)

    assert set(found) >= {
        "Begins: Ask for nominees to the Organizing Committee",
        "Publish the election announcement",
        "Publish the candidate list",
    }
    published = found["Publish the candidate list"]
    assert (published.start, published.end) == (date(2024, 8, 25), date(2024, 8, 26))
    assert published["transp"] == "TRANSPARENT"
    assert published["description"] == "Elections 2024: action 18 of the plan."


def test_an_action_without_a_date_is_in_no_calendar() -> None:
    assert (
        sum("action" in str(e["description"]) for e in events("plan_ics", planned().year).values())
        == 3
    )


@pytest.mark.parametrize(
    ("language", "action"),
    [
        ("ru", "Опубликовать список кандидатов"),
        ("kk", "Кандидаттар тізімін жариялау"),
        ("en", "Publish the candidate list"),
    ],
)
def test_a_calendar_speaks_the_language_of_its_address(language: str, action: str) -> None:
    assert action in events("plan_ics", planned().year, language=language)


def test_an_entry_keeps_its_name_when_it_moves_and_in_every_language() -> None:
    cycle = planned()
    before = events("plan_ics", cycle.year)["Publish the candidate list"]
    given_plan.dated(cycle, {18: date(2024, 8, 27)})

    after = events("plan_ics", cycle.year, language="ru")["Опубликовать список кандидатов"]

    assert after["uid"] == before["uid"]
    assert after.start == date(2024, 8, 27)
    assert after.sequence == before.sequence + 1


def test_names_of_entries_are_all_different_and_a_groups_are_its_own() -> None:
    election = given.election()
    cycle = election.cycle
    given_plan.dated(cycle, {18: date(2024, 8, 25)})
    common = events("plan_ics", cycle.year).values()
    own = events("group_plan_ics", cycle.year, election.group.slug).values()

    uids = [str(event["uid"]) for event in [*common, *own]]
    assert len(set(uids)) == len(uids) > 2


def test_a_groups_calendar_has_its_own_deadlines_and_its_stages_with_their_zone() -> None:
    election = given.election()
    given_plan.dated(election.cycle, {18: date(2024, 8, 25)})
    given_plan.own(election, {18: date(2024, 8, 23)})

    found = events("group_plan_ics", election.cycle.year, election.group.slug)

    assert found["Publish the candidate list"].start == date(2024, 8, 23)
    voting = election.rounds.get().dates.get(stage=Stage.VOTING)
    assert found["Voting"].start == voting.begins_at
    assert found["Voting"].end == voting.ends_at
    assert found["Voting"]["dtstart"].params["TZID"] == election.cycle.body.time_zone


def test_a_calendar_brings_the_rules_of_its_time_zone_along() -> None:
    election = given.election()

    content = fetched(
        "group_plan_ics",
        election.cycle.year,
        election.group.slug,
        type_="text/calendar; charset=utf-8",
    )

    (zone,) = Calendar.from_ical(content).timezones
    assert zone.tz_name == election.cycle.body.time_zone
    moment = datetime(2024, 9, 12, 12, tzinfo=ALMATY)
    assert zone.to_tz().utcoffset(moment.replace(tzinfo=None)) == timedelta(hours=5)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_does_not_say_which_group_it_is_about(language: str) -> None:
    election = given.election()
    group, slug = election.group, election.group.slug
    names = [*group.public_name.values(), *group.internal_name.values(), group.code, slug]

    with override(language):
        content = Client().get(reverse("group_plan_ics", args=[2024, slug])).content

    text = Calendar.from_ical(content).to_ical().decode().replace("\r\n ", "").lower()
    assert not [name for name in names if name and name.lower() in text]


def test_an_annulled_round_has_no_stages_in_the_calendar() -> None:
    election = given.election()
    given.annulled(election, at=given.moment(9, 1, 12))

    found = events("group_plan_ics", election.cycle.year, election.group.slug)

    assert not [event for event in found.values() if "stage" in str(event["description"])]


# Data


def test_the_data_are_what_the_command_reads_and_say_what_the_plan_says() -> None:
    cycle = planned()

    data = json.loads(fetched("plan_json", cycle.year, type_="application/json"))

    assert data == plan_data(cycle)
    read = {action.number: action for action in plan_from(data).actions}
    for row in cycle.plan.all():
        action = read[row.number]
        assert (action.stage, action.deadline.kind, action.deadline.day) == (
            row.stage,
            row.deadline_kind,
            row.deadline_on,
        )
        assert list(action.depends_on) == row.depends_on
        assert list(action.participants) == row.participants


# Sheet

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_has_a_row_for_each_action_and_dates_as_dates(language: str) -> None:
    cycle = planned()

    content = fetched("plan_xlsx", cycle.year, language=language, type_=SHEET)

    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [action.number for action in cycle.plan.all()]
    assert rows[17][2] == cycle.plan.get(number=18).title[language]
    assert rows[17][5] == datetime(2024, 8, 25)  # noqa: DTZ001 (a sheet knows no zones)
    assert rows[0][5] is None
    assert sheet["F19"].is_date
    assert (sheet.freeze_panes, sheet.page_setup.orientation) == ("A2", "landscape")
    assert all(sheet.column_dimensions[letter].width > 5 for letter in "ABCDEFGHI")


def test_what_begins_like_a_formula_stays_a_text() -> None:
    formula = '=HYPERLINK("https://example.org")'
    cycle = planned()
    plan.add_action(
        cycle.pk,
        facts=given_plan.facts(title=Texts({"en": formula + "\x0b"})),
        seen_revision=cycle.plan_revision,
        actor=given.secretariat(),
        at=given.AT,
    )

    content = fetched("plan_xlsx", cycle.year, type_=SHEET)

    cell = load_workbook(io.BytesIO(content)).worksheets[0]["C27"]
    assert (cell.value, cell.data_type) == (formula, "s")


# Paper


def text_of(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_that_nobody_approved_is_a_draft_on_paper(language: str) -> None:
    cycle = planned()

    text = text_of(fetched("plan_pdf", cycle.year, language=language, type_="application/pdf"))

    assert all(action.title[language] in text for action in cycle.plan.all())
    assert DRAFTS[language] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_approved_plan_is_a_numbered_paper_until_it_is_changed(language: str) -> None:
    cycle = given_plan.approved(planned())
    paper = issued_of(cycle, PLAN).get()

    text = text_of(fetched("plan_pdf", cycle.year, language=language, type_="application/pdf"))

    assert DRAFTS[language] not in text
    assert paper.number_shown in text
    assert given.decision().made_by in text

    given_plan.dated(cycle, {18: date(2024, 8, 27)})
    text = text_of(fetched("plan_pdf", cycle.year, language=language, type_="application/pdf"))
    assert DRAFTS[language] in text


def test_a_plan_that_is_approved_anew_says_which_paper_it_replaces() -> None:
    cycle = given_plan.approved(planned())
    first = issued_of(cycle, PLAN).get()
    given_plan.approved(given_plan.dated(cycle, {18: date(2024, 8, 27)}))

    newest = issued_of(cycle, PLAN).first()

    assert newest is not None
    assert (newest.version, newest.supersedes) == (2, first)
    row = history_of(cycle).filter(event="plan.approved").last()
    assert row is not None
    assert row.after == {"document": newest.number_shown, "version": 2}


@pytest.mark.parametrize("name", ["plan_ics", "plan_json", "plan_xlsx", "plan_pdf"])
def test_a_cycle_that_is_not_there_has_no_files(name: str) -> None:
    planned()

    assert Client().get(reverse(name, args=[2025])).status_code == 404
    assert Client().post(reverse(name, args=[2024])).status_code == 405


def test_a_group_that_is_not_there_has_no_calendar() -> None:
    election = given.election()

    for year, slug in ((2025, election.group.slug), (2024, "nowhere")):
        address = reverse("group_plan_ics", args=[year, slug])
        assert Client().get(address).status_code == 404
