"""Two people at one plan at the same moment: one change is made, the other is told."""

from __future__ import annotations

from datetime import date

import pytest

from okil.areas.elections.actions import plan, plan_marks
from okil.areas.elections.models import ActionMark, Cycle
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import plan as given_plan
from okil.areas.elections.tests.test_at_once import DONE, Act, colleagues, dating, meeting
from okil.foundation.accounts.models import User
from okil.foundation.audit import verify_chain

pytestmark = pytest.mark.django_db(transaction=True)


def writing(cycle: Cycle, number: int, actor: User) -> Act:
    facts = given_plan.facts(cycle.plan.get(number=number), kind="by", on=date(2024, 9, 2))
    return lambda: plan.change_action(
        cycle.pk, number, facts=facts, seen_revision=cycle.plan_revision, actor=actor, at=given.AT
    )


def approving(cycle: Cycle, actor: User) -> Act:
    return lambda: plan.approve_plan(
        cycle.pk,
        decision=given.decision(),
        seen_revision=cycle.plan_revision,
        actor=actor,
        at=given.AT,
    )


def test_of_two_changes_to_one_plan_the_second_is_told() -> None:
    cycle = given.cycle()
    one, other = colleagues()

    found = meeting(writing(cycle, 3, one), writing(cycle, 25, other))

    assert found == (DONE, "changed-meanwhile")
    assert given_plan.revision(cycle) == 1
    assert [row.number for row in cycle.plan.filter(deadline_kind="by")] == [3]
    assert verify_chain() == []


def test_nobody_approves_a_plan_that_is_being_changed() -> None:
    cycle = given.cycle()
    one, other = colleagues()

    assert meeting(writing(cycle, 3, one), approving(cycle, other)) == (DONE, "changed-meanwhile")


def test_an_action_that_is_removed_meanwhile_is_not_dated_by_a_group() -> None:
    election = given.election()
    cycle = election.cycle
    secretary = given.secretariat()

    found = meeting(
        lambda: plan.remove_action(cycle.pk, 23, seen_revision=0, actor=secretary, at=given.AT),
        lambda: given_plan.own(election, {22: date(2024, 9, 2), 23: date(2024, 9, 3)}),
    )

    assert found == (DONE, DONE)
    assert [row.action.number for row in election.own_deadlines.all()] == [22]


def test_common_dates_and_a_groups_own_plan_do_not_wait_for_each_other_for_ever() -> None:
    election = given.election()
    secretary = given.secretariat()

    found = meeting(
        dating(election, secretary), lambda: given_plan.own(election, {23: date(2024, 9, 3)})
    )

    assert found == (DONE, DONE)


def test_an_action_is_marked_once() -> None:
    cycle = given.cycle()
    one, other = colleagues()

    def marking(actor: User) -> Act:
        return lambda: plan_marks.mark_done(
            cycle.pk, 1, done_on=given.AT.date(), actor=actor, at=given.AT
        )

    assert meeting(marking(one), marking(other)) == (DONE, "marked-already")
    assert ActionMark.objects.count() == 1
