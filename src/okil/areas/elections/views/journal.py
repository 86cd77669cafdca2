"""The journal of one election, and of the body, in words."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from okil.areas.bodies.access import office_for
from okil.areas.bodies.queries import role_names
from okil.areas.elections import access, queries
from okil.areas.elections.models import Cycle
from okil.areas.elections.views.heads import head
from okil.areas.elections.views.tabs import cycle_tabs, election_tabs
from okil.foundation.accounts import officer_required
from okil.foundation.audit import entries_of
from okil.foundation.audit.models import JournalEntry
from okil.foundation.web.clock import clock

MOVES = ("round.moved", "round.opened", "round.annulled", "election.suspended", "election.resumed")
ROWS = 50
LONGEST = 8  # figures; a number with more is none that a database knows


def _page(request: HttpRequest, entries: QuerySet[JournalEntry]) -> Page[Any]:
    """A page in one query: how many entries there are comes with each of them."""
    counted = entries.order_by("-number").annotate(of=Window(Count("pk")))
    pages = Paginator(counted, ROWS)
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < LONGEST else 0
    rows: list[Any] = list(counted[(number - 1) * ROWS : number * ROWS]) if number else []
    if not rows:
        return pages.get_page(asked)
    pages.count = rows[0].of
    return Page(rows, number, pages)


@officer_required
def election_journal(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Its officers read all of it, the Secretariat the moves."""
    visit = access.election_for(request.user, year, slug)
    entries = entries_of(visit.election.chapter)
    if not visit.may("see", "journal"):
        if not visit.may("see_counts", "journal"):
            raise Http404
        entries = entries.filter(event__in=MOVES)
    return render(
        request,
        "elections/journal.html",
        {
            **head(visit, queries.progress_of(visit.election, at=clock.now())),
            "title": _("Journal of the election"),
            "page": _page(request, entries),
            "roles": role_names(),
            "moves_only": not visit.may("see", "journal"),
            "tabs": election_tabs(visit, "journal"),
        },
    )


@officer_required
def office_journal(request: HttpRequest) -> HttpResponse:
    """What the body itself did: roles, groups, seats, cycles."""
    visit = office_for(request.user)
    if not visit.may("see_counts", "journal"):
        raise Http404
    cycles = list(Cycle.objects.filter(body=visit.body).order_by("-year"))
    chapters = [visit.body.chapter, *(cycle.chapter for cycle in cycles)]
    entries = JournalEntry.objects.filter(chapter__in=chapters)
    return render(
        request,
        "elections/journal.html",
        {
            "title": _("Journal of the body"),
            "page": _page(request, entries),
            "roles": role_names(),
            "tabs": cycle_tabs(visit.standings, cycles[0], "journal") if cycles else [],
        },
    )
