"""Two people at the same thing at the same moment: one act happens, the other is told so."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from okil.areas.bodies.models import ElectoralGroup, RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import answers, cycles, regulations, stages
from okil.areas.elections.models import Election, GateAnswer, Move, Round
from okil.areas.elections.tests import given
from okil.foundation.accounts.models import User
from okil.foundation.audit import verify_chain
from okil.pure.refusal import Refused
from okil.pure.rules.stages import RoundKind, State

pytestmark = pytest.mark.django_db(transaction=True)

Act = Callable[[], object]
DONE = "done"
LONG_ENOUGH = 0.5  # seconds in which the second would be done, if nothing held it


def meeting(first: Act, second: Act) -> tuple[str, str]:
    """What became of two acts, of which the second begins while the first is not committed yet.

    Done, or the code of the refusal; anything else breaks the test. Who did not wait for the other
    has read what is about to change.
    """
    acted, over = Event(), Event()

    def one() -> str:
        try:
            with transaction.atomic():
                first()
                acted.set()
                over.wait(LONG_ENOUGH)
        except Refused as refused:
            return refused.code
        finally:
            acted.set()
            connection.close()
        return DONE

    def other() -> str:
        acted.wait(20)
        try:
            second()
        except Refused as refused:
            return refused.code
        finally:
            over.set()
            connection.close()
        return DONE

    with ThreadPoolExecutor(2) as pool:
        both = pool.submit(one), pool.submit(other)
        return both[0].result(), both[1].result()


def moving(election: Election, to: str, actor: User) -> Act:
    at = given.ENTERED[State(to)]
    return lambda: stages.move_on(election.pk, to=to, actor=actor, at=at)


def colleagues() -> tuple[User, User]:
    return given.secretariat(), bodies.secretariat(given.body())


def commissioners_of(election: Election) -> tuple[User, User]:
    roles = election.group.roles.filter(role=RoleName.COMMISSIONER).order_by("pk")
    one, other = (role.person.user for role in roles)
    assert one is not None
    assert other is not None
    return one, other


# Moves


def test_two_commissioners_close_the_vote_once() -> None:
    election = given.election(State.VOTING)
    one, other = commissioners_of(election)
    moves = Move.objects.count()

    found = meeting(moving(election, "counting", one), moving(election, "counting", other))

    assert found == (DONE, "moved-already")
    assert given.state_of(election) is State.COUNTING
    assert Move.objects.count() == moves + 1
    assert verify_chain() == []


def test_two_people_of_the_secretariat_announce_an_election_once() -> None:
    election = given.election()
    given.all_fulfilled(election)
    one, other = colleagues()

    found = meeting(moving(election, "announced", one), moving(election, "announced", other))

    assert found == (DONE, "moved-already")
    assert Move.objects.count() == 1
    assert verify_chain() == []


def test_elections_of_two_groups_move_beside_each_other_and_keep_one_chain() -> None:
    groups = [bodies.group(given.body()) for _each in range(2)]
    for group in groups:
        given.prepared(group)
    elections = given.cycle(groups).elections.select_related("cycle__body", "group__body")
    for election in elections:
        given.all_fulfilled(election)
    one, other = colleagues()

    found = meeting(
        moving(elections[0], "announced", one), moving(elections[1], "announced", other)
    )

    assert found == (DONE, DONE)
    assert verify_chain() == []


# Answers: the organiser's, in two tabs


def silent_election() -> Election:
    """Registration could open, if it were known who votes."""
    election = given.election(State.ANNOUNCED, rules={**given.RULES, "voter_kind": None})
    given.all_fulfilled(election)
    return election


def opening_registration(election: Election) -> Act:
    return moving(election, "registration", given.organiser_of(election))


def answering(election: Election) -> Act:
    organiser = given.organiser_of(election)
    return lambda: answers.answer_gate(
        election.pk,
        gate="voter-defined",
        answer="natural_person",
        decision=given.decision(),
        actor=organiser,
        at=given.AT,
    )


def withdrawing(answer: GateAnswer) -> Act:
    organiser = given.organiser_of(answer.round.election)
    return lambda: answers.withdraw_answer(answer.pk, actor=organiser, at=given.AT)


def test_an_answer_taken_back_while_it_moves_comes_too_late() -> None:
    election = silent_election()
    answer = given.answered("voter-defined", election, at=given.AT)

    found = meeting(opening_registration(election), withdrawing(answer))

    assert found == (DONE, "gate-not-asked")
    assert GateAnswer.objects.get().withdrawn_at is None


def test_an_answer_that_is_being_taken_back_stops_the_move() -> None:
    election = silent_election()
    answer = given.answered("voter-defined", election, at=given.AT)

    found = meeting(withdrawing(answer), opening_registration(election))

    assert found == (DONE, "gates-closed")
    assert given.state_of(election) is State.ANNOUNCED


def test_an_answer_is_taken_back_once() -> None:
    election = silent_election()
    answer = given.answered("voter-defined", election, at=given.AT)

    assert meeting(withdrawing(answer), withdrawing(answer)) == (DONE, "gate-not-asked")


def test_a_gate_is_answered_once() -> None:
    election = silent_election()

    assert meeting(answering(election), answering(election)) == (DONE, "answered-already")
    assert GateAnswer.objects.count() == 1


def test_a_regulation_entered_while_a_case_is_decided_is_told() -> None:
    election = given.election(rules={**given.RULES, "organisers": None})
    organiser = given.organiser_of(election)

    def deciding() -> GateAnswer:
        return answers.answer_rule(
            election.pk,
            rule="REG-22",
            answers={"organisers": 1},
            decision=given.decision(),
            actor=organiser,
            at=given.AT,
        )

    found = meeting(deciding, adopting(election.group, tie="lot"))

    assert found == (DONE, "changed-meanwhile")


# Regulations


def adopting(group: ElectoralGroup, **said: object) -> Act:
    actor = bodies.organiser_of(group)
    return lambda: regulations.adopt_regulation(
        group.pk,
        content={**given.RULES, **said},
        decision=given.decision(),
        is_public=False,
        seen_version=1,
        actor=actor,
        at=given.AT,
    )


def test_of_two_regulations_entered_over_one_version_the_second_is_told() -> None:
    group = bodies.group(given.body())
    given.adopt(group, given.RULES)

    found = meeting(adopting(group, tie="lot"), adopting(group, tie="other"))

    assert found == (DONE, "changed-meanwhile")
    assert [(each.version, each.regulation.tie) for each in group.regulations.all()] == [
        (2, "lot"),
        (1, "repeat_vote_between_tied"),
    ]


def test_the_rules_do_not_change_while_the_election_is_being_announced() -> None:
    election = given.election()
    given.all_fulfilled(election)
    announcing = moving(election, "announced", given.secretariat())

    assert meeting(announcing, adopting(election.group, tie="lot")) == (DONE, "rules-stand")


def test_an_election_announced_while_the_rules_change_is_held_to_the_new_ones() -> None:
    election = given.election()
    given.all_fulfilled(election)
    announcing = moving(election, "announced", given.secretariat())

    found = meeting(adopting(election.group, organiser_tasks=[]), announcing)

    assert found == (DONE, "gates-closed")
    assert given.state_of(election) is State.PREPARATION


# Dates


LATER = {
    stage: (begins + given.DAY if begins else None, ends + given.DAY)
    for stage, (begins, ends) in given.DATES.items()
}


def dating(election: Election, actor: User) -> Act:
    return lambda: cycles.set_common_dates(election.cycle_id, dates=LATER, actor=actor, at=given.AT)


def dates_of(election: Election) -> dict[object, object]:
    rows = given.round_of(election).dates.all()
    return {row.stage: (row.begins_at, row.ends_at) for row in rows}


def test_an_election_that_is_being_announced_keeps_its_dates() -> None:
    election = given.election()
    given.all_fulfilled(election)
    one, other = colleagues()

    assert meeting(moving(election, "announced", one), dating(election, other)) == (DONE, DONE)
    assert dates_of(election) == given.DATES


def test_an_election_announced_while_it_is_dated_has_the_new_dates() -> None:
    election = given.election()
    given.all_fulfilled(election)
    one, other = colleagues()

    assert meeting(dating(election, one), moving(election, "announced", other)) == (DONE, DONE)
    assert dates_of(election) == LATER


# What the commission enters


def suspending(election: Election, actor: User) -> Act:
    return lambda: stages.suspend(
        election.pk,
        reason=given.REASON,
        decision=given.decision(paper=given.PDF),
        actor=actor,
        at=given.AT,
    )


def test_an_election_is_suspended_once() -> None:
    election = given.election(State.ANNOUNCED)
    one, other = commissioners_of(election)

    assert meeting(suspending(election, one), suspending(election, other)) == (DONE, "suspended")
    assert election.suspensions.count() == 1


def test_an_election_that_is_being_suspended_does_not_move() -> None:
    election = given.election()
    given.all_fulfilled(election)
    commissioner = given.commissioner_of(election)

    found = meeting(
        suspending(election, commissioner), moving(election, "announced", given.secretariat())
    )

    assert found == (DONE, "suspended")
    assert given.state_of(election) is State.PREPARATION


def test_one_new_round_is_opened() -> None:
    election = given.election(State.COUNTING)
    one, other = commissioners_of(election)

    def opening(actor: User) -> Act:
        return lambda: stages.open_round(
            election.pk,
            kind=RoundKind.REPEAT_VOTE,
            dates=given.ANOTHER_VOTE,
            decision=given.decision(paper=given.PDF),
            actor=actor,
            at=given.moment(9, 20, 10),
        )

    assert meeting(opening(one), opening(other)) == (DONE, "round-still-open")
    assert Round.objects.count() == 2
