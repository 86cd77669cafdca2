"""What a candidate reads of the own application; refusals and events of those who apply themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

OWN_OUTCOMES: dict[str, _StrPromise] = {
    "waiting": _("The commission has not decided on your application yet."),
    "admitted": _("You are admitted: the group can vote for you."),
    "refused": _("The commission did not admit you."),
    "undecided": _("The commission found no majority: the group decides."),
    "withdrawn": _("You have withdrawn."),
    "late": _("Your application came after the end: it is kept, and marked late."),
}
