from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okil.pure.rules.plan import (
    ACTIONS_AT_MOST,
    LEVEL_OF,
    Action,
    Code,
    Deadline,
    DeadlineKind,
    Finding,
    Level,
    NotAPlan,
    Plan,
    examine,
    plan_from,
)
from okil.pure.rules.repair import REPAIRED_AT_MOST, SYNCHRONISED, Move, Repair, repair

VECTORS = Path(__file__).parents[5] / "tests" / "vectors" / "plans"
MONDAY = date(2024, 8, 5)
PEOPLE = ("observers",)


def is_weekday(day: date) -> bool:
    return day.weekday() < 5


def by(day: int) -> Deadline:
    return Deadline(DeadlineKind.BY, MONDAY + timedelta(days=day))


def on(day: int) -> Deadline:
    return Deadline(DeadlineKind.ON, MONDAY + timedelta(days=day))


def since(day: int) -> Deadline:
    return Deadline(DeadlineKind.FROM, MONDAY + timedelta(days=day))


OPEN = Deadline(DeadlineKind.OPEN, None)


def action(number: int, deadline: Deadline, *depends_on: int, stage: int = 1) -> Action:
    return Action(number, stage, deadline, depends_on, participants=PEOPLE)


def approved(*actions: Action) -> Plan:
    return Plan(actions, approved_on=MONDAY)


def found(plan: Plan) -> list[Finding]:
    return list(examine(plan, is_working_day=is_weekday))


def plan_2024() -> dict[str, Any]:
    whole: dict[str, Any] = json.loads((VECTORS / "plan_2024.json").read_text("utf-8"))
    return whole


# The plan of 2024


EXPECTED = json.loads((VECTORS / "expected.json").read_text("utf-8"))["expected"]


@pytest.mark.parametrize("expected", EXPECTED, ids=[each["id"] for each in EXPECTED])
def test_what_a_reader_found_in_the_plan_of_2024_is_found(expected: dict[str, Any]) -> None:
    of_this_code = [each for each in found(plan_from(plan_2024())) if each.code == expected["code"]]

    assert of_this_code
    assert set(expected["actions"]) <= {number for each in of_this_code for number in each.actions}


def test_the_plan_of_2024_lets_the_vote_end_eight_days_before_candidates_are_published() -> None:
    assert Finding(Code.ORDER_INVERTED, (18, 20), 8) in found(plan_from(plan_2024()))


def test_an_announcement_to_observers_who_are_not_invited_yet_is_found_once_it_depends_on_them() -> (
    None
):
    """C10: the plan on paper does not say that 11 waits for 9; the model plan does (docs/plan.md)."""
    data = plan_2024()
    announcement = next(each for each in data["actions"] if each["no"] == 11)
    announcement["depends_on"] = [9]

    assert Finding(Code.ORDER_INVERTED, (9, 11), 1) in found(plan_from(data))
    assert Finding(Code.ORDER_INVERTED, (9, 11), 1) not in found(plan_from(plan_2024()))


def test_the_levels_are_those_that_were_decided() -> None:
    warnings = {Code.ZERO_SLACK, Code.STAGE_OVERLAP, Code.NOT_APPROVED}

    assert {code for code in Code if LEVEL_OF[code] is Level.ERROR} == {Code.ORDER_INVERTED}
    assert {code for code in Code if LEVEL_OF[code] is Level.WARNING} == warnings


# Each code by example


def test_an_action_due_before_one_it_depends_on_is_an_error() -> None:
    plan = approved(action(1, by(3)), action(2, by(1), 1))

    assert found(plan) == [Finding(Code.ORDER_INVERTED, (1, 2), 2)]


def test_order_holds_through_actions_in_between_also_where_those_have_no_date() -> None:
    plan = approved(action(1, by(3)), action(2, OPEN, 1), action(3, by(1), 2))

    assert Finding(Code.ORDER_INVERTED, (1, 3), 2) in found(plan)


def test_what_depends_on_another_does_not_begin_before_it_is_due() -> None:
    plan = approved(action(1, by(3)), action(2, since(1), 1), action(3, by(4), 2))

    assert Finding(Code.ORDER_INVERTED, (1, 2), 2) in found(plan)


