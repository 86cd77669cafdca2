"""Meetings of delegates: refusals and events."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.models import DelegatesMeeting, Voter
from okil.areas.elections.wording.voters import REGIONS
from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import dates, refusals


def meeting_named(meeting: DelegatesMeeting) -> str:
    """Number, day and region: by these a delegate knows it; whose it was is not told."""
    facts = {
        "number": meeting.number,
        "day": dates.day(meeting.held_on, (get_language() or "ru")[:2], "long"),
        "region": REGIONS.get(meeting.region, ""),
    }
    if not meeting.region:
        return _now("no. {number}, {day}").format(**facts)
    return _now("no. {number}, {day}, {region}").format(**facts)


def meeting_told(voter: Voter, meeting: DelegatesMeeting | None) -> str:
    """Which meeting chose this voter, and whether its protocol says so."""
    if meeting is None:
        return _now("none that is recorded")
    sentence = str(MEETING_TOLD[_known(voter, meeting)])
    return sentence.format(meeting=meeting_named(meeting))


def _known(voter: Voter, meeting: DelegatesMeeting) -> str:
    if meeting.withdrawn_at is not None:
        return "withdrawn"
    return "named" if voter.source == Voter.Source.MEETING else "said"


MEETING_TOLD: dict[str, Any] = {
    "withdrawn": _("{meeting}; it was withdrawn"),
    "named": _("{meeting}; the protocol names this voter"),
    "said": _("{meeting}, as the voter says; compare the protocol"),
}

REFUSALS: dict[str, Any] = {
    "not-indirect": _(
        "By the group's regulation everybody votes, not delegates: no meeting of delegates is recorded."
    ),
    "delegates-meeting-to-come": pgettext_lazy("of delegates", "Record a meeting when it is over."),
    "delegates-too-many-chosen": _(
        "A meeting chooses at least one delegate, and no more than people were there."
    ),
    "delegates-meeting-twice": _(
        "A meeting of this day, region and organisation is recorded already: no. {number}."
    ),
    "delegates-meeting-withdrawn": pgettext_lazy("of delegates", "This meeting was withdrawn."),
    "delegates-meeting-unknown": _(
        "This meeting is not in the list any more. Choose another, or say that it is not in the list."
    ),
    "delegates-all-named": _(
        "The meeting chose so many delegates: {chosen}. On the list already: {named}."
    ),
    "delegate-of-another": _("No. {number} is a delegate of another meeting."),
    "delegates-on-the-list": _(
        "Delegates of this meeting are on the list: {count}. Withdraw or change them first."
    ),
}

refusals.register(
    REFUSALS,
    beside={
        "delegates-meeting-to-come": ("held_on",),
        "delegates-too-many-chosen": ("chosen",),
        "delegates-meeting-twice": ("held_on",),
        "delegates-meeting-unknown": ("meeting",),
        "delegate-of-another": ("numbers",),
    },
)
for event, sentence in (
    (
        "delegates.meeting_recorded",
        _(
            "Meeting {number} of delegates was recorded: {present} present, {chosen} delegates chosen."
        ),
    ),
    ("delegates.meeting_withdrawn", _("Meeting {number} of delegates was withdrawn.")),
    (
        "delegates.named",
        _("The protocol of meeting {meeting} names as delegates the voters no. {numbers}."),
    ),
):
    journal_wording.register(event, sentence)
