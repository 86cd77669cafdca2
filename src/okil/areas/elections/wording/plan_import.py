"""A plan taken over from a file, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

FIELDS = {
    "stage": _("Stage"),
    "deadline": _("Deadline"),
    "depends_on": _("After which actions"),
    "title": _("What is to be done"),
    "summary": _("In full"),
    "responsible": _("Responsible"),
    "participants": _("Taking part"),
}

REFUSALS = {
    "plan-same": _("The file says what the plan says already: there is nothing to take over."),
}

refusals.register(REFUSALS)
journal_wording.register(
    "plan.taken_over", _("The plan was taken over from a file; actions changed: {count}.")
)
