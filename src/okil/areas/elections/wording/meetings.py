"""Meetings of the commission in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MEETING_KINDS: dict[str, _StrPromise] = {
    "orientation": _("first meeting: tasks, declarations, plan of work"),
    "verification": _("verification of applications"),
    "admission": _("admission to the vote"),
    "other": pgettext_lazy("kind of meeting", "another meeting"),
}

REFUSALS: dict[str, Any] = {
    "meeting-to-come": _("Record a meeting when it is over."),
    "meeting-backwards": _("The meeting must end after it begins."),
    "meeting-recorded": _("A meeting that began at this moment is recorded already."),
    "commission-alone": _("Nobody decides alone: name at least two members of the commission."),
}

for event, sentence in (
    ("meeting.recorded", _("Meeting {number} of the commission was recorded.")),
    ("meeting.minutes_opened", _("The minutes of meeting {number} were opened.")),
    ("meeting.minutes_issued", _("The minutes of meeting {number} were issued.")),
):
    journal_wording.register(event, sentence)
refusals.register(
    REFUSALS,
    beside={
        "commission-alone": ("present",),
        "meeting-backwards": ("ends_at",),
        "meeting-recorded": ("begins_at",),
        "meeting-to-come": ("ends_at",),
    },
)
