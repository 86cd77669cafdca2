"""Meetings of the Secretariat with organisers and commissions: what they were about is known, what was
said stays sealed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from okil.areas.bodies.models import RoleName
from okil.areas.elections.actions import consultations
from okil.areas.elections.models import Consultation, Cycle
from okil.areas.elections.queries.plan_done import done_in
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import consultations as given_consultations
from okil.areas.elections.tests.given import officers
from okil.areas.elections.tests.given.consultations import MINUTES, consultation, facts
from okil.foundation.accounts.models import User
from okil.foundation.audit import entries_of, history_of, length_and_last_hash
from okil.foundation.web.languages import Texts
from okil.pure.refusal import Refused

pytestmark = pytest.mark.django_db
OF_THE_MEETING = {
    "kind": "committee",
    "held_on": "2024-08-14",
    "way": "online",
    "came": 12,
    "topics": ["principles", "roles"],
    "stages": [],
    "groups": 1,
}


def refusal_of(act: Callable[[], object]) -> str:
    before = (list(Consultation.objects.values("pk", "version", "came")), length_and_last_hash())
    with pytest.raises(Refused) as refusal:
        act()
    assert (
        list(Consultation.objects.values("pk", "version", "came")),
        length_and_last_hash(),
    ) == before
    return refusal.value.code


def opened(held: Consultation, actor: User) -> str:
    return consultations.open_minutes(held.pk, actor=actor, at=given.AT)


def test_a_meeting_is_recorded_and_its_minutes_are_sealed() -> None:
    election = given.election()

    held = consultation(election.cycle, stages=[2, 1])

    kept = Consultation.objects.get()
    assert (kept.topics, kept.stages) == (["principles", "roles"], [1, 2])
    assert list(kept.groups.all()) == [election.group]
    with connection.cursor() as cursor:
        cursor.execute("SELECT minutes FROM elections_consultation")
        stored = bytes(cursor.fetchone()[0])
    assert "Хризантемова".encode() not in stored
    assert history_of(held).get().after == {**OF_THE_MEETING, "stages": [1, 2]}


def test_minutes_are_opened_on_the_record() -> None:
    election = given.election()
    held = consultation(election.cycle)

    assert opened(held, given.secretariat()) == MINUTES

    events = [row.event for row in entries_of(election.cycle.chapter)][-2:]
    assert events == ["vault.opened", "consultation.minutes_opened"]


def test_an_organiser_opens_minutes_after_the_promise_and_other_officers_never() -> None:
    election = given.election()
    held = consultation(election.cycle)
    organiser = given.organiser_of(election)

    assert refusal_of(lambda: opened(held, organiser)) == "undertaking-missing"
    officers.all_signed(election, at=given.AT)
    assert opened(held, organiser) == MINUTES
    for role in (RoleName.COMMISSIONER, RoleName.OBSERVER):
        other = given.officer_of(role, election)
        assert refusal_of(lambda actor=other: opened(held, actor)) == "not-allowed"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"held_on": date(2024, 8, 16)}, "consultation-to-come"),
        ({"topics": []}, "topics-missing"),
        ({"minutes": ""}, "minutes-missing"),
    ],
)
def test_what_is_recorded_was_held_and_was_about_something(said: dict[str, Any], code: str) -> None:
    cycle = given.election().cycle

    assert refusal_of(lambda: consultation(cycle, **said)) == code


def test_ones_own_words_are_a_topic_too_and_today_is_not_to_come() -> None:
    cycle = given.election().cycle
    own = Texts(ru="Риски")

    held = consultation(cycle, topics=[], other_topics=own, held_on=date(2024, 8, 15))

    assert (held.topics, held.other_topics) == ([], own)


def test_a_second_press_of_the_button_records_no_second_meeting() -> None:
    cycle = given.election().cycle
    consultation(cycle)

    assert refusal_of(lambda: consultation(cycle)) == "consultation-recorded"
    consultation(cycle, kind=Consultation.Kind.COMMISSIONS)
    assert cycle.consultations.count() == 2


def corrected(held: Consultation, cycle: Cycle, *, seen: int = 1, **said: object) -> Consultation:
    return consultations.correct_consultation(
        held.pk, facts=facts(cycle, **said), seen=seen, actor=given.secretariat(), at=given.AT
    )


def test_a_correction_keeps_the_minutes_and_the_journal_what_stood_there() -> None:
    cycle = given.election().cycle
    held = consultation(cycle)

    corrected(held, cycle, came=14, groups=[], minutes="")

    row = list(history_of(held))[-1]
    assert row.event == "consultation.corrected"
    assert row.before == OF_THE_MEETING
    assert row.after == {**OF_THE_MEETING, "came": 14, "groups": 0, "minutes": False}
    assert opened(held, given.secretariat()) == MINUTES


def test_new_minutes_replace_the_old() -> None:
    cycle = given.election().cycle
    held = consultation(cycle)

    corrected(held, cycle, minutes="Поправлено.")

    assert opened(held, given.secretariat()) == "Поправлено."


def test_who_saw_what_was_there_before_corrects_nothing() -> None:
    cycle = given.election().cycle
    held = consultation(cycle)
    corrected(held, cycle, came=14)

    assert refusal_of(lambda: corrected(held, cycle, came=15)) == "changed-meanwhile"
    other = consultation(cycle)
    assert refusal_of(lambda: corrected(other, cycle, came=14)) == "consultation-recorded"


@pytest.mark.parametrize("role", ["organiser", "commissioner", "observer"])
def test_only_the_secretariat_records_and_corrects(role: str) -> None:
    election = given.election()
    cycle = election.cycle
    held = consultation(cycle)
    actor = given.officer_of(role, election)
    said = given_consultations.facts(cycle, came=3)

    def recording() -> None:
        consultations.record_consultation(cycle.pk, facts=said, actor=actor, at=given.AT)

    def correcting() -> None:
        consultations.correct_consultation(held.pk, facts=said, seen=1, actor=actor, at=given.AT)

    assert (refusal_of(recording), refusal_of(correcting)) == ("not-allowed", "not-allowed")


@pytest.mark.parametrize(
    ("kind", "done"), [("practice", {2}), ("committee", {12}), ("commissions", set())]
)
def test_what_was_held_shows_which_actions_of_the_plan_are_done(kind: str, done: set[int]) -> None:
    cycle = given.election().cycle
    before = done_in(cycle, [2, 12])
    assert not any(each.everywhere for each in before.values())

    consultation(cycle, kind=kind)

    assert {number for number, each in done_in(cycle, [2, 12]).items() if each.everywhere} == done
