"""Two people at the same thing at the same moment: one act happens, the other is told so."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import cycles, regulations, stages
from okil.areas.elections.models import Election, GateAnswer, Move, Round
from okil.areas.elections.tests import given
from okil.foundation.audit import verify_chain
from okil.foundation.audit.models import JournalEntry
from okil.pure.refusal import Refused
from okil.pure.rules.stages import RoundKind, State

pytestmark = pytest.mark.django_db(transaction=True)

Act = Callable[[], object]
DONE = "done"


def at_once(*acts: Act) -> list[str]:
    """What became of each: done, or the code of its refusal. Anything else breaks the test."""
    together = Barrier(len(acts))

    def run(act: Act) -> str:
        together.wait(timeout=20)
        try:
            act()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return DONE

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(run, act) for act in acts]]


def row_of(event: str) -> int:
    """Where the latest such row stands in the journal: who came first."""
    return JournalEntry.objects.filter(event=event).order_by("-number")[0].number


def moving(election: Election, to: str, actor: object) -> Act:
    at = given.ENTERED[State(to)]
    return lambda: stages.move_on(election.pk, to=to, actor=actor, at=at)  # type: ignore[arg-type]  # a User


def test_two_commissioners_close_the_vote_once() -> None:
    election = given.election(State.VOTING)
    roles = election.group.roles.filter(role=RoleName.COMMISSIONER)
    both = [moving(election, "counting", role.person.user) for role in roles]
    moves = Move.objects.count()

    assert sorted(at_once(*both)) == [DONE, "moved-already"]

    assert given.state_of(election) is State.COUNTING
    assert Move.objects.count() == moves + 1
    assert verify_chain() == []


def test_two_people_of_the_secretariat_announce_an_election_once() -> None:
    election = given.election()
    given.all_answered(election)
    people = [given.secretariat(), bodies.secretariat(given.body())]

    found = at_once(*(moving(election, "announced", person) for person in people))

    assert sorted(found) == [DONE, "moved-already"]
    assert Move.objects.count() == 1
    assert verify_chain() == []


def test_two_elections_move_at_once_and_keep_one_chain() -> None:
    groups = [bodies.group(given.body()) for _each in range(3)]
    for group in groups:
        given.prepared(group)
    elections = list(given.cycle(groups).elections.select_related("cycle__body", "group__body"))
    for election in elections:
        given.all_answered(election)
    secretary = given.secretariat()

    found = at_once(*(moving(election, "announced", secretary) for election in elections))

    assert found == [DONE, DONE, DONE]
    assert verify_chain() == []


@pytest.mark.parametrize("attempt", range(3))
def test_an_answer_taken_back_stops_the_move_or_comes_too_late(attempt: int) -> None:
    election = given.election()
    given.all_answered(election)
    answer = GateAnswer.objects.get()
    secretary, colleague = given.secretariat(), bodies.secretariat(given.body())
    acts = [
        moving(election, "announced", secretary),
        lambda: stages.withdraw_answer(
            answer.pk, actor=colleague, at=given.ENTERED[State.ANNOUNCED]
        ),
    ]

    found = at_once(*acts)

    answer.refresh_from_db()
    moved = given.state_of(election) is State.ANNOUNCED
    assert found in ([DONE, "gate-not-asked"], ["gates-closed", DONE])
    assert moved == (found[0] == DONE)
    assert (answer.withdrawn_at is None) == moved


def test_a_gate_is_answered_once() -> None:
    election = given.election()
    people = [given.secretariat(), bodies.secretariat(given.body())]

    found = at_once(
        *(
            lambda person=person: stages.answer_gate(
                election.pk,
                gate="announcement-ready",
                done_on=given.AT.date(),
                actor=person,
                at=given.AT,
            )
            for person in people
        )
    )

    assert sorted(found) == ["answered-already", DONE]
    assert GateAnswer.objects.count() == 1


def test_a_regulation_adopted_twice_from_one_version_is_one_new_version() -> None:
    election = given.election()
    group, organiser = election.group, given.organiser_of(election)

    def adopt() -> object:
        return regulations.adopt_regulation(
            group.pk,
            content=given.RULES,
            decision=given.decision(),
            is_public=False,
            seen_version=1,
            actor=organiser,
            at=given.AT,
        )

    assert sorted(at_once(adopt, adopt)) == ["changed-meanwhile", DONE]
    assert [each.version for each in group.regulations.all()] == [2, 1]


@pytest.mark.parametrize("attempt", range(3))
def test_the_rules_change_before_the_vote_opens_or_not_at_all(attempt: int) -> None:
    election = given.election(State.CANDIDATES_PUBLISHED)
    given.all_answered(election)
    group, organiser = election.group, given.organiser_of(election)

    def adopt() -> object:
        return regulations.adopt_regulation(
            group.pk,
            content={**given.RULES, "tie": "lot"},
            decision=given.decision(),
            is_public=False,
            seen_version=1,
            actor=organiser,
            at=given.AT,
        )

    found = at_once(moving(election, "voting", given.commissioner_of(election)), adopt)

    assert found in ([DONE, "rules-stand"], [DONE, DONE])
    if found == [DONE, DONE]:
        assert row_of("regulation.adopted") < row_of("round.moved")


@pytest.mark.parametrize("attempt", range(3))
def test_an_announced_election_has_the_dates_it_was_announced_with(attempt: int) -> None:
    election = given.election()
    given.all_answered(election)
    secretary, colleague = given.secretariat(), bodies.secretariat(given.body())
    later = {
        stage: (begins + given.DAY if begins else None, ends + given.DAY)
        for stage, (begins, ends) in given.DATES.items()
    }

    found = at_once(
        moving(election, "announced", secretary),
        lambda: cycles.set_common_dates(
            election.cycle_id, dates=later, actor=colleague, at=given.AT
        ),
    )

    assert found == [DONE, DONE]
    dated_first = row_of("cycle.dated") < row_of("round.moved")
    kept = {row.stage: row.ends_at for row in given.round_of(election).dates.all()}
    expected = later if dated_first else given.DATES
    assert kept == {int(stage): ends for stage, (_begins, ends) in expected.items()}


def test_an_election_is_suspended_once() -> None:
    election = given.election(State.ANNOUNCED)
    roles = election.group.roles.filter(role=RoleName.COMMISSIONER)

    found = at_once(
        *(
            lambda actor=role.person.user: stages.suspend(
                election.pk,
                reason=given.REASON,
                decision=given.decision(paper=given.PDF),
                actor=actor,
                at=given.AT,
            )
            for role in roles
        )
    )

    assert sorted(found) == [DONE, "suspended"]
    assert election.suspensions.count() == 1


def test_one_new_round_is_opened() -> None:
    election = given.election(State.COUNTING)
    roles = election.group.roles.filter(role=RoleName.COMMISSIONER)
    at = given.moment(9, 20, 10)

    found = at_once(
        *(
            lambda actor=role.person.user: stages.open_round(
                election.pk,
                kind=RoundKind.REPEAT_VOTE,
                dates=given.ANOTHER_VOTE,
                decision=given.decision(paper=given.PDF),
                actor=actor,
                at=at,
            )
            for role in roles
        )
    )

    assert sorted(found) == [DONE, "round-still-open"]
    assert Round.objects.count() == 2
