"""Questions of voters to candidates: who may ask whom, until when, and what everybody reads of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet

from okil.areas.elections.models import Candidate, CandidateQuestion, Round, Voter
from okil.areas.elections.queries.candidates import shown_names
from okil.areas.elections.queries.stages import Whereabouts
from okil.areas.elections.queries.voters import registration_round
from okil.foundation import vault
from okil.pure.rules.stages import Stage, State

OPEN_STATES = (State.CANDIDATES_PUBLISHED, State.VOTING)


def is_open(state: str, ends_at: datetime | None, *, at: datetime) -> bool:
    """From the publication of the list until the vote closes."""
    return state in OPEN_STATES and (ends_at is None or at < ends_at)


def asking_is_open(found: Whereabouts, *, at: datetime) -> bool:
    held_up = found.annulled or found.suspension is not None
    return not held_up and is_open(found.state, found.ends.get(Stage.VOTING), at=at)


def may_ask(voter: Voter, found: Whereabouts, *, at: datetime) -> bool:
    return is_on_roll(voter, found.round) and asking_is_open(found, at=at)


def is_on_roll(voter: Voter, row: Round) -> bool:
    """Accepted, in time, and for the vote that goes on now."""
    return (
        voter.status == Voter.Status.ACCEPTED
        and not voter.is_late
        and voter.round_id == registration_round(row).pk
    )


def on_the_list(row: Round) -> QuerySet[Candidate]:
    """Who can be asked: on the published list, and not withdrawn."""
    found = Candidate.objects.filter(round=registration_round(row), withdrawn_at=None)
    return found.filter(listed_at__isnull=False).defer("photo").order_by("number")


def next_question_number(candidate: Candidate) -> int:
    """To be asked while the election's row is held."""
    return (candidate.questions.aggregate(last=Max("number"))["last"] or 0) + 1


def waiting_for(candidate: Candidate) -> QuerySet[CandidateQuestion]:
    """Neither answered nor declined, the oldest first; nobody but the candidate reads them."""
    waiting = candidate.questions.filter(answered_at=None, declined_at=None, hidden_at=None)
    return waiting.order_by("number")


def answered_by(candidate: Candidate) -> QuerySet[CandidateQuestion]:
    """What everybody reads, the newest first."""
    answered = candidate.questions.filter(answered_at__isnull=False, hidden_at=None)
    return answered.order_by("-answered_at", "-number")


@dataclass(frozen=True)
class Counted:
    waiting: int
    answered: int


def counted(candidate: Candidate) -> Counted:
    """In one question to the database."""
    told = candidate.questions.filter(declined_at=None, hidden_at=None)
    moments = list(told.values_list("answered_at", flat=True))
    answered = sum(moment is not None for moment in moments)
    return Counted(len(moments) - answered, answered)


# What everybody reads


@dataclass(frozen=True)
class Pair:
    """A question with its answer; `name` is what the candidate lets everybody read."""

    candidate: int
    number: int
    name: str
    question: str
    answer: str
    answered_at: datetime | None


def public_questions(row: Round) -> QuerySet[CandidateQuestion]:
    """With an answer, of candidates on the list who did not withdraw, the newest answer first."""
    shown = CandidateQuestion.objects.filter(
        candidate__round=registration_round(row),
        candidate__listed_at__isnull=False,
        candidate__withdrawn_at=None,
        answered_at__isnull=False,
        hidden_at=None,
    )
    return (
        shown.select_related("candidate").defer("candidate__photo").order_by("-answered_at", "pk")
    )


def pairs_of(questions: Collection[CandidateQuestion]) -> list[Pair]:
    """Opened as published; one whose key was destroyed is left out."""
    opened = vault.open_published(questions, only=("text",))
    names: Mapping[int, str] = shown_names(
        {each.candidate_id: each.candidate for each in questions}.values()
    )
    return [
        Pair(
            each.candidate.number,
            each.number,
            names[each.candidate_id],
            str(opened[each.pk]["text"]),
            each.answer,
            each.answered_at,
        )
        for each in questions
        if each.pk in opened
    ]


def hidden_in(row: Round) -> int:
    hidden = CandidateQuestion.objects.filter(candidate__round=registration_round(row))
    return hidden.filter(hidden_at__isnull=False).count()
