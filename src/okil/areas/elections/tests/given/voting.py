"""A secret online vote that is set up, with everybody's tickets and codes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

from okil.areas.elections.actions import board, registration
from okil.areas.elections.models import Election, OnlineVote, Voter
from okil.areas.elections.queries.voters import roll_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import ballots as making
from okil.areas.elections.tests.given import candidates as listing
from okil.pure.ballots.tests.given import ONE_OF_THREE, World, world
from okil.pure.rules.stages import State
from okil.pure.rules.tickets import CHANCE_BYTES, make_ticket

VOTERS = 8
SPARES = 3
SET_UP_AT = given.moment(9, 11, 10)
AT = given.moment(9, 12, 6)  # the vote is open


@cache
def ceremony() -> World:
    """Keys, codes and names of one election; made once, for they take a second."""
    return world(ONE_OF_THREE, voters=VOTERS + SPARES, seed="online")


@dataclass(frozen=True)
class Vote:
    """`tickets` by place of the voter on the roll; the codes are those of the ceremony."""

    election: Election
    vote: OnlineVote
    voters: list[Voter]
    tickets: list[str]

    def ballot(self, code: int, answer: int = 0) -> bytes:
        """A ballot made with this code for this answer; another one each time."""
        bits = [int(place == answer) for place in range(3)]
        return ceremony().ballot(code, [bits])

    def now(self) -> OnlineVote:
        return OnlineVote.objects.get(pk=self.vote.pk)


def ticket(number: int) -> str:
    return make_ticket(hashlib.sha256(f"voting {number}".encode()).digest()[:CHANCE_BYTES])


def election() -> Election:
    """In the vote, with VOTERS on the roll."""
    found = given.election(State.REGISTRATION)
    listing.listed(found, 3, voters=VOTERS)
    making.ballots_ready(found)
    return given.moved_to(State.VOTING, found)


def online() -> Vote:
    found = election()
    voters = list(roll_of(given.round_of(found)))
    tickets = [ticket(voter.number) for voter in voters]
    for voter, each in zip(voters, tickets, strict=True):
        registration.renew_ticket(
            voter.pk, reason="lost", ticket=each, actor=given.organiser_of(found), at=SET_UP_AT
        )
    keys = ceremony()
    files = board.Files(keys.election.raw, keys.trustees_raw, keys.credentials_raw, keys.names_file)
    vote = board.set_up_vote(given.round_of(found), files=files, voters=voters, at=SET_UP_AT)
    return Vote(found, vote, voters, tickets)
