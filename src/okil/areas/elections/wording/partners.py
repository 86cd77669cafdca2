"""What partners are asked for and what they answered, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FUNCTIONS: dict[str, _StrPromise] = {
    "commission": pgettext_lazy("asked of a partner", "members of the commission"),
    "observers": pgettext_lazy("asked of a partner", "independent observers"),
}
REPLIES: dict[str, _StrPromise] = {
    "none": _("no answer yet"),
    "accepted": pgettext_lazy("answer to a letter", "accepted"),
    "declined": pgettext_lazy("answer to a letter", "declined"),
}

REFUSALS: dict[str, Any] = {
    "answer-by-past": _("Choose a day for the answer that is still to come."),
    "letter-written": _("This organisation has such a letter already; its answer is awaited."),
    "reply-in-the-future": _("An answer cannot have come on a day that is still to come."),
}

for event, sentence, words in (
    (
        "letter.written",
        _("A partner was asked in writing: {function}."),
        {"function": lambda code: FUNCTIONS[code]},
    ),
    (
        "letter.answered",
        _("A partner answered: {reply}."),
        {"reply": lambda code: REPLIES[code]},
    ),
):
    journal_wording.register(event, sentence, **words)
refusals.register(
    REFUSALS,
    beside={
        "answer-by-past": ("answer_by",),
        "letter-written": ("organisation",),
        "reply-in-the-future": ("replied_on",),
    },
)
