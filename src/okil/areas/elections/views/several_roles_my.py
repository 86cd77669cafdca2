"""On the own page of a voter or a candidate: the question about another group, and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okil.areas.elections.actions import several_roles as actions
from okil.areas.elections.forms.several_roles import AnswerForm
from okil.areas.elections.models import Candidate, Voter
from okil.areas.elections.queries import Whereabouts
from okil.areas.elections.queries.several_roles import (
    ANSWERED_IN,
    Question,
    questions_of_applicant,
)
from okil.areas.elections.views.my_candidate_page import Look, MyCandidate
from okil.areas.elections.views.several_roles_shown import question_shown
from okil.pure.refusal import Refused

ACT = "crossing"
NOT_SAVED = gettext_lazy("Not saved.")


@dataclass(frozen=True)
class Answered:
    """`done` says what was saved; else there is the form with what is wrong."""

    done: str = ""
    form: AnswerForm | None = None


def questions_asked(
    applicant: Voter | Candidate, found: Whereabouts, form: AnswerForm | None = None
) -> dict[str, Any] | None:
    """The part of the page; None where nothing is asked."""
    questions = _questions(applicant)
    if not questions:
        return None
    may_answer = found.state in ANSWERED_IN and not (found.annulled or found.suspension)
    return {
        "act": ACT,
        "rows": [
            {
                **question_shown(each),
                "form": _form(each, form) if may_answer and not each.ruling else None,
            }
            for each in questions
        ],
    }


def _questions(applicant: Voter | Candidate) -> list[Question]:
    found = questions_of_applicant(applicant, applicant.election)
    return [each for each in found if not each.is_over]


def _form(question: Question, bound: AnswerForm | None) -> AnswerForm:
    if bound is not None and bound.prefix == question.situation:
        return bound
    return AnswerForm(question=question)


def answer_given(request: HttpRequest, applicant: Voter | Candidate, *, at: datetime) -> Answered:
    """What was chosen goes to those responsible in this group. Raises Refused as the action does."""
    situation = request.POST.get("situation", "")
    question = next((q for q in _questions(applicant) if q.situation == situation), None)
    if question is None:
        raise Refused("crossing-unknown")
    form = AnswerForm(request.POST, question=question)
    if not form.is_valid():
        return Answered(form=form)
    answer = form.cleaned_data["answer"]
    actions.answer_as_applicant(applicant, situation=situation, answer=answer, at=at)
    if answer == "elsewhere":
        return Answered(_("Saved. Those responsible in this group are told that you leave here."))
    return Answered(_("Saved. Those responsible in this group read your answer."))


# On a candidate's page


def asked_of_candidate(mine: MyCandidate, more: Mapping[str, Any]) -> dict[str, Any] | None:
    return questions_asked(mine.candidate, mine.found, more.get("crossing_form"))


def candidate_answers(request: HttpRequest, mine: MyCandidate) -> Look:
    answer = answer_given(request, mine.candidate, at=mine.at)
    if answer.form is None:
        return Look(mine, done=answer.done)
    return Look(mine, refused=str(NOT_SAVED), more={"crossing_form": answer.form})
