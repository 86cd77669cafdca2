"""The plan to take along: as a calendar, as data, as a sheet, as a paper. All of it is public."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from okil.areas.elections import queries
from okil.areas.elections.documents import plan as files
from okil.areas.elections.models import Cycle, Election
from okil.foundation import documents
from okil.foundation.documents.kinds import PUBLIC
from okil.foundation.web.clock import clock

CALENDAR = "text/calendar; charset=utf-8"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAPER = "application/pdf"


def _cycle(year: int) -> Cycle:
    return get_object_or_404(Cycle.objects.select_related("body", "plan_approved_by"), year=year)


def _kept(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=300"
    return response


@require_safe
def calendar(request: HttpRequest, year: int) -> HttpResponse:
    """To subscribe to: programs ask for it again by themselves."""
    content = files.cycle_calendar(_cycle(year), at=clock.now())
    return _kept(content, CALENDAR, "plan.ics")


@require_safe
def group_calendar(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    election = get_object_or_404(
        Election.objects.select_related("cycle__body", "group"), cycle__year=year, group__slug=slug
    )
    where = queries.whereabouts_of(election)
    dates = [] if where.annulled else list(where.dates.values())
    content = files.group_calendar(election, dates, at=clock.now())
    return _kept(content, CALENDAR, "plan.ics")


@require_safe
def data(request: HttpRequest, year: int) -> HttpResponse:
    """What `okil plan check` reads, and what can be taken over again."""
    content = json.dumps(files.plan_data(_cycle(year)), ensure_ascii=False, indent=1)
    return _kept(content.encode("utf-8"), "application/json", "plan.json")


@require_safe
def sheet(request: HttpRequest, year: int) -> HttpResponse:
    return _kept(files.plan_sheet(_cycle(year)), SHEET, "plan.xlsx")


@require_safe
def paper(request: HttpRequest, year: int) -> HttpResponse:
    """The paper that was issued when the plan was approved; before that, a draft that says so."""
    cycle, language = _cycle(year), get_language() or "ru"
    issued = documents.issued_of(cycle, files.PLAN).first() if cycle.plan_approved_by_id else None
    if issued is None:
        content = documents.draft(
            files.PLAN, facts=files.plan_facts(cycle), language=language, audience=PUBLIC
        )
    else:
        file = issued.files.get(language=language, format="pdf")
        content = documents.open_published_file(file)
    return _kept(content, PAPER, "plan.pdf")
