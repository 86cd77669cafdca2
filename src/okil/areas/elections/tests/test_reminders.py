"""Reminders of deadlines: to whom they belong, once, in one letter a day that tells a stranger nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.models import Election, Reminder
from okil.areas.elections.queries.reminders import due_by_person
from okil.areas.elections.tasks import remind_officers
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import plan as given_plan
from okil.areas.elections.tests.test_at_once import meeting
from okil.foundation.accounts.models import User
from okil.foundation.background.tests.given import all_work_done
from okil.foundation.notifications.models import Notification
from okil.foundation.notifications.tests.smtp_sink import Sink, part
from okil.pure.rules.stages import Stage, State

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MOST_QUERIES = 12
# Registration ends on 6 September at 18:00; in Astana it is nine when it is four here.
NINE = given.moment(9, 3, 4)
OFFICERS = {RoleName.ORGANISER: 1, RoleName.COMMISSIONER: 2}


def reminded(at: datetime) -> None:
    given.it_is(at)
    remind_officers()


def told() -> list[tuple[str, str, date]]:
    """To whom, of what, until when."""
    rows = Reminder.objects.order_by("pk").values_list("role__role", "what", "due_on")
    return sorted(rows)


def by_role(what: str, due_on: date, roles: dict[RoleName, int]) -> list[tuple[str, str, date]]:
    return sorted((str(role), what, due_on) for role in Counter(roles).elements())


def in_registration() -> Election:
    return given.election(State.REGISTRATION)


def test_the_end_of_a_stage_is_told_three_days_before_and_on_the_last_day() -> None:
    in_registration()
    ends = date(2024, 9, 6)

    for day in range(-2, 6):
        reminded(NINE + day * DAY)

    assert told() == sorted(
        by_role("stage-3", ends, OFFICERS) + by_role("stage-3-today", ends, OFFICERS)
    )
    days = sorted(set(Reminder.objects.values_list("queued_at", flat=True)))
    assert days == [NINE, NINE + 3 * DAY]


def test_before_nine_and_late_in_the_evening_nobody_is_reminded() -> None:
    in_registration()

    reminded(NINE - timedelta(minutes=1))
    reminded(NINE.replace(hour=16))  # 21:00
    assert told() == []
    reminded(NINE)
    assert len(told()) == 3


def test_a_server_that_slept_reminds_when_it_wakes() -> None:
    in_registration()

    reminded(NINE + DAY + timedelta(hours=5))

    assert told() == by_role("stage-3", date(2024, 9, 6), OFFICERS)


def test_however_often_it_runs_each_is_told_once() -> None:
    in_registration()

    for hour in range(12):
        reminded(NINE + timedelta(hours=hour))

    assert len(told()) == 3
    assert Notification.objects.filter(kind="elections.reminder").count() == 3


def test_a_run_that_was_killed_leaves_nothing_and_the_next_one_tells() -> None:
    in_registration()

    with transaction.atomic():
        reminded(NINE)
        transaction.set_rollback(True)
    assert (told(), Notification.objects.filter(kind="elections.reminder").count()) == ([], 0)
    reminded(NINE)

    assert len(told()) == 3


def test_an_extended_stage_is_told_anew_with_its_new_day() -> None:
    election = in_registration()
    reminded(NINE)
    given.extended(election, Stage.REGISTRATION, 2 * DAY, at=NINE + timedelta(hours=1))

    reminded(NINE + timedelta(hours=2))
    assert len(told()) == 3  # they had their letter today
    reminded(NINE + 2 * DAY)

    assert {due_on for _role, _what, due_on in told()} == {date(2024, 9, 6), date(2024, 9, 8)}


def test_nobody_is_reminded_where_nothing_moves() -> None:
    given.suspended(in_registration(), at=given.moment(9, 1, 4))

    reminded(NINE)

    assert told() == []


def test_who_left_is_not_reminded() -> None:
    election = in_registration()
    organiser = given.organiser_of(election)
    organiser.is_active = False
    organiser.save()

    reminded(NINE)

    assert told() == by_role("stage-3", date(2024, 9, 6), {RoleName.COMMISSIONER: 2})


def test_of_the_plan_those_responsible_are_told_what_is_not_done() -> None:
    election = given.election()
    due = date(2024, 9, 20)
    # 23 the organiser answers for, 25 the Secretariat, 4 people without an account; 5 is a beginning.
    cycle = given_plan.given_deadlines(
        election.cycle,
        {
            1: ("by", due),
            4: ("by", due),
            5: ("from", due),
            21: ("by", due),
            23: ("on", due),
            25: ("by", due),
        },
    )
    given_plan.marked(cycle, 1)
    given_plan.marked(cycle, 23, election=election)

    reminded(given.moment(9, 17, 4))

    assert told() == sorted(
        by_role("action-21", due, OFFICERS) + by_role("action-25", due, {RoleName.SECRETARIAT: 1})
    )


def test_a_groups_own_day_counts_for_its_officers() -> None:
    election = given.election()
    given_plan.dated(election.cycle, {22: date(2024, 9, 20), 24: date(2024, 9, 25)})
    given_plan.own(election, {22: date(2024, 9, 18)})

    reminded(given.moment(9, 17, 4))

    assert told() == [("organiser", "action-22", date(2024, 9, 18))]


def letters_to(user: User, sink: Sink) -> list[str]:
    """What reminders said to somebody who reads English."""
    sent = zip(sink.letters, sink.recipients, strict=True)
    return [
        part(letter, "plain")
        for letter, to in sent
        if to == [user.email] and letter["Subject"] == "A reminder for you"
    ]


def reads_english(user: User) -> User:
    user.language = "en"
    user.save()
    return user


def test_several_things_come_in_one_letter_that_names_no_group(smtp_sink: Sink) -> None:
    election = in_registration()
    given_plan.dated(election.cycle, {21: date(2024, 9, 4), 22: date(2024, 9, 3)})
    organiser = reads_english(given.organiser_of(election))

    reminded(NINE)
    all_work_done()

    (text,) = letters_to(organiser, smtp_sink)
    lines = [line for line in text.splitlines() if line]
    assert lines[1:4] == [
        "Action no. 22 of the plan: today, Tuesday, 3\xa0September 2024.",
        "Action no. 21 of the plan: Wednesday, 4\xa0September 2024.",
        "Stage 3 ends: Friday, 6\xa0September 2024.",
    ]
    assert lines[-1].endswith("/en/office/")
    group = election.group
    for secret in (group.slug, group.code, str(group.public_name), *group.internal_name.values()):
        assert not secret or secret not in text


def test_an_officer_of_two_groups_reads_the_same_day_once(smtp_sink: Sink) -> None:
    groups = [bodies.group(given.body()) for _each in range(2)]
    for group in groups:
        given.prepared(group)
    cycle = given.cycle(groups)
    given_plan.dated(cycle, {21: date(2024, 9, 20)})
    here, there = (group.roles.filter(role=RoleName.COMMISSIONER)[0] for group in groups)
    there.person = here.person
    there.save()
    user = here.person.user
    assert user is not None

    reads_english(user)
    reminded(given.moment(9, 17, 4))
    all_work_done()

    assert Reminder.objects.filter(role__person=here.person).count() == 2
    assert [text.count("Action no. 21") for text in letters_to(user, smtp_sink)] == [1]


def test_the_worker_of_a_real_installation_knows_the_schedule(tmp_path: Path) -> None:
    asked = (
        "from okil.site.command_line.child import know_the_tasks; know_the_tasks();"
        "from okil.foundation.background.registry import intervals; print(*intervals())"
    )
    environment = {**os.environ, "OKIL_DATA": str(tmp_path)}

    said = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True
    )

    assert {"elections.remind", "site.publish_journal_head"} <= set(said.stdout.split())


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_once() -> None:
    in_registration()
    given.it_is(NINE)

    assert meeting(remind_officers, remind_officers) == ("done", "done")

    assert len(told()) == 3
    assert Notification.objects.filter(kind="elections.reminder").count() == 3


def test_what_is_due_costs_the_same_for_ten_groups_as_for_one() -> None:
    cycle = given.ten_groups()
    given_plan.dated(cycle, {22: date(2024, 9, 5)})

    with CaptureQueriesContext(connection) as queries:
        due_by_person(cycle.body, at=NINE)

    assert len(queries) <= MOST_QUERIES
