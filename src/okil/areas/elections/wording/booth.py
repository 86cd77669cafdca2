"""What the booth says, in the three languages at once: the page switches without asking the server."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from okil.foundation.web.languages import LANGUAGES

WORDS: dict[str, Any] = {
    "title": _("Voting booth"),
    "leave": _("Leave without voting"),
    "step": _("Booth, step {step} of 5"),
    "next": pgettext_lazy("button", "Next"),
    "back": pgettext_lazy("button", "Change"),
    "rehearsal": _("Rehearsal: this ballot is not counted for anybody."),
    "wait": _("One moment …"),
    # Ticket and code
    "ticket-heading": _("Your ticket"),
    "ticket-lead": _("Write the ticket that you got when you registered."),
    "ticket": _("Ticket"),
    "code-heading": _("Your code"),
    "code-lead": _("It stands on the card that you were given. It does not leave this device."),
    "code": _("Code"),
    "code-hint": _("24 characters; capital and small letters are different, dashes do not matter."),
    "scan": _("Scan the square on the card"),
    "scan-none": _("The camera cannot be used. Write the code."),
    "code-length": _("A code has 24 characters: look whether one is missing or too many."),
    "code-characters": _(
        "One character is in no code: there is no zero, no capital I and O, no small l."
    ),
    "code-mistyped": _("Something in the code is mistyped: compare it with the card."),
    "used": _(
        "With this ticket a ballot was cast online already. If you vote again, the last one counts."
    ),
    "closes": _("The vote closes {moment}."),
    # Choice
    "choose-heading": _("Your choice"),
    "choose-one": _("Choose one."),
    "choose-exactly": _("Choose {most}."),
    "choose-up-to": _("Choose up to {most}."),
    "choose-between": _("Choose from {least} to {most}."),
    "chosen": _("Chosen: {count} of {most}."),
    "blank": _("None of them"),
    "against": _("Against"),
    "blank-hint": _("It is counted by itself."),
    "too-few": _("Not ready yet: choose at least {least}, or the last line if there is one."),
    "withdrawn": _("Name withdrawn (no. {number})"),
    "stays-here": _("While you are on this step, your choice does not leave this device."),
    # Review
    "review-heading": _("Check your choice"),
    "hide": _("Hide or show the choice"),
    "nobody": _("Nobody"),
    "fewer": _("You may choose {most}, and chose {count}. If you want it so, go on."),
    "after-sending": _(
        "After it is sent, nobody can read your choice: neither we nor the commission open a single"
        " ballot. Until the vote closes you can vote again: the last ballot counts."
    ),
    "somebody-near": _(
        "Is somebody standing beside you? Leave and come back later: the code stays valid."
    ),
    "send": _("Encrypt and send"),
    # Encryption
    "encrypt-heading": _("Encrypting on your device"),
    "encrypt-lead": _("Do not close the page, it takes some seconds."),
    "encrypting": _("The ballot is being encrypted."),
    "sending": _("The ballot is encrypted and on its way."),
    "torn": _(
        "No connection. Nothing is lost: the same ballot is sent again by itself, and counted once."
        " Leave this page open."
    ),
    "again": _("Send it now"),
    # Done
    "done-heading": _("Ballot accepted"),
    "done-lead": _(
        "This is the tracker of your ballot. It appears on the board with the next head, at the"
        " latest when the vote is closed. It shows that the ballot is there, and not for whom it is."
    ),
    "done-short": _("Or write down the first eight characters: {start}"),
    "receipt-good": _("The receipt is signed by this installation: your browser has checked it."),
    "receipt-unchecked": _(
        "This browser cannot check the signature of the receipt. Save it: another one can."
    ),
    "receipt-wrong": _(
        "The receipt is not signed as it should be. Save it and tell the commission."
    ),
    "save": _("Save the receipt as a file"),
    "print": _("Print"),
    "finish": _("Finish"),
    "finish-hint": _("This page is cleared. Clear the history of the browser yourself."),
    "over-heading": _("The page is cleared"),
    "over-lead": _("You can close it. Nothing of your vote is kept on this device by this page."),
    # What goes wrong
    "no-connection": _("No connection. Try again."),
    "refused-heading": _("Nothing was cast"),
    "names-wrong": _(
        "The names do not belong to this election. Do not vote here, and tell the commission."
    ),
    "broken": _("This browser could not do it. Try again, or take another browser or device."),
    "start-over": _("Back to the code"),
}


def in_three_languages() -> list[tuple[str, list[tuple[str, str]]]]:
    """Language code, and all words in it."""
    said = []
    for language in LANGUAGES:
        with override(language):
            said.append((language, [(key, str(word)) for key, word in WORDS.items()]))
    return said
