from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.bodies.access import MATRIX, Op, Standing


def office_tabs(standings: Iterable[Standing], current: str) -> list[dict[str, Any]]:
    """Tabs of the office for `web/tabs.html`: only pages that open for one of these capacities."""
    held = {standing.role for standing in standings if standing.body is not None}
    inside = held & set(MATRIX["group"][Op.SEE])
    tabs = [("office", _("Overview"), True)]
    tabs += [("people", _("People"), bool(inside)), ("groups", _("Groups"), bool(inside))]
    tabs += [("composition", _("Composition"), bool(held))]
    tabs += [("office_journal", _("Journal"), bool(held & set(MATRIX["journal"][Op.SEE_COUNTS])))]
    return [
        {"url": reverse(name), "text": text, "current": name == current}
        for name, text, opens in tabs
        if opens
    ]
