"""What was decided by lot before witnesses; their names on demand, on the record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from okil.areas.bodies.models import RoleName
from okil.areas.elections import access
from okil.areas.elections.access import Visit
from okil.areas.elections.actions.witnesses import WitnessesNamed, open_witnesses
from okil.areas.elections.queries.witnesses import Witnessed, witnessed_in
from okil.areas.elections.views.assembly import or_404, page_of, scene
from okil.areas.elections.wording.count import contest_name, way_name
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused


def may_read_witnesses(visit: Visit) -> bool:
    """The Secretariat reads the protocol, and sees nothing of how it came about."""
    return visit.may("see", "protocol_internal") and not visit.is_a(RoleName.SECRETARIAT)


@officer_required
def witnesses(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """What was drawn and settled; posted, the same page with the names, once, and on the record."""
    visit = access.election_for(request.user, year, slug)
    or_404(may_read_witnesses(visit))
    named = None
    if request.method == "POST":
        try:
            named = open_witnesses(visit.election.pk, actor=visit.user, at=clock.now())
        except Refused as refused:
            messages.error(request, refusals.sentence(refused))
            return HttpResponseRedirect(page_of("witnesses", visit))
    found = witnessed_in(visit.election)
    return render(
        request,
        "elections/witnesses.html",
        {**scene(visit, "count"), **_shown(found, named), "is_open": named is not None},
    )


def _shown(found: Witnessed, named: WitnessesNamed | None) -> dict[str, Any]:
    return {
        "draws": [
            {"row": each, "names": named.of_draws.get(each.pk) if named else None}
            for each in found.draws
        ],
        "ties": [
            {
                "row": each,
                "place": contest_name(each.place),
                "way": way_name(each.way),
                "order": ", ".join(map(str, each.order)),
                "names": named.of_ties.get(each.pk) if named else None,
            }
            for each in found.ties
        ],
    }
