"""At the desk a registered voter is given one paper; nobody learns when, or more than yes and no."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from okil.areas.bodies.models import RoleName
from okil.areas.elections.actions import desk
from okil.areas.elections.models import Election, PaperGiven, Voter
from okil.areas.elections.queries.desk import AtTheDesk, at_the_desk, voters_with_paper
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import ballots as making
from okil.areas.elections.tests.given import candidates as listing
from okil.areas.elections.tests.given import packages
from okil.areas.elections.tests.given import voters as roll
from okil.foundation.accounts.models import User
from okil.foundation.audit import entries_of, length_and_last_hash
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
AT = making.DESK_AT


def voting(*, papers: int = 60) -> Election:
    """Voters no. 2 to 6 are on the roll, no. 1 was refused."""
    election = given.election(State.REGISTRATION)
    roll.voters(election, 1)
    roll.refused(election, [1])
    listing.listed(election, 2, voters=5)
    making.ballots_ready(election, papers)
    return given.moved_to(State.VOTING, election)


def give(election: Election, number: int, actor: User | None = None) -> None:
    desk.give_paper(election.pk, number=number, actor=actor or given.organiser_of(election), at=AT)


def back(election: Election, number: int) -> None:
    desk.take_paper_back(election.pk, number=number, actor=given.organiser_of(election), at=AT)


def refused(act: Callable[[], object]) -> str:
    """The code of the refusal; nothing was written."""

    def written() -> tuple[object, ...]:
        return set(PaperGiven.objects.values_list("voter__number", flat=True)), (
            length_and_last_hash()
        )

    before = written()
    with pytest.raises(Refused) as refusal:
        act()
    assert written() == before
    return refusal.value.code


def numbers_given(election: Election) -> list[int]:
    given_out = PaperGiven.objects.filter(round=given.round_of(election))
    return sorted(given_out.values_list("voter__number", flat=True))


def test_each_voter_is_given_one_paper() -> None:
    election = voting()
    give(election, 3)
    give(election, 2, given.commissioner_of(election))

    assert numbers_given(election) == [2, 3]
    assert refused(lambda: give(election, 3)) == "paper-given-already"
    row = given.round_of(election)
    assert at_the_desk(row, 3) == AtTheDesk(3, is_on_roll=True, has_paper=True)
    assert at_the_desk(row, 4) == AtTheDesk(4, is_on_roll=True, has_paper=False)


@pytest.mark.parametrize("number", [1, 7])
def test_who_is_not_on_the_roll_gets_none(number: int) -> None:
    election = voting()

    assert refused(lambda: give(election, number)) == "not-on-roll"
    found = at_the_desk(given.round_of(election), number)
    assert found == AtTheDesk(number, is_on_roll=False, has_paper=False)


def test_a_paper_given_by_mistake_is_taken_back() -> None:
    election = voting()
    give(election, 3)

    back(election, 3)

    assert numbers_given(election) == []
    assert refused(lambda: back(election, 3)) == "paper-not-given"
    give(election, 3)
    assert numbers_given(election) == [3]


def test_no_more_papers_are_given_than_were_printed() -> None:
    election = voting(papers=2)
    give(election, 2)
    give(election, 3)

    assert refused(lambda: give(election, 4)) == "no-papers-left"


def test_the_journal_tells_when_the_desk_began_and_of_no_voter() -> None:
    election = voting()
    before = entries_of(election.chapter).count()

    for number in (4, 2, 5):
        give(election, number)
    back(election, 2)

    rows = [
        (entry.event, entry.subject_kind, entry.before, entry.after)
        for entry in entries_of(election.chapter)[before:]
    ]
    assert rows == [
        ("desk.begun", "elections.round", None, None),
        ("desk.paper_taken_back", "elections.round", None, None),
    ]


def test_rows_keep_no_order_in_which_people_came() -> None:
    election = voting()
    came = [4, 2, 5, 6, 3]
    orders = set()

    for _each in range(6):
        for number in came:
            give(election, number)
        given_out = PaperGiven.objects.order_by("pk").values_list("voter__number", flat=True)
        orders.add(tuple(given_out))
        for number in came:
            back(election, number)

    # Six times in the same order by chance: one in 120 to the fifth.
    assert len(orders) > 1


@pytest.mark.parametrize("role", [RoleName.SECRETARIAT, RoleName.OBSERVER])
def test_only_organiser_and_commission_sit_at_the_desk(role: str) -> None:
    election = voting()

    assert refused(lambda: give(election, 2, given.officer_of(role, election))) == "not-allowed"


def test_who_has_not_promised_does_not_sit_at_the_desk() -> None:
    election = voting()
    election.undertakings.all().delete()

    assert refused(lambda: give(election, 3)) == "undertaking-missing"


def test_the_desk_is_open_while_the_vote_is() -> None:
    election = voting()
    give(election, 3)
    given.moved_to(State.COUNTING, election)

    assert refused(lambda: give(election, 2)) == "desk-closed"
    assert refused(lambda: back(election, 3)) == "desk-closed"


def test_the_desk_of_a_suspended_election_stands_still() -> None:
    election = given.suspended(voting(), at=AT)

    assert refused(lambda: give(election, 3)) == "suspended"


def test_who_voted_is_listed_when_the_vote_is_over() -> None:
    election = voting()
    give(election, 4)
    give(election, 2)
    assert list(voters_with_paper(given.round_of(election))) == []

    given.moved_to(State.COUNTING, election)

    listed = voters_with_paper(given.round_of(election))
    assert [voter.number for voter in listed] == [2, 4]
    assert Voter.objects.count() == 6


def test_who_voted_is_not_listed_any_more_when_results_are_published() -> None:
    election = packages.submitted()
    row = given.round_of(election)
    assert len(voters_with_paper(row)) > 0

    given.moved_to(State.PUBLISHED, election)

    row.refresh_from_db()
    assert list(voters_with_paper(row)) == []
