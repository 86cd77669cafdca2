"""The ballot papers: the order drawn by lot, the paper issued in one form for all, what was printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.elections.access import require_confidence
from okil.areas.elections.actions.assembly import issue_paper
from okil.areas.elections.actions.current import running
from okil.areas.elections.documents import ballots as papers
from okil.areas.elections.models import Contestant, Election, LotDraw, Printing, Round
from okil.areas.elections.queries import ballots as queries
from okil.areas.elections.queries.count import contests_voted
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.documents.models import Issued
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

MAY_PRINT = frozenset({State.CANDIDATES_PUBLISHED, State.VOTING})


@transaction.atomic
def draw_lot(
    election_id: int,
    *,
    drawn_on: date,
    witnesses: str,
    order: Mapping[str, Sequence[int]],
    actor: User,
    at: datetime,
) -> LotDraw:
    """The order on the paper, as it was drawn: for each contest the candidates' numbers.

    Until the paper is issued it may be put right. Raises Refused: not-allowed, undertaking-missing,
    annulled, suspended, ballots-not-now, day-to-come, paper-issued-already, order-incomplete.
    """
    election, row = running(election_id)
    acting = require_confidence(actor, "decide", "candidate_list", election)
    _require_before_the_vote(row)
    if drawn_on > _today(election, at=at):
        raise Refused("day-to-come")
    if queries.papers_of(row).exists():
        raise Refused("paper-issued-already")
    contests = {contest.place: contest for contest in queries.contests_of(row)}
    for place, contest in contests.items():
        if sorted(order.get(place, ())) != sorted(contest.numbers):
            raise Refused("order-incomplete")

    # Taken off first: of two who change places one would stand where the other still does.
    row.contestants.update(position=None)
    for place, contest in contests.items():
        _place(contest.contestants, order[place])
    draw = LotDraw.objects.filter(round=row).first() or LotDraw(round=row)
    draw.drawn_on = drawn_on
    draw.witnesses = witnesses
    draw.recorded_at = at
    draw.save()
    record(
        "ballots.order_drawn",
        actor=acting,
        subject=draw,
        at=at,
        chapter=election.chapter,
        after={
            "drawn_on": drawn_on.isoformat(),
            "order": {place: list(order[place]) for place in contests},
        },
    )
    return draw


def _place(contestants: Sequence[Contestant], order: Sequence[int]) -> None:
    for each in contestants:
        each.position = order.index(each.candidate.number) + 1
        each.save(update_fields=["position"])


def _require_before_the_vote(row: Round) -> None:
    if State(row.state) is not State.CANDIDATES_PUBLISHED:
        raise Refused("ballots-not-now")


def _today(election: Election, *, at: datetime) -> date:
    return at.astimezone(ZoneInfo(election.cycle.body.time_zone)).date()


@transaction.atomic
def issue_ballot_paper(election_id: int, *, seen: int, actor: User, at: datetime) -> Issued:
    """The paper as it will be printed (7.19); anew when somebody withdrew.

    Raises Refused: not-allowed, annulled, suspended, ballots-not-now, order-missing, nothing-voted-on,
    paper-issued-already, changed-meanwhile.
    """
    election, row, acting = _deciding(election_id, actor=actor, at=at)
    _require_before_the_vote(row)
    contests = contests_voted(row)
    if not any(contest.held.is_voted_on for contest in contests):
        raise Refused("nothing-voted-on")
    if not all(contest.is_drawn for contest in contests):
        raise Refused("order-missing")
    newest = queries.papers_of(row).first()
    if newest is not None and not queries.changed_since(row, newest.issued_at):
        raise Refused("paper-issued-already")
    facts = papers.paper_facts(row, contests)
    return issue_paper(papers.PAPER, election, row, facts, acting, seen=seen, at=at)


@transaction.atomic
def record_printing(
    election_id: int, *, papers: int, printed_on: date, seen: int, actor: User, at: datetime
) -> Printing:
    """So many papers were printed. `seen`: how many printings the page showed, so that a button
    pressed twice records one.

    Raises Refused: not-allowed, annulled, suspended, ballots-not-now, day-to-come, paper-missing-yet,
    changed-meanwhile.
    """
    election, row, acting = _deciding(election_id, actor=actor, at=at)
    if State(row.state) not in MAY_PRINT:
        raise Refused("ballots-not-now")
    if printed_on > _today(election, at=at):
        raise Refused("day-to-come")
    if not queries.papers_of(row).exists():
        raise Refused("paper-missing-yet")
    if row.printings.count() != seen:
        raise Refused("changed-meanwhile")
    printing = Printing.objects.create(
        round=row, papers=papers, printed_on=printed_on, recorded_at=at
    )
    record(
        "ballots.printed",
        actor=acting,
        subject=printing,
        at=at,
        chapter=election.chapter,
        after={"papers": papers, "printed_on": printed_on.isoformat()},
    )
    return printing


@transaction.atomic
def take_printing_back(printing_id: int, *, actor: User, at: datetime) -> None:
    """A number entered by mistake, until the vote opens; the journal keeps both.

    Raises Refused: not-allowed, annulled, suspended, ballots-not-now, changed-meanwhile.
    """
    found = (
        Printing.objects.filter(pk=printing_id).values_list("round__election", flat=True).first()
    )
    if found is None:
        raise Refused("changed-meanwhile")
    election, row, acting = _deciding(found, actor=actor, at=at)
    _require_before_the_vote(row)
    printing = row.printings.filter(pk=printing_id).first()
    if printing is None:
        raise Refused("changed-meanwhile")
    printed = printing.papers
    printing.delete()
    record(
        "ballots.printing_taken_back",
        actor=acting,
        subject=row,
        at=at,
        chapter=election.chapter,
        before={"papers": printed},
    )


def _deciding(election_id: int, *, actor: User, at: datetime) -> tuple[Election, Round, Actor]:
    election, row = running(election_id)
    acting = access.require(
        actor, "decide", "ballots", body=election.cycle.body, group=election.group
    )
    return election, row, acting