def test_two_that_depend_on_one_another_and_share_a_day_have_no_slack() -> None:
    plan = approved(action(1, by(3)), action(2, on(3), 1), action(3, by(3)))

    assert found(plan) == [Finding(Code.ZERO_SLACK, (1, 2), facts={"date": by(3).day})]


def test_a_stage_that_ends_after_a_later_one_is_a_warning_with_the_action_that_ends_last() -> None:
    plan = approved(action(1, by(2)), action(2, by(4)), action(3, by(3)), action(4, by(1), stage=2))

    stages = {"earlier_stage": 1, "later_stage": 2}
    assert found(plan) == [Finding(Code.STAGE_OVERLAP, (2, 4), 3, stages)]


def test_stages_that_meet_on_one_day_do_not_overlap() -> None:
    assert found(approved(action(1, by(2)), action(2, by(2), stage=2))) == []


def test_an_order_that_is_broken_is_not_told_again_as_an_overlap() -> None:
    plan = approved(action(1, by(2)), action(2, by(1), 1, stage=2))

    assert found(plan) == [Finding(Code.ORDER_INVERTED, (1, 2), 1)]


def test_a_plan_without_a_date_of_approval_is_a_warning() -> None:
    assert found(Plan((action(1, by(0)),))) == [Finding(Code.NOT_APPROVED)]


def test_an_action_without_participants_is_told() -> None:
    nobody = replace(action(1, by(0)), participants=())

    assert found(approved(nobody)) == [Finding(Code.MISSING_PARTICIPANTS, (1,))]


def test_a_deadline_on_a_day_off_is_told() -> None:
    plan = approved(action(1, by(5)), action(2, on(6)), action(3, since(5)))

    days_off = [each for each in found(plan) if each.code is Code.WEEKEND_DEADLINE]
    assert [each.actions for each in days_off] == [(1,), (2,)]


def test_the_calendar_is_the_callers() -> None:
    findings = examine(approved(action(1, by(0))), is_working_day=lambda day: day != MONDAY)

    assert [each.code for each in findings] == [Code.WEEKEND_DEADLINE]


def test_a_beginning_without_an_end_and_no_deadline_at_all_are_told() -> None:
    assert found(approved(action(1, since(0)), action(2, OPEN))) == [
        Finding(Code.DEADLINE_OPEN_END, (1,), facts={"date": MONDAY}),
        Finding(Code.DEADLINE_OPEN_END, (2,), facts={"date": None}),
    ]


def test_a_list_that_misses_a_number_or_repeats_one_is_told() -> None:
    numbered = replace(action(1, by(0)), item_numbers=(1, 2, 2, 5))

    assert found(approved(numbered)) == [
        Finding(Code.NUMBERING_GAP, (1,), facts={"missing": 3}),
        Finding(Code.NUMBERING_GAP, (1,), facts={"missing": 4}),
        Finding(Code.NUMBERING_REPEATED, (1,), facts={"number": 2}),
    ]


def test_findings_stand_at_the_later_action_and_the_gravest_comes_first() -> None:
    plan = Plan(
        (action(7, by(3)), action(2, by(3), 7), replace(action(5, by(1), 2), participants=()))
    )

    assert [(each.code, each.actions) for each in found(plan)] == [
        (Code.NOT_APPROVED, ()),
        (Code.ZERO_SLACK, (7, 2)),
        (Code.ORDER_INVERTED, (7, 5)),
        (Code.ORDER_INVERTED, (2, 5)),
        (Code.MISSING_PARTICIPANTS, (5,)),
    ]


# Reading


def as_data(**changed: Any) -> dict[str, Any]:
    """A plan of two actions, the second changed."""
    first = {
        "no": 1,
        "stage": 1,
        "deadline": {"kind": "by", "date": "2024-08-12"},
        "depends_on": [],
        "participants_ru": ["Наблюдатели"],
    }
    second = {**first, "no": 2, "depends_on": [1], **changed}
    return {"approval_date": "2024-06-03", "stages": [{"no": 1}], "actions": [first, second]}


