"""Questions about unclear rules, asked and settled by real actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from okil.areas.bodies.models import RoleName
from okil.areas.elections.actions import rule_questions
from okil.areas.elections.models import Election, RuleQuestion
from okil.areas.elections.queries.rule_questions import seen_in
from okil.areas.elections.tests import given
from okil.foundation.accounts.models import User
from okil.foundation.web.languages import Texts

TEXT = "Засчитывать ли заявку, поданную в последний день после 18:00?"
ANSWER = Texts(ru="Да: в правилах назван день, не час.", kk="Иә: ережеде сағат емес, күн аталған.")
PROPOSAL = Texts(ru="Приём заявок заканчивается в 18:00 последнего дня.")


def asked(
    election: Election, role: str = RoleName.COMMISSIONER, *, at: datetime = given.AT, **said: Any
) -> RuleQuestion:
    usual: dict[str, Any] = {"text": TEXT, "rule": "REG-21", "on_behalf_of": ""}
    return rule_questions.ask_question(
        election.pk, **{**usual, **said}, actor=given.officer_of(role, election), at=at
    )


def answered(
    question: RuleQuestion,
    *,
    text: str = "",
    answer: Texts = ANSWER,
    seen: str = "",
    actor: User | None = None,
    at: datetime = given.AT,
) -> RuleQuestion:
    return rule_questions.answer_question(
        question.pk,
        text=text or question.text,
        answer=answer,
        seen=seen or seen_in(question),
        actor=actor or given.organiser_of(question.election),
        at=at,
    )


def proposed(
    question: RuleQuestion, *, proposal: Texts = PROPOSAL, at: datetime = given.AT
) -> RuleQuestion:
    return rule_questions.propose_change(
        question.pk,
        proposal=proposal,
        seen=seen_in(question),
        actor=given.organiser_of(question.election),
        at=at,
    )


def closed(question: RuleQuestion, *, at: datetime = given.AT) -> RuleQuestion:
    return rule_questions.close_question(
        question.pk,
        seen=seen_in(question),
        actor=given.organiser_of(question.election),
        at=at,
    )


def reopened(question: RuleQuestion, *, at: datetime = given.AT) -> RuleQuestion:
    return rule_questions.reopen_question(
        question.pk,
        seen=seen_in(question),
        actor=given.organiser_of(question.election),
        at=at,
    )
