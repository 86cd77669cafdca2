"""Notices and channels in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals
from okil.foundation.web.widgets import LANGUAGE_NAMES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

KINDS: dict[str, _StrPromise] = {
    "announcement": _("Announcement of the elections"),
    "commission_forming": _("A commission is being formed"),
    "registration_opens": _("Registration opens"),
    "registration_closed": _("Registration is closed"),
    "candidates": _("The candidates are known"),
    "assembly": _("Invitation to the assembly"),
    "results": _("The result"),
}
# What each is for, to whoever writes it.
PURPOSES: dict[str, _StrPromise] = {
    "announcement": _("Dates, groups, rights and duties, the least of papers, whom to ask."),
    "commission_forming": _("What the commission does and may, and by which principles."),
    "registration_opens": _("Nine things everybody must know, with the exact day and hour."),
    "registration_closed": _("That nothing is accepted any more, and what comes next."),
    "candidates": _("Who stands, as far as they agreed to be named, and when the vote is."),
    "assembly": _("When, where, with which programme."),
    "results": _("Who was elected, with how many votes, and how to complain."),
}
CHANNELS: dict[str, _StrPromise] = {
    "site": _("a site"),
    "email": _("e-mail to a list"),
    "meeting": pgettext_lazy("channel", "a meeting"),
    "media": _("press, radio, television"),
    "post": _("post"),
    "chat": _("a chat"),
    "other": pgettext_lazy("channel", "another way"),
}

REFUSALS: dict[str, Any] = {
    "notice-early": _("It is too early for this notice: there is nothing to tell yet."),
    "notice-late": _("It is too late for this notice."),
    "notice-not-of-round": _("There is no such notice in this round."),
    "notice-language-missing": _("Write it in this language too: {language}."),
    "notice-gap": _("Fill in the places marked {gap} first."),
    "notice-written": _("Somebody saved a version meanwhile. Look at it before you save yours."),
    "publication-to-come": _("Record it when it has happened."),
    "published-before-written": _("Then this text did not exist yet: it was saved later."),
    "published-already": _("This is recorded already."),
    "notice-replaced": _("There is a newer version of this notice: publish that one."),
    "notice-without-paper": _("There is no paper for this notice."),
    "notice-issued": _("The paper of this version has been issued already."),
}

for event, sentence, words in (
    (
        "notice.written",
        _("Notice written: {kind}, version {version}."),
        {"kind": lambda code: KINDS[code]},
    ),
    (
        "notice.published",
        _("Notice published: {kind}, by {channel}."),
        {"kind": lambda code: KINDS[code], "channel": lambda code: CHANNELS[code]},
    ),
    (
        "notice.publication_withdrawn",
        _("A publication entered by mistake was taken back: {kind}, {channel}."),
        {"kind": lambda code: KINDS[code], "channel": lambda code: CHANNELS[code]},
    ),
    (
        "notice.issued",
        _("The paper of a notice was issued: {kind}, version {version}."),
        {"kind": lambda code: KINDS[code]},
    ),
):
    journal_wording.register(event, sentence, **words)
refusals.register(
    REFUSALS,
    beside={
        "notice-gap": ("text",),
        "notice-language-missing": ("text",),
        "published-already": ("where",),
        "published-before-written": ("published_at",),
        "publication-to-come": ("published_at",),
    },
    language=lambda code: LANGUAGE_NAMES[code],
)
