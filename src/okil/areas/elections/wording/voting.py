"""The secret online vote in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

REFUSALS: dict[str, Any] = {
    "vote-not-open": _("The vote is not open now. Nothing was cast."),
    "vote-closed": _("The vote is closed. Nothing was cast."),
    "ballot-wrong": _(
        "This ballot was not made by the booth of this election, or it was damaged on its way. Nothing"
        " was cast: try again."
    ),
    "code-unknown": _("This code is not valid in this election. Nothing was cast."),
    "voted-otherwise": _(
        "With this ticket a ballot paper was taken, or a vote was given by hand or by form. Nothing was"
        " cast."
    ),
    "ticket-has-another-code": _(
        "With this ticket somebody voted with another code. Nothing was cast. Tell the commission."
    ),
    "code-has-another-ticket": _(
        "With this code somebody voted with another ticket. Nothing was cast. Tell the commission."
    ),
    "voted-online": _("This voter has voted online: no paper is given."),
    "ticket-has-voted": _(
        "With this ticket a vote was cast online. It stands, and no other ticket is made in this vote."
    ),
    "set-up-already": _("This vote is set up already."),
    "vote-not-closing": _("The vote is not being closed."),
    "requests-under-way": _("Ballots may still be on their way. Wait a minute."),
}

journal_wording.register(
    "board.head_written",
    _("Head no. {number} of the board was signed; about {about} ballots so far."),
)
refusals.register(REFUSALS)
