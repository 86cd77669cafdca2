"""A body's own days: named, taken out, and what the check reckons with them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from okil.areas.elections.actions import own_days
from okil.areas.elections.models import OwnDay
from okil.areas.elections.queries.plan import calendar_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import plan as given_plan
from okil.foundation.audit import entries_of
from okil.foundation.web.tests.pages import read
from okil.pure.refusal import Refused

pytestmark = pytest.mark.django_db
SATURDAY, MONDAY = date(2024, 8, 17), date(2024, 8, 19)


def test_a_body_works_and_rests_as_it_says() -> None:
    given_plan.day_named(SATURDAY, is_working=True)
    given_plan.day_named(MONDAY)

    works = calendar_of(given.body())

    assert [works(day) for day in (SATURDAY, date(2024, 8, 18), MONDAY, date(2024, 8, 20))] == [
        True, False, False, True,
    ]  # fmt: skip
    told = [row.event for row in entries_of(given.body().chapter)]
    assert told[-2:] == ["own_day.named", "own_day.named"]


def test_a_body_does_not_rest_for_longer_than_a_month() -> None:
    weekdays = [
        day for n in range(28) if (day := date(2024, 9, 9) + timedelta(days=n)).weekday() < 5
    ]
    given_plan.day_named(date(2024, 9, 14), is_working=True)  # a Saturday: it may be taken back
    for day in weekdays:
        given_plan.day_named(day)

    with pytest.raises(Refused, match="days-off-too-many"):
        given_plan.day_named(date(2024, 10, 7))

    given_plan.day_named(date(2024, 10, 8))
    given_plan.day_named(date.max)


def test_a_day_is_named_once_and_taken_out_once_by_the_secretariat() -> None:
    election = given.election()
    given_plan.day_named(MONDAY)

    with pytest.raises(Refused, match="day-named"):
        given_plan.day_named(MONDAY, is_working=True)
    for role in ("organiser", "commissioner"):
        with pytest.raises(Refused, match="not-allowed"):
            own_days.forget_day(
                given.body().pk, MONDAY, actor=given.officer_of(role, election), at=given.AT
            )
    own_days.forget_day(given.body().pk, MONDAY, actor=given.secretariat(), at=given.AT)
    with pytest.raises(Refused, match="day-not-named"):
        own_days.forget_day(given.body().pk, MONDAY, actor=given.secretariat(), at=given.AT)
    assert not OwnDay.objects.exists()


def test_the_page_lists_adds_and_takes_out() -> None:
    cycle = given.cycle()
    given_plan.dated(cycle, {1: MONDAY})
    client = given.browser_of(given.secretariat())
    url = reverse("plan_days", args=[cycle.year])
    day = {"day_0": "19", "day_1": "8", "day_2": "2024"}

    assert client.post(url, {**day, "is_working": "tea"}).status_code == 422
    assert client.post(url, {**day, "is_working": "no"}).status_code == 302
    assert client.post(url, {**day, "is_working": "no"}).status_code == 422

    page = read(client.get(url))
    assert page.problems() == []
    plan = read(client.get(reverse("plan", args=[cycle.year])))
    assert len(plan.by_id("a1").classed("info")) == 1  # 19 August is a Monday, and off now
    out = next(each["href"] for each in page.main.all("a") if "2024-08-19" in each["href"])
    assert client.post(out).status_code == 302
    assert client.get(out).status_code == 404
    assert client.get(out.replace("2024-08-19", "no-day")).status_code == 404
