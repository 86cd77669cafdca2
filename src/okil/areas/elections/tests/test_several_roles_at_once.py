"""Two compare at once, or one answers while the body decides: one after the other, nothing twice."""

from __future__ import annotations

import pytest

from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import matching
from okil.areas.elections.actions import several_roles as actions
from okil.areas.elections.models import Crossing, CrossingSide, MatchingRun
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import several_roles as world
from okil.areas.elections.tests.test_at_once import DONE, Act, meeting
from okil.foundation.accounts.models import User
from okil.foundation.audit import verify_chain

pytestmark = pytest.mark.django_db(transaction=True)


def comparing(cycle_id: int, actor: User) -> Act:
    return lambda: matching.run_matching(
        cycle_id, key_file=world.key_file(), actor=actor, at=world.RUN_AT
    )


def test_two_runs_at_once_are_two_runs_and_find_each_pair_once() -> None:
    elections = world.groups()
    for each in elections:
        world.voter(each)
    world.closed(elections)
    cycle = elections[0].cycle
    world.keyed(cycle)
    one, other = given.secretariat(), bodies.secretariat(given.body())

    assert meeting(comparing(cycle.pk, one), comparing(cycle.pk, other)) == (DONE, DONE)

    found = MatchingRun.objects.order_by("number").values_list("number", "found")
    assert list(found) == [(1, {"X1": 1}), (2, {})]
    assert Crossing.objects.count() == 1
    assert verify_chain() == []


def test_a_run_begun_while_the_key_is_destroyed_compares_nothing() -> None:
    one, _other = world.found_in_two()
    cycle = one.voter.election.cycle
    actor = given.secretariat()

    found = meeting(
        lambda: matching.end_matching_key(cycle.pk, actor=actor, at=world.RUN_AT),
        comparing(cycle.pk, actor),
    )

    assert found == (DONE, "matching-key-missing")
    assert MatchingRun.objects.count() == 1


def test_who_answers_while_the_body_decides_is_told_so() -> None:
    one, _other = world.found_in_two()
    election = one.voter.election
    actor = given.commissioner_of(election)

    found = meeting(
        lambda: actions.rule_on_crossing(
            election.pk,
            capacity="voter",
            number=1,
            situation="X1",
            ruling="stays",
            decision=given.decision(),
            actor=actor,
            at=world.ANSWERED_AT,
        ),
        lambda: actions.answer_as_applicant(
            one.voter, situation="X1", answer="both", at=world.ANSWERED_AT
        ),
    )

    assert found == (DONE, "crossing-ruled")
    assert CrossingSide.objects.get(voter=one.voter).answer == ""
    assert verify_chain() == []