def test_both_kinds_of_dependencies_are_read_and_one_named_twice_counts_once() -> None:
    data = as_data(depends_on=[1], depends_on_inferred=[1, 3])
    data["actions"].append({**data["actions"][0], "no": 3})

    assert plan_from(data).actions[1].depends_on == (1, 3)


def test_each_kind_of_deadline_is_read() -> None:
    def read(**stated: Any) -> Deadline:
        return plan_from(as_data(deadline=stated)).actions[1].deadline

    day = date(2024, 8, 12)
    assert [read(kind=kind, date="2024-08-12") for kind in ("by", "from", "on")] == [
        Deadline(DeadlineKind.BY, day),
        Deadline(DeadlineKind.FROM, day),
        Deadline(DeadlineKind.ON, day),
    ]
    assert read(kind="open", date=None) == read(kind="open") == OPEN


def test_a_plan_of_the_most_actions_that_are_allowed_is_read() -> None:
    first = as_data()["actions"][0]
    listed = [{**first, "no": number} for number in range(1, ACTIONS_AT_MOST + 1)]

    assert len(plan_from({"actions": listed}).actions) == ACTIONS_AT_MOST


def test_a_line_to_be_filled_in_names_no_participants() -> None:
    assert plan_from(as_data(participants_ru=["____", " "])).actions[1].participants == ()


def test_participants_may_be_named_in_any_language() -> None:
    data = as_data(participants_ru=[], participants_kk=["Байқаушылар"])

    assert plan_from(data).actions[1].participants == ("Байқаушылар",)


