"""The assembly is planned by the organiser, its agenda arranged, its papers issued."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import assembly as actions
from okil.areas.elections.models import Assembly, Election
from okil.areas.elections.queries import assembly as queries
from okil.areas.elections.queries.gates import known_in
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import assembly as meetings
from okil.areas.elections.tests.given import candidates as listing
from okil.areas.elections.tests.given import voters as roll
from okil.foundation.accounts.models import User
from okil.foundation.audit import entries_of, length_and_last_hash
from okil.pure.refusal import Refused
from okil.pure.rules.stages import Stage, State

pytestmark = pytest.mark.django_db
AT = meetings.PLANNED_AT
FIVE = ["observers", "count_explained", "speeches", "questions", "voting"]
TEA = {"ru": "Чай", "kk": "Шай"}


def agenda_of(election: Election) -> list[str]:
    """Codes, and the Russian words of the group's own items."""
    assembly = Assembly.objects.get(round=given.round_of(election))
    return [item.get("code") or item["text"]["ru"] for item in assembly.agenda]


def seen(election: Election) -> str:
    return actions.agenda_mark(Assembly.objects.get(round=given.round_of(election)).agenda)


def move(election: Election, number: int, by: int, mark: str = "") -> Assembly:
    return actions.move_item(
        election.pk,
        number=number,
        by=by,
        seen=mark or seen(election),
        actor=given.organiser_of(election),
        at=AT,
    )


def remove(election: Election, number: int) -> Assembly:
    return actions.remove_item(
        election.pk,
        number=number,
        seen=seen(election),
        actor=given.organiser_of(election),
        at=AT,
    )


def add(election: Election, text: dict[str, str] = TEA) -> Assembly:
    return actions.add_item(election.pk, text=text, actor=given.organiser_of(election), at=AT)


# Planning


def test_an_assembly_begins_with_the_five_items_it_needs() -> None:
    election = given.election(State.ANNOUNCED)

    assembly = meetings.planned(election)

    assert agenda_of(election) == FIVE
    assert (assembly.begins_at, assembly.place) == (meetings.BEGINS_AT, meetings.PLACE)
    entry = entries_of(election.chapter).last()
    assert entry is not None
    assert (entry.event, entry.after) == (
        "assembly.planned",
        {"begins_at": meetings.BEGINS_AT.isoformat()},
    )


def test_a_new_hour_keeps_the_agenda() -> None:
    election = given.election(State.ANNOUNCED)
    meetings.planned(election)
    add(election)

    meetings.planned(election, begins_at=meetings.BEGINS_AT + given.HOUR)

    assert agenda_of(election) == [*FIVE, "Чай"]
    assert Assembly.objects.count() == 1


@pytest.mark.parametrize("role", ["secretariat", "commissioner", "observer"])
def test_only_the_organiser_plans(role: str) -> None:
    election = given.election(State.ANNOUNCED)

    with pytest.raises(Refused) as refusal:
        actions.plan_assembly(
            election.pk,
            plan=meetings.plan(),
            actor=given.officer_of(role, election),
            at=AT,
        )

    assert refusal.value.code == "not-allowed"
    assert not Assembly.objects.exists()


def refused(election: Election, **said: Any) -> str:
    before = length_and_last_hash()
    with pytest.raises(Refused) as refusal:
        meetings.planned(election, **said)
    assert length_and_last_hash() == before
    return refusal.value.code


def test_an_assembly_lies_in_the_days_of_the_vote() -> None:
    election = given.election(State.ANNOUNCED)
    opens, closes = given.DATES[Stage.VOTING]
    assert opens is not None

    assert refused(election, begins_at=opens - given.DAY) == "assembly-outside-the-vote"
    assert refused(election, begins_at=closes) == "assembly-outside-the-vote"
    # Speeches before the vote opens, on its first day.
    assert meetings.planned(election, begins_at=opens - given.HOUR).pk


def test_nothing_is_planned_in_an_election_that_is_suspended() -> None:
    election = given.suspended(given.election(State.ANNOUNCED), at=AT)

    assert refused(election) == "suspended"


def test_nothing_is_planned_when_the_papers_are_counted() -> None:
    assert refused(given.election(State.COUNTING)) == "assembly-not-now"


def test_conditions_hold_on_their_days() -> None:
    election = given.election(State.ANNOUNCED)
    masks = {"ru": "Только в масках.", "kk": "Тек бетпердемен."}

    assembly = meetings.planned(
        election, conditions=masks, since=date(2024, 9, 1), until=date(2024, 9, 12)
    )

    found = queries.conditions_of(assembly)
    assert found is not None
    assert found.text == masks
    assert [found.hold_on(date(2024, m, d)) for m, d in ((8, 31), (9, 1), (9, 12), (9, 13))] == [
        False, True, True, False,
    ]  # fmt: skip
    row = given.round_of(election)
    shown = [queries.public_assembly(row, on=date(2024, 9, day)) for day in (12, 13)]
    assert [each and each["conditions"] for each in shown] == [found, None]
    assert (
        refused(election, conditions=masks, since=date(2024, 9, 2), until=date(2024, 9, 1))
        == "conditions-backwards"
    )
    assert queries.conditions_of(meetings.planned(election)) is None


