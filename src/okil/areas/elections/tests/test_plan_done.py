"""Which actions of a plan are done, by what happened here or by somebody's word; which are late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import plan_marks
from okil.areas.elections.models import ActionMark, Cycle, Election
from okil.areas.elections.queries.plan_done import FACTS, done_in, late_in, shows_itself
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import plan as given_plan
from okil.foundation.accounts.models import User
from okil.foundation.audit import entries_of, length_and_last_hash
from okil.foundation.web.tests.pages import read
from okil.pure.refusal import Refused
from okil.pure.rules.stages import ORDER, State

pytestmark = pytest.mark.django_db
ALL = range(1, 26)


def done_everywhere(cycle: Cycle) -> set[int]:
    return {number for number, each in done_in(cycle, ALL).items() if each.everywhere}


def done_by_states(state: State) -> set[int]:
    reached = ORDER[: ORDER.index(state) + 1]
    return {number for number, fact in FACTS.items() if fact.since in reached}


# By what happened


def test_an_election_that_goes_on_shows_one_action_after_the_other_to_be_done() -> None:
    election = given.election()
    done: set[int] = set()

    for state in ORDER[:-1]:
        given.moved_to(state, election)
        now = done_everywhere(election.cycle)
        assert done_by_states(state) <= now, state
        assert done <= now, state  # nothing that was done is undone
        done = now

    assert {14, 18, 20, 21, 22, 24} <= done
    assert not {1, 2, 3, 12, 23} & done  # nothing here shows these


def test_what_waits_for_the_next_move_is_not_done() -> None:
    election = given.election(State.REGISTRATION)

    assert not {16, 17, 18, 19, 20, 21, 22, 24, 25} & done_everywhere(election.cycle)


def test_what_the_gates_of_a_move_ask_is_done_before_the_move() -> None:
    election = given.election(State.REGISTRATION)
    given.all_fulfilled(election)

    assert {15, 16, 17} <= done_everywhere(election.cycle)
    assert 18 not in done_everywhere(election.cycle)


def test_an_action_is_done_everywhere_when_it_is_done_in_each_group() -> None:
    cycle = given.ten_groups()

    found = done_in(cycle, [14, 20])

    assert (len(found[14].elections), found[14].of) == (8, 10)
    assert (len(found[20].elections), found[20].of) == (5, 10)
    assert not found[14].everywhere


def test_an_annulled_round_shows_nothing_and_the_one_that_follows_shows_what_it_rests_on() -> None:
    election = given.election(State.COUNTING)
    given.annulled(election, at=given.moment(9, 14, 11))
    assert done_in(election.cycle, [20])[20].elections == frozenset()

    given.repeat_vote(election, at=given.moment(9, 15, 10))

    found = done_in(election.cycle, [18, 20])
    assert (found[18].everywhere, found[20].everywhere) == (True, False)


# By somebody's word


def marking(
    election: Election, number: int, *, own: bool = False, on: date | None = None
) -> Callable[[User], object]:
    return lambda actor: plan_marks.mark_done(
        election.cycle_id,
        number,
        election=election if own else None,
        done_on=on or given.AT.date(),
        actor=actor,
        at=given.AT,
    )


def refusal_of(act: Callable[[User], object], actor: User) -> str:
    before = (list(ActionMark.objects.values()), length_and_last_hash())
    with pytest.raises(Refused) as refusal:
        act(actor)
    assert (list(ActionMark.objects.values()), length_and_last_hash()) == before
    return refusal.value.code


def test_a_mark_of_the_secretariat_holds_for_all_and_is_taken_back() -> None:
    election = given.election()
    secretary = given.secretariat()

    marking(election, 1)(secretary)

    found = done_in(election.cycle, [1])[1]
    assert (found.everywhere, found.marked_on) == (True, given.AT.date())
    plan_marks.take_mark_back(election.cycle_id, 1, actor=secretary, at=given.AT)
    assert not done_in(election.cycle, [1])[1].everywhere
    told = [row.event for row in entries_of(election.cycle.chapter)][-2:]
    assert told == ["plan.marked_done", "plan.mark_taken_back"]


def test_a_mark_of_an_organiser_holds_for_the_group() -> None:
    election = given.election()
    other = bodies.group(given.body())
    election.cycle.elections.create(group=other).rounds.create(number=1, state_since=given.AT)

    marking(election, 23, own=True)(given.organiser_of(election))

    found = done_in(election.cycle, [23])[23]
    assert (found.in_election(election.pk), found.everywhere) == (True, False)
    assert found.marked_in == {election.pk: given.AT.date()}


def test_marks_are_for_those_whose_business_it_is_and_for_what_is_over() -> None:
    election = given.election()
    secretary, organiser = given.secretariat(), given.organiser_of(election)
    neighbour = bodies.officer(RoleName.ORGANISER, bodies.group(given.body()))

    assert refusal_of(marking(election, 1), organiser) == "not-allowed"
    assert refusal_of(marking(election, 23, own=True), secretary) == "not-allowed"
    assert refusal_of(marking(election, 23, own=True), neighbour) == "not-allowed"
    assert refusal_of(marking(election, 1, own=True), organiser) == "not-of-groups"
    assert refusal_of(marking(election, 20), secretary) == "done-shows-itself"
    assert refusal_of(marking(election, 1, on=date(2024, 8, 16)), secretary) == "day-to-come"
    marking(election, 1)(secretary)
    assert refusal_of(marking(election, 1), secretary) == "marked-already"

    def taking_back(actor: User) -> None:
        plan_marks.take_mark_back(election.cycle_id, 2, actor=actor, at=given.AT)

    assert refusal_of(taking_back, secretary) == "not-marked"


def test_what_a_state_shows_needs_nobodys_word_and_anything_new_does() -> None:
    assert [number for number in (*ALL, 26) if not shows_itself(number)] == [
        1, 2, 3, 5, 6, 7, 8, 12, 23, 25, 26,
    ]  # fmt: skip


# Late


def test_an_action_is_late_when_its_day_is_over_and_it_is_not_done() -> None:
    cycle = given.election().cycle
    given_plan.given_deadlines(
        cycle,
        {
            1: ("by", date(2024, 8, 14)),
            2: ("on", date(2024, 8, 14)),
            3: ("from", date(2024, 8, 1)),
            4: ("by", date(2024, 8, 14)),  # there is an organiser
            12: ("by", date(2024, 8, 15)),  # today
        },
    )
    given_plan.marked(cycle, 2)

    assert late_in(cycle, on=date(2024, 8, 14)) == []
    assert late_in(cycle, on=date(2024, 8, 15)) == [1]
    assert late_in(cycle, on=date(2024, 8, 16)) == [1, 12]


def test_a_group_is_late_by_its_own_days_with_what_is_its_business() -> None:
    election = given.election()
    given_plan.given_deadlines(
        election.cycle, {1: ("by", date(2024, 8, 14)), 13: ("by", date(2024, 8, 20))}
    )
    given_plan.own(election, {13: date(2024, 8, 14), 23: date(2024, 8, 13)})

    assert late_in(election.cycle, on=given.AT.date()) == [1]
    assert late_in(election.cycle, on=given.AT.date(), election=election.pk) == [13, 23]
    given_plan.marked(election.cycle, 23, election=election)
    assert late_in(election.cycle, on=given.AT.date(), election=election.pk) == [13]


def test_who_can_act_is_told_on_the_first_page_of_their_work() -> None:
    election = given.election()
    given_plan.dated(election.cycle, {1: date(2024, 8, 14), 13: date(2024, 8, 14)})
    work = f"/ru/office/cycles/2024/groups/{election.group.slug}/"

    def ways(role: str, url: str) -> list[str]:
        page = read(given.browser_of(given.officer_of(role, election)).get(url))
        return [each["href"] for each in page.main.all("a") if each["href"].endswith("plan/#late")]

    assert ways("secretariat", "/ru/office/cycles/2024/") == ["/ru/cycles/2024/plan/#late"]
    assert ways("organiser", work) == [f"{work}plan/#late"]
    assert ways("commissioner", work) == []


def test_officers_read_on_the_plan_what_is_late_and_visitors_do_not() -> None:
    election = given.election()
    given_plan.dated(election.cycle, {1: date(2024, 8, 14)})
    url = f"/ru/cycles/{election.cycle.year}/plan/"

    def warned(role: str) -> list[str]:
        page = read(given.browser_of(given.officer_of(role, election)).get(url))
        return [each.text for each in page.by_id("a1").classed("warn")]

    assert all(len(warned(role)) == 1 for role in ("secretariat", "organiser", "observer"))
    assert read(Client().get(url)).by_id("a1").classed("warn") == []