@pytest.mark.parametrize(
    ("changed", "code", "place"),
    [
        ({"no": "2"}, "field-wrong", "actions[1].no"),
        ({"no": True}, "field-wrong", "actions[1].no"),
        ({"no": 0}, "field-wrong", "actions[1].no"),
        ({"stage": 2}, "field-wrong", "actions[1].stage"),
        ({"stage": None}, "field-wrong", "actions[1].stage"),
        ({"depends_on": None}, "field-wrong", "actions[1].depends_on"),
        ({"depends_on": "1"}, "field-wrong", "actions[1].depends_on"),
        ({"depends_on": ["1"]}, "field-wrong", "actions[1].depends_on"),
        ({"deadline": "2024-08-12"}, "field-wrong", "actions[1].deadline"),
        ({"deadline": {"kind": "until"}}, "field-wrong", "actions[1].deadline.kind"),
        ({"deadline": {"kind": ["by"]}}, "field-wrong", "actions[1].deadline.kind"),
        ({"deadline": {"kind": "by"}}, "no-such-day", "actions[1].deadline.date"),
        ({"deadline": {"kind": "by", "date": 20240812}}, "no-such-day", "actions[1].deadline.date"),
        (
            {"deadline": {"kind": "by", "date": "2024-09-31"}},
            "no-such-day",
            "actions[1].deadline.date",
        ),
        (
            {"deadline": {"kind": "by", "date": "20240812"}},
            "no-such-day",
            "actions[1].deadline.date",
        ),
        (
            {"deadline": {"kind": "by", "date": "0001-01-01"}},
            "no-such-day",
            "actions[1].deadline.date",
        ),
        (
            {"deadline": {"kind": "open", "date": "2024-08-12"}},
            "field-wrong",
            "actions[1].deadline.date",
        ),
        ({"participants_ru": "Наблюдатели"}, "field-wrong", "actions[1].participants_ru"),
        ({"participants_ru": [1]}, "field-wrong", "actions[1].participants_ru"),
        ({"item_numbers_in_seed": [101]}, "field-wrong", "actions[1].item_numbers_in_seed"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(
    changed: dict[str, Any], code: str, place: str
) -> None:
    with pytest.raises(NotAPlan) as refusal:
        plan_from(as_data(**changed))

    assert (refusal.value.code, refusal.value.facts) == (code, {"place": place})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ([], "field-wrong"),
        ({}, "field-wrong"),
        ({"actions": {}}, "field-wrong"),
        ({"actions": []}, "empty"),
        ({"actions": [1]}, "field-wrong"),
        ({"actions": [1] * (ACTIONS_AT_MOST + 1)}, "too-long"),
        ({**as_data(), "stages": [1]}, "field-wrong"),
        ({**as_data(), "approval_date": "_____ июнь 2024года"}, "no-such-day"),
        (as_data(no=1), "number-twice"),
        (as_data(depends_on=[3]), "dependency-unknown"),
        (as_data(depends_on=[2]), "circle"),
    ],
)
def test_what_is_no_plan_is_refused(data: Any, code: str) -> None:
    with pytest.raises(NotAPlan) as refusal:
        plan_from(data)

    assert refusal.value.code == code


def test_a_circle_is_named_without_the_actions_that_only_lead_there() -> None:
    data = as_data(depends_on=[3])
    for number, before in ((3, 4), (4, 2), (5, 4)):
        data["actions"].append({**data["actions"][0], "no": number, "depends_on": [before]})

    with pytest.raises(NotAPlan) as refusal:
        plan_from(data)

    assert refusal.value.facts == {"actions": (2, 3, 4)}


# Sound plans, and one fault in each


@st.composite
def sound_plans(draw: st.DrawFn, at_least: int = 1) -> Plan:
    """Actions on later and later working days, stages in their order, each on some before it."""
    count = draw(st.integers(at_least, 12))
    numbers = draw(st.permutations(range(1, count + 1)))
    stages = sorted(draw(st.lists(st.integers(1, 6), min_size=count, max_size=count)))
    kinds = st.sampled_from([DeadlineKind.BY, DeadlineKind.BY, DeadlineKind.ON])
    day, actions = MONDAY, list[Action]()
    for number, stage in zip(numbers, stages, strict=True):
        known = [one.number for one in actions]
        sources = draw(st.lists(st.sampled_from(known), unique=True, max_size=3)) if known else []
        deadline = Deadline(draw(kinds), day)
        actions.append(Action(number, stage, deadline, tuple(sources), participants=PEOPLE))
        day += timedelta(days=draw(st.integers(1, 9)))
        while not is_weekday(day):
            day += timedelta(days=1)
    return Plan(tuple(actions), approved_on=MONDAY)


def with_action(plan: Plan, place: int, **changes: Any) -> Plan:
    actions = list(plan.actions)
    actions[place] = replace(actions[place], **changes)
    return replace(plan, actions=tuple(actions))


@given(sound_plans())
def test_in_a_sound_plan_nothing_is_found_and_nothing_moves(plan: Plan) -> None:
    assert found(plan) == []
    assert repair(plan, is_working_day=is_weekday) == Repair(plan, ())


@given(sound_plans(), st.data())
def test_a_sound_plan_with_things_left_unsaid_has_nothing_above_info(
    plan: Plan, data: st.DataObject
) -> None:
    for place, each in enumerate(plan.actions):
        unsaid = data.draw(st.sampled_from([None, "end", "deadline", "participants", "item"]))
        if unsaid == "end":
            deadline = Deadline(DeadlineKind.FROM, each.deadline.day)
            plan = with_action(plan, place, deadline=deadline)
        elif unsaid == "deadline":
            plan = with_action(plan, place, deadline=OPEN)
        elif unsaid == "participants":
            plan = with_action(plan, place, participants=())
        elif unsaid == "item":
            plan = with_action(plan, place, item_numbers=(1, 3))

    assert {each.level for each in found(plan)} <= {Level.INFO}


@given(sound_plans(at_least=2), st.data())
def test_a_seeded_fault_of_two_actions_is_found(plan: Plan, data: st.DataObject) -> None:
    later = data.draw(st.integers(1, len(plan.actions) - 1))
    earlier = data.draw(st.integers(0, later - 1))
    first, second = plan.actions[earlier], plan.actions[later]
    assert first.deadline.day is not None
    days = data.draw(st.integers(0, 20))
    depends = data.draw(st.booleans())
    sources = (first.number,) if depends else ()
    deadline = Deadline(DeadlineKind.BY, first.deadline.day - timedelta(days=days))
    faulty = with_action(plan, later, deadline=deadline, depends_on=sources)

    codes = {each.code for each in found(faulty) if each.actions == (first.number, second.number)}
    at_second = {each.code for each in found(faulty) if each.actions[-1:] == (second.number,)}
    if depends:
        assert codes == {Code.ORDER_INVERTED if days else Code.ZERO_SLACK}
    elif days and first.stage < second.stage:
        assert Code.STAGE_OVERLAP in at_second
    else:
        assert not codes & {Code.ORDER_INVERTED, Code.ZERO_SLACK}


SEEDS: dict[Code, dict[str, Any]] = {
    Code.MISSING_PARTICIPANTS: {"participants": ()},
    Code.DEADLINE_OPEN_END: {"deadline": OPEN},
    Code.WEEKEND_DEADLINE: {"deadline": by(6)},
    Code.NUMBERING_GAP: {"item_numbers": (2,)},
    Code.NUMBERING_REPEATED: {"item_numbers": (1, 1)},
}


@given(sound_plans(), st.sampled_from(list(SEEDS)), st.data())
def test_a_seeded_fault_of_one_action_is_found(plan: Plan, code: Code, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(plan.actions) - 1))
    faulty = with_action(plan, place, **SEEDS[code])

    alone = (plan.actions[place].number,)
    assert [each.actions for each in found(faulty) if each.code is code] == [alone]