# The agenda


def test_items_move_by_one_and_stay_at_the_edge() -> None:
    election = given.election(State.ANNOUNCED)
    meetings.planned(election)

    move(election, 3, -1)
    assert agenda_of(election)[:3] == ["observers", "speeches", "count_explained"]
    move(election, 1, -1)
    move(election, 5, +1)
    assert agenda_of(election) == [
        "observers", "speeches", "count_explained", "questions", "voting",
    ]  # fmt: skip


def test_a_button_pressed_twice_moves_an_item_once() -> None:
    election = given.election(State.ANNOUNCED)
    meetings.planned(election)
    mark = seen(election)
    move(election, 3, -1, mark)
    before = agenda_of(election)

    with pytest.raises(Refused) as refusal:
        move(election, 3, -1, mark)

    assert refusal.value.code == "changed-meanwhile"
    assert agenda_of(election) == before


def test_the_groups_own_items_come_and_go_and_the_five_stay() -> None:
    election = given.election(State.ANNOUNCED)
    meetings.planned(election)
    add(election)

    with pytest.raises(Refused) as twice:
        add(election)
    with pytest.raises(Refused) as needed:
        remove(election, 1)
    remove(election, 6)

    assert (twice.value.code, needed.value.code) == ("item-there", "item-needed")
    assert agenda_of(election) == FIVE


def test_there_is_no_agenda_before_there_is_an_assembly() -> None:
    with pytest.raises(Refused) as refusal:
        add(given.election(State.ANNOUNCED))

    assert refusal.value.code == "assembly-missing"


# The gate


def test_an_assembly_is_called_when_its_notice_is_published() -> None:
    election = given.election(State.ANNOUNCED)
    found = []
    for act in (
        lambda: None,
        lambda: meetings.planned(election),
        lambda: meetings.assembly_called(election),
        lambda: Assembly.objects.update(agenda=[{"code": "voting"}]),
    ):
        act()
        row = given.round_of(election)
        found.append(bool(known_in([row], ["assembly-called"])[row.pk].fulfilled))

    assert found == [False, False, True, False]


# Papers


def issue_sheet(election: Election, *, with_names: bool, actor: User) -> object:
    return actions.issue_attendance_sheet(
        election.pk, with_names=with_names, seen=0, actor=actor, at=AT
    )


def test_a_programme_is_issued_once_for_each_press() -> None:
    election = given.election(State.ANNOUNCED)
    meetings.planned(election)
    organiser = given.organiser_of(election)
    first = actions.issue_programme(election.pk, seen=0, actor=organiser, at=AT)

    with pytest.raises(Refused) as refusal:
        actions.issue_programme(election.pk, seen=0, actor=organiser, at=AT)
    second = actions.issue_programme(election.pk, seen=1, actor=organiser, at=AT)

    assert refusal.value.code == "changed-meanwhile"
    assert (first.version, second.version) == (1, 2)


def test_the_roll_is_printed_for_those_who_promised_and_names_are_opened_on_the_record() -> None:
    election = given.election(State.REGISTRATION)
    listing.listed(election, 1, voters=3)
    election.undertakings.all().delete()
    organiser = given.organiser_of(election)
    observer = given.officer_of(RoleName.OBSERVER, election)

    for actor, code in ((organiser, "undertaking-missing"), (observer, "not-allowed")):
        with pytest.raises(Refused) as refusal:
            issue_sheet(election, with_names=True, actor=actor)
        assert refusal.value.code == code
    roll.promised(election)
    issue_sheet(election, with_names=True, actor=organiser)

    opened, issued = list(entries_of(election.chapter).order_by("-number")[:2])[::-1]
    after = opened.after or {}
    assert (opened.event, after["purpose"], after["count"]) == ("vault.opened", "roll", 3)
    assert issued.event == "vote.paper_issued"
    told = str(list(entries_of(election.chapter).values_list("after", flat=True)))
    assert not any(name in told for name in bodies.SURNAMES)


def test_a_sheet_with_numbers_opens_nothing() -> None:
    election = given.election(State.REGISTRATION)
    listing.listed(election, 1, voters=3)
    before = entries_of(election.chapter).filter(event="vault.opened").count()

    issue_sheet(election, with_names=False, actor=given.organiser_of(election))

    assert entries_of(election.chapter).filter(event="vault.opened").count() == before
