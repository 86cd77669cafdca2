"""Results in words: who was elected how, by which rule; refusals and events of their papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

POSITIONS: dict[str, _StrPromise] = {
    "member": pgettext_lazy("position", "Member"),
    "alternate": pgettext_lazy("position", "Alternate"),
}
ELECTED: dict[str, _StrPromise] = {
    "member": _("elected member"),
    "alternate": _("elected alternate"),
}
# After somebody elected has gone.
NOW: dict[str, _StrPromise] = {
    "member": _("now member"),
    "alternate": _("now alternate"),
}
CONTESTS: dict[str, _StrPromise] = {
    "both": _("Votes"),
    "member": _("Votes for member"),
    "alternate": _("Votes for alternate"),
}
# By which rule: decision_principle of the regulation, and its model.
PRINCIPLES: dict[str, _StrPromise] = {
    "plurality": _("Whoever has most votes is elected."),
    "absolute_majority": _("Whoever has more than half is elected."),
}
MODELS: dict[str, _StrPromise] = {
    "single_contest_runner_up_alternate": _("The next by votes becomes alternate."),
    "two_parallel_contests": _("Member and alternate are elected in contests of their own."),
}
SIGNED: dict[str, _StrPromise] = {
    "signed": pgettext_lazy("signature", "signed"),
    "dissent": pgettext_lazy("signature", "signed with a dissent"),
    "handwritten": pgettext_lazy("signature", "signed by hand"),
    "absent": pgettext_lazy("signature", "did not sign; the others stated why"),
}


def candidate_no(number: int) -> str:
    return str(_("Candidate no. {number}")).format(number=number)


REFUSALS: dict[str, Any] = {
    "nothing-published": _("No group has published its results yet."),
}

for event, sentence in (
    ("results.listed", _("The results of all groups were issued as a paper, version {version}.")),
    (
        "results.handed_up",
        _(
            "The list of the elected for the leadership was issued, version {version}, people: {people}."
        ),
    ),
):
    journal_wording.register(event, sentence)
refusals.register(REFUSALS)