# Repair


def test_the_plan_of_2024_is_repaired_by_moving_five_actions() -> None:
    plan = plan_from(plan_2024())

    repaired = repair(plan, is_working_day=is_weekday)

    assert [
        (each.action, each.before.day, each.after.day, each.other) for each in repaired.moves
    ] == [
        (1, 12, 9, 10),
        (13, 19, 15, 16),
        (14, 19, 15, 16),
        (17, 20, 15, 19),
        (18, 25, 15, 19),
    ]
    assert all(each.level is not Level.ERROR for each in found(repaired.plan))


def test_an_exact_date_stays_and_the_other_action_moves() -> None:
    plan = approved(action(1, by(3)), action(2, on(1), 1))

    assert repair(plan, is_working_day=is_weekday).moves == (
        Move(1, by(3).day or MONDAY, by(1).day or MONDAY, other=2, other_day=by(1).day or MONDAY),
    )


def test_a_synchronised_point_stays_even_if_more_actions_move() -> None:
    plan = approved(action(1, by(3)), action(2, by(3)), action(18, by(1), 1, 2))

    assert 18 in SYNCHRONISED
    assert [each.action for each in repair(plan, is_working_day=is_weekday).moves] == [1, 2]


def test_the_points_that_all_groups_share_are_those_of_the_plan() -> None:
    assert sorted(SYNCHRONISED) == [11, 18, 22, 24, 25]


def test_of_two_exact_dates_one_moves_when_nothing_else_helps() -> None:
    plan = approved(action(1, on(3)), action(2, on(1), 1))

    assert [each.action for each in repair(plan, is_working_day=is_weekday).moves] == [1]


def test_what_moves_does_not_land_on_a_day_off() -> None:
    plan = approved(action(1, on(5)), action(2, by(3), 1))

    (move,) = repair(plan, is_working_day=is_weekday).moves

    assert (move.action, move.after, move.other_day) == (2, by(7).day, on(5).day)
    assert (move.is_later, move.days) == (True, 4)


def test_a_plan_too_long_or_a_calendar_without_working_days_is_refused() -> None:
    faulty = approved(action(1, by(3)), action(2, by(1), 1))
    long = approved(*faulty.actions, *(action(n, by(1)) for n in range(3, REPAIRED_AT_MOST + 2)))
    for plan, calendar, code in (
        (long, is_weekday, "too-long-to-repair"),
        (faulty, lambda day: False, "no-working-days"),
    ):
        with pytest.raises(NotAPlan) as refusal:
            repair(plan, is_working_day=calendar)
        assert refusal.value.code == code


@st.composite
def small_plans(draw: st.DrawFn) -> Plan:
    kinds = st.sampled_from([by, by, by, on, since])
    actions = list[Action]()
    for number in range(1, draw(st.integers(2, 4)) + 1):
        sources = draw(st.lists(st.integers(1, number - 1), unique=True)) if number > 1 else []
        deadline = OPEN if draw(st.integers(0, 9)) == 0 else draw(kinds)(draw(st.integers(1, 6)))
        actions.append(action(number, deadline, *sources))
    return Plan(tuple(draw(st.permutations(actions))), approved_on=MONDAY)


