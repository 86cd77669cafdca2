"""A group's own deadlines against the common plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from okil.pure.rules.own_plan import Outside, OwnFinding, outside, own_findings, refined
from okil.pure.rules.plan import Action, Code, Deadline, DeadlineKind, Plan, examine

MONDAY = date(2024, 8, 5)
NOBODY = frozenset[int]()


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def by(number: int) -> Deadline:
    return Deadline(DeadlineKind.BY, day(number))


def action(number: int, deadline: Deadline, *after: int) -> Action:
    return Action(number, 1, deadline, depends_on=after, participants=("community",))


def always(_each: date) -> bool:
    return True


def found(common: Plan, own: Mapping[int, Deadline]) -> list[tuple[Code, tuple[int, ...]]]:
    return [(each.code, each.actions) for each in own_findings(common, own, is_working_day=always)]


COMMON = Plan((action(1, by(3)), action(2, by(10), 1), action(3, by(20), 2)), day(0))


def test_a_group_may_be_earlier_and_not_later() -> None:
    own = {1: by(1), 2: by(11)}

    assert outside(COMMON, own) == (OwnFinding(Outside.LATER, 2, day(10), 1),)


def test_what_begins_may_begin_later_and_not_earlier() -> None:
    begins = Deadline(DeadlineKind.FROM, day(5))
    common = Plan((action(1, begins), action(2, begins)))
    own = {
        1: Deadline(DeadlineKind.FROM, day(7)),
        2: Deadline(DeadlineKind.FROM, day(4)),
    }

    assert outside(common, own) == (OwnFinding(Outside.BEFORE_BEGINNING, 2, day(5), 1),)


def test_an_exact_day_and_a_point_of_all_groups_stay_where_they_are() -> None:
    exact = Deadline(DeadlineKind.ON, day(5))
    common = Plan((action(1, exact), action(18, by(9)), action(2, by(9))))
    own = {1: Deadline(DeadlineKind.ON, day(4)), 18: by(8), 2: by(8)}

    assert outside(common, own) == (
        OwnFinding(Outside.COMMON_POINT, 1, day(5), 1),
        OwnFinding(Outside.COMMON_POINT, 18, day(9), 1),
    )


def test_where_the_common_plan_says_nothing_a_group_is_free() -> None:
    common = Plan((action(1, Deadline(DeadlineKind.OPEN, None)),))

    assert outside(common, {1: by(400)}) == ()


def test_an_own_deadline_before_what_must_come_first_is_found() -> None:
    assert found(COMMON, {2: by(2)}) == [(Code.ORDER_INVERTED, (1, 2))]
    assert found(COMMON, {2: by(3)}) == [(Code.ZERO_SLACK, (1, 2))]


def test_what_the_common_plan_has_wrong_is_not_the_groups() -> None:
    wrong = Plan((action(1, by(9)), action(2, by(3), 1), action(3, by(20), 2)))

    assert found(wrong, {3: by(15)}) == []
    assert found(wrong, {2: by(2)}) == [(Code.ORDER_INVERTED, (1, 2))]  # now worse


def test_an_own_day_off_is_told() -> None:
    def works(each: date) -> bool:
        return each.weekday() < 5

    told = own_findings(COMMON, {1: by(-1)}, is_working_day=works)

    assert [(each.code, each.actions) for each in told] == [(Code.WEEKEND_DEADLINE, (1,))]


# Laws


@some.composite
def chains(draw: some.DrawFn) -> Plan:
    """Sound plans: each action depends on the one before and ends later."""
    gaps = draw(some.lists(some.integers(2, 9), min_size=2, max_size=12))
    ends, actions = 0, []
    for i, gap in enumerate(gaps, start=101):
        ends += gap
        actions.append(action(i, by(ends), *([i - 1] if i > 101 else [])))
    return Plan(tuple(actions), day(0))


@given(chains())
def test_own_deadlines_like_the_common_ones_are_sound(common: Plan) -> None:
    own = {each.number: each.deadline for each in common.actions}

    assert refined(common, own) == common
    assert outside(common, own) == ()
    assert own_findings(common, own, is_working_day=always) == ()


@given(chains(), some.integers(1, 30))
def test_who_is_earlier_throughout_by_as_much_is_sound(common: Plan, days: int) -> None:
    own = {
        each.number: Deadline(DeadlineKind.BY, each.deadline.day - timedelta(days=days))
        for each in common.actions
        if each.deadline.day
    }

    assert outside(common, own) == ()
    assert own_findings(common, own, is_working_day=always) == ()


@given(chains(), some.data(), some.integers(1, 60))
def test_whoever_is_later_is_told_by_how_much(
    common: Plan, data: some.DataObject, late: int
) -> None:
    one = data.draw(some.sampled_from(common.actions))
    assert one.deadline.day is not None
    own = {one.number: Deadline(DeadlineKind.BY, one.deadline.day + timedelta(days=late))}

    assert outside(common, own) == (OwnFinding(Outside.LATER, one.number, one.deadline.day, late),)


@given(chains(), some.dictionaries(some.integers(101, 112), some.integers(-20, 80), max_size=6))
def test_after_what_is_told_nothing_is_wrong_that_was_not_wrong_before(
    common: Plan, days: dict[int, int]
) -> None:
    known = {each.number for each in common.actions}
    own = {number: by(days[number]) for number in days if number in known}
    told = own_findings(common, own, is_working_day=always)

    wrong = examine(refined(common, own), is_working_day=always)
    assert [each for each in wrong if each.code is Code.ORDER_INVERTED] == [
        each for each in told if each.code is Code.ORDER_INVERTED
    ]
    assert all(set(each.actions) & set(own) for each in told)
