"""From which regions voters came: for the officers of the group in full, for others in merged cells."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okil.areas.elections import queries
from okil.areas.elections.queries.coverage import ByRegion, by_region, round_before
from okil.areas.elections.queries.voters import closing_of
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.views.voters import (
    TAB,
    head_of,
    is_sworn,
    may_see_roll,
    visit_of,
    where,
)
from okil.areas.elections.wording.voters import region_name
from okil.foundation.accounts import officer_required
from okil.pure.rules.coverage import Coverage, Row, covered, covered_in_cells
from okil.pure.rules.regulation import Regulation


@officer_required
@require_safe
def coverage(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = visit_of(request, year, slug)
    found = queries.whereabouts_of(visit.election)
    rules = found.rules or Regulation()
    numbers = by_region(found.round)
    earlier = round_before(visit.election)
    before = by_region(earlier) if earlier else None
    in_full = may_see_roll(visit) and is_sworn(visit)
    final = closing_of(found.round) is not None and not numbers.waiting
    shown = _covered(numbers, before, rules, in_full=in_full, final=final)
    return render(
        request,
        "elections/coverage.html",
        {
            **head_of(visit, found),
            "rows": [_shown(row, shown, numbers if in_full else None) for row in shown.rows],
            "other": shown.other,
            "untold": [region_name(code) for code in shown.untold],
            "empty": [region_name(code) for code in shown.empty],
            "fewer": [region_name(code) for code in shown.fewer],
            "total": sum(
                (numbers.registered if in_full or not final else numbers.accepted).values()
            ),
            "earlier": earlier.election.cycle.year if earlier else None,
            "named": bool(rules.regions),
            "in_full": in_full,
            "is_final": final,
            "least": rules.cell,
            "back": reverse("voters", args=where(visit)),
            "tabs": election_tabs(visit, TAB),
        },
    )


def _covered(
    numbers: ByRegion, before: ByRegion | None, rules: Regulation, *, in_full: bool, final: bool
) -> Coverage:
    """Who sees the roll compares who registered. Others compare what is public in the end: the
    accepted; and until then only steps, of those who registered."""
    if in_full:
        return covered(numbers.registered, before.registered if before else None, rules.regions)
    return covered_in_cells(
        numbers.accepted if final else numbers.registered,
        before.accepted if before else None,
        rules.regions,
        least=rules.cell,
        changing=not final,
    )


def _shown(row: Row, shown: Coverage, numbers: ByRegion | None) -> dict[str, Any]:
    longest = max(max(each.number, each.before or 0) for each in shown.rows)
    return {
        "region": region_name(row.region),
        "number": row.number,
        "before": row.before,
        "width": _percent(row.number, longest),
        "accepted": numbers.accepted[row.region] if numbers else None,
        "mark": _mark(row),
    }


def _percent(number: int, longest: int) -> str:
    return f"{100 * number // longest}%" if longest else "0%"


def _mark(row: Row) -> dict[str, str] | None:
    if row.is_empty:
        return {"kind": "bad", "word": _("nobody")}
    if row.is_fewer:
        return {"kind": "warn", "word": _("fewer than before")}
    return None
