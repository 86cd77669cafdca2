"""What candidates read of their own application; refusals and events of applying and of nominating."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

OWN_OUTCOMES: dict[str, _StrPromise] = {
    "waiting": _("The commission has not decided on your application yet."),
    "admitted": _("You are admitted: the group can vote for you."),
    "refused": _("The commission did not admit you."),
    "undecided": _("The commission found no majority: the group decides."),
    "withdrawn": _("You have withdrawn."),
    "late": _("Your application came after the end: it is kept, and marked late."),
}
WAYS: dict[str, _StrPromise] = {
    "form": pgettext_lazy("application", "applied by the form"),
    "organiser": pgettext_lazy("application", "entered by the organiser"),
}
SIGNINGS: dict[str, _StrPromise] = {
    "paper": pgettext_lazy("application", "signed by hand"),
    "code": pgettext_lazy("application", "signed in Okil, by a code"),
    "": pgettext_lazy("application", "not signed yet"),
}
# A code and no text: the reason stands in the journal, where no name may stand.
TICKET_REASONS: dict[str, _StrPromise] = {
    "first": _("the candidate has none yet"),
    "lost": _("it was lost, or never arrived"),
    "seen": _("somebody else may have seen it"),
}
# What a candidate promises with the signature (the application's form, 7.10).
DUTIES: dict[str, _StrPromise] = {
    "represent": _("I would speak for the whole group, not for myself or one organisation."),
    "consult": _("I would ask the group before and after meetings."),
    "report": _("I would report to the group every half year."),
    "attend": _("I would come to the meetings, and share the work with the other representative."),
    "interests": _("I would declare conflicts of interest, and not decide on them."),
    "confidence": _("I would keep to myself what I learn in confidence."),
}
RIGHTS: _StrPromise = _(
    "You have the right to read your data and decide what becomes public, to withdraw until the vote"
    " opens, to be told the decision with its reasons, and to complain about it."
)
DONE: dict[str, _StrPromise] = {
    "sign": _("Your application is signed."),
    "consents": _("Saved. It holds from now on."),
    "withdraw": _("You have withdrawn."),
}
REFUSALS: dict[str, Any] = {
    "application-signed": _("This application is signed already."),
    "no-mail-address": _(
        "You left no e-mail address, so no code can be sent: this goes through the organiser, on paper."
    ),
    "codes-too-many": _("Five codes were sent within an hour: wait until an hour has passed."),
    "code-expired": _(
        "This code is good no more: fifteen minutes have passed, it was used, or a newer one was sent. Ask"
        " for a new one."
    ),
    "code-wrong": _("This is not the code from the letter. Tries left: {left}."),
    "code-tried-out": _("The code was written wrong five times. Ask for a new one."),
    "nomination-unknown": _(
        "No nomination is found with these letters. Compare them, or ask who gave them to you."
    ),
    "nomination-declined": _("This nomination was declined."),
    "nomination-accepted": _(
        "This nomination was accepted already: open the application with its own ticket."
    ),
    "nominating-over": _("Registration is over: nobody can be nominated any more."),
}

for event, sentence in (
    ("candidate.applied", _("Candidate no. {number} applied.")),
    ("nomination.made", _("Nomination no. {number} was made.")),
    ("nomination.declined", _("Nomination no. {number} was declined.")),
):
    journal_wording.register(event, sentence)
journal_wording.register(
    "candidate.signed",
    _("The application of candidate no. {number}: {how}."),
    how=lambda code: SIGNINGS.get(code, code),
)
journal_wording.register(
    "candidate.code_asked",
    _("A code was sent to candidate no. {number}: {act}."),
    act=lambda code: ACTS.get(code, code),
)
journal_wording.register(
    "candidate.ticket_made",
    _(
        "A new ticket was made for candidate no. {number}; one made before is void. Reason: {reason}."
    ),
    reason=lambda code: TICKET_REASONS.get(code, code),
)
ACTS: dict[str, _StrPromise] = {
    "sign": pgettext_lazy("what a code is for", "to sign"),
    "consents": pgettext_lazy("what a code is for", "to change what becomes public"),
    "withdraw": pgettext_lazy("what a code is for", "to withdraw"),
}
refusals.register(
    REFUSALS,
    beside={
        "code-wrong": ("code",),
        "nomination-unknown": ("secret", "nomination"),
        "nomination-declined": ("secret",),
        "nomination-accepted": ("secret",),
        "application-signed": ("signed_on",),
    },
)
