"""Places, criteria, votes and outcomes in words; refusals and events of candidates and admission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PLACES: dict[str, _StrPromise] = {
    "member": _("member"),
    "alternate": _("alternate"),
    "both": _("member; the runner-up becomes alternate"),
}
# Why the group votes again, and between whom; by kind of the round, or after a tie.
AGAIN: dict[str, _StrPromise] = {
    "tie": _("Votes were equal, so the group votes again, between: {names}."),
    "second_round": _("Nobody had the majority, so the group votes again, between: {names}."),
    "repeat_vote": _("The group votes again. These stand: {names}."),
}
CRITERIA: dict[str, _StrPromise] = {
    "signed_in_time": _("The application is signed and came in time"),
    "of_the_group": _("Belongs to the community of the group"),
    "rotation": _("No more terms in a row than allowed"),
    "not_an_officer": _("Neither organiser nor member of the commission"),
    "conflict": _("Conflict of interest"),
    "documents": _("Documents"),
}
VOTES: dict[str, _StrPromise] = {
    "admit": _("Admit to the vote"),
    "refuse": _("Do not admit"),
    "undecided": _("I cannot decide"),
}
OUTCOMES: dict[str, _StrPromise] = {
    "waiting": pgettext_lazy("candidate", "waits for the decision"),
    "admitted": pgettext_lazy("candidate", "admitted"),
    "refused": pgettext_lazy("candidate", "not admitted"),
    "undecided": pgettext_lazy("candidate", "the group decides"),
    "withdrawn": pgettext_lazy("candidate", "withdrawn"),
    "late": pgettext_lazy("candidate", "came late"),
}

REFUSALS: dict[str, Any] = {
    "place-unknown": _("Choose for what the candidate stands."),
    "candidate-is-officer": _(
        "Somebody of this name holds the role “{held}” and may not stand here. If it is another person,"
        " say so below."
    ),
    "candidate-twice": _("A candidate of this name is on the list already: no. {number}."),
    "candidate-withdrawn": _("This candidate has withdrawn."),
    "candidate-late": _("This application came late: it is kept and not decided on."),
    "day-of-signature-to-come": _("The day of the signature lies in the future."),
    "consent-only-back": _(
        "The list is published: a consent can be taken back now, and none can be given any more."
    ),
    "nothing-changes": _("Nothing would change."),
    "person-unknown": _("There is no person with number {number}."),
    "voting-has-begun": _("The vote has begun: a withdrawal is not possible any more."),
    "vote-without-reason": _("Give the reason: it goes into the decision."),
    "vote-unlike-criteria": _(
        "Who marks a condition as not met does not admit. Change one of the two."
    ),
    "votes-missing": _("Not everybody of the commission has voted yet: {missing} to go."),
    "admission-decided": _("It is decided already."),
    "admission-not-open": _("Only what the commission left undecided is decided by the group."),
    "lists-not-closed": _("The commission decides on candidates when the lists are closed."),
    "candidates-undecided": _(
        "Not decided yet: {count}. First the commission decides, then the list is handed over."
    ),
    "list-handed-over": _("The list was handed over already, {at}."),
    "post-not-empty": _("Somebody admitted stands for this place."),
    "post-recorded": _("This is recorded already."),
    "meeting-day-to-come": _("The meeting lies in the future."),
}

for event, sentence in (
    ("candidate.entered", _("Candidate no. {number} was entered.")),
    ("candidate.changed", _("The application of candidate no. {number} was changed.")),
    ("candidate.linked", _("It was noted whether candidate no. {number} is known to the body.")),
    ("candidate.consents_changed", _("Candidate no. {number} changed what becomes public.")),
    ("candidate.withdrawn", _("Candidate no. {number} withdrew.")),
    ("admission.voted", _("A member of the commission voted on candidate no. {number}.")),
    (
        "list.handed_over",
        _("The list of candidates was handed over: {admitted} admitted, {refused} not."),
    ),
):
    journal_wording.register(event, sentence)
journal_wording.register(
    "admission.decided",
    _("The commission decided on candidate no. {number}: {outcome}."),
    outcome=lambda code: OUTCOMES.get(code, code),
)
journal_wording.register(
    "admission.settled",
    _("The group decided on candidate no. {number}: {outcome}."),
    outcome=lambda code: OUTCOMES.get(code, code),
)
journal_wording.register(
    "post.empty",
    _("It was recorded why nobody stands for: {place}."),
    place=lambda code: PLACES.get(code, code),
)
refusals.register(
    REFUSALS,
    beside={
        "place-unknown": ("place",),
        "candidate-is-officer": ("is_namesake",),
        "candidate-twice": ("name",),
        "day-of-signature-to-come": ("signed_on",),
        "consent-only-back": ("shows_name", "shows_region", "shows_programme"),
        "person-unknown": ("person",),
        "vote-without-reason": ("reason",),
        "vote-unlike-criteria": ("not_met",),
        "meeting-day-to-come": ("meeting_on",),
        "post-not-empty": ("place",),
        "post-recorded": ("place",),
    },
)
