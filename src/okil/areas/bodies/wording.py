"""Refusals and events of this area as sentences; the names of roles."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.areas.bodies.queries import role_name
from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

POSITIONS = {
    "member": pgettext_lazy("position", "member"),
    "alternate": pgettext_lazy("position", "alternate"),
}
END_REASONS = {
    "term_over": _("the term was over"),
    "resigned": _("resigned"),
    "recalled": _("recalled by the group"),
    "died": _("died"),
    "became_member": _("became the member"),
    "other": _("another reason"),
}
GROUP_KINDS = {
    "community": _("community"),
    "union": _("union of organisations"),
}
RESET_REASONS = {
    "lost": _("the device is lost"),
    "broken": _("the device is broken"),
    "replaced": _("the device was replaced"),
}

REFUSALS: dict[str, Any] = {
    "not-allowed": _("Your role does not allow this."),
    "not-the-mover": _("This is done by another role: {role}."),
    "already-begun": _("This installation has begun already: there is a body in the database."),
    "decision-in-the-future": _("A decision cannot have a date that is still to come."),
    "paper-unknown": _("Attach a PDF, JPEG or PNG file: this one is something else."),
    "paper-too-large": _("The file is larger than {megabytes} MB. Scan it in grey or in parts."),
    "role-held": _("This person holds the role already."),
    "role-taken": _("The group has an organiser. Use “hand over” to replace them by a decision."),
    "incompatible": _(
        "One person cannot be {held} and {wanted} at once ({source}). End the first role before."
    ),
    "already-invited": _("This address has an open invitation to the same role."),
    "invitation-used": _("This invitation has been used or taken back."),
    "invitation-expired": _("This invitation has expired. Ask for a new one."),
    "role-ended": _("This role has ended already."),
    "last-secretariat": _("This is the last person of the Secretariat: invite another one first."),
    "own-factor": _("Your own second factor is reset by two other officers."),
    "reset-asked-already": _("Somebody has asked for this already; another officer must agree."),
    "same-officer": _("You asked for it yourself: another officer must agree."),
    "reset-settled": _("This request is settled."),
    "name-taken": _("Another group has this name in its address. Choose another one."),
    "name-not-an-address": _("For the address use small Latin letters, digits and hyphens."),
    "code-taken": _("Another group has this internal code."),
    "group-ended": _("This group has ended already."),
    "ends-before-it-begins": _("The end cannot lie before the beginning."),
    "seat-closed": _("This seat is closed already."),
    "seat-held": _("Somebody holds this place in these days."),
    "seat-not-there": _("The seat does not exist on that day."),
    "already-holds": _("This person holds a place in the body now."),
    "end-without-reason": _("An end needs its reason, and a reason an end."),
    "membership-ended": _("This membership has ended already."),
    "vacancy-known": _("This vacancy is recorded already."),
    "nothing-to-open": _("There is nothing to open."),
}

for event, sentence, words in (
    ("body.founded", _("The installation began."), {}),
    ("invitation.sent", _("An invitation was sent: {role}."), {"role": role_name}),
    ("invitation.withdrawn", _("An invitation was taken back."), {}),
    ("role.given", _("No. {person} became {role}."), {"role": role_name}),
    ("role.ended", _("No. {person} is no longer {role}."), {"role": role_name}),
    (
        "role.handed_over",
        _("The role {role} was handed over to No. {person}."),
        {"role": role_name},
    ),
    ("person.name_published", _("A person agreed to show their name on public pages."), {}),
    ("person.name_corrected", _("A person corrected their own name."), {}),
    ("person.name_withdrawn", _("A person withdrew their name from public pages."), {}),
    ("second_factor.reset_asked", _("Reset of the second factor of No. {person} was asked."), {}),
    ("second_factor.reset", _("The second factor of No. {person} was reset by two officers."), {}),
    ("second_factor.reset_refused", _("The reset for No. {person} was refused."), {}),
    ("group.created", _("A group was created."), {}),
    ("group.renamed", _("The group chose the name “{slug}”."), {}),
    ("group.ended", _("A group ended."), {}),
    ("seat.added", _("Seat {number} was added."), {}),
    ("seat.closed", _("A seat was closed."), {}),
    (
        "membership.begun",
        _("No. {person} took a seat: {position}."),
        {"position": lambda code: POSITIONS[code]},
    ),
    (
        "membership.ended",
        _("A membership ended: {reason}."),
        {"reason": lambda code: END_REASONS[code]},
    ),
    (
        "vacancy.recorded",
        _("A vacancy was recorded: {position}."),
        {"position": lambda code: POSITIONS[code]},
    ),
):
    journal_wording.register(event, sentence, **words)
refusals.register(
    REFUSALS,
    beside={
        "already-holds": ("number",),
        "already-invited": ("email",),
        "code-taken": ("code",),
        "decision-in-the-future": ("made_on",),
        "end-without-reason": ("end_reason",),
        "ends-before-it-begins": ("until_on", "ends_on", "since_on"),
        "incompatible": ("email",),
        "name-not-an-address": ("slug",),
        "name-taken": ("slug",),
        "paper-too-large": ("paper",),
        "paper-unknown": ("paper",),
        "role-held": ("email",),
        "role-taken": ("to",),
        "seat-held": ("position",),
        "seat-not-there": ("begins_on",),
        "vacancy-known": ("position",),
    },
    role=role_name,
    held=role_name,
    wanted=role_name,
)
