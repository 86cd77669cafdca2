"""Runs that look for one person in two groups: by two hands, in memory, counted, nothing found twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import matching, voters
from okil.areas.elections.models import Crossing, CrossingSide, MatchingKey, MatchingRun
from okil.areas.elections.queries.several_roles import capacity_of, number_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import candidates as listing
from okil.areas.elections.tests.given import registration
from okil.areas.elections.tests.given import several_roles as world
from okil.areas.elections.tests.given import voters as roll
from okil.foundation.audit import entries_of, length_and_last_hash
from okil.pure.refusal import Refused
from okil.pure.rules.matching import fingerprint_of
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db


def refusal_of(act: Callable[[], object]) -> str:
    """The code of the refusal; nothing was written."""
    before = MatchingRun.objects.count(), Crossing.objects.count(), length_and_last_hash()
    with pytest.raises(Refused) as refusal:
        act()
    assert (MatchingRun.objects.count(), Crossing.objects.count(), length_and_last_hash()) == before
    return refusal.value.code


def found() -> set[tuple[str, frozenset[tuple[int, str, int]]]]:
    """Each pair: its situation, and of both sides election, capacity and number."""
    return {
        (
            each.situation,
            frozenset(
                (side.election_id, str(capacity_of(side)), number_of(side))
                for side in each.sides.all()
            ),
        )
        for each in Crossing.objects.all()
    }


def test_one_person_on_two_lists_is_found_and_only_the_pair_is_kept() -> None:
    one, other = world.found_in_two()

    assert found() == {
        (
            "X1",
            frozenset(
                {
                    (one.voter.election_id, "voter", 1),
                    (other.voter.election_id, "voter", 1),
                }
            ),
        )
    }
    run = MatchingRun.objects.get()
    assert (run.number, run.groups, run.found) == (1, 2, {"X1": 1})
    assert run.compared == 2 + 2 * 3  # voters; an organiser and two of the commission in each group


def test_a_second_run_finds_no_pair_anew_and_only_what_came_since() -> None:
    elections = world.groups(3)
    world.voter(elections[0])
    world.voter(elections[1])
    late = world.voter(elections[2])
    cycle = elections[0].cycle
    world.closed(elections[:2])
    world.keyed(cycle)

    first = world.run(cycle)
    again = world.run(cycle)
    world.closed(elections[2:])
    third = world.run(cycle)

    assert (first.found, again.found, third.found) == ({"X1": 1}, {}, {"X1": 2})
    assert [first.number, again.number, third.number] == [1, 2, 3]
    assert CrossingSide.objects.filter(voter=late.voter).count() == 2
    assert third.groups == 3


def test_officers_and_candidates_are_compared_too() -> None:
    here, there = world.groups()
    commissioner = given.commissioner_of(here)
    organiser = given.organiser_of(here)
    world.voter(there, commissioner.email)
    listing.candidate(there, contact=organiser.email)
    listing.candidate(here, contact=world.TELEPHONE)
    world.voter(there, "8 (701) 555-43-21")
    bodies.accepted(
        bodies.invitation(RoleName.COMMISSIONER, there.group, email=commissioner.email, name="")
    )
    world.closed([here, there])
    cycle = here.cycle
    world.keyed(cycle)

    world.run(cycle)

    assert sorted(situation for situation, _sides in found()) == ["X2", "X3", "X4", "X7"]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ({"name": "АА-0185-М"}, {"name": "аа0185м"}),
        ({"contact": "+7 701 555 43 21"}, {"contact": "тел. 87015554321, вечером"}),
        ({"organisation_number": "050440001234"}, {"organisation_number": "0504 4000 1234"}),
    ],
)
def test_a_code_a_telephone_and_a_register_number_are_read_in_one_spelling(
    here: dict[str, str], there: dict[str, str]
) -> None:
    elections = world.groups()
    for election, said in zip(elections, (here, there), strict=True):
        world.voter(election, **{"contact": "", **said})
    world.closed(elections)
    world.keyed(elections[0].cycle)

    assert world.run(elections[0].cycle).found == {"X1": 1}


def test_namesakes_are_nobodys_business() -> None:
    elections = world.groups()
    for election in elections:
        registration.registered(election, said=registration.facts(contact="через Сауле"))
    world.closed(elections)
    world.keyed(elections[0].cycle)

    assert world.run(elections[0].cycle).found == {}


def test_who_withdrew_was_refused_or_came_late_is_not_opened() -> None:
    elections = world.groups()
    here, there = elections
    withdrawn, refused = world.voter(there), world.voter(there)
    candidate = listing.candidate(there, contact=world.CONTACT)
    world.voter(here)
    voters.withdraw_voter(withdrawn.voter.pk, actor=given.organiser_of(there), at=roll.ENTERED_AT)
    world.closed(elections)
    roll.refused(there, [refused.voter.number], at=world.RUN_AT)
    world.voter(there)  # late
    listing.voted(candidate, "refuse", "refuse", at=world.RUN_AT, not_met=["documents"])
    listing.concluded(candidate, at=world.RUN_AT)
    cycle = here.cycle
    world.keyed(cycle)

    assert world.run(cycle).found == {}
    opened = [
        entry.after for entry in entries_of(there.chapter) if entry.event == "matching.compared"
    ]
    assert opened == [{"run": 1, "voters": 0, "candidates": 0, "officers": 3}]


def test_each_election_reads_in_its_own_chapter_how_many_were_opened() -> None:
    one, other = world.found_in_two()

    for registered in (one, other):
        rows = entries_of(registered.voter.election.chapter)
        by_event = {entry.event: entry for entry in rows}
        assert by_event["matching.compared"].after == {
            "run": 1,
            "voters": 1,
            "candidates": 0,
            "officers": 3,
        }
        assert by_event["vault.opened"].role == "secretariat"
    last = entries_of(one.voter.election.cycle.chapter).order_by("-number")[0]
    assert (last.event, last.after) == ("matching.run", {"number": 1, "groups": 2, "compared": 8})


def test_a_group_whose_lists_are_open_or_results_published_is_not_compared() -> None:
    elections = world.groups(3)
    for election in elections:
        world.voter(election)
    cycle = elections[0].cycle
    world.keyed(cycle)
    assert refusal_of(lambda: world.run(cycle)) == "nothing-to-compare"

    world.closed(elections[:2])

    assert world.run(cycle).groups == 2
    assert not CrossingSide.objects.filter(election=elections[2]).exists()


# The key


def test_another_key_compares_nothing() -> None:
    elections = world.groups()
    world.closed(elections)
    cycle = elections[0].cycle
    assert refusal_of(lambda: world.run(cycle)) == "matching-key-missing"
    world.keyed(cycle)

    assert refusal_of(lambda: world.run(cycle, world.ANOTHER_KEY)) == "matching-key-wrong"
    for content in (b"", b"tea", world.key_file()[:40], world.key_file() * 2):
        code = refusal_of(
            lambda content=content: matching.run_matching(  # type: ignore[misc]
                cycle.pk, key_file=content, actor=given.secretariat(), at=world.RUN_AT
            )
        )
        assert code == "matching-key-unreadable"


def test_a_destroyed_key_runs_no_more_and_makes_room_for_another() -> None:
    one, _other = world.found_in_two()
    cycle = one.voter.election.cycle
    actor = given.secretariat()
    assert refusal_of(lambda: world.keyed(cycle, world.ANOTHER_KEY)) == "matching-key-there"

    matching.end_matching_key(cycle.pk, actor=actor, at=world.RUN_AT)

    assert refusal_of(lambda: world.run(cycle)) == "matching-key-missing"
    assert refusal_of(lambda: world.keyed(cycle)) == "fingerprint-known"
    world.keyed(cycle, world.ANOTHER_KEY)
    assert world.run(cycle, world.ANOTHER_KEY).found == {}
    assert MatchingKey.objects.exclude(destroyed_at=None).count() == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"fingerprint": "abc"}, "fingerprint-unreadable"),
        ({"holder": 9999}, "person-unknown"),
        ({"holder": "secretariat"}, "holder-of-the-secretariat"),
    ],
)
def test_what_is_said_of_a_key_is_looked_at(said: dict[str, Any], code: str) -> None:
    cycle = world.groups()[0].cycle
    actor = given.secretariat()
    if said.get("holder") == "secretariat":
        said = {"holder": bodies.role_of(actor).person.number}
    facts = {
        "fingerprint": fingerprint_of(world.KEY),
        "holder": world.holder().number,
        "decision": given.decision(),
        **said,
    }

    assert (
        refusal_of(
            lambda: matching.enter_matching_key(cycle.pk, **facts, actor=actor, at=world.KEY_AT)
        )
        == code
    )


def test_a_holder_who_joined_the_secretariat_holds_it_no_more() -> None:
    one, _other = world.found_in_two()
    user = world.holder().user
    assert user is not None
    bodies.accepted(bodies.invitation(RoleName.SECRETARIAT, email=user.email, name=""))

    assert refusal_of(lambda: world.run(one.voter.election.cycle)) == "holder-of-the-secretariat"


@pytest.mark.parametrize("role", [RoleName.ORGANISER, RoleName.COMMISSIONER, RoleName.OBSERVER])
def test_nobody_but_the_secretariat_runs_it(role: str) -> None:
    one, _other = world.found_in_two()
    election = one.voter.election
    actor = given.officer_of(role, election)

    for act in (
        lambda: matching.run_matching(
            election.cycle_id, key_file=world.key_file(), actor=actor, at=world.RUN_AT
        ),
        lambda: matching.end_matching_key(election.cycle_id, actor=actor, at=world.RUN_AT),
    ):
        assert refusal_of(act) == "not-allowed"


def test_neither_the_key_nor_what_was_compared_is_kept_anywhere() -> None:
    one, _other = world.found_in_two()

    models: list[Any] = [MatchingKey, MatchingRun, Crossing, CrossingSide]
    text = str([list(model.objects.values()) for model in models])
    text += str([entry.after for entry in entries_of(one.voter.election.cycle.chapter)])
    assert fingerprint_of(world.KEY) in text
    assert world.KEY.hex() not in text
    assert world.CONTACT not in text


def test_the_lists_of_a_published_result_are_compared_no_more() -> None:
    from okil.areas.elections.queries.several_roles import COMPARED_IN

    assert {State.REGISTRATION, State.SUBMITTED} <= COMPARED_IN
    assert not {State.ANNOUNCED, State.PUBLISHED, State.CONCLUDED} & COMPARED_IN
