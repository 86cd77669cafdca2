"""Complaints, filed by anybody or entered from paper, and what became of them."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import Any

from okil.areas.elections.actions import complaints
from okil.areas.elections.actions.complaints import ComplaintFacts
from okil.areas.elections.models import Complaint, Election
from okil.areas.elections.queries import complaints as filed
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import officers
from okil.foundation.accounts.models import User
from okil.pure.rules.stages import State

# Plants: who complains, and in which words, stands nowhere but where it is opened.
NAME = "Подснежникова Сауле"
WORDS = "Вместо Незабудкиной бюллетень опустил другой."
CONTACT = "+7 701 000 00 42"
REASONS = {"ru": "Нарушения не было.", "kk": "Бұзушылық болған жоқ.", "en": "Nothing was broken."}

_forms = count(1)


def facts(act: str = "1-vote", **others: Any) -> ComplaintFacts:
    asked: dict[str, Any] = {"by": "voter", "name": NAME, "text": WORDS, "contact": CONTACT}
    return ComplaintFacts(act=act, **{**asked, **others})


def election(state: State = State.COUNTING, **rules: Any) -> Election:
    """Everybody has signed; the first member of the commission opened and closed the vote.

    Where the regulation names no term, the group decided on one for this case.
    """
    names_a_term = {**given.RULES, **rules}["complaint_days"] is not None
    found = given.election(
        state if names_a_term else State.ANNOUNCED, rules={**given.RULES, **rules}
    )
    if not names_a_term:
        given.answered("complaints-known", found, at=given.moment(8, 20, 6))
        given.moved_to(state, found)
    officers.all_signed(found, at=given.AT)
    return found


def commissioners_of(election: Election) -> tuple[User, User]:
    """Who moves the election, and who does not."""
    one, other = (officers.user_of(role) for role in officers.roles_of(election, "commissioner"))
    return one, other


def complaint(election: Election, *, at: datetime, act: str = "1-vote", **others: Any) -> Complaint:
    return complaints.file_complaint(
        election.pk, facts=facts(act, **others), once=f"form-{next(_forms)}", at=at
    )


def on_paper(
    election: Election,
    *,
    actor: User,
    received_on: date,
    at: datetime,
    act: str = "1-vote",
) -> Complaint:
    return complaints.enter_complaint(
        election.pk, facts=facts(act), received_on=received_on, actor=actor, at=at
    )


def decided(
    complaint: Complaint, *, at: datetime, effect: str = "none", actor: User | None = None
) -> Complaint:
    return complaints.decide_complaint(
        complaint.pk,
        effect=effect,
        reasons=REASONS,
        decision=given.decision(paper=given.PDF),
        actor=actor or decider_of(complaint),
        at=at,
    )


def decider_of(complaint: Complaint) -> User:
    """The first of those who decide about it."""
    election = complaint.round.election
    return officers.user_of(filed.deciders(complaint, filed.officers_of(election))[0])


def fulfil_complaints_settled(election: Election, *, at: datetime) -> None:
    """Every complaint is decided. That its term is over, only time can do."""
    for each in filed.complaints_of(election):
        if filed.is_waiting(each):
            decided(each, at=at)
