from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.bodies.access import Standing, may
from okil.areas.elections.access import Visit
from okil.areas.elections.models import Cycle


def cycle_tabs(held: list[Standing], cycle: Cycle, current: str) -> list[dict[str, Any]]:
    """Tabs of the Secretariat's pages on one cycle."""
    tabs = [
        ("overview", reverse("overview", args=[cycle.year]), _("Overview")),
        ("plan", reverse("plan", args=[cycle.year]), _("Plan")),
        ("people", reverse("people"), _("People")),
        ("groups", reverse("groups"), _("Groups")),
        ("journal", reverse("office_journal"), _("Journal")),
    ]
    if not may(held, "see_counts", "journal", body=cycle.body):
        tabs = [tab for tab in tabs if tab[0] != "journal"]
    return [{"url": url, "text": text, "current": name == current} for name, url, text in tabs]


def election_tabs(visit: Visit, current: str) -> list[dict[str, Any]]:
    """Tabs of one election's workspace."""
    where = [visit.election.cycle.year, visit.election.group.slug]
    tabs = [
        ("workspace", reverse("workspace", args=where), _("Overview")),
        ("regulation", reverse("election_regulation", args=where), _("Regulation")),
        ("dates", reverse("election_dates", args=where), _("Dates")),
        ("people", reverse("people"), _("People")),
    ]
    if visit.may("see", "journal") or visit.may("see_counts", "journal"):
        tabs.append(("journal", reverse("election_journal", args=where), _("Journal")))
    return [{"url": url, "text": text, "current": name == current} for name, url, text in tabs]
