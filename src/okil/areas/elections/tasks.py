"""What the elections do by the clock; how often, `site/schedule.py` says."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from okil.areas.bodies import queries as bodies
from okil.areas.elections.actions import board, opening
from okil.areas.elections.actions.reminders import remind
from okil.areas.elections.queries.reminders import due_by_person
from okil.foundation.background import work
from okil.foundation.web.clock import clock

# From nine in the morning where the body is; a server that slept then still reminds the same day.
HOURS = range(9, 21)


def remind_officers() -> None:
    """Each person's reminders are one transaction: killed half-way, the next run tells the others."""
    body = bodies.the_body()
    at = clock.now()
    if body is None or at.astimezone(ZoneInfo(body.time_zone)).hour not in HOURS:
        return
    for person, due in due_by_person(body, at=at).items():
        remind(person, due=due, at=at)


@work("elections.end_ballots")
def end_ballots(vote_id: int) -> None:
    """A minute after the closing, and their encrypted sum; done twice, it is done once."""
    board.end_ballots(vote_id, at=clock.now())
    board.sweep()
    opening.add_tally(vote_id, at=clock.now())


@work("elections.write_head")
def write_head(vote_id: int) -> None:
    """At a full hour (16.8), and then at the next, as long as the vote goes on."""
    if board.write_head(vote_id, at=clock.now()):
        board.sweep()
