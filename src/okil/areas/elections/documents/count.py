"""The blank count sheet: what a commission member writes by hand before entering it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from okil.areas.elections.documents.assembly import ROOM, candidate_told, round_facts, title_told
from okil.areas.elections.models import Round
from okil.areas.elections.queries.ballots import Contest
from okil.areas.elections.queries.candidates import shown_names
from okil.areas.elections.wording.count import contest_name, line_name
from okil.foundation.documents.blocks import (
    Block,
    Blocks,
    Column,
    Heading,
    Paragraph,
    SignatureLine,
    Signatures,
    Table,
)
from okil.foundation.documents.kinds import PUBLIC, Kind, register

BLANK_SHEET = "blank-count-sheet"
PILES = ("blank", "wrongly_completed", "late")

Said = Mapping[str, Any]


def blank_sheet_facts(row: Round, contests: Sequence[Contest]) -> dict[str, Any]:
    candidates = {e.candidate.pk: e.candidate for c in contests for e in c.contestants}
    names = shown_names(candidates.values())
    return {
        "format": "okil-blank-count-sheet/1",
        **round_facts(row),
        "contests": [
            {
                "place": str(contest.place),
                "for_or_against": contest.held.for_or_against,
                "candidates": [
                    {"number": e.candidate.number, "name": names[e.candidate.pk]}
                    for e in contest.contestants
                ],
            }
            for contest in contests
            if contest.held.is_voted_on
        ],
    }


def compose_blank_sheet(facts: Said, language: str, audience: str) -> Blocks:
    columns = (Column(_("Pile"), width=6), Column(_("Number of papers"), width=3))
    blocks: list[Block] = [
        title_told(_("Count sheet"), facts, language),
        Paragraph(
            _(
                "Two members of the commission count the papers separately, each on a sheet of their "
                "own, and enter their numbers without seeing the other's."
            )
        ),
        Heading(pgettext("ballot papers", "Papers")),
        Table(
            columns,
            tuple(
                (str(line_name(line)), ROOM) for line in ("printed", "issued", "unused", "found")
            ),
        ),
    ]
    for contest in facts["contests"]:
        rows = [
            (candidate_told(each["number"], each["name"]), ROOM) for each in contest["candidates"]
        ]
        rows += [
            (str(line_name(pile, for_or_against=contest["for_or_against"])), ROOM) for pile in PILES
        ]
        blocks += [
            Heading(str(contest_name(contest["place"]))),
            Table(columns, tuple(rows), total=(_("Together, as many as were found"), ROOM)),
        ]
    blocks += [
        Heading(_("Who counted")),
        Signatures((SignatureLine(_("Member of the commission"), ""),)),
    ]
    return blocks


register(
    Kind(
        code=BLANK_SHEET,
        requirement="6.01",
        title=gettext_lazy("Count sheet"),
        compose=compose_blank_sheet,
        audiences=(PUBLIC,),
    )
)
