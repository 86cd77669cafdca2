"""Questions about unclear rules, in words: who asks, how far they are; refusals and events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.areas.elections.wording.regulations import language, said_later
from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals
from okil.pure.rules import regulation_words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

STATUSES: dict[str, _StrPromise] = {
    "open": pgettext_lazy("question about a rule", "waits for an answer"),
    "answered": pgettext_lazy("question about a rule", "answered"),
    "proposed": pgettext_lazy("question about a rule", "became a proposal"),
    "closed": pgettext_lazy("question about a rule", "closed with its answer"),
}
MARKS = {"open": "wait", "answered": "ok", "proposed": "ok", "closed": ""}
BY: dict[str, _StrPromise] = {
    "secretariat": pgettext_lazy("asked by", "the Secretariat"),
    "organiser": pgettext_lazy("asked by", "the organiser"),
    "commissioner": pgettext_lazy("asked by", "a member of the commission"),
    "observer": pgettext_lazy("asked by", "an observer"),
    "candidate": pgettext_lazy("asked by", "a candidate"),
    "voter": pgettext_lazy("asked by", "a voter"),
}
NO_RULE = _("None of the rules")
rule_name = said_later(
    lambda rule: f"{rule}. {regulation_words.title(rule, language())}" if rule else str(NO_RULE)
)

REFUSALS: dict[str, Any] = {
    "question-asked-already": _("This is asked already, in the same words: look in the list."),
    "question-not-answered": _("Answer the question first: then it can end."),
    "question-ended": _("The question has ended: its answer stays as it is."),
}

for event, sentence in (
    ("rule_question.asked", _("A question about the rules was asked: no. {number}.")),
    ("rule_question.answered", _("Question no. {number} about the rules was answered.")),
    (
        "rule_question.reopened",
        _("The answer to question no. {number} about the rules was taken back."),
    ),
    (
        "rule_question.proposed",
        _("Question no. {number} about the rules ended as a proposal to change the regulation."),
    ),
    ("rule_question.closed", _("Question no. {number} about the rules was closed.")),
):
    journal_wording.register(event, sentence)
refusals.register(REFUSALS, beside={"question-asked-already": ("text",)})
