"""A candidate's own page at one moment, and what a scene of it answers with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from okil.areas.elections.actions.candidates import MAY_STILL_WITHDRAW
from okil.areas.elections.models import Candidate
from okil.areas.elections.queries import Whereabouts
from okil.areas.elections.queries import voters as roll
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import State
from okil.pure.rules.tickets import shown_ticket


@dataclass(frozen=True)
class MyCandidate:
    """An application, opened by its ticket at one moment. Nothing sealed is read yet."""

    ticket: str = field(repr=False)
    candidate: Candidate
    found: Whereabouts
    at: datetime

    @property
    def rules(self) -> Regulation:
        return self.found.rules or Regulation()

    @property
    def is_of_this_round(self) -> bool:
        """Does the round that runs now stand on the list this application is on?"""
        return roll.registration_round(self.found.round).pk == self.candidate.round_id

    @property
    def is_held_up(self) -> bool:
        return self.found.annulled or self.found.suspension is not None

    @property
    def may_change(self) -> bool:
        """Until the lists are closed; the action asks again."""
        return (
            self.found.round.pk == self.candidate.round_id
            and self.found.state is State.REGISTRATION
            and not self.is_held_up
            and self.candidate.withdrawn_at is None
            and roll.closing_of(self.found.round) is None
        )

    @property
    def may_withdraw(self) -> bool:
        """Until the vote opens; the action asks again."""
        return (
            self.is_of_this_round
            and self.found.state in MAY_STILL_WITHDRAW
            and not self.is_held_up
            and self.candidate.withdrawn_at is None
        )


@dataclass(frozen=True)
class Look:
    """The page once more: `done` or `refused` is a sentence on top, `more` goes to its parts.

    A part whose form was refused finds it in `more`, under the name the part chose.
    """

    mine: MyCandidate
    done: str = ""
    refused: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


# What a button of the page does: an answer of its own (a file, another page), or the page once more.
Scene = Callable[[HttpRequest, MyCandidate], HttpResponse | Look]
# The facts of one part of the page, for its template as `part`; None leaves the part out.
Part = Callable[[MyCandidate, Mapping[str, Any]], Mapping[str, Any] | None]


def page_of(mine: MyCandidate) -> dict[str, Any]:
    """What every page of an own application needs."""
    return {
        "ticket": shown_ticket(mine.ticket),
        "candidate": mine.candidate,
        "election": mine.candidate.election,
    }
