"""What a package is made of and the ten checks in words; refusals and events of packages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# By the code of a kind of files (pure/packages/kinds.py).
PARTS: dict[str, _StrPromise] = {
    "protocol-facts-internal": _("Facts of the protocol, internal version"),
    "protocol-facts-public": _("Facts of the protocol, public version"),
    "protocol-file": _("Protocol: both versions, in all languages"),
    "signatures": _("Signatures of the commission and the organiser"),
    "signature-scan": _("Scans of signatures on paper"),
    "count-sheet": _("Count sheet"),
    "count-entries": _("Both separate counts"),
    "result": _("Result, counted again by the program"),
    "remark": _("Remarks of observers"),
    "application": _("Applications of the elected, and of nobody else"),
    "journal": _("Extract of the journal"),
    "regulation": _("Election Regulation, as answers"),
    "plan": _("Plan of the cycle"),
    "checklist": _("Checklist"),
}
# By the number of the check (pure/packages/verify.py).
CHECKS: dict[int, _StrPromise] = {
    1: _("The file is whole and hides nothing"),
    2: _("The manifest has the fingerprint of the journal"),
    3: _("Every file is listed, and is what its hash says"),
    4: _("The journal's extract was not changed"),
    5: _(
        "The facts of the protocol are those committed to; the public version has no name too many"
    ),
    6: _("Everybody signed exactly these facts and files"),
    7: _("The count sheet agrees with both separate counts"),
    8: _("Counting again gives the result"),
    9: _("It was counted by the group's regulation; the plan can be read"),
    10: _("Applications of the elected, all remarks, a true checklist"),
}
# What is allowed and worth knowing (pure/packages/verify.py).
WARNINGS: dict[str, _StrPromise] = {
    "dissent": _("Somebody signed with a dissent; the words are in the package."),
    "handwritten": _("Somebody signed by hand, on paper."),
    "absent": _("Somebody did not sign; the others stated why."),
    "counts-differed": _("The two separate counts differed; the explanation is in the package."),
    "papers-differ": _("Numbers of papers do not match; each has its reason."),
    "undecided": _("The count leaves open who takes a place."),
    "cases-not-told": _(
        "The protocol, of an older form, does not name every decision for this case."
    ),
    "remarks": _("Observers filed remarks: read them."),
    "remarks-later": _("Some remarks were filed after the protocol was drawn up."),
}


def check_title(number: int) -> object:
    return CHECKS.get(number, number)


REFUSALS: dict[str, Any] = {
    "package-not-due": _(
        "The package is made when the protocol is signed and recorded, until the election is concluded."
    ),
    "package-unsigned": _(
        "The newest version of the protocol does not have all its signatures yet."
    ),
    "package-made-meanwhile": _(
        "Another version of the package was made meanwhile. Look at it first."
    ),
    "package-unsound": _(
        "The package was made and thrown away, because check {number} fails: {failed_check}. What was "
        "found: {found}."
    ),
    "package-missing": _("There is no package yet."),
    "package-checked": _("This version of the package has its answer already."),
    "package-replaced": _("A newer version of the package replaces this one: check that."),
}

for event, sentence in (
    (
        "package.made",
        _("Version {version} of the package was made. Its fingerprint: {fingerprint}."),
    ),
    (
        "package.submitted",
        _(
            "Version {version} of the package went to the Secretariat. Its fingerprint: {fingerprint}."
        ),
    ),
    ("package.complete", _("The Secretariat found version {version} of the package complete.")),
    ("package.sent_back", _("The Secretariat sent version {version} of the package back.")),
):
    journal_wording.register(event, sentence)
refusals.register(REFUSALS, failed_check=check_title)
