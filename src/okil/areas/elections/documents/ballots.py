"""The ballot paper (7.19): all candidates in one form, all languages of the group on one paper.

Nothing marks a paper: it has no number, no code and no square to be read by a machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.functional import lazystr
from django.utils.translation import gettext as _
from django.utils.translation import override

from okil.areas.elections.documents.assembly import TITLES, round_facts
from okil.areas.elections.models import Place, Round
from okil.areas.elections.queries.ballots import PAPER, Contest, rules_of
from okil.areas.elections.queries.candidates import shown_names
from okil.foundation.documents.blocks import (
    Block,
    Blocks,
    Choice,
    Choices,
    Heading,
    Paragraph,
    Title,
)
from okil.foundation.documents.kinds import PUBLIC, Kind, register
from okil.foundation.web import dates
from okil.foundation.web.languages import Texts

__all__ = ["PAPER", "compose_paper", "paper_facts", "told", "what_is_asked"]

Said = Mapping[str, Any]


def paper_facts(row: Round, contests: Sequence[Contest]) -> dict[str, Any]:
    """Names only of those who show them; the others by number or by the pseudonym they chose."""
    candidates = {e.candidate.pk: e.candidate for c in contests for e in c.contestants}
    names = shown_names(candidates.values())
    languages = rules_of(row).languages or tuple(row.election.cycle.body.languages)
    return {
        "format": "okil-ballot/1",
        **round_facts(row),
        "languages": list(languages),
        "contests": [
            {
                "place": str(contest.place),
                "seats": contest.seats,
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


def compose_paper(facts: Said, language: str, audience: str) -> Blocks:
    def in_all(say: Callable[[str], str], between: str = "\n") -> str:
        """The same in each language of the group, one below the other."""
        told = []
        for code in facts["languages"]:
            with override(code):
                told.append(say(code))
        return between.join(dict.fromkeys(told))

    blocks: list[Block] = [
        Title(
            in_all(lambda code: _("Ballot paper"), " · ")
            + "\n"
            + in_all(lambda code: Texts(facts["group"]).in_language(code), " · ")
        )
    ]
    for contest in facts["contests"]:
        blocks += _contest(contest, in_all)
    ends_at = facts["voting_ends_at"]
    if ends_at:
        blocks.append(Paragraph(in_all(lambda code: _ends(ends_at, facts["zone"], code))))
    blocks.append(
        Paragraph(
            in_all(
                lambda code: _(
                    "A paper with more marks than allowed, or with anything that tells who filled it "
                    "in, is not counted. Fold it and put it into the box yourself."
                )
            ),
            small=True,
        )
    )
    return blocks


def _contest(contest: Said, in_all: Callable[..., str]) -> Iterator[Block]:
    yield Heading(in_all(lambda code: what_is_asked(contest["place"]), " · "))
    if contest["for_or_against"]:
        (candidate,) = contest["candidates"]
        yield Paragraph(in_all(lambda code: told(candidate), " · "))
        yield Paragraph(in_all(lambda code: _("Put a mark into one square.")))
        yield Choices(
            (
                Choice(in_all(lambda code: _("For the candidate"), " · ")),
                Choice(in_all(lambda code: _("Against the candidate"), " · ")),
            )
        )
        return
    yield Paragraph(in_all(lambda code: _instruction(contest["seats"])))
    yield Choices(
        tuple(
            Choice(in_all(lambda code, each=each: told(each), " · "))
            for each in contest["candidates"]
        )
    )


def what_is_asked(place: str) -> str:
    """The question of a contest, on paper and in the booth."""
    return {
        Place.BOTH: _("Who shall represent the group? The next by votes becomes alternate."),
        Place.MEMBER: _("Who shall be member?"),
        Place.ALTERNATE: _("Who shall be alternate?"),
    }[Place(place)]


def told(candidate: Said) -> str:
    """In one form for all: the number on the list, then the name of who shows it."""
    number = _("No. {number}").format(number=candidate["number"])
    return f"{number} {candidate['name']}".strip()


def _instruction(seats: int) -> str:
    one, several = (
        _("Put a mark into one square."),
        _("Put marks into no more than {number} squares."),
    )
    marks = one if seats == 1 else several.format(number=seats)
    return f"{marks} {_('Whoever wants none of them leaves all squares empty.')}"


def _ends(ends_at: str, zone: str, language: str) -> str:
    told = dates.moment(datetime.fromisoformat(ends_at), zone, language, "full")
    return _("The vote ends: {moment}.").format(moment=told)


register(
    Kind(
        code=PAPER,
        requirement="7.19",
        title=lazystr(TITLES["7.19"]),
        compose=compose_paper,
        audiences=(PUBLIC,),
        languages=("ru",),  # one file: the paper itself speaks all languages of the group
        has_footer=False,
    )
)
