"""A group's schedule of stages as a paper (7.03)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from okil.areas.elections.actions import schedules
from okil.areas.elections.documents.plan import SCHEDULE, schedule_facts
from okil.areas.elections.documents.plan.schedules import compose_schedule
from okil.areas.elections.models import Election
from okil.areas.elections.tests import given
from okil.areas.elections.tests.test_pages import MOST_QUERIES, signed_in
from okil.foundation.accounts.models import User
from okil.foundation.audit import entries_of
from okil.foundation.documents import issued_of
from okil.foundation.documents.blocks import Table
from okil.foundation.documents.models import Issued
from okil.foundation.web.tests.pages import read
from okil.pure.refusal import Refused

pytestmark = pytest.mark.django_db


def issued(election: Election, actor: User | None = None, *, seen: int = 0) -> Issued:
    return schedules.issue_schedule(
        election.pk, seen=seen, actor=actor or given.organiser_of(election), at=given.AT
    )


def rows_of(election: Election, language: str) -> tuple[tuple[object, ...], ...]:
    facts = schedule_facts(election, election.rounds.get().dates.all())
    with override(language):
        blocks = compose_schedule(facts, language, "public")
    (table,) = [block for block in blocks if isinstance(block, Table)]
    return tuple(tuple(row) for row in table.rows)


def test_each_stage_has_its_beginning_its_end_and_who_answers_for_it() -> None:
    election = given.election()

    rows = rows_of(election, "en")

    assert [str(row[0])[:2] for row in rows] == ["1.", "2.", "3.", "4.", "5.", "6."]
    third = [str(cell).replace("\xa0", " ") for cell in rows[2]]
    assert ("26 August" in third[1], "6 September" in third[2]) == (True, True)
    assert ("9:00" in third[1], "18:00" in third[2]) == (True, True)
    assert [row[1] for row in rows[:2]] == ["–", "when the stage before it ends"]
    assert all(str(row[3]) for row in rows)


def test_the_paper_is_issued_once_for_those_who_saw_the_same() -> None:
    election = given.election()

    first = issued(election)

    assert list(issued_of(election, SCHEDULE)) == [first]
    assert {file.language for file in first.files.all()} == {"ru", "kk", "en"}
    assert {file.audience for file in first.files.all()} == {"public"}
    assert [row.event for row in entries_of(election.chapter)][-1] == "schedule.issued"
    with pytest.raises(Refused) as refusal:
        issued(election)
    assert refusal.value.code == "paper-issued"
    assert issued(election, seen=1).version == 2


@pytest.mark.parametrize("role", ["secretariat", "commissioner", "observer"])
def test_only_the_organiser_issues_it(role: str) -> None:
    election = given.election()

    with pytest.raises(Refused) as refusal:
        issued(election, given.officer_of(role, election))

    assert refusal.value.code == "not-allowed"
    assert not issued_of(election, SCHEDULE).exists()


def test_without_dates_there_is_nothing_to_issue() -> None:
    election = given.election()
    election.rounds.get().dates.all().delete()

    with pytest.raises(Refused) as refusal:
        issued(election)

    assert refusal.value.code == "schedule-undated"


def test_the_plan_of_the_group_leads_to_the_draft_and_to_the_issue() -> None:
    election = given.election()
    where = [election.cycle.year, election.group.slug]
    given.it_is(given.AT)
    client = signed_in(given.organiser_of(election))
    with CaptureQueriesContext(connection) as queries:
        page = read(client.get(reverse("own_plan", args=where)))
    assert len(queries) <= MOST_QUERIES
    ways = [way["href"] for way in page.main.all("a")]
    draft, issue = reverse("schedule_draft", args=where), reverse("schedule_issue", args=where)

    assert {draft, issue} <= set(ways)
    assert client.get(draft).content.startswith(b"%PDF")
    form = client.get(issue)
    assert read(form).problems() == []
    assert client.post(issue, {"seen": "0"}).status_code == 302
    assert client.post(issue, {"seen": "0"}).status_code == 422
    assert issued_of(election, SCHEDULE).count() == 1
