"""The office's first page: what waits for this person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from okil.areas.bodies import queries as bodies
from okil.areas.bodies.access import may, standings
from okil.areas.bodies.queries import role_name
from okil.areas.elections import queries, wording
from okil.areas.elections.views import shown
from okil.foundation.accounts import officer_required
from okil.foundation.web.clock import clock


@officer_required
def office(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    body = bodies.the_body()
    held = standings(request.user)
    cycle = queries.latest_cycle(body) if body else None
    mine = {s.group for s in held if s.group is not None}
    elections = [
        s
        for s in (queries.standings_in(cycle, at=at) if cycle else [])
        if s.election.group_id in mine
    ]
    return render(
        request,
        "elections/office.html",
        {
            "cycle": cycle,
            "is_secretariat": bool(body) and may(held, "change", "cycle", body=body),
            "roles": [role_name(s.role) for s in held if s.role != "public"],
            "elections": [
                {
                    "group": s.election.group,
                    "url": reverse("workspace", args=[cycle.year, s.election.group.slug]),
                    "stage": int(s.stage),
                    "mark": shown.state_mark(s),
                    "next_date": shown.next_date(s),
                    "missing": len(s.missing),
                    "is_late": s.is_late,
                    "move": wording.MOVES[s.next_state] if s.next_state else "",
                    "roles": [role_name(h.role) for h in held if h.group == s.election.group_id],
                }
                for s in elections
                if cycle
            ],
            "invitations": list(
                bodies.open_invitations(body, at=at).filter(user=request.user) if body else []
            ),
        },
    )
