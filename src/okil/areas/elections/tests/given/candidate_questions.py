"""A published list, candidates and voters with their tickets, questions between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from okil.areas.elections.actions import candidate_questions as actions
from okil.areas.elections.models import CandidateQuestion, Election
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import applications, candidates, registration
from okil.pure.rules.stages import State

ASKED_AT = given.moment(9, 10, 6)
QUESTION = "Как вы будете держать связь с районами?"
ANSWER = "Раз в месяц созвон с каждым районом."


@dataclass(frozen=True)
class World:
    election: Election
    voter: registration.Registered
    candidate: applications.Applied


def world(*, voting: bool = False) -> World:
    """One voter on the roll, and the first of two candidates on the published list."""
    election = registration.of_persons()
    voter = registration.registered(election)
    listed = candidates.listed(election, 2, voters=2)
    mine = applications.ticket_for(listed[0])
    if voting:
        given.moved_to(State.VOTING, election)
    given.it_is(ASKED_AT)
    return World(election, voter, mine)


def asked(here: World, text: str = QUESTION, *, at: datetime = ASKED_AT) -> CandidateQuestion:
    number = here.candidate.candidate.number
    return actions.ask_candidate(here.voter.ticket, number=number, text=text, at=at)


def answered(here: World, answer: str = ANSWER, *, at: datetime = ASKED_AT) -> CandidateQuestion:
    question = asked(here, at=at)
    return actions.answer_question(
        here.candidate.ticket, number=question.number, answer=answer, at=at
    )
