from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okil.areas.bodies.access import Standing, may
from okil.areas.elections.access import Visit
from okil.areas.elections.models import Cycle
from okil.pure.rules.stages import ORDER, State


def cycle_tabs(held: list[Standing], cycle: Cycle, current: str) -> list[dict[str, Any]]:
    """Tabs of the Secretariat's pages on one cycle."""
    tabs = [
        ("overview", reverse("overview", args=[cycle.year]), _("Overview")),
        ("plan", reverse("plan", args=[cycle.year]), _("Plan")),
        ("announcement", reverse("announcement", args=[cycle.year]), _("Announcement")),
        ("organisers", reverse("organisers", args=[cycle.year]), _("Organising Committee")),
        ("candidate_lists", reverse("candidate_lists", args=[cycle.year]), _("Candidate lists")),
        ("packages", reverse("packages", args=[cycle.year]), _("Packages")),
        ("results", reverse("office_results", args=[cycle.year]), _("Results")),
        ("people", reverse("people"), _("People")),
        ("groups", reverse("groups"), _("Groups")),
        ("journal", reverse("office_journal"), _("Journal")),
    ]
    if not may(held, "see_counts", "journal", body=cycle.body):
        tabs = [tab for tab in tabs if tab[0] != "journal"]
    return [{"url": url, "text": text, "current": name == current} for name, url, text in tabs]


def election_tabs(visit: Visit, current: str) -> list[dict[str, Any]]:
    """Tabs of one election's workspace: what the visitor may see, from the state on that fills it."""
    where = [visit.election.cycle.year, visit.election.group.slug]
    return [
        {"url": reverse(tab.url, args=where), "text": tab.text, "current": tab.name == current}
        for tab in TABS
        if tab.name == current or _is_shown(tab, visit)
    ]


def _is_shown(tab: Tab, visit: Visit) -> bool:
    in_time = ORDER.index(visit.state) >= ORDER.index(tab.since) and (
        tab.until is None or ORDER.index(visit.state) <= ORDER.index(tab.until)
    )
    sees = visit.may("see", tab.thing) or visit.may("see_counts", tab.thing)
    return in_time and (sees or visit.may("decide", tab.thing))


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    url: str
    text: Any
    thing: str = "election"  # who may see this sees the tab
    since: State = State.PREPARATION
    until: State | None = None


TABS = (
    Tab("workspace", "workspace", gettext_lazy("Overview")),
    Tab("officers", "officers", gettext_lazy("Officers")),
    Tab("notices", "notices", gettext_lazy("Notices"), "notices"),
    Tab("voters", "voters", gettext_lazy("Voters"), "voter_application", State.REGISTRATION),
    Tab(
        "candidates",
        "candidates",
        gettext_lazy("Candidates"),
        "candidate_application",
        State.REGISTRATION,
    ),
    Tab(
        "lists", "lists", gettext_lazy("Lists"), "candidate_list", State.REGISTRATION, State.VOTING
    ),
    Tab(
        "assembly",
        "assembly",
        gettext_lazy("Assembly"),
        "assembly",
        State.CANDIDATES_PUBLISHED,
        State.COUNTING,
    ),
    Tab(
        "ballots",
        "ballots",
        gettext_lazy("Ballot papers"),
        "ballots",
        State.CANDIDATES_PUBLISHED,
        State.COUNTING,
    ),
    Tab("desk", "desk", gettext_lazy("Desk"), "who_voted_before_close", State.VOTING, State.VOTING),
    Tab("count", "count", gettext_lazy("Count"), "ballots", State.COUNTING),
    Tab("protocol", "protocol", gettext_lazy("Protocol"), "protocol_public", State.COUNTING),
    Tab("remarks", "remarks", gettext_lazy("Remarks"), "protocol_public", State.VOTING),
    Tab("package", "package", gettext_lazy("Package"), "package", State.RESULTS),
    Tab("results", "election_results", gettext_lazy("Result"), "result", State.RESULTS),
    Tab("complaints", "complaints", gettext_lazy("Complaints"), "complaint", State.ANNOUNCED),
    Tab("papers", "papers", gettext_lazy("Papers"), "dossier"),
    Tab("retention", "retention", gettext_lazy("Destruction"), "retention", State.RESULTS),
    Tab("regulation", "election_regulation", gettext_lazy("Regulation"), "regulation"),
    Tab(
        "rule_questions", "rule_questions", gettext_lazy("Questions about rules"), "rule_questions"
    ),
    Tab("own_plan", "own_plan", gettext_lazy("Plan"), "election_dates"),
    Tab("dates", "election_dates", gettext_lazy("Dates"), "election_dates"),
    Tab("journal", "election_journal", gettext_lazy("Journal"), "journal"),
)
