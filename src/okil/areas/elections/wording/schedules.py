"""A group's schedule as a paper, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

REFUSALS: dict[str, Any] = {
    "schedule-undated": _("The stages have no dates yet: set them first."),
}

journal_wording.register(
    "schedule.issued", _("The group's schedule of stages was issued, version {version}.")
)
refusals.register(REFUSALS)
