"""The desk during the vote: a voter is given one paper.

Giving out a paper is like casting a ballot: the journal has no row for each, or its times would tell who
came when. It says when the desk began, and each paper that was taken back; neither names a voter.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from okil.areas.elections.access import require_confidence
from okil.areas.elections.actions.current import running
from okil.areas.elections.actions.rights import held_right
from okil.areas.elections.models import Election, PaperGiven, Right, Round, Voter
from okil.areas.elections.queries.voters import roll_of
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

LARGEST_KEY = 2**62


@transaction.atomic
def give_paper(election_id: int, *, number: int, actor: User, at: datetime) -> None:
    """To the voter of this number, once.

    Raises Refused: not-allowed, undertaking-missing, annulled, suspended, desk-closed, not-on-roll,
    paper-given-already, no-papers-left, voted-online.
    """
    election, row, acting = _at_the_desk(election_id, actor=actor, at=at)
    voter = _voter(row, number)
    given = PaperGiven.objects.filter(round=row)
    if given.filter(voter=voter).exists():
        raise Refused("paper-given-already")
    printed = row.printings.aggregate(papers=Sum("papers"))["papers"] or 0
    already = given.count()
    if already >= printed:
        raise Refused("no-papers-left")
    _use_right(row, voter)
    # Numbered by chance: keys that count up would keep the order in which people came.
    PaperGiven.objects.create(pk=1 + secrets.randbelow(LARGEST_KEY), round=row, voter=voter)
    if already == 0:
        record("desk.begun", actor=acting, subject=row, at=at, chapter=election.chapter)


@transaction.atomic
def take_paper_back(election_id: int, *, number: int, actor: User, at: datetime) -> None:
    """It was given by mistake: to the wrong number, or the voter left without voting.

    Raises Refused: not-allowed, undertaking-missing, annulled, suspended, desk-closed, not-on-roll,
    paper-not-given.
    """
    election, row, acting = _at_the_desk(election_id, actor=actor, at=at)
    given = PaperGiven.objects.filter(round=row, voter=_voter(row, number)).first()
    if given is None:
        raise Refused("paper-not-given")
    given.delete()
    _free_right(row, given.voter_id)
    record("desk.paper_taken_back", actor=acting, subject=row, at=at, chapter=election.chapter)


def _use_right(row: Round, voter: Voter) -> None:
    """Where there is an online vote, a paper uses the same right as a ballot cast: whoever comes first.

    Raises Refused: voted-online.
    """
    right = held_right(row, voter.pk)
    if right is None:
        return
    if right.channel != Right.Channel.NONE:
        raise Refused("voted-online")
    right.channel = Right.Channel.PAPER
    right.save(update_fields=["channel"])


def _free_right(row: Round, voter_id: int) -> None:
    right = held_right(row, voter_id)
    if right is not None:
        right.channel = Right.Channel.NONE
        right.save(update_fields=["channel"])


def _at_the_desk(election_id: int, *, actor: User, at: datetime) -> tuple[Election, Round, Actor]:
    election, row = running(election_id)
    acting = require_confidence(actor, "see_counts", "who_voted_before_close", election)
    if State(row.state) is not State.VOTING:
        raise Refused("desk-closed")
    return election, row, acting


def _voter(row: Round, number: int) -> Voter:
    voter = roll_of(row).filter(number=number).first()
    if voter is None:
        raise Refused("not-on-roll")
    return voter
