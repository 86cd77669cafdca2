"""Papers and the photo of candidates: refusals and events."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

REFUSALS: dict[str, Any] = {
    "paper-not-asked": _("The regulation asks for no such paper, so it is not kept."),
    "paper-unreadable": _(
        "This file is neither PDF nor a picture (JPEG, PNG, WebP): scan or photograph the paper."
    ),
    "picture-unknown": _("This file is no picture that can be shown: choose a JPEG, PNG or WebP."),
    "picture-too-large": _(
        "The picture has more than {megapixels} million points: make it smaller, or photograph it anew."
    ),
    "picture-broken": _("The picture cannot be read to its end: choose it once more, or another."),
}

for event, sentence in (
    ("candidate.paper_added", _("Candidate no. {number} handed in paper no. {row}.")),
    ("candidate.paper_removed", _("Candidate no. {number} took paper no. {row} back.")),
    ("candidate.photo_added", _("Candidate no. {number} gave a photo; it is sealed.")),
    ("candidate.photo_removed", _("Candidate no. {number} took the photo back.")),
):
    journal_wording.register(event, sentence)
refusals.register(
    REFUSALS,
    beside=dict.fromkeys(REFUSALS, ("file",)),
)
