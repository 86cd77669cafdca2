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
    "not-before-the-vote": _(
        "This is done after the list of candidates is published, and before the vote opens."
    ),
    "no-secret-online-vote": _("The group's regulation knows no secret online vote."),
    "key-ceremony-begun": _("The making of the key has begun already."),
    "key-holders-wrong": _(
        "Three hold the key: the members of the commission, or two of them and an observer."
    ),
    "key-holder-makes-codes": _("Who holds a part of the key does not make the codes."),
    "not-a-key-holder": _("You hold no part of this key."),
    "key-given-up": _("This key was given up: another is made."),
    "key-in-use": _("The vote is set up with this key."),
    "not-this-step": _("It is not the turn of this step: look at the page again."),
    "key-part-wrong": _(
        "What your browser made does not fit to what the others made. Nothing was taken over: load the"
        " page again, and tell the others if it comes again."
    ),
    "fingerprints-changed": _(
        "The fingerprints are not those that your page showed. Load it again and compare once more."
    ),
    "key-missing": _("The key of the commission is not made yet."),
    "not-the-code-maker": _("Only who makes the codes of this group hands them in."),
    "codes-wrong": _("This is no list of codes for this election."),
    "codes-too-few": _("The list must have {needed} codes: one for each voter, and the spares."),
    "codes-missing": _("The list of codes is not handed in yet."),
    "complaint-open": _(
        "A complaint against a refusal is not decided yet: whoever complains may yet take part."
    ),
    "vote-not-closed": _(
        "The vote is not closed yet, or its last ballots are still being written."
    ),
    "opened-already": _("Your part is given already."),
    "opening-wrong": _(
        "What your browser made does not open this count. Nothing was taken over: is it the key file of"
        " this election?"
    ),
    "set-up-already": _("This vote is set up already."),
    "vote-not-closing": _("The vote is not being closed."),
    "requests-under-way": _("Ballots may still be on their way. Wait a minute."),
}

for event, sentence in (
    (
        "board.head_written",
        _("Head no. {number} of the board was signed; about {about} ballots so far."),
    ),
    ("key.begun", _("The making of the key has begun. It is held by no. {holders}.")),
    ("key.certified", _("Key holder no. {place} has certified.")),
    ("key.compared", _("Key holder no. {place} has compared the fingerprints with the others.")),
    ("key.shared", _("Key holder no. {place} has sealed a share for each of the others.")),
    ("key.finished", _("Key holder no. {place} has the own part of the key.")),
    ("key.given_up", _("The key was given up.")),
    (
        "codes.handed_in",
        _("{codes} codes were made, {spares} of them spares. Fingerprint: {fingerprint}"),
    ),
    (
        "vote.set_up",
        _("The online vote was set up for {voters} voters. Fingerprint: {fingerprint}"),
    ),
    ("vote.part_opened", _("Key holder no. {place} has given the own part of the opening.")),
    ("vote.opened", _("The count was opened: {ballots} ballots, {parts} key holders.")),
):
    journal_wording.register(event, sentence)
refusals.register(REFUSALS)
