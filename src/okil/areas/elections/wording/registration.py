"""Why a ticket is made anew; refusals and events of those who register themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# A code and no text: the reason stands in the journal, where no name may stand.
TICKET_REASONS: dict[str, _StrPromise] = {
    "first": _("the voter has none yet"),
    "lost": _("it was lost, or never arrived"),
    "seen": _("somebody else may have seen it"),
}
# What the owner of a registration reads of it.
OWN_STATUSES: dict[str, _StrPromise] = {
    "waiting": _("The commission has not decided yet."),
    "accepted": _("You are on the roll: you may vote."),
    "refused": _("The commission did not accept your registration."),
    "withdrawn": _("This registration was withdrawn."),
    "late": _("Your registration came after the end: it is kept, and marked late."),
}
REFUSALS: dict[str, Any] = {
    "too-many-register": _(
        "Very many people register at this moment. Try again in a few minutes, or register with"
        " the organiser: what you typed stays here."
    ),
    "ticket-unknown": _(
        "No registration is found with this ticket. Compare the letters, or ask the organiser for a new"
        " ticket."
    ),
    "form-sent-already": _(
        "This form was sent already, and its ticket was shown. Open your page with that ticket."
    ),
}

journal_wording.register("voter.registered", _("Voter no. {number} registered."))
journal_wording.register(
    "ticket.made",
    _("A new ticket was made for voter no. {number}; one made before is void. Reason: {reason}."),
    reason=lambda code: TICKET_REASONS.get(code, code),
)
refusals.register(REFUSALS, beside={"ticket-unknown": ("ticket",)})
