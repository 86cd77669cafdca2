"""The common plan: dated, written, approved, and approved anew after every change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.models import Decision
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import cycles, plan
from okil.areas.elections.models import ActionMark, Cycle, GroupDeadline, PlanAction
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import plan as given_plan
from okil.foundation.accounts.models import User
from okil.foundation.audit import length_and_last_hash
from okil.foundation.audit.models import JournalEntry
from okil.foundation.web.languages import Texts
from okil.pure.refusal import Refused

pytestmark = pytest.mark.django_db
Act = Callable[[User], object]


def refusal_of(act: Act, actor: User) -> str:
    """The code of the refusal; nothing at all was written."""

    def written() -> tuple[object, ...]:
        tables = (Cycle, PlanAction)
        rows = [list(table.objects.order_by("pk").values()) for table in tables]
        return rows, Decision.objects.count(), length_and_last_hash()

    before = written()
    with pytest.raises(Refused) as refusal:
        act(actor)
    assert written() == before
    return refusal.value.code


def last_row() -> JournalEntry:
    return JournalEntry.objects.order_by("-number")[0]


def dating(cycle: Cycle, days: Mapping[int, date], *, seen: int | None = None, **kind: str) -> Act:
    deadlines: dict[int, tuple[str, date | None]] = {
        number: (kind.get("kind", "by"), day) for number, day in days.items()
    }
    revision = given_plan.revision(cycle) if seen is None else seen
    return lambda actor: plan.date_actions(
        cycle.pk, deadlines=deadlines, seen_revision=revision, actor=actor, at=given.AT
    )


def approving(cycle: Cycle, made_on: date = date(2024, 8, 1), *, seen: int | None = None) -> Act:
    revision = given_plan.revision(cycle) if seen is None else seen
    return lambda actor: plan.approve_plan(
        cycle.pk,
        decision=DecisionFacts("Комитет", made_on),
        seen_revision=revision,
        actor=actor,
        at=given.AT,
    )


def changing(cycle: Cycle, number: int, *, seen: int | None = None, **changed: Any) -> Act:
    facts = given_plan.facts(cycle.plan.get(number=number), **changed)
    revision = given_plan.revision(cycle) if seen is None else seen
    return lambda actor: plan.change_action(
        cycle.pk, number, facts=facts, seen_revision=revision, actor=actor, at=given.AT
    )


def adding(cycle: Cycle, **facts: Any) -> Act:
    revision = given_plan.revision(cycle)
    return lambda actor: plan.add_action(
        cycle.pk,
        facts=given_plan.facts(**facts),
        seen_revision=revision,
        actor=actor,
        at=given.AT,
    )


def removing(cycle: Cycle, number: int) -> Act:
    revision = given_plan.revision(cycle)
    return lambda actor: plan.remove_action(
        cycle.pk, number, seen_revision=revision, actor=actor, at=given.AT
    )


# Dated


def test_dated_actions_are_one_row_of_the_journal_with_before_and_after() -> None:
    cycle = given.cycle()
    length = length_and_last_hash()[0]

    dating(cycle, {3: date(2024, 9, 1), 4: date(2024, 9, 2)})(given.secretariat())

    assert length_and_last_hash()[0] == length + 1
    assert (last_row().event, last_row().chapter) == ("plan.dated", f"cycle-{cycle.pk}")
    assert last_row().before == {"deadlines": {"3": "open", "4": "open"}}
    assert last_row().after == {
        "count": 2,
        "deadlines": {"3": "by 2024-09-01", "4": "by 2024-09-02"},
    }
    dates = cycle.plan.filter(number__lte=4).values_list("deadline_on", flat=True)
    assert list(dates) == [None, None, date(2024, 9, 1), date(2024, 9, 2)]


@pytest.mark.parametrize(("kind", "on"), [("by", None), ("on", None), ("open", date(2024, 9, 1))])
def test_a_deadline_has_its_day_or_is_open(kind: str, on: date | None) -> None:
    cycle = given.cycle()
    dated = changing(cycle, 3, kind=kind, on=on)

    assert refusal_of(dated, given.secretariat()) == "deadline-without-day"


def test_whoever_has_seen_another_plan_is_told() -> None:
    cycle = given.cycle()
    given_plan.dated(cycle, {3: date(2024, 9, 1)})
    secretary = given.secretariat()

    for act in (
        dating(cycle, {3: date(2024, 9, 2)}, seen=0),
        changing(cycle, 3, seen=0, stage=2),
        approving(cycle, seen=0),
        lambda actor: plan.remove_action(cycle.pk, 25, seen_revision=0, actor=actor, at=given.AT),
    ):
        assert refusal_of(act, secretary) == "changed-meanwhile"


# Written, added, removed


def test_an_action_is_written_and_the_journal_holds_codes_and_no_words() -> None:
    cycle = given.cycle()

    changing(cycle, 3, title=Texts({"ru": "Иначе"}), stage=2, participants=(), depends_on=(1, 2))(
        given.secretariat()
    )

    action = cycle.plan.get(number=3)
    assert (action.title, action.stage, action.depends_on) == ({"ru": "Иначе"}, 2, [1, 2])
    assert last_row().after == {
        "number": 3,
        "words": True,
        "stage": 2,
        "participants": [],
        "depends_on": [1, 2],
    }
    assert last_row().before == {
        "stage": 1,
        "participants": ["members", "leaders"],
        "depends_on": [],
    }


def test_an_action_waits_for_known_ones_and_in_no_circle() -> None:
    cycle = given.cycle()
    secretary = given.secretariat()

    assert refusal_of(changing(cycle, 3, depends_on=(77,)), secretary) == "dependency-unknown"
    assert refusal_of(changing(cycle, 3, depends_on=(3,)), secretary) == "plan-circle"
    assert refusal_of(changing(cycle, 3, depends_on=(5,)), secretary) == "plan-circle"  # 5, 4, 3
    assert refusal_of(adding(cycle, depends_on=(26,)), secretary) == "plan-circle"


def test_a_new_action_gets_a_number_that_no_action_of_the_model_plan_has() -> None:
    cycle = given.cycle()
    secretary = given.secretariat()
    for number in (25, 24):
        removing(cycle, number)(secretary)

    adding(cycle, depends_on=(1,))(secretary)

    assert list(cycle.plan.values_list("number", flat=True))[-2:] == [23, 26]
    assert (last_row().event, last_row().after) == (
        "plan.action_added",
        {"number": 26, "deadline": "open"},
    )


def test_an_action_that_others_wait_for_is_not_removed() -> None:
    cycle = given.cycle()

    with pytest.raises(Refused) as refusal:
        removing(cycle, 22)(given.secretariat())

    assert (refusal.value.code, refusal.value.facts["actions"]) == ("action-needed", "23, 24, 25")


def test_what_groups_dated_and_marked_of_it_goes_with_an_action() -> None:
    election = given.election()
    cycle = election.cycle
    given_plan.own(election, {23: date(2024, 10, 1)})
    given_plan.marked(cycle, 23, election=election)

    removing(cycle, 23)(given.secretariat())

    assert not GroupDeadline.objects.exists()
    assert not ActionMark.objects.exists()
    assert last_row().event == "plan.action_removed"
    assert last_row().subject_number is not None


# Approved


def test_an_approved_plan_that_is_changed_is_approved_no_more() -> None:
    cycle = given.cycle()
    secretary = given.secretariat()
    changes: tuple[Callable[[], Act], ...] = (
        lambda: dating(cycle, {3: date(2024, 9, 1)}),
        lambda: changing(cycle, 3, stage=2),
        lambda: adding(cycle),
        lambda: removing(cycle, 26),
    )

    for change in changes:
        approving(cycle)(secretary)
        assert (last_row().event, last_row().role) == ("plan.approved", "secretariat")
        assert refusal_of(approving(cycle), secretary) == "plan-approved"
        change()(secretary)
        cycle.refresh_from_db()
        assert cycle.plan_approved_by is None


def test_a_plan_that_contradicts_itself_is_not_approved_and_one_with_warnings_is() -> None:
    cycle = given.cycle()
    secretary = given.secretariat()
    given_plan.dated(cycle, {3: date(2024, 9, 3), 4: date(2024, 9, 2)})
    assert refusal_of(approving(cycle), secretary) == "plan-contradicts"

    given_plan.dated(cycle, {4: date(2024, 9, 3)})  # no slack is only a warning

    approving(cycle)(secretary)


def test_only_the_secretariat_changes_and_approves_the_plan() -> None:
    election = given.election()
    cycle = election.cycle

    for role in ("organiser", "commissioner", "observer"):
        actor = given.officer_of(role, election)
        for act in (
            dating(cycle, {3: date(2024, 9, 1)}),
            changing(cycle, 3),
            adding(cycle),
            removing(cycle, 25),
            approving(cycle),
        ):
            assert refusal_of(act, actor) == "not-allowed"
    to_come = approving(cycle, date(2024, 8, 16))
    assert refusal_of(to_come, given.secretariat()) == "decision-in-the-future"


# A new one from the last


def opened_like_2024(first_on: date | None) -> Cycle:
    return cycles.open_cycle(
        body=given.body(),
        year=2027,
        term_begins_on=date(2027, 11, 1),
        term_ends_on=date(2030, 10, 31),
        groups=[bodies.group(given.body())],
        like_latest=True,
        first_on=first_on,
        actor=given.secretariat(),
        at=given.AT,
    )


def test_a_new_cycle_begins_from_the_last_plan_moved_by_whole_weeks() -> None:
    old = given_plan.as_in_2024(given.cycle())
    given_plan.everything_happens_to(old)

    new = opened_like_2024(date(2027, 8, 4))

    def told(cycle: Cycle) -> list[tuple[Any, ...]]:
        return [
            (row.number, row.title, row.stage, row.deadline_kind, row.depends_on, row.responsible)
            for row in cycle.plan.all()
        ]

    def days(cycle: Cycle) -> list[date]:
        return [row.deadline_on for row in cycle.plan.all() if row.deadline_on]

    assert told(new) == told(old)
    assert {after - before for before, after in zip(days(old), days(new), strict=True)} == {
        date(2027, 8, 9) - date(2024, 8, 5)
    }
    assert old.plan.count() == 25


def test_without_a_first_day_it_begins_undated() -> None:
    given_plan.as_in_2024(given.cycle())

    new = opened_like_2024(None)

    assert {row.deadline_kind for row in new.plan.all()} == {"open"}
