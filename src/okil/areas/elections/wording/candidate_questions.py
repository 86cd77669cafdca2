"""Questions of voters to candidates: refusals and events."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

REFUSALS: dict[str, Any] = {
    "questions-not-open": _(
        "Candidates are asked, and answer, from the publication of the list until the vote closes."
    ),
    "question-not-by-voter": _("Only voters whom the commission accepted ask candidates."),
    "candidate-not-on-list": _("This candidate is not on the list, or has withdrawn."),
    "question-too-long": _("Write something, and {longest} characters at most."),
    "question-unknown": _("There is no question no. {number} here."),
    "question-settled": _("This question is settled: it was answered, declined, or hidden."),
    "question-not-public": _("Only what everybody reads can be hidden."),
}

for event, sentence in (
    ("candidate_question.asked", _("Candidate no. {candidate} was asked: question no. {number}.")),
    ("candidate_question.answered", _("Candidate no. {candidate} answered question no. {number}.")),
    (
        "candidate_question.corrected",
        _("Candidate no. {candidate} corrected the answer to question no. {number}."),
    ),
    (
        "candidate_question.declined",
        _("Candidate no. {candidate} does not answer question no. {number}."),
    ),
    (
        "candidate_question.hidden",
        _("Question no. {number} to candidate no. {candidate} was hidden, with its answer."),
    ),
):
    journal_wording.register(event, sentence)
refusals.register(
    REFUSALS,
    beside={"candidate-not-on-list": ("candidate",), "question-too-long": ("text", "answer")},
)
