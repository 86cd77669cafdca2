"""Meetings of the commission: who was there is known, what was said stays sealed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from okil.areas.bodies.models import Role, RoleName
from okil.areas.elections.actions import meetings
from okil.areas.elections.documents.meetings import MINUTES
from okil.areas.elections.models import Election, Meeting
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import officers as given_officers
from okil.foundation.accounts.models import User
from okil.foundation.audit import entries_of, history_of
from okil.foundation.documents import issued_of
from okil.pure.refusal import Refused

pytestmark = pytest.mark.django_db
AT = given.moment(8, 20, 12)


def record(
    election: Election,
    *,
    actor: User | None = None,
    present: list[Role] | None = None,
    began: timedelta = timedelta(hours=2),
    ended: timedelta = timedelta(hours=1),
) -> Meeting:
    return meetings.record_meeting(
        election.pk,
        kind="orientation",
        begins_at=AT - began,
        ends_at=AT - ended,
        place=given_officers.PLACE,
        present=given_officers.roles_of(election, RoleName.COMMISSIONER)
        if present is None
        else present,
        minutes=given_officers.MINUTES,
        actor=actor or given.commissioner_of(election),
        at=AT,
    )


def test_a_meeting_is_numbered_and_its_minutes_are_sealed() -> None:
    election = given.election()

    meeting = given_officers.meeting(election, at=AT)

    assert (meeting.number, meeting.present.count()) == (1, 2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT minutes FROM elections_meeting")
        stored = bytes(cursor.fetchone()[0])
    assert "Шалфеева".encode() not in stored
    row = history_of(meeting).get()
    assert row.after == {"number": 1, "kind": "orientation", "present": 2}


def test_minutes_are_opened_on_the_record_by_commission_and_organiser_only() -> None:
    election = given.election()
    meeting = given_officers.meeting(election, at=AT)
    given_officers.all_signed(election, at=AT)
    organiser = given.organiser_of(election)

    assert meetings.open_minutes(meeting.pk, actor=organiser, at=AT) == given_officers.MINUTES
    events = [row.event for row in entries_of(election.chapter)][-2:]
    assert events == ["vault.opened", "meeting.minutes_opened"]
    for actor in (given.secretariat(), given.officer_of(RoleName.OBSERVER, election)):
        with pytest.raises(Refused) as refusal:
            meetings.open_minutes(meeting.pk, actor=actor, at=AT)
        assert refusal.value.code == "not-allowed"


def test_who_has_promised_nothing_reads_and_writes_no_minutes() -> None:
    election = given.election()
    with pytest.raises(Refused) as refusal:
        record(election)
    assert refusal.value.code == "undertaking-missing"

    meeting = given_officers.meeting(election, at=AT)
    with pytest.raises(Refused) as refusal:
        meetings.open_minutes(meeting.pk, actor=given.organiser_of(election), at=AT)
    assert refusal.value.code == "undertaking-missing"


@pytest.mark.parametrize(
    ("began", "ended", "code"),
    [
        (timedelta(hours=1), timedelta(hours=1), "meeting-backwards"),
        (timedelta(hours=1), timedelta(hours=-1), "meeting-to-come"),
    ],
)
def test_a_meeting_has_been_held(began: timedelta, ended: timedelta, code: str) -> None:
    election = given.election()
    given_officers.fulfil_commission_declared(election, at=AT)

    with pytest.raises(Refused) as refusal:
        record(election, began=began, ended=ended)

    assert refusal.value.code == code


def test_nobody_decides_alone() -> None:
    election = given.election()
    given_officers.fulfil_commission_declared(election, at=AT)
    one = given_officers.roles_of(election, RoleName.COMMISSIONER)[:1]
    organiser = given_officers.roles_of(election, RoleName.ORGANISER)

    with pytest.raises(Refused) as refusal:
        record(election, present=[*one, *organiser])

    assert refusal.value.code == "commission-alone"
    assert not Meeting.objects.exists()


def test_a_second_press_of_the_button_records_no_second_meeting() -> None:
    election = given.election()
    given_officers.fulfil_commission_declared(election, at=AT)
    record(election)

    with pytest.raises(Refused) as refusal:
        record(election)

    assert refusal.value.code == "meeting-recorded"
    assert Meeting.objects.count() == 1


def test_the_organiser_records_no_meeting() -> None:
    election = given.election()
    given_officers.all_signed(election, at=AT)

    with pytest.raises(Refused) as refusal:
        record(election, actor=given.organiser_of(election))

    assert refusal.value.code == "not-allowed"


def test_minutes_are_issued_once_for_those_who_saw_the_same() -> None:
    election = given.election()
    meeting = given_officers.meeting(election, at=AT)
    actor = given.commissioner_of(election)

    issued = meetings.issue_minutes(meeting.pk, seen=0, actor=actor, at=AT)
    with pytest.raises(Refused) as refusal:
        meetings.issue_minutes(meeting.pk, seen=0, actor=actor, at=AT)

    assert refusal.value.code == "paper-issued"
    assert list(issued_of(meeting, MINUTES)) == [issued]
    assert {(f.audience, f.format) for f in issued.files.all()} == {
        ("internal", "pdf"),
        ("internal", "html"),
        ("internal", "docx"),
    }
