"""Undertakings, days of presence and papers on officers in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from okil.areas.bodies.queries import role_name
from okil.areas.elections.wording.stages import WORDS
from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals
from okil.foundation.web.languages import Texts, words_from
from okil.pure.rules.regulation import COMMISSION_SIZE

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

UNDERTAKINGS: dict[str, dict[str, Texts]] = words_from(WORDS / "undertakings.json")
ORGANISATION_KINDS: dict[str, _StrPromise] = {
    "un": _("an agency of the United Nations"),
    "donor": _("a donor"),
    "national_centre": _("a national centre"),
    "state": _("a state body"),
    "ngo": _("a non-governmental organisation"),
    "project": _("a project"),
    "patients": _("an organisation of patients"),
    "outreach": _("outreach work"),
    "other": _("another organisation"),
}


def undertaking_title(kind: str) -> Texts:
    return UNDERTAKINGS[kind]["title"]


def undertaking_text(kind: str) -> Texts:
    """What is signed, paragraph by paragraph, in three languages."""
    return UNDERTAKINGS[kind]["text"]


# What to do about a commission that is too large or too small; the first two while the regulation
# may still be changed, and allows a commission of this size.
END_OR_ADOPT = _(
    "The regulation says {said}, and the commission has {found} members. End one member's role on the "
    "page “People”, or adopt a regulation that says {found}."
)
INVITE_OR_ADOPT = _(
    "The regulation says {said}, and the commission has {found} members. Invite another member, or "
    "adopt a regulation that says {found}."
)
END = _(
    "The regulation allows {said}, and the commission has {found} members. End the role of whoever is "
    "too many on the page “People”."
)
INVITE = _(
    "The regulation says {said}, and the commission has {found} members. Invite another member."
)


def commission_advice(said: int | None, found: int, *, may_adopt: bool) -> str:
    """What to do; "" where nothing is regulated and too few are named: that is said anyway."""
    allowed = said or max(COMMISSION_SIZE)
    if found == allowed or (said is None and found < allowed):
        return ""
    may_adopt = may_adopt and said is not None and found in COMMISSION_SIZE
    if found > allowed:
        words = END_OR_ADOPT if may_adopt else END
    else:
        words = INVITE_OR_ADOPT if may_adopt else INVITE
    return str(words).format(said=allowed, found=found)


REFUSALS: dict[str, Any] = {
    "undertaking-not-asked": _("This undertaking is not asked of your role."),
    "undertaking-signed": _("You have signed this already."),
    "organisation-kind-missing": _("Choose what kind of organisation you come from."),
    "presence-to-come": _("A day that is still to come cannot be entered."),
    "presence-before-role": _("On that day the observer was not accredited yet."),
    "presence-entered": _("This day is entered already."),
    "no-organiser": _("The group has no organiser yet."),
    "no-commission": _("The group has no commission yet."),
    "observer-unsigned": _(
        "The observer has not signed the confidentiality undertaking yet; it stands on the paper."
    ),
    "paper-issued": _("This paper has been issued meanwhile. Look at it before you issue another."),
}


def _title(kind: str) -> Texts:
    return undertaking_title(kind)


for event, sentence, words in (
    ("undertaking.signed", _("Signed: {kind}."), {"kind": _title}),
    ("officers.described", _("How organiser and commission work was described."), {}),
    ("presence.entered", _("An observer was present on {day}."), {}),
    ("presence.withdrawn", _("An observer took back a day of presence: {day}."), {}),
    (
        "officers.paper_issued",
        _("A paper on people was issued: {role}, version {version}."),
        {"role": role_name},
    ),
    ("officers.committee_listed", _("The Organizing Committee list was issued."), {}),
):
    journal_wording.register(event, sentence, **words)
refusals.register(
    REFUSALS,
    beside={
        "organisation-kind-missing": ("organisation_kind",),
        "presence-before-role": ("day",),
        "presence-entered": ("day",),
        "presence-to-come": ("day",),
    },
)
