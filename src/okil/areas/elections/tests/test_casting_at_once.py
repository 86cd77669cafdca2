"""One ticket, one code, one channel, whoever comes first: many at the same moment (16.6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from okil.areas.elections.actions import board, casting, desk, registration
from okil.areas.elections.models import (
    BoardBallot,
    Credential,
    PaperGiven,
    Right,
    Voter,
    WaitingBallot,
)
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import voting
from okil.areas.elections.tests.given.voting import AT, Vote
from okil.areas.elections.tests.test_at_once import meeting
from okil.pure.refusal import Refused
from okil.pure.rules.tickets import check_of

pytestmark = pytest.mark.django_db(transaction=True)

DONE = "done"


def at_once(acts: Sequence[Callable[[], object]]) -> Counter[str]:
    """What became of acts that all begin at one moment: done, or the code of the refusal."""
    gate = Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        gate.wait(20)
        try:
            act()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return DONE

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(one, acts))


def casting_of(vote: Vote, voter: int, body: bytes) -> Callable[[], object]:
    return lambda: casting.cast_ballot(vote.tickets[voter], body, at=AT)


def test_one_code_from_many_tickets_votes_once() -> None:
    vote = voting.online()
    acts = [casting_of(vote, voter, vote.ballot(0)) for voter in range(voting.VOTERS)]

    became = at_once(acts)

    assert became == {DONE: 1, "code-has-another-ticket": voting.VOTERS - 1}
    assert WaitingBallot.objects.count() == 1
    assert Right.objects.filter(channel="online").count() == 1


def test_one_ticket_with_many_codes_votes_once() -> None:
    vote = voting.online()
    acts = [casting_of(vote, 0, vote.ballot(code)) for code in range(voting.VOTERS)]

    became = at_once(acts)

    assert became == {DONE: 1, "ticket-has-another-code": voting.VOTERS - 1}
    assert Credential.objects.exclude(owner="").count() == 1


def test_the_same_ballot_many_times_is_there_once() -> None:
    vote = voting.online()
    body = vote.ballot(0)

    assert at_once([casting_of(vote, 0, body)] * 12) == {DONE: 12}
    assert WaitingBallot.objects.count() == 1


def test_many_ballots_of_one_voter_are_all_there_and_numbered() -> None:
    vote = voting.online()
    acts = [casting_of(vote, 0, vote.ballot(0, answer)) for answer in (0, 1, 2, 0, 1, 2)]

    assert at_once(acts) == {DONE: 6}
    numbers = WaitingBallot.objects.order_by("n").values_list("n", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5, 6]


def test_everybody_at_once_is_there() -> None:
    vote = voting.online()
    acts = [casting_of(vote, voter, vote.ballot(voter)) for voter in range(voting.VOTERS)]

    assert at_once(acts) == {DONE: voting.VOTERS}
    assert WaitingBallot.objects.count() == voting.VOTERS


@pytest.mark.parametrize("desk_first", [True, False])
def test_desk_and_booth_at_the_same_moment_give_one_vote(desk_first: bool) -> None:
    vote = voting.online()
    number = vote.voters[0].number
    organiser = given.organiser_of(vote.election)
    cast = casting_of(vote, 0, vote.ballot(0))

    def paper() -> object:
        desk.give_paper(vote.election.pk, number=number, actor=organiser, at=AT)
        return None

    became = meeting(paper, cast) if desk_first else meeting(cast, paper)

    assert became == (DONE, "voted-otherwise" if desk_first else "voted-online")
    assert PaperGiven.objects.count() + WaitingBallot.objects.count() == 1


@pytest.mark.parametrize("new_first", [True, False])
def test_a_ticket_made_anew_while_it_casts(new_first: bool) -> None:
    vote = voting.online()
    organiser, fresh = given.organiser_of(vote.election), voting.ticket(9999)
    cast = casting_of(vote, 0, vote.ballot(0))

    def anew() -> object:
        voter = vote.voters[0].pk
        return registration.renew_ticket(voter, reason="lost", ticket=fresh, actor=organiser, at=AT)

    became = meeting(anew, cast) if new_first else meeting(cast, anew)

    assert became == (DONE, "ticket-unknown" if new_first else "ticket-has-voted")
    assert WaitingBallot.objects.count() == int(not new_first)
    assert Voter.objects.filter(ticket_check=check_of(fresh)).exists() == new_first


def test_a_head_while_ballots_come_loses_none() -> None:
    vote = voting.online()
    for voter in range(5):
        casting.cast_ballot(vote.tickets[voter], vote.ballot(voter), at=AT)
    late = [casting_of(vote, voter, vote.ballot(voter)) for voter in range(5, voting.VOTERS)]

    became = at_once([*late, lambda: board.write_head(vote.vote.pk, at=AT)])

    assert became == {DONE: len(late) + 1}
    assert WaitingBallot.objects.count() + BoardBallot.objects.count() == voting.VOTERS


def test_what_casts_at_the_closing_is_in_or_told_so() -> None:
    vote = voting.online()
    acts: list[Callable[[], object]] = [
        casting_of(vote, voter, vote.ballot(voter)) for voter in range(voting.VOTERS)
    ]
    acts.insert(4, lambda: close(vote))

    became = at_once(acts)
    board.end_ballots(vote.vote.pk, at=AT + board.GRACE)

    assert set(became) <= {DONE, "vote-closed"}
    assert BoardBallot.objects.count() == became[DONE] - 1


def close(vote: Vote) -> None:
    with transaction.atomic():
        board.close_online_vote(vote.vote.round, at=AT)


def test_sweeping_leaves_rights_and_credentials_as_they_are() -> None:
    vote = voting.online()
    for voter in range(5):
        casting.cast_ballot(vote.tickets[voter], vote.ballot(voter), at=AT)
    board.write_head(vote.vote.pk, at=AT)
    before = set(Right.objects.values_list("pk", "voter", "channel", "bind"))

    board.sweep()

    assert set(Right.objects.values_list("pk", "voter", "channel", "bind")) == before
