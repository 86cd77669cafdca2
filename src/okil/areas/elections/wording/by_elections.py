"""Vacant places and by-elections in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from okil.foundation.web import refusals

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

POSITIONS: dict[str, _StrPromise] = {
    "member": _("member"),
    "alternate": _("alternate"),
}
REFUSALS: dict[str, Any] = {
    "not-concluded-yet": _(
        "The election of this group is not concluded: a by-election begins only after it."
    ),
    "newer-cycle": _("A later cycle elects this group's places already."),
    "nothing-vacant": _("No place of this group is vacant."),
    "alternate-takes-over": _(
        "By the group's regulation the alternate takes over until the end of the term: nobody is "
        "elected anew."
    ),
}
refusals.register(REFUSALS)