def _pairs_in_order(plan: Plan) -> list[tuple[int, int]]:
    """Places of two dated actions of which one comes first, found by following each dependency."""
    place = {one.number: i for i, one in enumerate(plan.actions)}

    def sources(i: int) -> set[int]:
        direct = {place[number] for number in plan.actions[i].depends_on}
        return direct.union(*(sources(j) for j in direct))

    dated = [i for i, one in enumerate(plan.actions) if one.deadline.day is not None]
    return [(i, j) for j in dated for i in sources(j) if i in dated]


def _best_by_trying_all(
    plan: Plan, is_working_day: Any, synchronised: frozenset[int]
) -> Sequence[date | None]:
    days = [MONDAY + timedelta(days=n) for n in range(-3, 12)]
    pairs = _pairs_in_order(plan)
    choices = [
        [None]
        if (own := one.deadline.day) is None
        else [own, *(day for day in days if day != own and is_working_day(day))]
        for one in plan.actions
    ]

    def price(chosen: Sequence[date | None]) -> tuple[Any, ...]:
        moved = [
            (one, abs((day - own).days))
            for one, day in zip(plan.actions, chosen, strict=True)
            if day is not None and (own := one.deadline.day) is not None and day != own
        ]
        points = [
            one
            for one, _ in moved
            if one.deadline.kind is DeadlineKind.ON or one.number in synchronised
        ]
        return len(points), len(moved), sum(n for _, n in moved), [d for d in chosen if d]

    in_order = (
        chosen
        for chosen in product(*choices)
        if all((chosen[i] or MONDAY) <= (chosen[j] or MONDAY) for i, j in pairs)
    )
    return min(in_order, key=price)


@settings(max_examples=200, deadline=None)
@given(small_plans(), st.frozensets(st.integers(1, 4), max_size=2), st.integers(0, 8))
def test_the_repair_is_the_best_of_all_that_could_be_tried(
    plan: Plan, synchronised: frozenset[int], holiday: int
) -> None:
    def is_working_day(day: date) -> bool:
        return is_weekday(day) and day != MONDAY + timedelta(days=holiday)

    repaired = repair(plan, is_working_day=is_working_day, synchronised=synchronised)

    best = _best_by_trying_all(plan, is_working_day, synchronised)
    assert [one.deadline.day for one in repaired.plan.actions] == list(best)


@given(sound_plans(at_least=2), st.data())
def test_a_repaired_plan_has_no_errors_and_each_move_has_its_reason(
    plan: Plan, data: st.DataObject
) -> None:
    shifts = data.draw(st.lists(st.integers(-15, 15), min_size=12, max_size=12))
    for place, (each, shift) in enumerate(zip(plan.actions, shifts, strict=False)):
        assert each.deadline.day is not None
        day = each.deadline.day + timedelta(days=shift)
        plan = with_action(plan, place, deadline=replace(each.deadline, day=day))

    repaired = repair(plan, is_working_day=is_weekday)

    assert all(each.level is not Level.ERROR for each in found(repaired.plan))
    new = {one.number: one.deadline.day for one in repaired.plan.actions}
    for move in repaired.moves:
        assert is_weekday(move.after)
        assert new[move.other] == move.other_day
        # It could not have stayed, and went no further than to the nearest working day.
        low, high = sorted((move.other_day, move.after))
        assert (move.before < move.other_day) == move.is_later
        between = [low + timedelta(days=n) for n in range((high - low).days + 1)]
        assert not any(is_weekday(day) for day in between if day != move.after)


def test_moving_twice_changes_nothing_more() -> None:
    once = repair(plan_from(plan_2024()), is_working_day=is_weekday)

    assert repair(once.plan, is_working_day=is_weekday) == Repair(once.plan, ())


def test_the_dates_of_a_long_faulty_chain_meet_in_the_middle() -> None:
    chain = [action(n, by(3 - n), *([n - 1] if n > 1 else [])) for n in range(1, 4)]

    repaired = repair(approved(*chain), is_working_day=lambda day: True)

    days = [one.deadline.day for one in repaired.plan.actions if one.deadline.day]
    assert all(first <= second for first, second in pairwise(days))
    assert [each.action for each in repaired.moves] == [1, 3]
