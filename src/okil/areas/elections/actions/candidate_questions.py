"""Voters ask candidates. Who asked is kept nowhere; nobody but the candidate reads a question before its
answer, and then everybody reads both."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from okil.areas.elections import access
from okil.areas.elections.actions.applications import THE_CANDIDATE
from okil.areas.elections.actions.registration import THE_VOTER
from okil.areas.elections.actions.voters import hold_round
from okil.areas.elections.models import Candidate, CandidateQuestion, Election, Round
from okil.areas.elections.queries import candidate_questions as queries
from okil.areas.elections.queries.applications import candidate_with_ticket
from okil.areas.elections.queries.registration import voter_with_ticket
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused
from okil.pure.rules.stages import Stage
from okil.pure.rules.tickets import candidate_check_of

LONGEST_QUESTION = 600
LONGEST_ANSWER = 2000
SHOWN_AT_ONCE = 10


def _hold_asking(election_id: int, *, at: datetime) -> tuple[Election, Round]:
    """Part of an action. Raises Refused: suspended, annulled, questions-not-open."""
    election, row, situation = hold_round(election_id, at=at)
    if not queries.is_open(row.state, (situation.ends or {}).get(Stage.VOTING), at=at):
        raise Refused("questions-not-open")
    return election, row


@sensitive_variables()
@transaction.atomic
def ask_candidate(ticket: str, *, number: int, text: str, at: datetime) -> CandidateQuestion:
    """By a voter on the roll, to a candidate on the list. Nothing leads from the question to the voter, and
    of the moment the day is kept.

    Raises Refused: ticket-unknown, suspended, annulled, questions-not-open, question-not-by-voter,
    candidate-not-on-list, question-too-long.
    """
    voter = voter_with_ticket(ticket)
    if voter is None:
        raise Refused("ticket-unknown")
    election, row = _hold_asking(voter.election_id, at=at)
    if not queries.is_on_roll(voter, row):
        raise Refused("question-not-by-voter")
    candidate = queries.on_the_list(row).filter(number=number).first()
    if candidate is None:
        raise Refused("candidate-not-on-list")
    _require_short(text, LONGEST_QUESTION)
    asked = CandidateQuestion.objects.create(
        candidate=candidate,
        number=queries.next_question_number(candidate),
        text=text,
        asked_on=at.astimezone(ZoneInfo(election.cycle.body.time_zone)).date(),
    )
    _record("candidate_question.asked", asked, election, acting=THE_VOTER, at=at)
    return asked


def _require_short(text: str, longest: int) -> None:
    if not text.strip() or len(text) > longest:
        raise Refused("question-too-long", longest=longest)


def _record(
    event: str,
    question: CandidateQuestion,
    election: Election,
    *,
    acting: Actor,
    at: datetime,
) -> None:
    """Numbers and no word of it."""
    record(
        event,
        actor=acting,
        subject=question,
        at=at,
        chapter=election.chapter,
        after={"candidate": question.candidate.number, "number": question.number},
    )


# The candidate


def _hold_own(ticket: str, number: int, *, at: datetime) -> tuple[Election, CandidateQuestion]:
    """A question to the holder of the ticket, held.

    Raises Refused: ticket-unknown, suspended, annulled, questions-not-open, candidate-not-on-list,
    question-unknown, question-settled.
    """
    known = candidate_with_ticket(ticket)
    if known is None:
        raise Refused("ticket-unknown")
    election, row = _hold_asking(known.election_id, at=at)
    candidate = queries.on_the_list(row).filter(pk=known.pk).first()
    if candidate is None:
        raise Refused("candidate-not-on-list")
    if candidate.ticket_check != candidate_check_of(ticket):  # made anew meanwhile
        raise Refused("ticket-unknown")
    found = candidate.questions.filter(number=number).values_list("pk", flat=True).first()
    if found is None:
        raise Refused("question-unknown", number=number)
    question = locked(CandidateQuestion, found)
    question.candidate = candidate
    if question.declined_at is not None or question.hidden_at is not None:
        raise Refused("question-settled")
    return election, question


@transaction.atomic
def answer_question(ticket: str, *, number: int, answer: str, at: datetime) -> CandidateQuestion:
    """Question and answer become public together; while the vote goes on the answer may be corrected.

    Raises Refused: ticket-unknown, suspended, annulled, questions-not-open, candidate-not-on-list,
    question-unknown, question-settled, question-too-long.
    """
    election, question = _hold_own(ticket, number, at=at)
    _require_short(answer, LONGEST_ANSWER)
    is_first = question.answered_at is None
    question.answer = answer
    question.answered_at = question.answered_at or at
    question.save(update_fields=["answer", "answered_at"])
    event = "candidate_question.answered" if is_first else "candidate_question.corrected"
    _record(event, question, election, acting=THE_CANDIDATE, at=at)
    return question


@transaction.atomic
def decline_question(ticket: str, *, number: int, at: datetime) -> CandidateQuestion:
    """It is not answered, and nobody ever reads it.

    Raises Refused: ticket-unknown, suspended, annulled, questions-not-open, candidate-not-on-list,
    question-unknown, question-settled.
    """
    election, question = _hold_own(ticket, number, at=at)
    if question.answered_at is not None:
        raise Refused("question-settled")
    question.declined_at = at
    question.save(update_fields=["declined_at"])
    _record("candidate_question.declined", question, election, acting=THE_CANDIDATE, at=at)
    return question


@transaction.atomic
def open_own_questions(ticket: str, *, at: datetime) -> list[tuple[CandidateQuestion, str]]:
    """What waits for an answer, the oldest first, then what was answered last; on the record.

    Raises Refused: ticket-unknown, vault-key-destroyed.
    """
    candidate = candidate_with_ticket(ticket)
    if candidate is None:
        raise Refused("ticket-unknown")
    found = [
        *queries.waiting_for(candidate)[:SHOWN_AT_ONCE],
        *queries.answered_by(candidate)[:SHOWN_AT_ONCE],
    ]
    for each in found:
        each.candidate = candidate
    chapter = candidate.election.chapter
    opened: dict[Any, dict[str, Any]] = vault.open(
        found, "candidates", actor=THE_CANDIDATE, at=at, chapter=chapter
    )
    return [(each, str(opened[each.pk]["text"])) for each in found]


# The commission


@transaction.atomic
def hide_question(
    candidate_id: int, *, number: int, actor: User, at: datetime
) -> CandidateQuestion:
    """The commission takes a question with its answer from the page: rude, or about somebody's private
    life. What stood there is not told again in the journal.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, question-unknown,
    question-not-public.
    """
    election_id = Candidate.objects.values_list("election_id", flat=True).get(pk=candidate_id)
    election, _row, _situation = hold_round(election_id, at=at)
    acting = access.require_confidence(actor, "decide", "candidate_application", election)
    rows = CandidateQuestion.objects.filter(candidate_id=candidate_id, number=number)
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise Refused("question-unknown", number=number)
    question = locked(CandidateQuestion, found)
    if not question.published_by_owner:
        raise Refused("question-not-public")
    question.hidden_at = at
    question.save(update_fields=["hidden_at"])
    _record("candidate_question.hidden", question, election, acting=acting, at=at)
    return question
