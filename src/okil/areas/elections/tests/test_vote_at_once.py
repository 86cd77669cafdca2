"""Two at the desk, two who count: what both want at once is done once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from okil.areas.elections.actions import ballots, desk
from okil.areas.elections.actions import count as actions
from okil.areas.elections.models import (
    AgreedCount,
    CountEntry,
    Election,
    PaperGiven,
    Printing,
    TieSettled,
)
from okil.areas.elections.queries.count import entries_of, standing_entries
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import ballots as making
from okil.areas.elections.tests.given import candidates as listing
from okil.areas.elections.tests.given import count as counting
from okil.areas.elections.tests.test_at_once import DONE, meeting
from okil.foundation.accounts.models import User
from okil.foundation.audit import verify_chain
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db(transaction=True)
VOTES = {1: 6, 2: 4, 3: 2}
Act = Callable[[], object]


def in_state(state: State, **said: int) -> Election:
    election = counting.on_the_table(**said)  # type: ignore[arg-type]  # numbers only
    row = given.round_of(election)
    row.state = state
    row.save(update_fields=["state"])
    return election


def giving(election: Election, number: int, actor: User) -> Act:
    return lambda: desk.give_paper(election.pk, number=number, actor=actor, at=making.DESK_AT)


def at_two_desks(election: Election) -> tuple[User, User]:
    return given.organiser_of(election), given.commissioner_of(election)


def test_two_desks_give_a_voter_one_paper() -> None:
    election = in_state(State.VOTING, voted=0)
    one, other = at_two_desks(election)

    found = meeting(giving(election, 3, one), giving(election, 3, other))

    assert found == (DONE, "paper-given-already")
    assert PaperGiven.objects.get().voter.number == 3
    assert verify_chain() == []


def test_two_desks_give_two_voters_a_paper_each() -> None:
    election = in_state(State.VOTING, voted=0)
    one, other = at_two_desks(election)

    assert meeting(giving(election, 3, one), giving(election, 4, other)) == (DONE, DONE)
    assert PaperGiven.objects.count() == 2


def test_the_last_paper_is_given_once() -> None:
    election = in_state(State.VOTING, voted=0, papers=1)
    one, other = at_two_desks(election)

    found = meeting(giving(election, 3, one), giving(election, 4, other))

    assert found == (DONE, "no-papers-left")


def entering(election: Election, votes: dict[int, int], actor: User) -> Act:
    box = counting.box(given.round_of(election), votes)
    return lambda: actions.enter_count(election.pk, count=box, actor=actor, at=counting.COUNTED_AT)


def test_two_members_enter_their_counts_at_once() -> None:
    election = counting.on_the_table()
    one, other = counting.counters_of(election)

    found = meeting(entering(election, VOTES, one), entering(election, VOTES, other))

    assert found == (DONE, DONE)
    assert CountEntry.objects.count() == 2
    assert verify_chain() == []


def test_of_three_who_enter_at_once_two_count() -> None:
    election = counting.on_the_table(commission=3)
    first, second, third = listing.commission_of(election)
    entering(election, VOTES, first)()

    found = meeting(entering(election, VOTES, second), entering(election, VOTES, third))

    assert found == (DONE, "two-counted")


def test_one_member_at_two_machines_enters_one_count() -> None:
    election = counting.on_the_table()
    one, _other = counting.counters_of(election)

    found = meeting(entering(election, VOTES, one), entering(election, VOTES, one))

    assert found == (DONE, "counted-already")
    assert len(standing_entries(entries_of(given.round_of(election)))) == 1


def test_a_count_put_right_while_it_is_agreed_on_comes_too_late() -> None:
    election = counting.on_the_table()
    one, other = counting.counters_of(election)
    for member in (one, other):
        entering(election, VOTES, member)()

    found = meeting(
        lambda: counting.agreed(election, by=one),
        entering(election, {1: 4, 2: 6, 3: 2}, other),
    )

    assert found == (DONE, "count-agreed")


def test_a_count_is_agreed_on_once() -> None:
    election = counting.on_the_table()
    one, other = counting.counters_of(election)
    for member in (one, other):
        entering(election, VOTES, member)()

    def agreeing() -> object:
        return counting.agreed(election, by=one)

    assert meeting(agreeing, agreeing) == (DONE, "count-agreed")
    assert AgreedCount.objects.count() == 1


def test_a_tie_is_settled_once() -> None:
    election = counting.on_the_table(rules={"tie": "lot"})
    counting.counted(election, {1: 5, 2: 5, 3: 2})

    found = meeting(
        lambda: counting.tie_settled(election, [1, 2]),
        lambda: counting.tie_settled(election, [2, 1]),
    )

    assert found == (DONE, "no-such-tie")
    assert TieSettled.objects.get().order == [1, 2]


def test_a_number_of_printed_papers_is_recorded_once() -> None:
    election = in_state(State.CANDIDATES_PUBLISHED, papers=0, voted=0)
    making.issued(election)
    commissioner = given.commissioner_of(election)

    def printing() -> object:
        return ballots.record_printing(
            election.pk,
            papers=40,
            printed_on=making.PRINTED_AT.date(),
            seen=0,
            actor=commissioner,
            at=making.PRINTED_AT,
        )

    assert meeting(printing, printing) == (DONE, "changed-meanwhile")
    assert Printing.objects.count() == 1
