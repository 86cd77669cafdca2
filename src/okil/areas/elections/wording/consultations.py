"""Meetings of the Secretariat with organisers and commissions, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CONSULTATION_KINDS: dict[str, _StrPromise] = {
    "practice": _("Existing regulations and practice, stage by stage"),
    "committee": _("Consultation for the Organizing Committee"),
    "commissions": _("Consultation for Mandate Commissions"),
}
WAYS: dict[str, _StrPromise] = {
    "in_person": pgettext_lazy("way of meeting", "in one room"),
    "online": pgettext_lazy("way of meeting", "online"),
    "both": pgettext_lazy("way of meeting", "in one room and online"),
}
TOPICS: dict[str, _StrPromise] = {
    "principles": pgettext_lazy("topic", "principles of the elections"),
    "roles": pgettext_lazy("topic", "roles of officers"),
    "recording": pgettext_lazy("topic", "how documents are drawn up"),
    "involvement": pgettext_lazy("topic", "how to involve as many voters as possible"),
    "communication": pgettext_lazy("topic", "communication with others"),
    "terms": pgettext_lazy("topic", "terms"),
    "procedures": pgettext_lazy("topic", "procedures"),
    "responsible": pgettext_lazy("topic", "who is responsible"),
    "participants": pgettext_lazy("topic", "who takes part"),
    "organisation": pgettext_lazy("topic", "questions of organisation"),
}

REFUSALS: dict[str, Any] = {
    "consultation-to-come": _("Record the meeting when it has been held."),
    "consultation-recorded": _(
        "Such a meeting of this day, with as many people, is recorded already: correct that one."
    ),
    "topics-missing": _("Tick a topic, or write one in your own words."),
    "minutes-missing": _("Write the minutes."),
}


def _kind(code: str) -> _StrPromise:
    return CONSULTATION_KINDS[code]


for event, sentence in (
    ("consultation.recorded", _("A meeting was recorded: {kind}. People: {came}.")),
    (
        "consultation.corrected",
        _("What is recorded of a meeting was corrected: {kind}."),
    ),
    (
        "consultation.minutes_opened",
        _("The minutes of a meeting were opened: {kind}."),
    ),
):
    journal_wording.register(event, sentence, kind=_kind)
refusals.register(
    REFUSALS,
    beside={
        "consultation-to-come": ("held_on",),
        "consultation-recorded": ("held_on",),
        "topics-missing": ("topics",),
        "minutes-missing": ("minutes",),
    },
)
