"""Refusal and event of the regulation's paper."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

REFUSALS: dict[str, Any] = {
    "no-regulation": _(
        "The group has not adopted a regulation by a decision yet: print the draft instead."
    ),
}

refusals.register(REFUSALS)
for event, sentence in (
    ("regulation.paper_issued", _("The paper of the regulation was issued, version {version}.")),
):
    journal_wording.register(event, sentence)
