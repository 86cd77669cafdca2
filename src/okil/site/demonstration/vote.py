"""The vote on paper: assembly, lot, printing, the desk, and the papers counted twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from okil.areas.bodies.models import RoleName
from okil.areas.elections.actions import assembly, ballots, count, desk, stages
from okil.areas.elections.actions.assembly import AssemblyPlan
from okil.areas.elections.queries import ballots as papers
from okil.areas.elections.queries.voters import roll_of
from okil.pure.rules.papers import ContestCount, CountOfBox, Papers
from okil.pure.rules.stages import RoundKind, Stage, State
from okil.site.demonstration.part import COMPLAINTS_BODY, PAPER, Part, Step, minutes

PLACE = {
    "ru": "Дом дружбы, зал 2, второй этаж",
    "kk": "Достық үйі, 2-зал, екінші қабат",
    "en": "House of Friendship, hall 2, second floor",
}
OWN_ITEM = {"ru": "Чай и разговор", "kk": "Шай және әңгіме", "en": "Tea and talk"}
WITNESSES = "Наблюдатель и двое избирателей группы"
SPARE_PAPERS = 5
COUNTED_AGAIN = "В первом счёте один бюллетень лежал не в своей стопке; пересчитали вместе."
TAKEN_ALONG = "Избиратель получил бюллетень и ушёл с ним; это видели оба члена комиссии у стола."


def steps(part: Part) -> Iterator[Step]:
    listed = part.entered(State.CANDIDATES_PUBLISHED)
    opened = part.entered(State.VOTING)
    if listed is None or opened is None:
        return
    yield from _preparing(part, listed)
    yield from _voting(part, opened)
    if (over := part.entered(State.COUNTING)) is not None:
        yield from _counting(part, over)
    if part.script.tied_at:
        yield part.at(*part.script.tied_at), partial(_repeat, part)


def _preparing(part: Part, listed: datetime) -> Iterator[Step]:
    yield listed + minutes(60), partial(_call, part)
    yield listed + minutes(100), partial(_draw, part)
    yield listed + minutes(130), partial(_print, part)


def _call(part: Part, at: datetime) -> None:
    begins, _ends = part.dates[Stage.VOTING]
    assert begins is not None
    organiser = part.user(RoleName.ORGANISER)
    plan = AssemblyPlan(begins_at=begins + minutes(90), place=PLACE, conditions={})
    assembly.plan_assembly(part.election.pk, plan=plan, actor=organiser, at=at)
    assembly.add_item(part.election.pk, text=OWN_ITEM, actor=organiser, at=at + minutes(5))
    assembly.issue_programme(part.election.pk, seen=0, actor=organiser, at=at + minutes(10))


def _draw(part: Part, at: datetime) -> None:
    """Nobody chose this order: whoever was entered last stands first."""
    contests = papers.contests_of(part.row())
    ballots.draw_lot(
        part.election.pk,
        drawn_on=part.day_of(at),
        witnesses=WITNESSES,
        order={each.place: sorted(each.numbers, reverse=True) for each in contests},
        actor=part.user(RoleName.COMMISSIONER),
        at=at,
    )


def printed(part: Part) -> int:
    return part.script.voters + SPARE_PAPERS


def _print(part: Part, at: datetime) -> None:
    commissioner = part.user(RoleName.COMMISSIONER)
    ballots.issue_ballot_paper(part.election.pk, seen=0, actor=commissioner, at=at)
    ballots.record_printing(
        part.election.pk,
        papers=printed(part),
        printed_on=part.day_of(at),
        seen=0,
        actor=commissioner,
        at=at + minutes(20),
    )


def _voting(part: Part, opened: datetime) -> Iterator[Step]:
    for number in range(part.script.papers_given):
        yield opened + minutes(30 + 3 * number), partial(_give, part, number)


def _give(part: Part, number: int, at: datetime) -> None:
    """To this voter of the roll; the organiser sits at the desk."""
    voter = roll_of(part.row()).order_by("number")[number]
    desk.give_paper(
        part.election.pk, number=voter.number, actor=part.user(RoleName.ORGANISER), at=at
    )


# The count


def _counting(part: Part, over: datetime) -> Iterator[Step]:
    box = part.script.box
    if box is None:
        return
    yield over + minutes(40), partial(_enter, part, 0, slip=box.slip)
    if part.script.entries > 1:
        yield over + minutes(55), partial(_enter, part, 1, slip=0)
    if part.entered(State.RESULTS) is None and not part.script.tied_at:
        return
    if box.slip:
        yield over + minutes(75), partial(_enter, part, 0, slip=0)
    yield over + minutes(90), partial(_agree, part, 1 if box.slip else 0)


def _enter(part: Part, member: int, at: datetime, *, slip: int) -> None:
    count.enter_count(
        part.election.pk,
        count=_counted(part, slip=slip),
        actor=part.user(RoleName.COMMISSIONER, member),
        at=at,
    )


def _counted(part: Part, *, slip: int) -> CountOfBox:
    """What the script says lay in the box; `slip` has a paper that went to the blank ones."""
    box, given = part.script.box, part.script.papers_given
    assert box is not None
    contests = []
    for place, votes in box.votes.items():
        found = ContestCount(
            place,
            {str(number): each - (number == slip) for number, each in votes.items()},
            blank=box.blank + (slip in votes),
            wrongly_completed=box.wrongly_completed,
        )
        contests.append(found)
    return CountOfBox(
        Papers(
            printed=printed(part),
            issued=given,
            unused=printed(part) - given,
            found=given - box.taken_along,
        ),
        tuple(contests),
    )


def _agree(part: Part, member: int, at: datetime) -> None:
    """By the member who did not enter the last numbers."""
    box = part.script.box
    assert box is not None
    count.agree_count(
        part.election.pk,
        explanation=COUNTED_AGAIN if box.slip else "",
        reasons={"found-below-issued": TAKEN_ALONG} if box.taken_along else {},
        actor=part.user(RoleName.COMMISSIONER, member),
        at=at,
    )


def _repeat(part: Part, at: datetime) -> None:
    """Two have most votes, and both the same: the group votes once more between them."""
    dates = part.moments({5: ((9, 16, 9), (9, 17, 18)), 6: (None, (9, 23, 18))})
    decision = part.decided(at, COMPLAINTS_BODY, paper=PAPER)
    stages.open_round(
        part.election.pk,
        kind=RoundKind.REPEAT_VOTE,
        dates=dates,
        decision=decision,
        actor=part.user(RoleName.COMMISSIONER),
        at=at,
    )
