"""The desk in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

REFUSALS: dict[str, Any] = {
    "desk-closed": _("Papers are handed out while the vote is open, and at no other time."),
    "not-on-roll": _("This number is not on the roll: no paper is given."),
    "paper-given-already": _("A paper was given for this number already. Each voter gets one."),
    "paper-not-given": _("No paper was given for this number."),
    "no-papers-left": _(
        "All printed papers are given out. The commission records more before the desk goes on."
    ),
}


for event, sentence in (
    ("desk.begun", _("The first ballot paper was handed out.")),
    ("desk.paper_taken_back", _("A ballot paper that was handed out was taken back.")),
):
    journal_wording.register(event, sentence)
refusals.register(REFUSALS, beside=dict.fromkeys(REFUSALS, ("number",)))
