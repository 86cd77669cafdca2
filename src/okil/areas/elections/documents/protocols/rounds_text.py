"""What each round found, as people read it in the protocol of a round that continues others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from okil.areas.elections.documents.protocols.told import Told, difference, votes_of
from okil.areas.elections.wording.stages import round_kind_name
from okil.foundation.documents.blocks import Block, Column, Facts, Paragraph, Points, Table
from okil.pure.packages.rounds import vote_of_the_sheet, votes_told
from okil.pure.rules.stages import VOTED_ON_AGAIN

Vote = Mapping[str, Any]


def counted_in(told: Told) -> Iterator[Block]:
    """Of which round the numbers of the protocol are, where there are several."""
    vote = vote_of_the_sheet(told.facts)
    if vote is not None:
        text = _("The numbers in 3 and 4 are those of round {number}, whose count decides.")
        yield Paragraph(text.format(number=vote["round"]["number"]))


def rounds_told(told: Told) -> Iterator[Block]:
    votes = votes_told(told.facts)
    if votes:
        yield Paragraph(_("What each round found, in order:"))
    for vote in votes:
        yield Paragraph(" ".join(_went(told, vote)))
        yield from (_votes(told, contest) for contest in vote["contests"])
        yield Facts(tuple(_papers(told, vote)))
        if vote["papers"]["differences"]:
            yield Points(tuple(difference(told, each) for each in vote["papers"]["differences"]))


def _went(told: Told, vote: Vote) -> Iterator[str]:
    number, kind = vote["round"]["number"], vote["round"]["kind"]
    again = told.text(round_kind_name(kind)) if kind in VOTED_ON_AGAIN else _("first vote")
    yield _("Round {number}: {kind}.").format(number=number, kind=again)
    voting, assembly = vote["voting"], vote["assembly"]
    if voting["begins_at"] and voting["ends_at"]:
        since, until = told.since(voting["begins_at"]), told.until(voting["ends_at"])
        yield _("Voting lasted {since}, {until}.").format(since=since, until=until)
    if assembly:
        yield _("Place: {place}.").format(place=told.text(assembly["place"]))


def _votes(told: Told, contest: Vote) -> Table:
    columns = (
        Column(_("No."), is_number=True),
        Column(_("Candidate")),
        Column(votes_of(contest["place"]), is_number=True),
    )
    strongest_first = sorted(contest["votes"].items(), key=lambda each: (-each[1], int(each[0])))
    return Table(
        columns,
        tuple(
            (name, told.candidate(int(name)), told.number(votes)) for name, votes in strongest_first
        ),
        total=("", _("Votes for candidates"), told.number(sum(contest["votes"].values()))),
    )


def _papers(told: Told, vote: Vote) -> Iterator[tuple[str, str]]:
    papers = vote["papers"]
    rows = [
        (_("On the roll of voters"), vote["registered"]),
        (_("Ballot papers printed"), papers["printed"]),
        (_("Given to voters"), papers["issued"]),
        (_("Left over"), papers["unused"]),
        (_("Found in the box"), papers["found"]),
    ]
    for contest in vote["contests"]:
        of = f". {votes_of(contest['place'])}" if len(vote["contests"]) > 1 else ""
        rows += [
            (_("Blank") + of, contest["blank"]),
            (_("Not accepted: wrongly completed") + of, contest["wrongly_completed"]),
            (_("Not accepted: late") + of, contest["late"]),
        ]
    return ((label, told.number(number)) for label, number in rows)
