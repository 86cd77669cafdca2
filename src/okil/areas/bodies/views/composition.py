"""How the body is renewed from cycle to cycle (6.12): numbers, never a name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from okil.areas.bodies import access, queries
from okil.areas.bodies.views.tabs import office_tabs
from okil.foundation.accounts import officer_required
from okil.pure.rules.rotation import Composition


@officer_required
def composition(request: HttpRequest) -> HttpResponse:
    visit = access.office_for(request.user)
    return render(
        request,
        "bodies/composition.html",
        {
            "cycles": [_cycle(name, found) for name, found in queries.compositions_of(visit.body)],
            "tabs": office_tabs(visit.standings, "composition"),
        },
    )


def _cycle(name: str, found: Composition) -> dict[str, Any]:
    places = found.people + found.vacant
    counts = (
        (_("For the first time"), found.first_time, "g-bar"),
        (_("Again after a break"), found.returning, "g-bar"),
        (_("Continuing"), found.continuing, "g-mid"),
        (_("Cannot be decided"), found.undecidable, "g-mid"),
        (_("Vacant"), found.vacant, "g-mid"),
    )
    return {
        "name": name,
        "places": places,
        "renewal": None if found.renewal is None else float(found.renewal * 100),
        "rows": [
            {
                "word": word,
                "number": number,
                "percent": 100 * number / places if places else 0,
                # A width in SVG takes a point, whatever the reader's language writes.
                "width": f"{100 * number / places if places else 0:.1f}%",
                "bar": bar,
            }
            for word, number, bar in counts
        ],
    }
