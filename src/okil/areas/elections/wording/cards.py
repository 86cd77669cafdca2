"""Cards by which people register: refusals and events."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

REFUSALS: dict[str, Any] = {
    "card-unknown": _(
        "There is no card with this code in this group. Compare the letters, or leave it empty and"
        " register without a card."
    ),
    "card-used": _(
        "Somebody registered with this card already, or it was withdrawn. Ask the organisation for"
        " another, or leave the code empty and register without a card."
    ),
    "too-many-cards": _("Make from 1 to {most} cards at a time."),
    "no-card-left": _("Of this batch no card is left: all were used or withdrawn."),
}

refusals.register(
    REFUSALS,
    beside={"card-unknown": ("card",), "card-used": ("card",), "too-many-cards": ("count",)},
)
for event, sentence in (
    ("cards.made", _("Cards for registration were made: batch {batch}, {count} cards.")),
    (
        "cards.withdrawn",
        _("Cards for registration were withdrawn: batch {batch}, {count} unused cards."),
    ),
):
    journal_wording.register(event, sentence)
