"""The results protocol in words: what it refers to, its refusals, its rows of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# By the code of pure/rules/papers.py.
PAPER_DIFFERENCES: dict[str, _StrPromise] = {
    "found-exceeds-issued": _("More papers in the box than were given to voters"),
    "issued-differs-from-signed-for": _("Papers given and voters marked as given one"),
    "printed-differs-from-used-and-unused": _("Papers printed, and given or left over"),
    "found-below-issued": _("Fewer papers in the box than were given to voters"),
}
ANNEXES: tuple[_StrPromise, ...] = (
    _("Decision on admission"),
    _("List of candidates"),
    _("Count sheet"),
    _("Extract of the journal"),
)
SIGNATURE_KINDS: dict[str, _StrPromise] = {
    "signed": pgettext_lazy("protocol", "signed"),
    "dissent": pgettext_lazy("protocol", "signed with a dissent"),
    "handwritten": pgettext_lazy("protocol", "signed on paper"),
    "absent": pgettext_lazy("protocol", "absence stated by the others"),
}

REFUSALS: dict[str, Any] = {
    "protocol-not-due": _(
        "The protocol is drawn up when the vote is closed, and corrected until the election is concluded."
    ),
    "count-not-agreed": _("Agree on the count first: the protocol is made from it."),
    "protocol-not-countable": _(
        "The regulation counts in a way of its own: the program cannot say who is elected by it."
    ),
    "protocol-commission-not-whole": _(
        "The commission has another number of members than the regulation says. Whoever draws up now "
        "could not hand over the result: the page “Officers” says what to do first."
    ),
    "protocol-tie-open": _(
        "Settle the tie first, as the regulation says; then draw up the protocol."
    ),
    "protocol-changed": _("Another version was drawn up meanwhile. Read it before you go on."),
    "protocol-reason-missing": _("Say why a new version is needed. The reason stands in it."),
    "protocol-missing": _("No protocol has been drawn up yet."),
    "protocol-not-yours": _(
        "This version is signed by those who held office when it was drawn up."
    ),
    "protocol-signed-already": _("This signature is there already."),
    "protocol-absence-there": _(
        "The others have stated your absence. To sign, ask them for a new version."
    ),
    "protocol-scan-missing": _("Attach the signed page: a scan or a photograph."),
    "protocol-absence-own": _("You are here: sign it, or sign it with a dissent."),
    "protocol-absence-early": _(
        "An absence may be stated from {since} on, once all others have signed."
    ),
    "remark-not-due": _(
        "Remarks are filed from the beginning of the vote until the package is handed over."
    ),
    "remark-filed-already": _("This remark is filed already."),
}

for event, sentence, words in (
    ("protocol.drawn_up", _("Version {version} of the protocol was drawn up, No. {number}."), {}),
    (
        "protocol.signed",
        _("Version {version} of the protocol: {kind}."),
        {"kind": lambda kind: SIGNATURE_KINDS.get(kind, kind)},
    ),
    (
        "protocol.absence_stated",
        _("Version {version} of the protocol: the absence of No. {number} was stated."),
        {},
    ),
    ("remark.filed", _("Remark {number} of an observer was filed."), {}),
):
    journal_wording.register(event, sentence, **words)
refusals.register(
    REFUSALS,
    beside={
        "protocol-reason-missing": ("reason",),
        "protocol-scan-missing": ("paper",),
    },
)
