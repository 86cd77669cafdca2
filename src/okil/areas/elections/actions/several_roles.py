"""The same person in two groups: what is answered about it, by the person and by the group's body.

What a voter or a candidate answers leaves no row in the journal, like a ballot: whoever reads the chapters of
all groups would put two answers of one minute together, and know which two groups share somebody.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from okil.areas.bodies import access as bodies_access
from okil.areas.bodies.actions.decisions import DecisionFacts, write_decision
from okil.areas.elections import access
from okil.areas.elections.actions.current import running
from okil.areas.elections.models import Candidate, CrossingSide, Round, Voter
from okil.areas.elections.queries import several_roles as asked
from okil.areas.elections.queries.several_roles import ANSWERED_IN, Question
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused
from okil.pure.rules.several_roles import OFFERED, Stand
from okil.pure.rules.stages import State


@transaction.atomic
def answer_as_applicant(
    applicant: Voter | Candidate, *, situation: str, answer: str, at: datetime
) -> Question:
    """By whoever holds the ticket with which this page was opened.

    Raises Refused: ticket-unknown, suspended, annulled, voting-has-begun, crossing-unknown,
    crossing-over, crossing-ruled, crossing-answer-not-offered.
    """
    election, row = running(applicant.election_id)
    held = locked(type(applicant), applicant.pk)
    if held.ticket_check != applicant.ticket_check:  # made anew meanwhile
        raise Refused("ticket-unknown")
    _require_in_time(row)
    found = _one(asked.questions_of_applicant(held, election), situation)
    return _answer(found, answer, at=at)


@transaction.atomic
def answer_as_officer(
    election_id: int, *, situation: str, answer: str, actor: User, at: datetime
) -> Question:
    """By the organiser or the commission member concerned.

    Raises Refused: not-allowed, suspended, annulled, voting-has-begun, crossing-unknown,
    crossing-over, crossing-ruled, crossing-answer-not-offered.
    """
    election, row = running(election_id)
    person = bodies_access.person_of(actor)
    _require_in_time(row)
    found = _one(asked.questions_of_officer(election, person.number), situation)
    _answer(found, answer, at=at)
    record(
        "crossing.answered",
        actor=Actor(str(found.capacity), person.number),
        subject=row,
        at=at,
        chapter=election.chapter,
        after={"situation": situation, "answer": answer},
    )
    return found


def _require_in_time(row: Round) -> None:
    if State(row.state) not in ANSWERED_IN:
        raise Refused("voting-has-begun")


def _one(
    questions: list[Question], situation: str, *, of: tuple[str, int] | None = None
) -> Question:
    for each in questions:
        if each.situation == situation and of in (None, (str(each.capacity), each.number)):
            if each.is_over:
                raise Refused("crossing-over")
            return each
    raise Refused("crossing-unknown")


def _answer(found: Question, answer: str, *, at: datetime) -> Question:
    if found.ruling:
        raise Refused("crossing-ruled")
    if answer not in OFFERED[found.follows]:
        raise Refused("crossing-answer-not-offered")
    CrossingSide.objects.filter(pk__in=found.sides).update(answer=answer, answered_at=at)
    return found


@transaction.atomic
def rule_on_crossing(
    election_id: int,
    *,
    capacity: str,
    number: int,
    situation: str,
    ruling: str,
    decision: DecisionFacts,
    actor: User,
    at: datetime,
) -> Question:
    """What the group's own body decided about one role, where neither the common rules nor the person's
    answer settles it; until the list is published it may decide anew. Nobody rules on themselves.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    crossing-unknown, crossing-over, crossing-settled, crossing-own, ruling-unknown,
    decision-in-the-future.
    """
    election, row = running(election_id)
    acting = access.require_confidence(actor, "decide", "cross_community_flags", election)
    if State(row.state) is not State.REGISTRATION:
        raise Refused("not-in-registration")
    if ruling not in CrossingSide.Ruling:
        raise Refused("ruling-unknown")
    found = _one(asked.questions_in(election, row), situation, of=(capacity, number))
    if not may_be_ruled_on(found):
        raise Refused("crossing-settled")
    if is_own(found, acting):
        raise Refused("crossing-own")
    CrossingSide.objects.filter(pk__in=found.sides).update(
        ruling=ruling,
        ruled_by=write_decision(election.cycle.body, decision, at=at, group=election.group),
        ruled_at=at,
    )
    record(
        "crossing.ruled",
        actor=acting,
        subject=row,
        at=at,
        chapter=election.chapter,
        after={"situation": situation, "ruling": ruling},
    )
    return found


def may_be_ruled_on(found: Question) -> bool:
    return not found.is_over and (
        bool(found.ruling) or found.stand in (Stand.ASKED, Stand.FOR_THE_BODY)
    )


def is_own(found: Question, acting: Actor) -> bool:
    """Is it the officer's own role that is asked about?"""
    is_an_officers = found.capacity not in ("voter", "candidate")
    return is_an_officers and found.number == acting.number
