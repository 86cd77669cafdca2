"""What a regulation does not clearly say: asked, answered, and what becomes of it (1.27)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.elections.models import Election, RuleQuestion
from okil.areas.elections.queries.rule_questions import Status, seen_in, status_of
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.foundation.web.languages import Texts
from okil.pure.refusal import Refused

ON_BEHALF_OF = (RuleQuestion.By.VOTER, RuleQuestion.By.CANDIDATE)


@transaction.atomic
def ask_question(
    election_id: int, *, text: str, rule: str, on_behalf_of: str, actor: User, at: datetime
) -> RuleQuestion:
    """By an officer, in their own name or for a voter or a candidate, who is not named.

    It may be asked in any state, also after the election: that is when rules are written anew.
    Raises Refused: not-allowed, question-asked-already.
    """
    election = locked(Election, election_id)
    acting = access.require(
        actor, "change", "rule_questions", body=election.cycle.body, group=election.group
    )
    by = on_behalf_of if on_behalf_of in ON_BEHALF_OF else acting.role
    asked = election.rule_questions
    if asked.filter(text=text, rule=rule, by=by).exists():
        raise Refused("question-asked-already")
    question = RuleQuestion.objects.create(
        election=election, number=asked.count() + 1, by=by, rule=rule, text=text, asked_at=at
    )
    record(
        "rule_question.asked",
        actor=acting,
        subject=question,
        at=at,
        chapter=question.election.chapter,
        after=_told(question, by=by),
    )
    return question


@transaction.atomic
def answer_question(
    question_id: int, *, text: str, answer: Mapping[str, str], seen: str, actor: User, at: datetime
) -> RuleQuestion:
    """What the organiser answers, or answers anew until it ends. Everybody reads it: whoever answers
    may take out of the question what would tell who asked.

    Raises Refused: not-allowed, changed-meanwhile, question-ended.
    """
    question, acting = _of_its_organiser(question_id, actor)
    _require_seen(question, seen)
    if status_of(question) not in (Status.OPEN, Status.ANSWERED):
        raise Refused("question-ended")
    reworded = question.text != text
    question.text = text
    question.answer = Texts(answer)
    question.answered_at = at
    question.save(update_fields=["text", "answer", "answered_at"])
    record(
        "rule_question.answered",
        actor=acting,
        subject=question,
        at=at,
        chapter=question.election.chapter,
        after=_told(question, reworded=reworded),
    )
    return question


@transaction.atomic
def reopen_question(question_id: int, *, seen: str, actor: User, at: datetime) -> RuleQuestion:
    """The answer holds no longer and nobody reads it; the next one begins from its words.

    Raises Refused: not-allowed, changed-meanwhile, question-ended, question-not-answered.
    """
    question, acting = _answered(question_id, seen, actor)
    question.answered_at = None
    question.save(update_fields=["answered_at"])
    record(
        "rule_question.reopened",
        actor=acting,
        subject=question,
        at=at,
        chapter=question.election.chapter,
        after=_told(question),
    )
    return question


@transaction.atomic
def propose_change(
    question_id: int, *, proposal: Mapping[str, str], seen: str, actor: User, at: datetime
) -> RuleQuestion:
    """It ends as a proposal for the next regulation.

    Raises Refused: not-allowed, changed-meanwhile, question-ended, question-not-answered.
    """
    question, acting = _answered(question_id, seen, actor)
    question.proposal = Texts(proposal)
    _end(question, RuleQuestion.End.PROPOSAL, at=at)
    record(
        "rule_question.proposed",
        actor=acting,
        subject=question,
        at=at,
        chapter=question.election.chapter,
        after=_told(question),
    )
    return question


@transaction.atomic
def close_question(question_id: int, *, seen: str, actor: User, at: datetime) -> RuleQuestion:
    """It ends with its answer: the regulation stays as it is.

    Raises Refused: not-allowed, changed-meanwhile, question-ended, question-not-answered.
    """
    question, acting = _answered(question_id, seen, actor)
    _end(question, RuleQuestion.End.CLOSED, at=at)
    record(
        "rule_question.closed",
        actor=acting,
        subject=question,
        at=at,
        chapter=question.election.chapter,
        after=_told(question),
    )
    return question


def _of_its_organiser(question_id: int, actor: User) -> tuple[RuleQuestion, Actor]:
    """The question, held, and as whom this actor settles it."""
    question = locked(RuleQuestion, question_id)
    election = question.election
    acting = access.require(
        actor, "decide", "rule_questions", body=election.cycle.body, group=election.group
    )
    return question, acting


def _answered(question_id: int, seen: str, actor: User) -> tuple[RuleQuestion, Actor]:
    question, acting = _of_its_organiser(question_id, actor)
    _require_seen(question, seen)
    status = status_of(question)
    if status is Status.OPEN:
        raise Refused("question-not-answered")
    if status is not Status.ANSWERED:
        raise Refused("question-ended")
    return question, acting


def _require_seen(question: RuleQuestion, seen: str) -> None:
    if seen_in(question) != seen:
        raise Refused("changed-meanwhile")


def _end(question: RuleQuestion, end: RuleQuestion.End, *, at: datetime) -> None:
    question.end = end
    question.ended_at = at
    question.save(update_fields=["end", "ended_at", "proposal"])


def _told(question: RuleQuestion, **facts: Any) -> dict[str, Any]:
    """For the journal: nothing in it is anybody's words."""
    return {"number": question.number, "rule": question.rule, **facts}
