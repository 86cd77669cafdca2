"""Regions, sources, what became of a voter's application; refusals and events of the roll."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.areas.elections.wording.stages import WORDS
from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals
from okil.foundation.web.languages import Texts, words_from

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

REGIONS: dict[str, Texts] = words_from(WORDS / "regions.json")
_TYPED: dict[str, Any] = words_from(WORDS / "voters.json")
SOURCES: dict[str, Texts] = _TYPED["sources"]
SOURCES_AS_TYPED: dict[str, list[str]] = _TYPED["typed"]
HEADS_AS_TYPED: frozenset[str] = frozenset(_TYPED["heads"])  # first line of a spreadsheet

KINDS: dict[str, _StrPromise] = {
    "person": _("a person"),
    "organisation": _("an organisation"),
}
STATUSES: dict[str, _StrPromise] = {
    "waiting": pgettext_lazy("voter", "waits"),
    "accepted": pgettext_lazy("voter", "accepted"),
    "refused": pgettext_lazy("voter", "refused"),
    "withdrawn": pgettext_lazy("voter", "withdrawn"),
    "late": pgettext_lazy("voter", "came late"),
}
WAYS: dict[str, _StrPromise] = {
    "form": _("by the form on the site"),
    "invitation": _("by an invitation of an organisation"),
    "organiser": _("entered by the organiser from paper"),
    "file": _("from a file"),
}
REASONS: dict[str, _StrPromise] = {
    "not_of_the_group": _("does not belong to the group"),
    "twice": _("is on the list twice"),
    "incomplete": _("something needed is missing"),
    "officer": _("is a member of this group's commission"),
    "late": _("came late"),
    "other_role": _("has a role in another group that is not compatible with this one"),
}


def region_name(code: str) -> object:
    """A region in the reader's language; "not told" where nothing was entered."""
    return REGIONS.get(code, code) if code else _("not told")


REFUSALS: dict[str, Any] = {
    "not-in-registration": _(
        "This belongs to the stage of registration, and the election is not in it."
    ),
    "registration-still-open": _("Registration is still open: it ends {ends_at}."),
    "registration-closed": _(
        "Registration was closed {closed_at}: the lists do not change any more."
    ),
    "region-unknown": _("Choose a region of the list."),
    "name-missing": _("A candidate has a name, sealed and shown to nobody who need not know it."),
    "voter-twice": _("This name is on the list already: no. {number}."),
    "name-repeated": _("Line {line} repeats a name."),
    "organisation-twice": _(
        "An organisation with this registration number is on the list already: no. {number}."
    ),
    "organisation-repeated": _("Line {line} repeats the registration number of an organisation."),
    "voter-number-taken": _("Number {number} is on the list already."),
    "voter-withdrawn": _("No. {number} was withdrawn."),
    "voter-late": _("No. {number} came late: it is kept on the list and cannot be accepted."),
    "voter-unknown": _("There is no voter with number {number} on this list."),
    "voter-is-officer": _(
        "No. {number} has the same name as somebody who may not vote here: {held}. If it is another"
        " person, say so below and accept again."
    ),
    "voter-alike": _(
        "No. {number} has the same name, or the same number in the State's register, as no. {other}."
        " If they are two, say so below and accept again."
    ),
    "voters-waiting": _("Voters still wait for the commission: {count}."),
    "refusal-without-reason": _("Choose the reason of the refusal."),
    "nothing-chosen": _("Choose at least one voter of the list."),
    "nothing-to-decide": _("This is how it was decided already."),
    "day-of-consent-to-come": _("The day of the consent lies in the future."),
}

for event, sentence in (
    ("voter.entered", _("Voter no. {number} was entered.")),
    ("voters.imported", _("{count} voters were entered from a list, no. {first} to {last}.")),
    ("voter.changed", _("The entry of voter no. {number} was changed.")),
    ("roll.issued", _("The roll was issued, version {version}.")),
    ("voter.withdrawn", _("Voter no. {number} was withdrawn.")),
    (
        "registration.closed",
        _("Registration was closed: {voters} voters, {candidates} candidates."),
    ),
):
    journal_wording.register(event, sentence)
journal_wording.register(
    "voters.decided",
    _("The commission decided on voters ({status}), no. {numbers}."),
    status=lambda code: STATUSES.get(code, code),
)
refusals.register(
    REFUSALS,
    beside={
        "region-unknown": ("region",),
        "name-missing": ("name",),
        "voter-twice": ("name",),
        "voter-number-taken": ("number",),
        "organisation-twice": ("organisation_number",),
        "voter-is-officer": ("is_namesake",),
        "voter-alike": ("is_namesake",),
        "refusal-without-reason": ("refusal",),
        "day-of-consent-to-come": ("consented_on",),
    },
)
