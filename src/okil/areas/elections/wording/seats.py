"""Why somebody elected leaves, what an open place waits for; refusals and events of taking seats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from okil.areas.elections.wording.stages import WORDS
from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals
from okil.foundation.web.languages import Texts, words_from

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from okil.areas.elections.models import EmptyPost

# The reason of a vacancy, where the group recorded none of its own.
VACANT: dict[str, Texts] = words_from(WORDS / "seats.json")


def why_vacant(post: EmptyPost | None, *, has_left: bool) -> Texts:
    """The group's own reason, if it recorded one (3.18)."""
    if post is not None:
        return Texts(post.reason)
    return VACANT["left" if has_left else "vacant"]


WHY_GONE: dict[str, _StrPromise] = {
    "declined": _("declined the seat"),
    "cannot": _("cannot take the seat"),
    "not_approved": _("was not approved"),
}
# The same as a sentence: {who} is a candidate, {day} when it was told.
GONE: dict[str, _StrPromise] = {
    "declined": _("{who} declined the seat ({day})."),
    "cannot": _("{who} cannot take the seat ({day})."),
    "not_approved": _("{who} was not approved ({day})."),
}
OPEN: dict[str, _StrPromise] = {
    "undecided": _("The count leaves this open: a tie, a second round or too low a turnout."),
    "repeat-vote": _("The regulation asks for a repeat vote."),
    "tie": _("Those next in line have the same number of votes: it takes a vote between them."),
    "as-described": _("The text of the regulation describes what follows."),
    "unsaid": _("The regulation does not say what follows: the group itself decides."),
}

REFUSALS: dict[str, Any] = {
    "departure-not-due": _(
        "It is recorded from the signed protocol until the election is concluded. Afterwards it is a "
        "membership that ends."
    ),
    "count-undecided": _("The count does not decide yet who is elected."),
    "not-elected": _("Candidate no. {number} holds no place, or has gone already."),
    "told-on-to-come": _("The day on which it was told lies in the future."),
    "seated-already": _(
        "The places were taken already; a change is made on the page of the group."
    ),
    "seats-not-due": _("Places are taken when the results are published."),
    "places-need-a-vote": _(
        "A place is still open and needs a new vote: first that, then all are seated."
    ),
}

for event, sentence, words in (
    (
        "result.departed",
        _("Elected, and gone before sitting: candidate no. {number} ({why})."),
        {"why": lambda code: WHY_GONE.get(code, code)},
    ),
    (
        "seats.taken",
        _(
            "The elected took their places: members {members}, alternates {alternates}, vacant {vacant}."
        ),
        {},
    ),
):
    journal_wording.register(event, sentence, **words)
refusals.register(
    REFUSALS,
    beside={"told-on-to-come": ("told_on",), "not-elected": ("why",)},
)
