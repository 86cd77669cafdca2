"""What happens by the clock alone: nothing that decides, only what must not be forgotten."""

from __future__ import annotations

from okil.areas.bodies import queries as bodies
from okil.areas.elections import tasks as elections
from okil.foundation.audit import publish_head
from okil.foundation.background import every
from okil.foundation.web.clock import clock
from okil.site.demonstration.doors import the_mark


@every("site.publish_journal_head", hours=1)
def publish_journal_head() -> None:
    """Hourly, so that a server that sleeps at midnight still publishes; the first of a day stays."""
    body = bodies.the_body()
    if body is not None:
        publish_head(clock.now(), body.time_zone)


@every("elections.remind", hours=1)
def remind_officers() -> None:
    """Hourly too: the task itself knows from which hour on it reminds, and of what it already has.

    Not in a demonstration: its people do not exist, and letters are printed on the terminal.
    """
    if the_mark() is None:
        elections.remind_officers()
