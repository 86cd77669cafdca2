"""What waits for the commission, and for whom of it; by number."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from okil.areas.bodies.models import RoleName
from okil.areas.elections import access, queries
from okil.areas.elections.access import Visit
from okil.areas.elections.queries.admission_queue import STANDS, Waiting, queue_of
from okil.areas.elections.views.candidates import TAB, may_see_applications, outcome_shown
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.views.voters import head_of, is_sworn
from okil.areas.elections.wording.admission import QUEUE
from okil.areas.elections.wording.candidates import CRITERIA, PLACES
from okil.foundation.accounts import officer_required


@officer_required
def queue(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Everything that came in time, sorted by what is to be done."""
    visit = access.election_for(request.user, year, slug)
    if not may_see_applications(visit) or not is_sworn(visit):
        raise Http404
    here = queries.whereabouts_of(visit.election, dated=False)
    waiting = queue_of(here.round, visit.election.group)
    number = _number(visit)
    return render(
        request,
        "elections/admission_queue.html",
        {
            **head_of(visit, here),
            "parts": [
                {"code": code, "title": QUEUE[code], "rows": rows}
                for code in STANDS
                if (rows := [_row(each) for each in waiting if each.stands(number) == code])
            ],
            "tabs": election_tabs(visit, TAB),
        },
    )


def _number(visit: Visit) -> int | None:
    """Of the visitor as a member of this group's commission."""
    group = visit.election.group_id
    for held in visit.standings:
        if held.role == RoleName.COMMISSIONER and held.group == group:
            return held.number
    return None


def _row(each: Waiting) -> dict[str, Any]:
    return {
        "candidate": each.candidate,
        "place": PLACES[each.candidate.place],
        "outcome": outcome_shown(each.candidate),
        "voted": len(each.voted),
        "deciding": len(each.deciding),
        "asked": [
            {"condition": CRITERIA[check.criterion], "due_on": check.due_on} for check in each.asked
        ],
    }
