"""Ballot papers: the order drawn, the paper issued, papers printed and handed out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from okil.areas.elections.actions import ballots as actions
from okil.areas.elections.actions import desk
from okil.areas.elections.models import Election, LotDraw, Printing
from okil.areas.elections.queries import ballots as queries
from okil.areas.elections.queries.voters import roll_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import voters as roll
from okil.foundation.documents.models import Issued

DRAWN_ON = date(2024, 9, 9)
DRAWN_AT = given.moment(9, 9, 13)
PRINTED_AT = given.moment(9, 9, 14)
DESK_AT = given.moment(9, 12, 10)
# Planted: nobody may read it, and nobody else is called so.
WITNESS_SURNAMES = ("Полынина", "Чабрецова")
WITNESSES = "Полынина Айгуль, Чабрецова Вера"


def drawn(
    election: Election,
    order: Mapping[str, Sequence[int]] | None = None,
    *,
    at: datetime = DRAWN_AT,
) -> LotDraw:
    """By a commissioner; by default the last entered stands first."""
    roll.promised(election)
    contests = queries.contests_of(given.round_of(election))
    usual = {contest.place: sorted(contest.numbers, reverse=True) for contest in contests}
    return actions.draw_lot(
        election.pk,
        drawn_on=min(DRAWN_ON, at.date()),
        witnesses=WITNESSES,
        order=order or usual,
        actor=given.commissioner_of(election),
        at=at,
    )


def issued(election: Election, *, at: datetime = PRINTED_AT) -> Issued:
    return actions.issue_ballot_paper(
        election.pk,
        seen=queries.papers_of(given.round_of(election)).count(),
        actor=given.commissioner_of(election),
        at=at,
    )


def printed(election: Election, papers: int = 60, *, at: datetime = PRINTED_AT) -> Printing:
    return actions.record_printing(
        election.pk,
        papers=papers,
        printed_on=at.date(),
        seen=given.round_of(election).printings.count(),
        actor=given.commissioner_of(election),
        at=at,
    )


def ballots_ready(election: Election, papers: int = 60, *, at: datetime = PRINTED_AT) -> None:
    """Drawn, issued and printed, as far as it is not done yet and as there is anything to vote on."""
    row = given.round_of(election)
    contests = queries.contests_of(row)
    if not any(contest.held.is_voted_on for contest in contests):
        return
    if not all(contest.is_drawn for contest in contests):
        drawn(election, at=at)
    if not queries.papers_of(row).exists():
        issued(election, at=at)
    if not row.printings.exists():
        printed(election, papers, at=at)


def papers_given(election: Election, count: int = 10, *, at: datetime = DESK_AT) -> None:
    """To the first so many on the roll, by the organiser at the desk."""
    roll.promised(election)
    numbers = roll_of(given.round_of(election)).values_list("number", flat=True)[:count]
    assert len(numbers) == count, "the roll is longer"
    for number in numbers:
        desk.give_paper(election.pk, number=number, actor=given.organiser_of(election), at=at)


def fulfil_order_drawn(election: Election, *, at: datetime) -> None:
    drawn(election, at=at)


def fulfil_ballots_ready(election: Election, *, at: datetime) -> None:
    ballots_ready(election, at=at)
