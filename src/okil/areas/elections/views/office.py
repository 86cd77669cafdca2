"""The office's first page: what waits for this person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from okil.areas.bodies import queries as bodies
from okil.areas.bodies.access import Standing, allows, may, standings
from okil.areas.bodies.queries import role_name
from okil.areas.elections import queries, wording
from okil.areas.elections.views import shown
from okil.foundation.accounts import officer_required
from okil.foundation.web.clock import clock


def _opens_workspace(held: Standing) -> bool:
    return held.body is not None and allows(
        held, "see", "election", body=held.body, group=held.group
    )


@officer_required
def office(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    held = standings(request.user)
    # Only where the workspace opens: who makes codes for a group has no business there.
    mine = {s.group for s in held if s.group is not None and _opens_workspace(s)}
    elections = queries.progress_of_groups(mine, at=at) if mine else []
    cycle = elections[0].where.election.cycle if elections else queries.latest_cycle()
    body = cycle.body if cycle else bodies.the_body()
    return render(
        request,
        "elections/office.html",
        {
            "cycle": cycle,
            "is_secretariat": body is not None and may(held, "change", "cycle", body=body),
            "roles": [role_name(r) for r in dict.fromkeys(s.role for s in held) if r != "public"],
            "elections": [
                {
                    "group": each.where.election.group,
                    "url": reverse("workspace", args=[cycle.year, each.where.election.group.slug]),
                    "stage": int(each.where.stage),
                    "mark": shown.state_mark(each.where),
                    "next_date": shown.next_date(each.where),
                    "missing": len(each.missing),
                    "is_late": each.is_late,
                    "move": wording.MOVES[each.next_state] if each.next_state else "",
                    "roles": [
                        role_name(h.role) for h in held if h.group == each.where.election.group_id
                    ],
                }
                for each in elections
                if cycle
            ],
            "invitations": list(
                bodies.open_invitations(body, at=at).filter(user__pk=request.user.pk or 0)
                if body
                else []
            ),
        },
    )
